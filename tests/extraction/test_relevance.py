"""What only looks like conflict in a text about something else makes no event."""

from __future__ import annotations

import pytest

from .reports import accounts

FILLER = " ".join(f"The council of ward {n} met and talked about roads and the price of water." for n in range(9))


@pytest.mark.parametrize(
    "text",
    [
        "Students in Nairobi can register for advanced courses, which captured the attention of parents on Sunday.",
        "A jogger was struck in Tunis on Sunday by a pickup whose driver did not stop.",
    ],
)
def test_a_lone_word_in_a_text_about_something_else_is_no_event(text: str) -> None:
    assert accounts(f"{text} {FILLER}") == ()


def test_the_same_text_with_signs_of_conflict_tells_its_event() -> None:
    told = accounts(f"Rebels shelled western Aleppo on Sunday, killing five civilians. {FILLER}")
    assert [account.sub_event_type.value for account in told] == ["shelling_artillery_missile_attack"]


@pytest.mark.parametrize(
    "text",
    [
        "Cholera killed 20 people in Nairobi on Sunday.",
        "Five people died in Tunis on Sunday when a bus crashed.",
        "The virus spread in Nairobi. On Sunday 12 people died. Doctors gave a vaccine to 300 people.",
    ],
)
def test_those_whom_a_misfortune_killed_were_not_attacked(text: str) -> None:
    assert accounts(text) == ()


def test_deaths_by_somebodys_hand_are_an_event_in_a_flood_too() -> None:
    assert len(accounts("Floods cut the road to Marib. On Sunday gunmen killed five soldiers in Marib.")) == 1
