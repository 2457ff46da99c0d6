"""Who did it to whom, from the phrases round a verb: invented sentences, no corpus."""

from __future__ import annotations

import pytest

from .reports import accounts, only


@pytest.mark.parametrize(
    ("text", "doer", "victim"),
    [
        ("The priests murdered last Friday by uniformed men in Homs were buried.", "uniformed men", "priests"),
        ("Backed by warplanes, government troops attacked ten rebel bunkers in Homs on Sunday.", "troops", "rebel"),
        ("Two soldiers were killed in clashes with Hezbollah in Homs on Sunday.", "Hezbollah", "soldiers"),
        (
            "The rebels (FSA) launched an offensive in Homs on Sunday, targeting Syrian army positions.",
            "rebels",
            "army",
        ),
        ("Syrian troops shelled Homs and recaptured Talbiseh from rebels on Sunday.", "Syrian troops", None),
    ],
)
def test_the_words_round_a_verb_tell_who_and_whom(text: str, doer: str, victim: str | None) -> None:
    found = accounts(text)[0]
    assert found.actor1 is not None
    assert any(doer in words.text for words in found.actor1.evidence)
    if victim is not None:
        assert found.actor2 is not None
        assert any(victim in words.text for words in found.actor2.evidence)


def test_an_age_is_no_count() -> None:
    account = only("Jane Roe, 73, was shot in the head in Homs on Sunday and died.")
    assert account.fatalities is not None
    assert account.fatalities.value.best == 1


def test_what_nobody_in_particular_says_is_claimed() -> None:
    account = only("Gunmen are reported to have killed ten farmers in Homs on Sunday.")
    assert str(account.factuality.value) == "claimed"
