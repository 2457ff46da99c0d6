"""Turns of agency copy and bulletins: ways in, capitals, peoples, lists of the dead, and scenes told side by side."""

from __future__ import annotations

import pytest

from geo.extraction.casualties.casualties import find_casualties
from geo.extraction.language.words import words_of

from .reports import accounts, only


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Nine traders, fourteen guards and at least 25 raiders were killed", [9, 14, 25]),
        ("Three captains, five sergeants, two corporals and more than 20 conscripts were killed", [3, 5, 2, 20]),
        ("Nine traders fled, and fourteen guards and 25 raiders were killed", [14, 25]),
    ],
)
def test_the_whole_list_before_a_passive_is_counted(text: str, killed: list[int]) -> None:
    assert [item.count.low for item in find_casualties(words_of(text)) if item.harm == "killed"] == killed


@pytest.mark.parametrize(
    "text", ["The radio gave no figure for casualties", "There was no estimate of casualties in the town"]
)
def test_a_number_that_nobody_gives_is_not_nought(text: str) -> None:
    assert find_casualties(words_of(text)) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Croatian Serb troops shelled Homs on Monday.", "Croatian Serb troops"),
        ("A bomb wounded two airmen near Homs on Monday.", "Military Forces"),
        ("Bandits killed two constables near Homs on Monday.", "Police Forces"),
        ("The army killed five secessionists near Homs on Monday.", "Separatists"),
    ],
)
def test_who_bears_arms_is_no_civilian(text: str, name: str) -> None:
    account = only(text)
    assert name in {side.value.name for side in (account.actor1, account.actor2) if side}


def test_a_people_is_of_the_country_that_it_lives_in() -> None:
    account = only("Police in Kabul shot dead two ethnic Uzbeks on Monday. The Afghan army said nothing.")
    assert account.actor2 is not None
    assert "Uzbekistan" not in account.actor2.value.name


def test_who_acts_is_not_told_by_the_dateline() -> None:
    account = only("BEIRUT, Lebanon - A shepherd stabbed a tourist to death in Homs on Monday.")
    assert account.actor1 is not None
    assert account.actor1.value.name == "shepherd"


def test_army_surgeons_are_no_civilians() -> None:
    account = only("Army engineers made safe a car bomb outside a bank in Beirut on Monday.")
    assert account.sub_event_type.value == "disrupted_weapons_use"
    assert account.actor2 is None


def test_two_places_and_the_road_between_them_are_no_subject() -> None:
    account = only("Rebels stopped a coach on the road between Hama and Homs on Monday and kidnapped four nurses.")
    assert account.actor1 is not None
    assert account.actor1.evidence[0].text == "Rebels"


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Gunmen stormed a clinic in Homs on Monday and abducted two nurses.", ["abduction_forced_disappearance"]),
        ("Masked men, arriving in three cars, shot dead a baker in Homs on Monday.", ["attack"]),
        ("Reinforcements recaptured the hill near Homs on Monday.", ["government_regains_territory"]),
        ("Students defied a curfew in Homs on Monday.", ["peaceful_protest"]),
        ("A lorry laden with explosives was rammed into the barracks in Homs on Monday.", ["suicide_bomb"]),
        ("A woman in a belt of explosives killed nine shoppers in Homs on Monday.", ["suicide_bomb"]),
    ],
)
def test_what_only_leads_to_a_deed_is_none(text: str, types: list[str]) -> None:
    assert [account.sub_event_type.value for account in accounts(text)] == types


def test_the_dead_are_not_of_those_who_were_abducted() -> None:
    fight, taken = accounts(
        "Rebels attacked a barracks at Homs on Monday. Twelve soldiers and 40 rebels were killed, according to the "
        "army, and 20 people were abducted."
    )
    assert fight.fatalities is not None
    assert fight.fatalities.value.best == 52
    assert taken.sub_event_type.value == "abduction_forced_disappearance"
    assert taken.fatalities is None


def test_others_find_their_dead_in_another_place() -> None:
    taken, found = accounts(
        "Gunmen abducted four clerks in Homs on Monday, and police in Idlib found the bodies of three men."
    )
    assert taken.fatalities is None
    assert found.where is not None
    assert found.where.toponym.text == "Idlib"
    assert found.fatalities is not None


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Rebels shelled the Lebanese capital on Monday.", "Lebanese capital"),
        ("Rebels shelled the Lebanese capital, Beirut, on Monday.", "Beirut"),
        ("A bus hit a mine near Idlib, on the road to Hama, on Monday. Four passengers died.", "Idlib"),
    ],
)
def test_where_it_was(text: str, where: str) -> None:
    account = only(text)
    assert account.where is not None
    assert account.where.toponym.text == where


def test_who_finds_the_dead_is_not_among_them() -> None:
    account = only("Police in Homs found the bodies of four men who had been shot in the head on Monday.")
    assert account.sub_event_type.value == "attack"
    assert account.actor2 is not None
    assert account.actor2.value.side == "civilians"


def test_two_that_fight_a_third_are_allies() -> None:
    account = only("Turkish soldiers and Syrian troops fought militants near Homs on Monday.")
    assert account.actor2 is not None
    assert account.actor2.evidence[0].text == "militants"


def test_a_force_shared_by_two_states_is_that_of_each() -> None:
    account = only("British and French troops attacked rebels near Homs on Monday.")
    assert account.actor1 is not None
    assert account.actor1.value.country in ("GB", "FR")


def test_a_march_that_throws_stones_is_violent() -> None:
    account = only(
        "Students blocked a road in Homs on Monday. The crowd threw stones at soldiers, who replied with rubber "
        "bullets; a boy was hurt."
    )
    assert account.sub_event_type.value == "violent_demonstration"


def test_burning_befalls_houses_too() -> None:
    account = only("Rioters burned the French lycee in Beirut on Monday.")
    assert account.actor2 is None


def test_an_accusation_of_another_deed_names_no_doer() -> None:
    told = accounts(
        "A woman in a belt of explosives killed nine clerks at a bank in Kabul on Monday. The Taliban denied any part "
        "in it and accused NATO of an air strike."
    )
    assert all(account.actor1 is None or account.actor1.value.name != "NATO" for account in told if account.fatalities)


def test_people_are_flown_out() -> None:
    account = only("The army airlifted 300 villagers from Homs on Monday.")
    assert account.sub_event_type.value == "other"


def test_the_dead_of_an_ally_are_no_enemies() -> None:
    account = only(
        "British marines and Syrian troops attacked Homs on Monday. Ten Britons and two Syrian soldiers were killed."
    )
    assert account.fatalities is not None
    assert account.actor2 is None


def test_the_seat_of_a_ministry_is_not_where_it_was() -> None:
    told = accounts(
        "Gunmen ambushed a patrol near Hama on Monday. The Interior Ministry in Damascus said two officers had been "
        "wounded in the clash."
    )
    assert {account.where.toponym.text for account in told if account.where} == {"Hama"}


def test_the_chief_of_a_district_points_to_no_place() -> None:
    _, later = accounts(
        "Rebels overran a post on the edge of Homs in Idlib on Sunday, the district chief said. The army retook the "
        "post on Monday."
    )
    assert later.where is not None
    assert later.where.toponym.text == "Homs"
