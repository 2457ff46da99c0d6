"""Words for events that make none say by which rule."""

from __future__ import annotations

import pytest

from geo.extraction import Refused, refused_triggers

from .reports import lexicon, report, rules


def reasons(text: str) -> dict[str, Refused]:
    document = report(text)
    (recognition,) = rules().recognize([document])
    return {item.evidence.text: item.reason for item in refused_triggers(document, recognition, lexicon=lexicon())}


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        ("Residents of Aleppo fear that jets could bomb the market again.", "bomb", Refused.HYPOTHETICAL),
        ("Diplomats in Beirut called for an end to the shelling of Aleppo.", "shelling", Refused.CALL),
        ("Troops on their way to capture Idlib stopped on Sunday.", "capture", Refused.PURPOSE),
        ("More than 300,000 people have been killed in Syria since the war began.", "killed", Refused.BACKGROUND),
        ("Cholera killed 20 people in Nairobi on Sunday.", "killed", Refused.NO_CONFLICT),
    ],
)
def test_a_word_that_makes_no_event_says_why(text: str, word: str, reason: Refused) -> None:
    assert reasons(text)[word] is reason


def test_what_makes_an_event_or_is_joined_to_one_is_not_refused() -> None:
    assert reasons("Rebels shelled western Aleppo on Sunday, killing five. Nine people died, medics said.") == {}
