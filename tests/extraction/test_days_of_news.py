"""On which day a passage puts its news, and what is no day of it: distances, durations, hours and names."""

from __future__ import annotations

import pytest

from geo.model import Quoted

from .reports import accounts

Told = tuple[str, str, str]
"""The sub-type, and the first and the last day; published on Monday, 21 November 2016."""


def told_of(text: str) -> list[Told]:
    found = []
    for account in accounts(text):
        assert isinstance(account.when, Quoted)
        days = account.when.value
        found.append((account.sub_event_type.value, days.start.isoformat(), days.end.isoformat()))
    return found


WEDNESDAY, TUESDAY = "2016-11-16", "2016-11-15"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The government and the rebels signed an agreement in Marib on Wednesday to cease hostilities, two years "
            "after the war broke out.",
            [("agreement", WEDNESDAY, WEDNESDAY)],
        ),
        (
            "Gunmen killed six farmers in Hama on Wednesday, two years after a first raid on the village.",
            [("attack", WEDNESDAY, WEDNESDAY)],
        ),
        (
            "Two years after the war broke out, gunmen killed six farmers in Hama on Wednesday.",
            [("attack", WEDNESDAY, WEDNESDAY)],
        ),
        (
            "The army recaptured Tal Saman on Wednesday, more than a year after it was lost to rebels.",
            [("government_regains_territory", WEDNESDAY, WEDNESDAY)],
        ),
        (
            "Protesters marched in Hama on Wednesday, three years after soldiers killed 100 people in Homs.",
            [("peaceful_protest", WEDNESDAY, WEDNESDAY)],
        ),
        ("Two years after the massacre that killed 400 people in Homs, survivors still fear another raid.", []),
    ],
)
def test_how_long_after_something_known_is_no_date_of_the_news(text: str, told: list[Told]) -> None:
    assert told_of(text) == told


def test_the_dead_of_what_is_counted_from_are_not_the_news() -> None:
    (account,) = accounts("A bomb killed 3 people in Hama on Tuesday, a year after an attack in Homs that killed 40.")
    assert account.fatalities is not None
    assert account.fatalities.value.best == 3
