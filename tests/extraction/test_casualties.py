from __future__ import annotations

import pytest

from geo.extraction.casualties.casualties import find_casualties
from geo.extraction.language.words import words_of

Told = list[tuple[str, int | None, int | None, int | None]]


def told(text: str, *, parts: bool = False) -> Told:
    return [
        (item.harm, item.count.low, item.count.best, item.count.high)
        for item in find_casualties(words_of(text))
        if item.part == parts
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 64 people were killed", [("killed", 64, 64, None)]),
        ("killing 12 policemen and wounding 30 others", [("killed", 12, 12, 12), ("injured", 30, 30, 30)]),
        ("killing 11 (excluding the bomber)", [("killed", 11, 11, 11)]),
        ("shot and killed a 45-year-old lady polio worker", [("killed", 1, 1, 1)]),
        ("shot down 46 of 52 drones", []),
        ("two more traders were fatally shot", [("killed", 2, 2, 2)]),
        ("15 pro-army fighters were killed in clashes", [("killed", 15, 15, 15)]),
        ("a former colonel and his nephew were fatally shot", [("killed", 2, 2, 2)]),
        ("5 killed and 10 injured", [("killed", 5, 5, 5), ("injured", 10, 10, 10)]),
        ("recorded 338 bombing deaths", [("killed", 338, 338, 338)]),
        (
            "ten dead, fifteen wounded and more than thirty granaries burnt down",
            [("killed", 10, 10, 10), ("injured", 15, 15, 15)],
        ),
        ("Seven constables paid the supreme price", [("killed", 7, 7, 7)]),
        ("a bomber struck, leaving 30 recruits dead", [("killed", 30, 30, 30)]),
        ("killing its commander John Roe", [("killed", 1, 1, 1)]),
        ("Raiders butchered at least 30 fishermen", [("killed", 30, 30, None)]),
        ("ambushed a bus, martyring 14 passengers", [("killed", 14, 14, 14)]),
        ("Three jawans of the force's 12th battalion were injured", [("injured", 3, 3, 3)]),
        ("between 10 and 15 people were killed", [("killed", 10, 10, 15)]),
        ("as many as 40 people have been killed", [("killed", None, 40, 40)]),
        ("killed dozens of people", [("killed", 24, None, None)]),
        ("A man was shot dead and another was badly hurt", [("killed", 1, 1, 1), ("injured", 1, 1, 1)]),
        ("Two were hurt after another attack", [("injured", 2, 2, 2)]),
        ("forty-six villagers were massacred", [("killed", 46, 46, 46)]),
        ("Gunmen shot dead five people", [("killed", 5, 5, 5)]),
        ("a prominent elder was killed", [("killed", 1, 1, 1)]),
        ("Three people, including a woman, were killed", [("killed", 3, 3, 3)]),
        ("put the day's dead in the east at 21", [("killed", 21, 21, 21)]),
        ("no casualties were reported", []),
        ("a driver of the bus company was also killed", [("killed", 1, 1, 1)]),
        ("Gunmen shot dead Jane Roe outside her home", [("killed", 1, 1, 1)]),
        ("They killed Jane Roe, a judge", [("killed", 1, 1, 1)]),
        ("They murdered, at gunpoint, a soldier", [("killed", 1, 1, 1)]),
        ("A leader of the farmers was on Monday killed by armed men", [("killed", 1, 1, 1)]),
        ("Jane Roe, a judge, was shot dead", [("killed", 1, 1, 1)]),
        ("They killed Islamic State fighters", []),
        ("a family was killed", []),
        ("he was killed", []),
        ("a 14-year-old boy was killed", [("killed", 1, 1, 1)]),
        ("500 wounded people could leave", []),
        ("killed on 14 May in 2016", []),
        ("fired 20 rockets that killed nobody", []),
        ("an assault on the town could kill thousands of people", []),
        ("200 children might be killed", []),
        ("30 people may have been killed", [("killed", 30, 30, 30)]),
        ("killing no fewer than six residents", [("killed", 6, 6, None)]),
        ("fewer than ten people were hurt", [("injured", None, 10, 10)]),
        ("several dozen people were killed", [("killed", 24, None, None)]),
        ("Eight passengers lost their lives", [("killed", 8, 8, 8)]),
        ("the fire claimed 12 lives", [("killed", 12, 12, 12)]),
        ("Eleven bodies were recovered", [("killed", 11, 11, 11)]),
        ("they found the bodies of five men", [("killed", 5, 5, 5)]),
        ("two UN bodies said", []),
        ("shot by unknown men; both died", [("killed", 2, 2, 2)]),
        ("The toll from the strike on a tea house in the town has risen to 31 from 24", [("killed", 31, 31, 31)]),
        ("12 people died, correcting an earlier toll of 14", [("killed", 12, 12, 12)]),
        ("the number of people killed there rose to 19", [("killed", 19, 19, 19)]),
        ("eight members of one family died", [("killed", 8, 8, 8)]),
        ("as a result of which three people were killed", [("killed", 3, 3, 3)]),
        ("a shell hit a bus, killing the driver", [("killed", 1, 1, 1)]),
        ("two of the wounded died", []),
        ("Militants gunned down 27 farmers", [("killed", 27, 27, 27)]),
        ("raiders hacked to death six nomads", [("killed", 6, 6, 6)]),
        ("A mob lynched two men", [("killed", 2, 2, 2)]),
        ("the fever claimed the lives of 12 people", [("killed", 12, 12, 12)]),
        ("A woman of 63 was killed", [("killed", 1, 1, 1)]),
        ("six were wounded and a woman, 41, was killed", [("injured", 6, 6, 6), ("killed", 1, 1, 1)]),
        ("A family of five was killed", [("killed", 5, 5, 5)]),
        ("three members of a family of five were killed", [("killed", 3, 3, 3)]),
        ("Gunmen killed the mayor, his wife and two guards in town", [("killed", 4, 4, 4)]),
        ("The mayor, his driver and two policemen were killed", [("killed", 4, 4, 4)]),
        ("a bomb killed him and two fellow soldiers", [("killed", 3, 3, 3)]),
        ("a soldier was killed with four of his men", [("killed", 1, 1, 1), ("killed", 4, 4, 4)]),
        ("A convoy was ambushed, wounding nine of them", [("injured", 9, 9, 9)]),
        ("a shell hit a bus, killing its driver", [("killed", 1, 1, 1)]),
        ("a missile hit a house, wounding 14; the army denied it", [("injured", 14, 14, 14)]),
        ("police shot dead 17-year-old Jane Roe", [("killed", 1, 1, 1)]),
        ("ten men were killed by two gunmen", [("killed", 10, 10, 10)]),
        ("Raiders killed 30 cows", []),
        ("the army lost 12 men", [("killed", 12, 12, 12)]),
        ("The driver died on the spot", [("killed", 1, 1, 1)]),
        ("The driver died instantly", [("killed", 1, 1, 1)]),
        ("The president died on Friday after a long illness", []),
        ("all eight peacekeepers on board lost their lives", [("killed", 8, 8, 8)]),
        ("Two villagers lost their lives", [("killed", 2, 2, 2)]),
        ("An elderly couple burned to death", [("killed", 2, 2, 2)]),
        ("A couple of gunmen killed two traders", [("killed", 2, 2, 2)]),
        ("A journalist was found strangled", [("killed", 1, 1, 1)]),
        ("The toll from the raid has risen from 113 to 140", [("killed", 140, 140, 140)]),
        ("The toll from the raid has risen to 140 from 113", [("killed", 140, 140, 140)]),
        ("Up to 22 villagers were killed", [("killed", None, 22, 22)]),
        ("40 more bodies were found, taking to 100 the number of people killed", [("killed", 100, 100, 100)]),
    ],
)
def test_counts_with_their_bounds(text: str, expected: Told) -> None:
    found = [item for item in told(text) if item[2] != 0]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A gunman shot dead a priest", 1),
        ("A gunman shot and killed a priest", 1),
        ("A gunman shot a priest dead", 1),
        ("A mob beat a man to death", 1),
        ("A man stabbed a woman to death", 1),
        ("A soldier shot dead two protesters", 2),
        ("An Israeli soldier shot dead a Palestinian", 1),
        ("An officer shot dead a teenager at a traffic stop", 1),
        ("Militants hacked a former village head to death", 1),
        ("A farmer beat his wife to death", 1),
        ("A man was shot dead", 1),
        ("Two Lashkar-e-Taiba militants and a policeman were killed", 3),
        ("A man and a woman were shot dead", 2),
        ("A gunman was shot dead by police", 1),
        ("Two men shot dead in the town on Monday", 2),
        ("A mine killed a shepherd and his two sons", 3),
        ("A mine killed a farmer and two of his children", 3),
        ("Two nurses and a newborn died", 3),
        ("A teacher, her husband and two neighbours died in the shelling", 4),
        ("A bomber killed himself and ten others", 11),
        ("Shelling killed three people, a doctor said", 3),
        ("A strike killed 12 people, a rescue worker with the charity told reporters", 12),
        ("The blast killed two soldiers, a policeman and a child, an official said", 4),
        ("Gunmen shot dead three people, two witnesses said", 3),
        ("A bomber killed himself at a checkpoint", 1),
    ],
)
def test_the_dead_are_all_counted_and_not_who_kills_them(text: str, killed: int) -> None:
    assert sum(best or 0 for _, _, best, _ in told(text)) == killed


