"""What police, rescuers and people of a place do beside a conflict, and words for harm that tell no deed."""

from __future__ import annotations

import pytest

from .reports import accounts

NONE: tuple[str, ...] = ()
ROBBED, BROKEN_UP, RIOT = "looting_property_destruction", "protest_with_intervention", "violent_demonstration"

PASSAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    # Police impound what has crashed; robbers and soldiers take what is not theirs.
    ("A lorry rammed a tricycle in Homs on Monday. Police impounded the lorry.", NONE),
    ("A minibus fell into a canal near Homs on Monday. The vehicle was seized by police.", NONE),
    ("Bandits seized sixty goats from herders near Homs on Monday.", (ROBBED,)),
    # Who digs decides what is dug.
    ("Rebels shot at farmers digging trenches near Homs on Monday and killed two.", ("attack",)),
    ("Soldiers dug trenches near Homs on Monday.", ("headquarters_or_base_established",)),
    # How the hurt are taken away.
    ("A farmer was wounded in Homs on Monday and evacuated by helicopter.", ("attack",)),
    ("Thousands of people were evacuated from Homs on Monday.", ("other",)),
    # Arms that lay where a fight was told.
    ("Rebels fought the army in Homs on Monday. Soldiers recovered six rifles from the scene of the clash.",
     ("armed_clash",)),
    ("Soldiers recovered six rifles from a barn in Homs on Monday.", ("disrupted_weapons_use",)),
    # A roof over those whom something befell.
    ("A rocket hit a barn in Homs on Monday where families had taken shelter.",
     ("shelling_artillery_missile_attack",)),
    # Shots in the air wound nobody, and tell nothing by themselves.
    ("Officers threw tear gas grenades and fired into the air to disperse students protesting in Tunis on Monday.",
     (BROKEN_UP,)),
    ("Guests fired into the air in Homs on Monday in celebration.", NONE),
    # A whistle and a game that is over.
    ("Rovers attacked from the blast of the whistle in Homs and killed off the match with a late goal.", NONE),
    # Lightning strikes whom it will.
    ("Lightning struck a band of herders near Homs on Monday, killing two of them.", NONE),
    # Masked men who burn shops and block a road are no protesters.
    ("Masked gunmen set fire to a shop in Homs on Monday and blocked the road with burning lorries.", (ROBBED,)),
    ("Residents blocked the main road in Homs on Monday.", ("peaceful_protest",)),
    # Two crowds in two places.
    ("Officers fired tear gas at students in Homs on Monday, and demonstrators burned a bank in Hama.",
     (BROKEN_UP, RIOT)),
    # The dead whom somebody comes for, and those whom nobody knew of.
    ("A mob lynched a driver in Homs on Sunday. Officers found the body already burned.", ("mob_violence",)),
    ("A mob lynched a driver in Homs on Sunday; his body was found by officers.", ("mob_violence",)),
    # Weather beside a deed, and a deed of a day of its own before a court.
    ("A cyclone struck Homs on Monday as rebels attacked a village, killing four people.", ("attack",)),
    ("Gunmen who attacked a bus in Homs on Sunday were charged on Monday.", ("attack",)),
    # Aircraft that are hit hit nobody.
    ("A plane of the airline was hit by gunfire near Homs on Sunday.", ("attack",)),
    # Fuel burns by itself.
    ("A tanker full of petrol exploded in Homs on Sunday, burning nine people to death.", NONE),
    # Raids on people who bear no arms.
    ("Herders invaded a hamlet near Homs on Sunday, killing six persons.", ("attack",)),
    # How those fell who had come to kill.
    ("Gunmen attacked a hotel in Homs on Sunday and killed six guests. The last of the attackers was shot by police.",
     ("attack",)),
    # A day that recalls another one.
    ("Police arrested a poet in Tunis on Sunday, the anniversary of the uprising.", ("arrests",)),
    ("Sunday was the anniversary of a raid in which soldiers arrested a poet in Tunis.", NONE),
    # What is told of men before a court, and of those whom water took.
    ("Robbers who looted a bank in Homs were arraigned on Monday.", NONE),
    ("A ferry capsized in the river at Homs on Monday; 28 bodies have been recovered.", NONE),
    # A party that is forbidden lays down its arms all the same.
    ("Nine fighters of the banned front laid down their arms in Homs on Monday.", ("change_to_group_activity",)),
    ("Raiders made away with 60 camels near Homs on Monday.", (ROBBED,)),
    # Laying down one's arms before somebody.
    ("Nine rebels yielded to the army in Homs on Monday.", ("change_to_group_activity",)),
)  # fmt: skip


@pytest.mark.parametrize(("text", "told"), PASSAGES)
def test_pursuits_of_peace_are_told_from_deeds(text: str, told: tuple[str, ...]) -> None:
    assert tuple(account.sub_event_type.value for account in accounts(text)) == told


def test_a_wound_told_of_one_man_belongs_to_the_fight_before_it() -> None:
    (account,) = accounts(
        "Three rebels were killed in a clash with the army in Homs on Sunday. "
        "A corporal, who sustained shrapnel wounds, is being treated at Homs Hospital."
    )
    assert account.injured is not None
    assert account.injured.value.best == 1


def test_a_man_hit_in_the_leg_was_hit_by_no_aircraft() -> None:
    (account,) = accounts("Soldiers fought rebels in Homs on Sunday. An officer was hit in the leg.")
    assert account.sub_event_type.value == "armed_clash"


def test_who_tried_to_stop_a_deed_may_fall_to_another() -> None:
    (account,) = accounts("A guard who tried to prevent the theft was shot dead in Homs on Sunday.")
    assert account.fatalities is not None
    assert account.fatalities.value.best == 1


def test_those_hurt_by_a_burning_crowd_are_its_toll() -> None:
    (account,) = accounts("Rioters torched a bank in Homs on Sunday. A policeman was injured.")
    assert account.injured is not None
    assert account.injured.value.best == 1


def test_what_a_relative_clause_goes_on_with_is_no_people() -> None:
    for account in accounts("Gunmen shot at nomads who had taken shelter in a barn near Homs on Monday, killing two."):
        assert all(actor is None or "taken" not in actor.value.name for actor in (account.actor1, account.actor2))
