"""The words around a name that say where: what narrows it, and no more."""

import pytest

from geo.extraction.syntax.whereabouts import toponym_phrase
from geo.model import Mention
from geo.vocabulary import MentionKind
from tests.extraction.reports import accounts, only


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (
            "They shelled western [Tulra], which is held by the government, on Sunday.",
            "western Tulra, which is held by the government",
        ),
        ("They shelled [Tulra] , held by rebels .", "Tulra , held by rebels"),
        ("They shelled the rebel-held eastern half of [Tulra] on Sunday.", "the rebel-held eastern half of Tulra"),
        ("Ten died in the east of [Tulra] on Sunday.", "the east of Tulra"),
        ("Ten died to the east of [Tulra] on Sunday.", "to the east of Tulra"),
        ("Ten died east of [Tulra] on Sunday.", "east of Tulra"),
        ("They mined the [Tulra]-Dorn road on Sunday.", "Tulra-Dorn road"),
        ("In [Tulra] - they said - a road was mined.", "Tulra"),
        ("They hit a bus between [Tulra] and Dorn du Lac on Sunday.", "between Tulra and Dorn du Lac"),
        ("They hit a bus between the towns of [Tulra] and Dorn.", "between the towns of Tulra and Dorn"),
        ("They shelled [Tulra], which is known for its soap.", "Tulra"),
    ],
)
def test_a_phrase_takes_what_narrows_the_name(text: str, phrase: str) -> None:
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    toponym = Mention(start, end, plain[start:end], MentionKind.TOPONYM)
    assert toponym_phrase(plain, toponym, start=0, end=len(plain)).text == phrase


def test_the_town_is_no_region() -> None:
    found = accounts(
        "Rebels took Douma, in the Idlib region, on Monday. On Sunday clashes in the town killed ten people."
    )
    assert {account.where.toponym.text for account in found if account.where} == {"Douma"}


def test_the_name_of_a_company_is_no_place() -> None:
    account = only("Gunmen attacked a gold mine run by the Aleppo Mining Group on Monday.")
    assert account.where is None
