from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from pandas.testing import assert_series_equal
from shapely.geometry import box

from dashboard.filters import Board, Ground, _sources_and_words, make_board, shown_events, shown_mask
from dashboard.state import View
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


def test_a_board_made_after_another_is_as_if_made_alone(board: Board) -> None:
    events = board.events.copy()
    events.loc[0, "accounts"] = events.loc[1, "accounts"]
    events.loc[2, "accounts"] = '[{"document_id": "new", "source": "AFP|Paris", "evidence": [{"text": "Shelled"}]}]'
    alone, after = make_board(events), make_board(events, before=board)
    for name in ("sources", "quoted"):
        assert_series_equal(getattr(after, name), getattr(alone, name))
    for word in ("shelled", "bombed", "hospital"):
        assert list(shown_mask(after, View(text=word), start=DAY, end=LAST)) == list(
            shown_mask(alone, View(text=word), start=DAY, end=LAST)
        )
    assert after.source_names == alone.source_names
    assert "AFP/Paris" in after.source_names


def test_sources_and_words_are_read_as_a_reader_of_json_reads_them() -> None:
    quotes = ['"source": "no"', 'back\\slash "quoted"', "حلب", "line\nbreak", 'x", "text": "y']
    evidence = [{"field": "source", "start": 0, "end": 1, "text": quote} for quote in quotes]
    told = [{"document_id": "text", "source": 'A "B" C', "attribution": "source", "evidence": evidence}]
    for escaped in (True, False):
        sources, words = _sources_and_words(json.dumps(told, ensure_ascii=escaped))
        assert sources == '|A "B" C|'
        assert words == " ".join(quotes)
