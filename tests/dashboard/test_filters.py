from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from dashboard.board import Board, make_board, renewed_board
from dashboard.filters import Ground, shown_events, shown_mask
from dashboard.renewal import Renewal
from dashboard.state import View
from dashboard.told import sources_and_words
from geo.model import Count, Unresolved
from tests.dashboard.records import table_of
from tests.samples import ARMY, DAY, REBELS, account, document

FIRST, LAST = DAY - timedelta(days=4), DAY + timedelta(days=34)


@pytest.fixture(scope="module")
def board() -> Board:
    text = "Shells hit a school in western Aleppo. Seven children died, state media said."
    school = document("d2", text, source="SANA")
    clash = document("d3", "Fighters clashed with soldiers near the airport.", source="Wire|Two")
    table = table_of(
        account(actor1=ARMY),
        account(
            school,
            sub_type="shelling_artillery_missile_attack",
            trigger="hit",
            day=DAY + timedelta(days=1),
            killed=Count(7, 7, 9),
            tags=("education",),
            actor1=REBELS,
            attribution="state media",
        ),
        account(clash, sub_type="armed_clash", trigger="clashed", day=None, killed=None, tags=(), attribution=""),
        account(
            document("d4", "A bridge was bombed years ago.", source="Old"),
            day=date(2013, 1, 1),
            where=Unresolved("no place is named"),
            killed=None,
            tags=(),
        ),
    )
    return make_board(table, sides={"Rebels": "rebels", "Syrian army": "government"})


def ids(board: Board, view: View) -> list[str]:
    return list(shown_events(board, view, start=FIRST, end=LAST)["sub_event_type"])


def test_the_injured_are_a_filter_of_their_own(board: Board) -> None:
    events = board.events.assign(injured_low=[2, 12, None, None], injured_best=None, injured_high=None)
    shown = shown_events(replace(board, events=events), View(injured=5), start=FIRST, end=LAST)
    assert list(shown["sub_event_type"]) == ["air_drone_strike"]
    assert ids(board, View(injured=5)) == []


def test_without_filters_the_period_and_the_undated_are_shown(board: Board) -> None:
    assert ids(board, View()) == ["air_drone_strike", "shelling_artillery_missile_attack", "armed_clash"]


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        (View(types=("battles",)), ["armed_clash"]),
        (View(sub_types=("air_drone_strike",)), ["air_drone_strike"]),
        (View(actors=("Rebels",)), ["shelling_artillery_missile_attack"]),
        (View(sides=("rebels",)), ["shelling_artillery_missile_attack"]),
        (View(sides=("rebels", "government")), ["air_drone_strike", "shelling_artillery_missile_attack"]),
        (View(area=(0.0, -1.0, 1.0, 1.0)), []),
        (View(killed=8), ["shelling_artillery_missile_attack"]),
        (View(killed=10), []),
        (View(sources=("SANA",)), ["shelling_artillery_missile_attack"]),
        (View(sources=("Wire/Two", "SANA")), ["shelling_artillery_missile_attack", "armed_clash"]),
        (View(text="Bombed HOSPITAL"), []),
        (View(text="bombed"), ["air_drone_strike"]),
        (View(start=DAY, end=DAY), ["air_drone_strike"]),
        (View(start=DAY + timedelta(days=1)), ["shelling_artillery_missile_attack"]),
        (View(precisions=(1,)), []),
        (View(reviews=("rejected",)), []),
        (View(control=("unknown",)), ["air_drone_strike", "shelling_artillery_missile_attack", "armed_clash"]),
    ],
)
def test_a_filter_keeps_what_it_names(board: Board, view: View, shown: list[str]) -> None:
    assert ids(board, view) == shown


