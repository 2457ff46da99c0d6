"""Tolls told in a sentence of their own, tolls that change, and days told from another day."""

from __future__ import annotations

from datetime import date

import pytest

from geo.model import Account, Quoted

from .reports import accounts, only


def days(account: Account) -> tuple[str, str]:
    assert isinstance(account.when, Quoted)
    return account.when.value.start.isoformat(), account.when.value.end.isoformat()


def bounds(account: Account) -> tuple[int | None, int | None, int | None]:
    assert account.fatalities is not None
    count = account.fatalities.value
    return count.low, count.best, count.high


@pytest.mark.parametrize(
    "toll", ["Nine people died, a hospital source told us.", "Nine bodies were pulled from the rubble, rescuers said."]
)
def test_a_toll_in_a_sentence_of_its_own_is_of_the_event_before_it(toll: str) -> None:
    account = only(f"An airstrike hit a market in Aleppo on Sunday. {toll}")
    assert bounds(account) == (9, 9, 9)
    assert any(evidence.text.startswith("Nine") for evidence in (account.fatalities or account.sub_event_type).evidence)


@pytest.mark.parametrize(
    "toll",
    [
        "In Homs, nine people died of cholera.",
        "Nine people died on 3 November.",
        "Nine people could have died, he said.",
    ],
)
def test_a_toll_of_elsewhere_another_day_or_none_is_left_out(toll: str) -> None:
    struck = accounts(f"An airstrike hit a market in Aleppo on Sunday. {toll}")[0]
    assert struck.fatalities is None


def test_the_latest_toll_takes_the_place_of_the_one_it_corrects() -> None:
    account = only("An airstrike killed 24 people in Aleppo on Sunday. The toll has since risen to 31, medics said.")
    assert bounds(account) == (31, 31, 31)


def test_two_speakers_bound_a_toll() -> None:
    account = only("Shells hit Aleppo on Sunday. Medics said 34 people died; the army put the number of dead at 9.")
    assert bounds(account) == (9, 34, 34)


def test_the_dead_of_a_protest_are_of_the_force_that_met_it() -> None:
    account = only(
        "Thousands marched in Damascus on Sunday. Police fired tear gas at the crowd. "
        "Two demonstrators were shot dead, an ambulance crew said."
    )
    assert account.sub_event_type.value == "excessive_force_against_protesters"
    assert bounds(account) == (2, 2, 2)


@pytest.mark.parametrize(
    "denied",
    [". Nobody was hurt.", ". No one was injured.", ". No injuries were reported.", ", but nobody was killed."],
)
def test_harm_that_is_denied_makes_no_force_excessive(denied: str) -> None:
    account = only(f"Police fired tear gas to disperse students in Damascus on Sunday{denied}")
    assert account.sub_event_type.value == "protest_with_intervention"


@pytest.mark.parametrize("ended", ["on the spot", "instantly", "at the scene"])
def test_one_who_died_at_once_is_of_the_explosion_before(ended: str) -> None:
    account = only(f"A roadside bomb hit a bus in Homs on Sunday. The driver died {ended}.")
    assert bounds(account) == (1, 1, 1)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Hours later", "2016-11-19"),
        ("The next morning", "2016-11-20"),
        ("Two days earlier", "2016-11-17"),
        ("That evening", "2016-11-19"),
    ],
)
def test_days_told_from_the_day_before(words: str, day: str) -> None:
    _, second = accounts(f"Rebels shelled Aleppo on Saturday. {words}, an airstrike hit a market in Homs.")
    assert days(second) == (day, day)


def test_a_span_that_goes_on_until_another_day() -> None:
    account = only("Clashes broke out in Aleppo on Thursday and went on until Saturday.")
    assert days(account) == ("2016-11-17", "2016-11-19")


def test_weekdays_count_from_the_dateline() -> None:
    (account,) = accounts(
        "ALEPPO, 8 November - Rebels shelled Hama on Monday, medics said.", published=date(2016, 11, 21)
    )
    assert days(account) == ("2016-11-07", "2016-11-07")


def test_an_entry_of_a_digest_keeps_its_day() -> None:
    account = only("- 9 November: rebels shelled Hama, killing two people.")
    assert days(account) == ("2016-11-09", "2016-11-09")


@pytest.mark.parametrize("speaker", ["a volunteer committee", "survivors", "the regional health bureau"])
def test_whoever_says_so_is_the_source(speaker: str) -> None:
    account = only(f"Rebels shelled Hama on Sunday, {speaker} said.")
    assert account.attribution is not None
    assert account.attribution.value == speaker
    assert account.factuality.value == "claimed"


@pytest.mark.parametrize(
    "text",
    [
        "Reports that rebels shelled Hama on Sunday are false, the governor said.",
        "The rebels denied that they had shelled Hama on Sunday.",
    ],
)
def test_what_is_told_and_refuted_is_denied(text: str) -> None:
    assert only(text).factuality.value == "denied"


def test_a_count_of_months_is_no_event() -> None:
    assert accounts("Since January, more than 900 people have been killed in Syria.") == ()


def test_people_who_flee_what_was_told_are_no_event_beside_it() -> None:
    account = only("Rebels shelled Hama on Sunday, killing two people. Some 3,000 residents fled to Homs.")
    assert account.where is not None
    assert account.where.toponym.text == "Hama"


def test_a_toll_after_one_deed_at_two_places_bounds_each_from_above() -> None:
    found = accounts("Bombs fell on Homs and Idlib on Sunday. In all, 23 people were killed, rescuers said.")
    assert [bounds(account) for account in found] == [(0, None, 23), (0, None, 23)]


def test_the_fallen_of_the_other_side_are_added() -> None:
    account = only("Rebels attacked a base near Hama on Sunday, killing 12 soldiers. Nine rebels were also killed.")
    assert bounds(account) == (21, 21, 21)


def test_another_speaker_of_one_sentence_bounds_a_count_and_adds_nothing() -> None:
    account = only("Residents put the dead of Sunday's airstrike on Homs at 90; medics said 54 people had been killed.")
    assert bounds(account) == (54, 90, 90)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Air strikes killed five people in Homs, two in Hama and one in Idlib on Sunday.",
            [("Homs", 5, None), ("Hama", 2, None), ("Idlib", 1, None)],
        ),
        (
            "Four people were killed in Homs on Sunday and another three in Hama.",
            [("Homs", 4, None), ("Hama", 3, None)],
        ),
        ("Shelling killed two people in Homs and wounded six in Hama.", [("Homs", 2, None), ("Hama", None, 6)]),
        (
            "Shelling killed two people and wounded nine in Homs, and killed one man in Hama.",
            [("Homs", 2, 9), ("Hama", 1, None)],
        ),
        (
            "Rockets killed nine people on Sunday, including five in Homs and four in Hama.",
            [("Homs", 5, None), ("Hama", 4, None)],
        ),
        ("Shelling of Homs killed two people and wounded six.", [("Homs", 2, 6)]),
    ],
)
def test_each_place_has_the_dead_that_are_counted_there(
    text: str, expected: list[tuple[str, int | None, int | None]]
) -> None:
    told = [
        (
            account.where.toponym.text if account.where else "",
            account.fatalities.value.best if account.fatalities else None,
            account.injured.value.best if account.injured else None,
        )
        for account in accounts(text)
    ]
    assert told == expected


def test_the_day_by_which_a_toll_calls_an_attack_is_its_day() -> None:
    account = only("A car bomb tore through a market in Mosul, police said. Ten people died in Saturday's blast.")
    assert days(account) == ("2016-11-19", "2016-11-19")
