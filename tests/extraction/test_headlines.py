"""What a headline tells is the happening of its text, not a second one."""

from __future__ import annotations

from geo.model import Account

from .reports import accounts

BODY = (
    "BEIRUT — At least 14 people were killed on Friday when soldiers shelled the market of Hama, residents said.\n\n"
    "Two days earlier rebels captured the town of Azaz. The army has not commented."
)


def types(told: tuple[Account, ...]) -> list[str]:
    return [account.sub_event_type.value for account in told]


def test_a_headline_is_the_event_of_its_text() -> None:
    alone = accounts(BODY)
    told = accounts(f"Shelling in Syria kills 14\n\n{BODY}")
    assert len(told) == len(alone) == 2
    shelling = next(account for account in told if account.sub_event_type.value == "shelling_artillery_missile_attack")
    assert shelling.fatalities is not None
    assert shelling.fatalities.value.low == 14
    assert shelling.where is not None
    assert "Hama" in shelling.where.text
    assert any(words.text == "Shelling" for words in shelling.sub_event_type.evidence)


def test_a_headline_alone_keeps_its_event() -> None:
    told = accounts("Gunmen abduct three teachers in Chibok\n\nThe price of bread rose again on Monday, traders said.")
    assert types(told) == ["abduction_forced_disappearance"]


def test_another_count_is_another_event() -> None:
    told = accounts(f"Shelling in Syria kills 60\n\n{BODY}")
    assert len(told) == 3


def test_lines_without_full_stops_are_no_headlines() -> None:
    told = accounts("Rebels shelled Hama on Sunday\n\nRebels shelled Homs on Monday\n\nRebels shelled Idlib on Friday")
    assert len(told) == 3