def test_a_place_is_its_extent_or_all_within_its_radius(board: Board) -> None:
    placed = board.events[board.events["lon"].notna()]
    lon, lat = placed["lon"].iloc[0], placed["lat"].iloc[0]

    def count(ground: Ground) -> int:
        return int(shown_mask(board, View(), start=FIRST, end=LAST, ground=ground).sum())

    near = count(Ground(lon + 0.1, lat, 20.0))
    assert near == len(ids(board, View(area=(lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01)))) > 0
    assert count(Ground(lon + 0.1, lat, 5.0)) == 0, "0.1 degrees are about 9 km here"
    assert count(Ground(lon + 0.1, lat, 5.0, box(lon - 0.2, lat - 0.2, lon + 0.2, lat + 0.2))) == near
    assert count(Ground(lon, lat, 500.0, box(lon + 1, lat + 1, lon + 2, lat + 2))) == 0, "the extent says it all"
    assert count(Ground(0.0, 0.0, -1.0)) == 0, "a place that nobody knows is nowhere"


def test_rejected_events_are_hidden_until_asked_for(board: Board) -> None:
    events = board.events.copy()
    events.loc[events["sub_event_type"] == "armed_clash", "review"] = "rejected"
    judged = make_board(events)
    assert "armed_clash" not in ids(judged, View())
    assert ids(judged, View(reviews=("rejected",))) == ["armed_clash"]


def test_names_are_offered_by_frequency_and_alphabet(board: Board) -> None:
    assert set(board.actor_names) == {"Rebels", "Syrian army"}
    assert board.source_names == ("Old", "SANA", "Sample Wire", "Wire/Two")


def test_a_board_that_comes_of_another_is_as_if_made_alone(board: Board) -> None:
    changed = board.events.copy()
    changed.loc[0, "accounts"] = changed.loc[1, "accounts"]
    changed.loc[2, "accounts"] = '[{"document_id": "new", "source": "AFP|Paris", "evidence": [{"text": "Shelled"}]}]'
    changed.loc[2, "review"] = "rejected"
    alone = make_board(changed)
    # The first and the third are new, and the last has gone.
    renewal = Renewal(np.array([1]), np.array([0, 2]))
    events = renewal.table(board.events, alone.events.iloc[[0, 2]])
    after = renewed_board(board, events, renewal)
    assert list(events["accounts"]) == list(changed["accounts"][:3])
    for view in (View(text="shelled"), View(text="bombed"), View(sources=("AFP/Paris",)), View(reviews=("rejected",))):
        shown = [shown_mask(each, view, start=DAY, end=LAST)[:3].tolist() for each in (after, alone)]
        assert shown[0] == shown[1], view
    assert after.row_of == {name: row for name, row in alone.row_of.items() if row < 3}
    assert "AFP/Paris" in after.source_names
    assert "Old" not in after.source_names, "what no event has any more is not offered"


@pytest.mark.parametrize("size", [0, 1, 5, 400])
def test_tables_are_put_together_row_by_row_or_in_stretches(board: Board, size: int) -> None:
    many = board.events.iloc[[row % 4 for row in range(size)]].reset_index(drop=True)
    many["notes"] = [f"old {row}" for row in range(size)]
    kept = np.array([row for row in range(size) if row % 3], dtype=np.int64)
    new = many.iloc[: size - len(kept)].assign(notes=[f"new {row}" for row in range(size - len(kept))])
    places = np.arange(size - len(kept)) * 2
    told = list(Renewal(kept, places).table(many, new)["notes"])
    assert [told[place] for place in places] == list(new["notes"])
    assert [text for text in told if text.startswith("old")] == [f"old {row}" for row in kept]


def test_sources_and_words_are_read_as_a_reader_of_json_reads_them() -> None:
    quotes = ['"source": "no"', 'back\\slash "quoted"', "حلب", "line\nbreak", 'x", "text": "y']
    evidence = [{"field": "source", "start": 0, "end": 1, "text": quote} for quote in quotes]
    told = [{"document_id": "text", "source": 'A "B|C" D', "attribution": "source", "evidence": evidence}]
    twice = [{"source": "AFP", "evidence": []}, {"source": "AFP"}, {"source": ""}]
    # Several lines are no line of JSON each: these are read in another way.
    for text in (json.dumps(told), json.dumps(told, ensure_ascii=False), json.dumps(told, indent=2)):
        sources, words = sources_and_words(pd.Series([text, json.dumps(twice), "[]"], dtype="str"))
        assert sources.tolist() == ['|A "B/C" D|', "|AFP|", "||"]
        assert words.tolist() == [" ".join(quotes), "", ""]
