from __future__ import annotations

from datetime import date

import pytest

from geo.extraction.days.dates import DayMention, find_days

SUNDAY = date(2016, 11, 20)


def read(text: str, *, published: date | None = SUNDAY) -> tuple[DayMention, ...]:
    return find_days(text, 0, len(text), published=published)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("bombed Saturday", "2016-11-19", "2016-11-19", 1),
        ("late Sunday", "2016-11-20", "2016-11-20", 1),
        ("last Sunday", "2016-11-13", "2016-11-13", 1),
        ("over the past three days", "2016-11-17", "2016-11-20", 2),
        ("since Thursday", "2016-11-17", "2016-11-20", 2),
        ("in the last couple of weeks", "2016-11-06", "2016-11-20", 3),
        ("in the five days since the truce ended", "2016-11-15", "2016-11-20", 2),
        ("between 15 and 18 November", "2016-11-15", "2016-11-18", 2),
        ("from Friday to Sunday", "2016-11-18", "2016-11-20", 2),
        ("over the weekend", "2016-11-19", "2016-11-20", 2),
        ("on Nov. 3, 2016", "2016-11-03", "2016-11-03", 1),
        ("on 2016-11-03", "2016-11-03", "2016-11-03", 1),
        ("in October", "2016-10-01", "2016-10-31", 3),
        ("in early November", "2016-11-01", "2016-11-10", 2),
        ("since the middle of November", "2016-11-11", "2016-11-20", 2),
        ("on 25 December", "2015-12-25", "2015-12-25", 1),
        ("yesterday", "2016-11-19", "2016-11-19", 1),
        ("two days ago", "2016-11-18", "2016-11-18", 1),
        ("last week", "2016-11-07", "2016-11-13", 2),
        ("in the week ending 12 November", "2016-11-06", "2016-11-12", 2),
        ("in the week of 7 November 2016", "2016-11-07", "2016-11-13", 2),
        ("in the last week of October", "2016-10-25", "2016-10-31", 2),
        ("in the first half of November", "2016-11-01", "2016-11-15", 3),
        ("on 12/11", "2016-11-12", "2016-11-12", 1),
        ("on 11/12", "2016-11-12", "2016-11-12", 1),
        ("dated 03.11.2016", "2016-11-03", "2016-11-03", 1),
        ("on the 28th of that month", "2016-10-28", "2016-10-28", 1),
        ("overnight into Saturday", "2016-11-18", "2016-11-19", 2),
        ("two days earlier", "2016-11-18", "2016-11-18", 1),
        ("14:05: two shells fell", "2016-11-20", "2016-11-20", 1),
    ],
)
def test_days_relative_to_publication(text: str, start: str, end: str, precision: int) -> None:
    (mention,) = read(text)
    assert mention.days is not None
    assert (mention.days.start.isoformat(), mention.days.end.isoformat()) == (start, end)
    assert int(mention.days.precision) == precision
    assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("text", ["two years ago", "since 2012", "in 2013", "more than five years ago", "last year"])
def test_long_ago_is_history(text: str) -> None:
    assert [mention.kind for mention in read(text)] == ["past"]


def test_a_frequency_is_no_day() -> None:
    assert read("for the second time in recent days") == ()


def test_the_same_period_waits_for_its_antecedent() -> None:
    assert [mention.kind for mention in read("in the same time period")] == ["anaphor"]


def test_without_publication_only_full_dates_are_days() -> None:
    assert [mention.kind for mention in read("on Sunday", published=None)] == ["unknown"]
    (mention,) = read("on 3 November 2016", published=None)
    assert mention.days is not None
    assert mention.days.start == date(2016, 11, 3)


def test_months_that_are_words_are_not_months() -> None:
    assert read("They may march again") == ()


@pytest.mark.parametrize(
    "text", ["the ratio was 20/80", "25:99 - no time", "on the 28th floor", "a score of 12/03 points"]
)
def test_numbers_that_are_no_days(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize("text", ["two days later", "the next morning", "the day after"])
def test_what_came_later_waits_for_a_day_told_before(text: str) -> None:
    assert [(mention.kind, mention.days) for mention in read(text)] == [("shift", None)]
