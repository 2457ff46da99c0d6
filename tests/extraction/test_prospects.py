"""Which triggers the model is asked of: those that may tell an event of conflict by the word lists alone."""

from __future__ import annotations

import pytest

from geo.extraction import load_lexicon
from geo.extraction.accounts.prospects import promising_triggers
from geo.extraction.lexicon.lexicon import Lexicon
from geo.extraction.recognizers.rules import RulesRecognizer
from geo.model import Document
from geo.settings import read_settings

QUIET = "The council talked about roads, schools and the price of water. " * 8
DISEASE = "The virus has spread since May. In Nairobi 20 people were killed by it on Sunday. Doctors gave a vaccine. "
STRIKE = "Jets bombed a market in Saraqib on Sunday, killing ten civilians."


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(read_settings().lexicon)


def asked(text: str, lexicon: Lexicon) -> list[str]:
    document = Document("1", text)
    (marked,) = RulesRecognizer(lexicon, lambda text: ()).recognize([document])
    return [mention.text for mention in promising_triggers(document, marked, lexicon=lexicon)]


def test_a_text_about_a_disease_asks_of_nothing(lexicon: Lexicon) -> None:
    assert asked(DISEASE + QUIET, lexicon) == []


def test_a_text_without_a_trigger_asks_of_nothing(lexicon: Lexicon) -> None:
    assert asked(QUIET, lexicon) == []


def test_a_report_of_war_asks_of_all_it_tells(lexicon: Lexicon) -> None:
    assert asked(STRIKE, lexicon) == ["bombed", "killing"]


def test_beside_a_disease_what_people_did_is_asked_of(lexicon: Lexicon) -> None:
    assert asked(DISEASE + QUIET + STRIKE, lexicon) == ["bombed", "killing"]


WAR = (
    "Rebels shelled the barracks in Idlib on Sunday. Jets bombed a bakery in Binnish, killing four. "
    "Troops took Haydariya on Monday. The minister spoke of it. "
)


def test_in_a_report_of_war_what_is_no_news_is_not_asked_of(lexicon: Lexicon) -> None:
    planned = "The rebels may attack the airport if talks fail. They shelled it two years ago."
    assert asked(WAR + planned, lexicon) == ["shelled", "bombed", "killing", "took"]


def test_a_verb_whose_object_is_a_name_is_asked_of_before_anybody_knows_the_name(lexicon: Lexicon) -> None:
    assert "took" in asked(WAR + "People waited for bread.", lexicon)
