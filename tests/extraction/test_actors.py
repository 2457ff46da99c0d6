"""Who is an actor, of which state, and who only reports."""

from __future__ import annotations

import csv

import pytest

from geo.extraction.reading import Reading
from geo.extraction.syntax.naming import actor_of
from geo.model import Account, Mention, Recognition
from geo.settings import read_settings
from geo.vocabulary import MentionKind

from .reports import accounts, lexicon, only, report


def _names(account: Account) -> tuple[str, str]:
    return tuple(actor.value.name if actor else "" for actor in (account.actor1, account.actor2))  # type: ignore[return-value]


def test_every_actor_has_the_country_that_it_has() -> None:
    with (read_settings().lexicon / "actors.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len({row["id"] for row in rows}) == len(rows)
    across_borders = {row["id"] for row in rows if not row["country"]}
    assert across_borders == {
        "isis", "alqaeda", "coalition", "un.peacekeepers", "nato", "sahel.g5", "sahel.aes", "lakechad.mnjtf",
        "au.peacekeepers", "sahel.jnim", "sahel.isgs",
    }  # fmt: skip
    assert {row["country"] for row in rows if row["country"]} <= lexicon().by_code.keys()


def test_no_name_stands_for_two_actors() -> None:
    with (read_settings().lexicon / "actors.csv").open(encoding="utf-8", newline="") as lines:
        names = [
            (name.lower(), row["id"])
            for row in csv.DictReader(lines)
            for name in {row["name"].lower(), *row["aliases"].lower().split(";")}
            if name
        ]
    assert len(dict(names)) == len(names)


def test_who_reports_is_never_listed_as_an_actor() -> None:
    words = lexicon()
    reporting = ("SANA", "SOHR", "Al Jazeera", "Reuters", "White Helmets", "Amnesty International", "Anadolu Agency")
    assert all(words.sources.get(name) is not None for name in reporting)
    assert all(words.actors.get(name) is None for name in reporting)


@pytest.mark.parametrize(
    "text",
    [
        "Al Jazeera reported that rebels attacked the army in Hama on Sunday.",
        "Rebels attacked the army in Hama on Sunday, SANA reported.",
        "Reuters, citing the Syrian Observatory for Human Rights, said rebels attacked the army in Hama on Sunday.",
        "The White Helmets said rebels attacked the army in Hama on Sunday.",
        "According to the state news agency SANA, rebels attacked the army in Hama on Sunday.",
    ],
)
def test_an_agency_is_neither_actor_nor_place(text: str) -> None:
    account = only(text)
    assert _names(account) == ("Rebels", "Military Forces")
    assert account.where is not None
    assert account.where.text == "Hama"


@pytest.mark.parametrize(
    ("doer", "name"),
    [
        ("Botswana's army", "Military Forces of Botswana"),
        ("The army of Gabon", "Military Forces of Gabon"),
        ("Troops from Chad", "Military Forces of Chad"),
        ("Singaporean troops", "Military Forces of Singapore"),
        ("Zambian police", "Police Forces of Zambia"),
        ("Troops of the Dominican Republic", "Military Forces of Dominican Republic"),
    ],
)
def test_a_general_word_is_a_force_of_its_state(doer: str, name: str) -> None:
    assert _names(only(f"{doer} attacked rebels in Kabul on Sunday."))[0] == name


@pytest.mark.parametrize(
    ("text", "doer", "victim"),
    [
        (
            "Syrian forces allied with Hezbollah attacked rebels in Homs on Sunday.",
            "Military Forces of Syria",
            "Rebels",
        ),
        ("Syrian troops came under attack in Homs on Sunday.", "", "Military Forces of Syria"),
        ("A Kurdish opposition leader was shot dead by gunmen in Homs on Sunday.", "Unidentified", "Civilians"),
        ("Police dispersed students protesting in Tunis on Sunday.", "Police Forces", "Protesters"),
        ("Gunmen in civilian clothes kidnapped a student in Homs on Sunday.", "Unidentified", "Civilians"),
        (
            "The shelling of Islamic State militants by Syrian troops killed six in Homs on Sunday.",
            "Military",
            "Islamic",
        ),
        ("Angry villagers stoned a driver to death in Kabul on Sunday.", "", "Civilians"),
        ("Villagers found the bodies of five men near Homs on Sunday.", "", "Civilians"),
        ("Police found the bodies of five men near Homs on Sunday.", "", "Civilians"),
        ("The bodies of two students were found by villagers near Homs on Sunday.", "", "Civilians"),
        ("An angry crowd lynched a man in Homs on Sunday.", "Rioters", "Civilians"),
        ("A man suspected of being a thief was lynched in Homs on Sunday.", "", "Civilians"),
    ],
)
def test_who_did_it_is_told_from_whom_it_befell(text: str, doer: str, victim: str) -> None:
    found = _names(accounts(text)[0])
    assert found[0].startswith(doer)
    assert found[1].startswith(victim)
    assert bool(found[1]) == bool(victim)


@pytest.mark.parametrize("by", ["", " by a crowd"])
def test_words_of_suspicion_silence_no_deed_done_to_the_suspect(by: str) -> None:
    account = only(f"A man suspected of being a thief was lynched{by} in Kaya on Monday.")
    assert account.sub_event_type.value == "mob_violence"
    assert account.fatalities is not None
    assert account.fatalities.value.best == 1


@pytest.mark.parametrize("finders", ["Villagers", "Police"])
def test_who_finds_the_dead_killed_nobody(finders: str) -> None:
    assert only(f"{finders} found the bodies of five men near Homs on Sunday.").actor1 is None


def test_an_office_beside_a_name_quotes_both() -> None:
    account = only("Jane Roe, the first mayor of Homs, was shot dead by gunmen on Sunday.")
    assert account.actor2 is not None
    assert [words.text for words in account.actor2.evidence] == ["Jane Roe", "mayor"]


@pytest.mark.parametrize(
    ("text", "doer", "victim"),
    [
        ("The Israeli army said on Sunday that it had killed a Hamas commander in a strike on a car in Marib.",
         "Military Forces of Israel", "Hamas"),
        ("Ukraine said its drones had hit a refinery in Donetsk on Sunday.", "Government of Ukraine", ""),
        ('The Syrian army said it had "neutralised" 20 rebels in air strikes near Hama on Sunday.',
         "Military Forces of Syria", "Rebels"),
    ],
)  # fmt: skip
def test_who_tells_its_own_deed_did_it(text: str, doer: str, victim: str) -> None:
    first, second = _names(only(text))
    assert first == doer
    assert second.startswith(victim)


@pytest.mark.parametrize("marked", ["Russian", "Russian missiles"])
def test_the_missiles_of_a_state_are_its_forces(marked: str) -> None:
    reading = Reading(report("Russian missiles hit a house in Donetsk on Sunday."), Recognition(()), lexicon())
    assert actor_of(reading, Mention(0, len(marked), marked, MentionKind.ACTOR)).name == "Military Forces of Russia"


def test_who_holds_the_ground_is_not_whom_it_befell() -> None:
    assert _names(only("Syrian warplanes struck rebel-held Aleppo on Sunday."))[1] == ""


def test_who_wears_what_blows_up_did_not_blow_it_up() -> None:
    text = "Radios carried by rebels blew up in Homs on Sunday, killing nine people."
    assert only(text).actor1 is None


def test_the_subject_of_the_last_clause_does_its_deeds() -> None:
    text = "A constable was killed and another wounded when rebels blocked a bridge and opened fire on police in Homs."
    assert _names(only(text))[0] == "Rebels"


def test_the_camp_of_soldiers_is_no_civilian_site() -> None:
    told = only("Turkish soldiers were killed when a missile hit their encampment in Marib on Friday.")
    assert told.civilian_targeting is None


def test_who_leaves_people_dead_does_not_suffer() -> None:
    told = only("Army jets dropped four bombs on a wedding in Homs on Sunday, leaving at least 60 people dead.")
    assert told.actor1 is not None
    assert told.actor1.value.name.startswith("Military Forces")


@pytest.mark.parametrize(
    ("text", "doer"),
    [("Idlib is in the hands of the rebels after heavy fighting on Monday.", "Rebels")],
)
def test_into_whose_hands_ground_comes(text: str, doer: str) -> None:
    assert _names(only(text))[0] == doer
