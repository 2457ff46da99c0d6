"""The sub-event type of what is told: verbs with what stands around them, crowds, and ground that changes hands."""

from __future__ import annotations

import pytest

from geo.extraction.words import words_of
from tests.extraction.reports import accounts, lexicon, only


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
