"""Which group a name stands for, and who is accused, claims, holds or leads."""

from __future__ import annotations

import pytest

from .reports import accounts


def actors(text: str) -> tuple[str, str]:
    account = accounts(text)[0]
    one, two = account.actor1, account.actor2
    return (one.value.actor_id or one.value.name if one else "", two.value.actor_id or two.value.name if two else "")


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("PDF fighters ambushed a convoy of soldiers near Marib on Monday.", "mm.pdf"),
        ("Fighters of the RSF shelled Omdurman on Monday.", "sd.rsf"),
        ("STC forces shelled Marib on Monday.", "ye.stc"),
        ("Forces loyal to General Khalifa Haftar shelled Tunis on Monday.", "ly.lna"),
        ("The RSF said its fighters had shelled Omdurman on Monday.", "sd.rsf"),
        ("The Islamic State group has claimed an assault on an army camp in Homs on Monday.", "isis"),
        ("The Houthis accused Israel of bombing a school in Marib on Monday.", "il.government"),
        ("Hamas issued a statement accusing Israel of bombing a school in Beirut on Monday.", "il.government"),
    ],
)
def test_who_did_it_is_known_by_code_leader_claim_and_accusation(text: str, doer: str) -> None:
    assert actors(text)[0] == doer


def test_the_accused_is_not_whom_it_befalls() -> None:
    assert actors("Lebanon accused Israel of striking nurses in Beirut on Monday.") == ("il.government", "civilians")


def test_who_held_the_ground_loses_it() -> None:
    assert actors("Taliban fighters seized Kabul on Monday after government troops fled the city.")[1] == "af.military"


def test_two_sides_of_one_clash_and_who_fights_with_them() -> None:
    assert actors("FARDC and Wazalendo clashed with M23 rebels in Marib on Monday.") == ("cd.fardc", "cd.m23")


@pytest.mark.parametrize(
    ("text", "targeted"),
    [
        ("Rebels killed two Turkish soldiers near Hama on Monday.", False),
        ("Rebels killed two farmers near Hama on Monday.", True),
        ("Protesters clashed with police in Nairobi on Monday.", False),
        ("Soldiers clashed with the New People's Army in Samar on Monday.", False),
        ("Police killed two men of the Gulf Clan in Turbo on Monday.", False),
        ("Five armed men were killed by the army in Jos on Monday.", False),
        ("An air strike killed a commander and five of his men in Homs on Monday.", False),
        ("A suicide bomber struck a military convoy in Kabul on Monday.", False),
        ("Rebels killed 12 in Homs on Monday.", False),
        ("Soldiers found an arms cache in a school in Jos on Monday.", False),
        ("Students marched peacefully in Tunis on Monday.", False),
        ("Gunmen killed five men in Jos on Monday.", True),
    ],
)
def test_those_who_bear_arms_and_those_who_act_are_no_civilian_targets(text: str, targeted: bool) -> None:
    assert (accounts(text)[0].civilian_targeting is not None) == targeted


def test_who_accuses_tells_it() -> None:
    account = accounts("Mercenaries were accused by villagers of killing 30 herders in Homs on Sunday.")[0]
    assert account.attribution is not None
    assert account.attribution.value == "villagers"


def test_a_ministry_of_youth_is_no_youth() -> None:
    assert actors("Gunmen attacked the ministry of youth in Kabul on Monday.")[1] == ""


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Fighters of the National Liberation Army (ELN) blew up a pipeline in Homs on Monday.", "co.eln"),
        (
            "Men believed to be members of the Abu Sayyaf Group abducted two men in Marib on Monday.",
            "ph.abusayyaf",
        ),
        (
            "A suicide bomber struck in Kabul on Monday. The Tehreek-e-Taliban Pakistan claimed responsibility.",
            "pk.ttp",
        ),
        (
            "A bomb killed 12 people in Mosul on Monday. One of its men carried it out, Islamic State said.",
            "isis",
        ),
        ("Iraqi counter-terrorism troops retook Mosul on Monday.", "iq.military"),
        ("Ukraine has withdrawn its troops from Donetsk, the army chief said on Sunday.", "ua.government"),
    ],
)
def test_what_stands_beside_a_name_tells_whose_it_is(text: str, doer: str) -> None:
    assert actors(text)[0] == doer


def test_who_denies_a_deed_is_not_told_as_its_doer() -> None:
    told = "A missile strike hit Donetsk on Monday. Moscow denied that its forces had carried out the attack."
    assert actors(told)[0] == ""


@pytest.mark.parametrize("force", ["Kurdish-led forces", "US-backed forces", "Turkish-backed fighters"])
def test_forces_led_or_backed_by_others_are_no_army_of_the_place(force: str) -> None:
    account = accounts(f"{force} shelled Aleppo on Monday.")[0]
    assert account.actor1 is not None
    assert (account.actor1.value.name, account.actor1.value.side) == (force, "")


def test_who_leads_forces_is_told_where_they_speak_for_themselves() -> None:
    account = accounts("Kurdish-led forces said they had captured Idlib on Monday.")[0]
    assert account.actor1 is not None
    assert account.actor1.value.name == "Kurdish-led forces"


def test_whose_unidentified_aircraft_are_is_left_open() -> None:
    assert actors("Unidentified aircraft bombed a convoy near Homs on Monday.")[0] == ""


def test_forces_backed_by_the_government_are_its_own() -> None:
    account = accounts("Government-backed forces shelled Aleppo on Monday.")[0]
    assert account.actor1 is not None
    assert account.actor1.value.side == "government"


def test_a_crash_has_no_doer() -> None:
    assert actors("A Puma helicopter of the UN mission crashed near Marib on Friday, the army said.") == ("", "")


def test_who_only_backs_a_side_tells_nothing_of_its_country() -> None:
    told = "Government troops backed by Hezbollah captured Marib on Friday."
    assert actors(told)[0] != "lb.military"


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Al-Qaeda-linked JNIM fighters attacked a post near Homs on Sunday.", "sahel.jnim"),
        ("Jihadists ambushed a convoy near Homs on Sunday and killed ten soldiers. JNIM said it was behind the attack.",
         "sahel.jnim"),
        ("Jihadists ambushed a convoy near Homs on Sunday. The assailants set 60 lorries on fire. "
         "JNIM said it was behind the attack.", "sahel.jnim"),
        ("A bomb hit a bus in Homs on Sunday and killed five. Damascus accused Israel, which denied any role.", ""),
        ("Riyadh's jets hit Homs on Sunday.", "sa.military"),
    ],
)  # fmt: skip
def test_who_did_it_where_a_group_and_its_kind_are_told(text: str, doer: str) -> None:
    assert actors(text)[0] == doer


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Pro-Russian gunmen seized the police station in Homs on Saturday.", "Pro-Russian gunmen"),
        ("Pro-Iranian rebels shelled Homs on Saturday.", "Pro-Iranian rebels"),
    ],
)
def test_friends_of_a_state_are_not_of_it(text: str, doer: str) -> None:
    assert actors(text)[0] == doer


def test_a_capital_that_acts_is_no_place() -> None:
    told = accounts("Rebels seized Homs on Saturday. Damascus sent special forces to the town on Sunday.")
    assert [account.where.toponym.text for account in told if account.where is not None] == ["Homs", "Homs"]
