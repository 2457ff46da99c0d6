"""On which day a passage puts its news, and what is no day of it: distances, durations, hours and names."""

from __future__ import annotations

from datetime import timedelta

import pytest

from geo.model import Quoted

from .reports import PUBLISHED, accounts

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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rebels and troops fought for three hours in Hama on Wednesday.", [("armed_clash", WEDNESDAY, WEDNESDAY)]),
        ("In March 2013 the rebels took Raqqa and looted it for three days.", []),
        ("In May 2014 gunmen stormed the city of Raqqa and held it for five months.", []),
        (
            "Militants shelled Hama for two days, killing 12 people.",
            [("shelling_artillery_missile_attack", "2016-11-19", "2016-11-21")],
        ),
    ],
)
def test_how_long_it_took_is_no_date_beside_one(text: str, told: list[Told]) -> None:
    assert told_of(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "02 Oct, approx. 10:30: gunmen killed two farmers in Hama.",
        "Oct 2: gunmen killed two farmers in Hama.",
        "02 Oct - gunmen killed two farmers in Hama.",
        "On 2 October, at approx. 10:30 local time, gunmen killed two farmers in Hama.",
    ],
)
def test_a_time_of_day_is_no_day(text: str) -> None:
    assert told_of(text) == [("attack", "2016-10-02", "2016-10-02")]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("Christmas Eve", "2015-12-24"),
        ("Christmas Day", "2015-12-25"),
        ("Boxing Day", "2015-12-26"),
        ("New Year’s Eve", "2015-12-31"),
        ("New Year's Day", "2016-01-01"),
    ],
)
def test_a_holiday_is_its_latest_day(day: str, found: str) -> None:
    assert told_of(f"Gunmen killed two farmers in Hama on {day}.") == [("attack", found, found)]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed two farmers in Hama on Wednesday, Friday Okeke told reporters.",
        "Gunmen killed two farmers in Hama on Wednesday, the chairman of the council, Monday Kassah, said.",
    ],
)
def test_a_first_name_is_no_weekday(text: str) -> None:
    assert told_of(text) == [("attack", WEDNESDAY, WEDNESDAY)]


def test_since_then_is_no_time_long_known() -> None:
    assert [one[0] for one in told_of("Troops have since arrested eight members of the militia in Homs.")] == [
        "arrests"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The authorities fear that armed groups could take advantage of the dry season to raid villages near Hama.",
        "The union has called for a fresh strike from Friday in Hama.",
        "A 24-hour ceasefire that was to have begun at 6 p.m. on Wednesday in Hama did not hold.",
        "A ceasefire in Hama failed to take effect on Wednesday.",
    ],
)
def test_what_was_feared_called_for_or_came_to_nothing_is_no_event(text: str) -> None:
    assert told_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Unions called a general strike for Friday in Tunis.",
        "Rebels announced a ceasefire in Homs for Saturday.",
    ],
)
def test_a_day_that_something_is_set_for_lies_ahead(text: str) -> None:
    assert all(not isinstance(account.when, Quoted) for account in accounts(text))


def test_a_day_that_a_deed_is_about_lies_behind() -> None:
    text = "Officers in Homs arrested ten men on Sunday for Friday's attack on a church."
    assert ("arrests", "2016-11-20", "2016-11-20") in told_of(text)


def test_breaking_news_is_of_the_last_hours() -> None:
    (account,) = accounts("BREAKING: Rocket hits a school in Homs, four killed")
    assert isinstance(account.when, Quoted)
    assert (account.when.value.start, account.when.value.end) == (PUBLISHED - timedelta(days=1), PUBLISHED)


def test_the_hour_of_an_entry_is_no_part_of_who_speaks() -> None:
    (account,) = accounts("14:20 - The Syrian army says it shelled Homs.")
    assert account.attribution is not None
    assert account.attribution.value == "The Syrian army"
