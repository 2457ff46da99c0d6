"""The sub-event type of what is told: verbs with what stands around them, crowds, and ground that changes hands."""

from __future__ import annotations

import pytest

from geo.extraction.language.words import words_of
from geo.vocabulary import Factuality
from tests.extraction.reports import accounts, lexicon, only

RIOT = "violent_demonstration"
SHELLING = "shelling_artillery_missile_attack"


def told(text: str) -> list[str]:
    return [found.value.sub_event_type for found in lexicon().triggers.find(text, words_of(text))]


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("Soldiers set up a new forward operating base near Hama.", "headquarters_or_base_established"),
        ("A military post was built by the army near Hama.", "headquarters_or_base_established"),
        ("Gunmen took a foreign engineer captive.", "abduction_forced_disappearance"),
        ("Police took the suspect into custody.", "arrests"),
        ("The two sides signed a local peace pact.", "agreement"),
        ("A bomb was found and defused.", "disrupted_weapons_use"),
        ("The government declared a state of emergency.", "other"),
    ],
)
def test_a_verb_tells_an_event_with_its_object(text: str, sub_event_type: str) -> None:
    assert sub_event_type in told(text)


def test_a_verb_without_its_object_tells_nothing() -> None:
    assert "headquarters_or_base_established" not in told("The agency set up a camp for displaced families.")
    assert told("The firms signed a trade agreement.") == []
    assert "chemical_weapon" not in told("Live rounds were used against the crowd.")


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("Teachers held a rally in Tunis on Sunday.", "peaceful_protest"),
        ("Police fired tear gas at protesters in Tunis on Sunday.", "protest_with_intervention"),
        ("Police opened fire on protesters in Tunis on Sunday.", "excessive_force_against_protesters"),
        ("Protesters torched a police station in Tunis on Sunday.", "violent_demonstration"),
        ("A mob beat a suspected thief to death in Tunis on Sunday.", "mob_violence"),
        ("Gunmen shot dead a teacher in Tunis on 9 March.", "attack"),
    ],
)
def test_a_crowd_decides_by_what_it_does_and_suffers(text: str, sub_event_type: str) -> None:
    assert only(text).sub_event_type.value == sub_event_type


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("The army recaptured Idlib from the rebels on Sunday.", "government_regains_territory"),
        ("The army captured the rebel-held town of Saraqib on Sunday.", "government_regains_territory"),
        ("The rebels, who have held Homs since March, executed two traders in Hama on Sunday.", "attack"),
        ("Idlib fell into the hands of the rebels on Sunday.", "non_state_actor_overtakes_territory"),
        ("The army entered Idlib without a fight on Sunday.", "non_violent_transfer_of_territory"),
        ("The army took over Idlib on Sunday after the rebels withdrew.", "non_violent_transfer_of_territory"),
        ("The army captured a leader of the rebels in Idlib on Sunday.", "arrests"),
    ],
)
def test_ground_goes_to_who_takes_it(text: str, sub_event_type: str) -> None:
    assert {account.sub_event_type.value for account in accounts(text)} == {sub_event_type}


def test_an_army_of_rebels_is_named_as_a_whole() -> None:
    account = only("The National Liberation Army seized the town of Idlib on Sunday.")
    assert account.actor1 is not None
    assert (account.actor1.value.name, account.actor1.value.side) == ("National Liberation Army", "rebels")
    assert account.sub_event_type.value == "non_state_actor_overtakes_territory"


def test_a_note_of_one_sentence_needs_no_place() -> None:
    document = accounts("Bandits kidnapped eleven women.", published=None)
    assert [account.sub_event_type.value for account in document] == ["abduction_forced_disappearance"]


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("The army drove al-Nusra out of Zibdin on Sunday.", "territory"),
        ("The army drove the sick man out of town on Sunday.", ""),
        ("Rebels wrenched Zibdin from the army.", "territory"),
        ("Rebels wrenched the door from its hinges.", ""),
    ],
)
def test_a_name_stands_for_ground_and_for_foes(text: str, sub_event_type: str) -> None:
    assert (sub_event_type in told(text)) if sub_event_type else "territory" not in told(text)


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("Rebels mowed down six villagers in Idlib on Sunday.", "attack"),
        ("Soldiers wiped out six militants in Idlib on Sunday.", "armed_clash"),
        ("Six soldiers died when rebels raided their post in Idlib on Sunday.", "armed_clash"),
        ("A cleric hostile to the rebels was stabbed by an unknown man in Idlib on Sunday.", "attack"),
        ("Rebels fought the army with rifles and grenades in Idlib on Sunday.", "armed_clash"),
        ("Four people were killed in a raid by army planes on a farm near Idlib on Sunday.", "air_drone_strike"),
        ("Two howitzer shells crashed into a school in Donetsk on Sunday.", "shelling_artillery_missile_attack"),
        ("Air defences intercepted two rockets fired at Marib on Sunday.", "disrupted_weapons_use"),
        ("Police detained six lawyers in raids in Tunis on Sunday.", "arrests"),
        ("Unidentified men set a mast ablaze near Hama on Sunday and fled.", "looting_property_destruction"),
        ("Rebels stormed a base near Hama on Sunday and took it.", "non_state_actor_overtakes_territory"),
        ("Clashes between Druze and Sunni villagers near Hama left two dead on Sunday.", "mob_violence"),
        ("Shelling by government forces struck the general hospital in Idlib on Sunday.", SHELLING),
        ("Soldiers torched 200 houses in Hama on Sunday, residents said.", "looting_property_destruction"),
        (
            "Rebels seized Idlib on Sunday after a car bomb destroyed a checkpoint.",
            "non_state_actor_overtakes_territory",
        ),
        ("Rockets fell on the headquarters of a brigade in Donetsk on Sunday, killing seven.", SHELLING),
        ("Soldiers dug up two mines, three rifles and ammunition in Homs on Sunday.", "disrupted_weapons_use"),
        ("A man was shot dead in Nairobi on Sunday during a protest.", "excessive_force_against_protesters"),
        ("Gang members set fire to the police station in Nairobi on Sunday.", "looting_property_destruction"),
        ("Police fired live rounds to break up a crowd in Nairobi on Sunday.", "excessive_force_against_protesters"),
        ("Protesters torched a party's office in Tunis on Sunday, hours after results were announced.", RIOT),
        ("Some 300 soldiers with tanks broke into Homs region on Sunday.", "armed_clash"),
        ("The jihadists attacked a post close to the border in Hama on Sunday.", "attack"),
    ],
)
def test_who_does_what_to_whom_decides(text: str, sub_event_type: str) -> None:
    assert only(text).sub_event_type.value == sub_event_type


