"""The sentence that an event is told by, from its fields alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.matching import match_accounts
from geo.matching.notes import count_in_words
from geo.model import Account, Count
from tests.samples import ARMY, REBELS, account, document, resolved

HOSPITAL = document("d1", "A hospital in eastern Aleppo was bombed on Saturday and four people died.", source="Wire")


def note(told: Account) -> str:
    (event,) = match_accounts([told])
    return event.notes


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (Count(64, None, None), "at least 64"),
        (Count(12, 12, None), "at least 12"),
        (Count(5, 5, 5), "5"),
        (Count(None, 7, None), "7"),
        (Count(3, 4, 9), "3 to 9"),
        (Count(None, None, 10), "up to 10"),
    ],
)
def test_a_lower_bound_stays_one_in_words(count, said):
    assert count_in_words(count) == said


def test_the_note_is_one_plain_sentence():
    assert note(account(HOSPITAL, actor1=ARMY, killed=Count(4, 4, 4))) == (
        "Air strike by Syrian army affecting health care in eastern Aleppo on 19 November 2016, 4 killed, "
        "according to medics."
    )


@pytest.mark.parametrize(
    ("sub_type", "actors", "said"),
    [
        ("attack", (ARMY, None), "Attack by Syrian army on civilians"),
        ("attack", (ARMY, REBELS), "Attack by Syrian army on Rebels"),
        ("attack", (None, REBELS), "Attack on Rebels"),
        ("arrests", (ARMY, REBELS), "Arrests by Syrian army of Rebels"),
        ("government_regains_territory", (ARMY, REBELS), "Ground regained by Syrian army from Rebels"),
        ("armed_clash", (ARMY, REBELS), "Armed clash between Syrian army and Rebels"),
        ("armed_clash", (ARMY, None), "Armed clash involving Syrian army"),
        ("excessive_force_against_protesters", (ARMY, None), "Force used by Syrian army against protesters"),
        ("air_drone_strike", (ARMY, REBELS), "Air strike by Syrian army against Rebels"),
        ("air_drone_strike", (ARMY, ARMY), "Air strike by Syrian army"),
    ],
)
def test_a_note_says_who_did_what_to_whom(sub_type, actors, said):
    told = note(account(HOSPITAL, sub_type=sub_type, actor1=actors[0], actor2=actors[1]))
    assert told.startswith(f"{said} affecting health care in")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("eastern Aleppo", "in eastern Aleppo"),
        ("south of Mosul", "strike south of Mosul"),
        ("near Hama", "strike near Hama"),
        ("5 km north of Hama", "strike 5 km north of Hama"),
        ("northern outskirts of Hama", "in the northern outskirts of Hama"),
    ],
)
def test_a_note_leads_to_its_place(name, said):
    assert said in note(account(HOSPITAL, where=replace(resolved(), place_name=name), tags=()))
