"""The scan for names of places in running text."""

from __future__ import annotations

import pytest

from geo.places import Gazetteer


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rebels in Aleppo met in Khan Sheikhoun.", ["Aleppo", "Khan Sheikhoun"]),
        ("The ambassador spoke with President Assad about the news.", []),
        ("Syrian and Russian officials met American envoys.", []),
        ("In May, Reading was nice and the mobile clinic left.", []),
        ("The New York mayor flew to the United States capital, Washington, D.C.", ["New York", "United States"]),
        ("Shelling hit Deir ez-Zor, Syria, and Bab al-Hawa.", ["Deir ez-Zor", "Syria", "Bab al-Hawa"]),
        ("قصف الطيران مدينة حلب", ["حلب"]),
        ("Homs's old city and Hama’s market", ["Homs", "Hama"]),
        ("Mr. Lancaster and Dr. Wellington testified.", []),
        ("AIRSTRIKES HIT ALEPPO AND DAMASCUS OVERNIGHT", ["ALEPPO", "DAMASCUS"]),
        ("", []),
    ],
)
def test_names_in_text(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    found = [mention.text.removesuffix("'s").removesuffix("’s") for mention in gazetteer.find_toponyms(text)]
    assert [name for name in found if name in names] == names
    assert len(found) <= len(names) + (1 if "Washington" in text else 0)


def test_offsets_fit_the_text_and_do_not_overlap(gazetteer: Gazetteer) -> None:
    text = "In the West Bank city of Nablus, near Jerusalem, Israel said Gaza City and Khan Younis were calm. " * 3
    mentions = gazetteer.find_toponyms(text)
    assert mentions
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(first.end <= second.start for first, second in zip(mentions, mentions[1:], strict=False))
