"""What the country of its place says of an account."""

from __future__ import annotations

import pytest

from geo.extraction import at_home
from geo.model import Account

from .reports import lexicon, only


def home(told: Account, country: str, text: str = "") -> Account:
    return at_home(told, country, lexicon(), text=text)


def test_police_are_those_of_the_place() -> None:
    told = only("Prices rose in Sudan. On Sunday police arrested 20 people in Nairobi.")
    assert told.actor1 is not None
    assert told.actor1.value.country == "SD"
    local = home(told, "KE")
    assert local.actor1 is not None
    assert (local.actor1.value.name, local.actor1.evidence) == ("Police Forces of Kenya", told.actor1.evidence)
    assert home(told, "") == told


def test_forces_and_civilians_of_no_country_are_the_places() -> None:
    told = only("Gunmen killed five villagers in Chibok on Sunday.")
    local = home(told, "NG")
    assert local.actor1 is not None
    assert local.actor2 is not None
    assert (local.actor1.value.country, local.actor2.value.name) == ("NG", "Civilians (Nigeria)")


@pytest.mark.parametrize(
    ("text", "country", "people"),
    [
        ("Pakistani shelling killed five civilians in Poonch on Friday.", "IN", "Civilians (India)"),
        ("Eritrean troops shot dead 20 villagers in Axum on Sunday.", "ET", "Civilians (Ethiopia)"),
        ("Israeli jets killed 90 Palestinians in Khan Younis on Saturday.", "PS", "Civilians (Palestine)"),
        ("Gunmen killed four Turkish tourists in Mosul on Monday.", "IQ", "Civilians (Turkey)"),
    ],
)
def test_civilians_are_of_the_place_and_not_of_who_struck_them(text: str, country: str, people: str) -> None:
    struck = home(only(text), country).actor2
    assert struck is not None
    assert struck.value.name == people


def test_police_that_are_called_a_states_stay_so() -> None:
    told = only("Sudanese police arrested 20 people in Nairobi on Sunday.")
    assert home(told, "KE").actor1 == told.actor1


def test_a_state_abroad_overtakes_ground() -> None:
    told = only("Russian troops recaptured Donetsk on Sunday.")
    assert told.sub_event_type.value == "government_regains_territory"
    text = "Russian troops recaptured Donetsk on Sunday, Ukraine said."
    assert home(told, "UA", text).sub_event_type.value == "non_state_actor_overtakes_territory"
    assert home(told, "RU", text).sub_event_type == told.sub_event_type
    assert home(told, "PH", text).sub_event_type == told.sub_event_type


def test_a_state_s_own_soldiers_beside_foreign_ones_regain_ground() -> None:
    text = "Russian and Syrian troops recaptured Idlib on Sunday."
    assert home(only(text), "SY", text).sub_event_type.value == "government_regains_territory"


def test_a_state_speaks_of_its_own_forces() -> None:
    told = only("Russia's defence ministry said its forces had recaptured Donetsk, in Ukraine, on Sunday.")
    assert told.actor1 is not None
    assert told.actor1.value.name == "Military Forces of Russia"


def test_a_gang_is_of_the_place_and_not_of_the_foreigners_who_fight_it() -> None:
    told = only("Kenyan officers killed two gang members in Nairobi on Sunday.")
    local = home(told, "HT").actor2
    assert local is not None
    assert local.value.name == "Gang (Haiti)"
