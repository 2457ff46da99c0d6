"""Text of every bad kind: a warning or nothing, never a crash, and time linear in its length."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.extraction import extract_accounts

from .reports import accounts, lexicon, marks, report

_WORDS = [
    "killed",
    "shelled",
    "13",
    "people",
    "Aleppo",
    "the",
    "city's",
    "eastern",
    "sector",
    ",",
    ".",
    "on",
    "Sunday",
    "since",
    "Thursday",
    "by",
    "rebels",
    "army",
    "said",
    "that",
    "not",
    "at",
    "least",
    "among",
    "them",
    "seven",
    "children",
    "hospital",
    "airstrike",
    "in",
    "and",
    "while",
    "after",
    '"',
    "’s",
    "bombing",
    "\n",
    "U.N.",
    "there",
    "400,000",
    "Syria",
]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("1234 5678 %% 99 -- 12", "letters"),
        ("قصفت الطائرات مدينة حلب يوم الأحد وقتل خمسة أشخاص", "Latin letters"),
        (
            "Les avions ont bombardé la ville et les quartiers de la province, selon des sources dans la région. "
            "Au moins dix personnes ont été tuées dans les frappes, a dit le ministre.",
            "French",
        ),
    ],
)
def test_what_cannot_be_read_is_said(text: str, reason: str) -> None:
    document = report(text)
    recognition = marks(document)
    assert not recognition.mentions
    assert document.document_id in recognition.warnings[0]
    assert reason in recognition.warnings[0]
    assert extract_accounts(document, recognition, lexicon=lexicon()) == ()


def test_control_characters_and_lone_surrogates_are_warned_of_and_read() -> None:
    document = report("Rebels shelled Hama on Sunday.\x00\x07 \ud800 Two people were killed.")
    recognition = marks(document)
    assert any("control characters" in warning for warning in recognition.warnings)
    (account,) = extract_accounts(document, recognition, lexicon=lexicon())
    assert account.where is not None


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("Rebels shelled Hama on Sunday and " * 400, True),
        ("Rebels shelled Hama on Sunday. " * 400, False),
        ("Rebels shelled Hama on Sunday\n" * 400, False),
        ("a" * 100_000, True),
    ],
    ids=["no end", "sentences", "lines", "one word"],
)
def test_a_text_that_lost_its_sentence_ends_is_warned_of_and_read(text: str, warned: bool) -> None:
    document = report(text)
    recognition = marks(document)
    assert any("end of a sentence" in one and document.document_id in one for one in recognition.warnings) == warned
    assert bool(recognition.mentions) == text.startswith("Rebels")


def test_text_in_one_case_is_read() -> None:
    text = "the syrian army shelled aleppo on sunday, killing five people."
    for version in (text, text.upper()):
        (account,) = accounts(version)
        assert account.where is not None
        assert account.fatalities is not None
        assert account.fatalities.value.best == 5


def test_wire_style_is_read() -> None:
    (account,) = accounts(
        '" They shelled us , " he said . Rebels shelled the children ’s hospital in    Aleppo on Sunday .'
    )
    assert {tag.value for tag in account.tags} == {"health_care", "children"}


def test_a_hundred_thousand_characters_without_an_end() -> None:
    assert len(accounts("rebels shelled Aleppo on Sunday and " * 3_000)) >= 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(_WORDS), max_size=60))
def test_any_order_of_words_gives_quoted_accounts(words: list[str]) -> None:
    text = " ".join(words)
    for account in accounts(text):
        assert all(text[found.start : found.end] == found.text for _, found in account.quotations())