def test_the_words_of_the_count_are_of_the_victim() -> None:
    (item,) = find_casualties(words_of("An Israeli soldier shot dead a Palestinian"))
    assert item.victims == "palestinian"


@pytest.mark.parametrize(
    "text",
    [
        "Masked men dragged her from a car and shot her dead",
        "Gunmen stopped the mayor and killed him",
        "They then stabbed him to death",
    ],
)
def test_a_pronoun_is_one_victim(text: str) -> None:
    assert told(text) == [("killed", 1, 1, 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Doctors counted 29 bodies, all of children under fifteen, and 48 injured",
            [("killed", 29, 29, 29), ("injured", 48, 48, 48)],
        ),
        ("Four boys aged twelve were killed", [("killed", 4, 4, 4)]),
        ("killed over fifty people", [("killed", 50, 50, None)]),
    ],
)
def test_an_age_in_words_counts_nobody(text: str, expected: Told) -> None:
    assert told(text) == expected


def test_who_is_counted_with_a_verb_of_their_own_is_no_part_of_those_before() -> None:
    text = "Twelve people were killed, including an American and a Romanian soldier, and forty-two were wounded"
    assert told(text) == [("killed", 12, 12, 12), ("injured", 42, 42, 42)]


@pytest.mark.parametrize(
    "text",
    [
        "killing 45 Emirati, ten Saudi and five Bahraini soldiers",
        "45 Emirati, ten Saudi and five Bahraini soldiers were killed",
    ],
)
def test_nations_in_a_list_share_the_noun_at_its_end(text: str) -> None:
    found = find_casualties(words_of(text))
    assert [item.count.best for item in found] == [45, 10, 5]
    assert {item.victims for item in found} == {"soldiers"}


def test_a_part_is_not_added() -> None:
    text = "13 people were killed, among them seven children"
    assert told(text) == [("killed", 13, 13, 13)]


@pytest.mark.parametrize(
    ("text", "harms"),
    [
        ("It exploded without causing casualties", ["killed", "injured"]),
        ("Nobody was hurt when the shell fell", ["killed", "injured"]),
        ("There were no injuries", ["injured"]),
        ("There were no reports of casualties", []),
        ("There are no casualties among the soldiers", []),
    ],
)
def test_nobody_harmed_is_a_count(text: str, harms: list[str]) -> None:
    assert [(harm, best) for harm, _, best, _ in told(text)] == [(harm, 0) for harm in harms]


def test_nobody_else_harmed_is_no_count() -> None:
    assert not told("A man blew himself up and nobody else was hurt")