@pytest.mark.parametrize(
    "text",
    [
        "Twenty years ago, rebels massacred the people of Idlib.",
        "The film tells of a girl who is abducted by soldiers in Idlib.",
        "The opposition accuses the government of planning to attack Idlib.",
        "France is considering sending more troops to Marib.",
        "In the opening episode of the series his gang ambushes a patrol in Idlib and kills 12 soldiers.",
        "Gunmen intercepted a convoy in Idlib on Sunday.",
        "A plane with 120 detainees landed in Marib on Sunday.",
        "The storm had already battered Hama, where 14 people died when roofs collapsed.",
    ],
)
def test_what_is_told_of_old_or_only_thought_of_is_no_event(text: str) -> None:
    assert not accounts(text)


def test_police_who_fire_right_after_a_protest_fire_on_it() -> None:
    account = only("Students protested in Nairobi on Sunday. Police opened fire. One student was killed.")
    assert account.sub_event_type.value == "excessive_force_against_protesters"
    assert account.actor1 is not None
    assert account.actor1.evidence[0].text == "Police"
    assert account.fatalities is not None
    assert account.fatalities.value.best == 1


def test_a_sentence_that_opens_with_another_place_tells_another_event() -> None:
    first, second = accounts(
        "In Homs on Sunday, demonstrators burned tyres. In Hama, police fired live rounds at a crowd."
    )
    assert (first.where and first.where.text, second.where and second.where.text) == ("Homs", "Hama")
    assert second.sub_event_type.value == "excessive_force_against_protesters"


def test_another_place_after_a_comma_sets_another_scene() -> None:
    first, second = accounts("Rebels killed two people in Homs on Sunday, and in Hama a bomb wounded three soldiers.")
    assert (first.where and first.where.text, second.where and second.where.text) == ("Homs", "Hama")
    assert first.fatalities is not None
    assert second.injured is not None


def test_what_befalls_one_crowd_is_not_told_of_another() -> None:
    first, second = accounts(
        "In Homs, thousands marched on Sunday, and in Hama officers used tear gas against demonstrators."
    )
    assert first.sub_event_type.value == "peaceful_protest"
    assert second.sub_event_type.value == "protest_with_intervention"


def test_where_the_wounded_are_cared_for_is_not_where_they_were_hurt() -> None:
    account = only(
        "A booby-trapped motorcycle went off outside a bakery in Idlib on Sunday. "
        "Volunteers pulled out seven bodies and took thirty wounded to hospitals across the border in Lebanon."
    )
    assert account.where is not None
    assert account.where.text == "Idlib"
    assert account.fatalities is not None
    assert account.fatalities.value.best == 7


def test_a_place_that_only_tells_where_another_lies_sets_no_scene() -> None:
    account = only("Gunmen burst into a school in Idlib, in Syria's north, on Sunday and killed seven children.")
    assert account.where is not None
    assert account.where.text == "Idlib"


def test_what_victims_were_accused_of_leaves_the_deed_asserted() -> None:
    account = only("Six men accused of spying were shot dead in Homs on Friday by masked gunmen.")
    assert account.factuality.value is Factuality.ASSERTED


@pytest.mark.parametrize("to_come", ["was to start", "is due to begin", "were to take effect"])
def test_what_has_yet_to_begin_is_announced(to_come: str) -> None:
    account = only(f"A curfew {to_come} at midnight in Homs.")
    assert account.factuality.value is Factuality.ANNOUNCED
