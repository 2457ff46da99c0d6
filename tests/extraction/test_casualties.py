from __future__ import annotations

import pytest

from geo.extraction.casualties import find_casualties
from geo.extraction.words import words_of

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
        ("5 killed and 10 injured", [("killed", 5, 5, 5), ("injured", 10, 10, 10)]),
        ("recorded 338 bombing deaths", [("killed", 338, 338, 338)]),
        ("between 10 and 15 people were killed", [("killed", 10, 10, 15)]),
        ("as many as 40 people have been killed", [("killed", None, 40, 40)]),
        ("killed dozens of people", [("killed", 24, None, None)]),
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
    ],
)
def test_counts_with_their_bounds(text: str, expected: Told) -> None:
    found = [item for item in told(text) if item[2] != 0]
    assert found == expected


def test_a_part_is_not_added() -> None:
    text = "13 people were killed, among them seven children"
    assert told(text) == [("killed", 13, 13, 13)]
