"""What the public gets of sensitive places: nothing exact is left of a coarsened event, in any format."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import ConfigurationError
from geo.exports import COARSENED, SUFFIXES, SensitiveRule, publish, sensitive_rules, write_scene
from geo.exports.coarsening import cell_middles
from geo.exports.sensitive import read_sensitive_rules
from geo.settings import read_settings
from geo.tables import Scene, check_regions
from geo.vocabulary import UNKNOWN
from tests.layers import scenes

HEALTH = SensitiveRule("health", {"en": "hospitals"}, tags=("health_care",), words=("hospital",), coarsen_km=5.0)
LATER = datetime(2026, 11, 22, tzinfo=UTC)
QUOTE = "the Quxilban field hospital behind the old mill"


def named_scene() -> Scene:
    """A scene whose every fourth event lies at a hospital that names of its own give away."""
    scene = scenes.make_scene(events=40, cells=4)
    events = scene.events.copy()
    for at in range(0, len(events), 4):
        account = json.loads(events.loc[at, "accounts"])[0]
        quoted = [{"field": "place_name", "start": 7, "end": 7 + len(QUOTE), "text": QUOTE}]
        told = {**account, "document_id": f"quxilban-{at}", "source": f"Quxilban Press {at}", "evidence": quoted}
        told |= {"url": f"https://example.org/quxilban/{at}", "attribution": "a Quxilban surgeon"}
        changes = {
            "tags": "health_care" if at % 8 else "",
            "place_name": f"Quxilban Hospital {at}",
            "place_name_local": "مستشفى كوكسيلبان",
            "toponym": "Quxilban",
            "gazetteer": "hidden-gazetteer",
            "gazetteer_id": f"quxilban#{at}",
            "place_reason": "The Quxilban of the quarter.",
            "actor1": "Forces near Quxilban",
            "actor2": "Quxilban patients",
            "attribution": "a Quxilban surgeon",
            "notes": f"Shelling hit Quxilban Hospital {at}.",
            "zone_id": f"zone-of-quxilban-{at}",
            "control_reason": "Quxilban lies in it.",
            "accounts": json.dumps([told]),
        }
        for name, value in changes.items():
            events.loc[at, name] = value
    region = scene.regions.iloc[[0]].assign(region_id="quxilban#0", name="around Quxilban Hospital")
    return replace(scene, events=events, regions=check_regions(pd.concat([scene.regions, region])))


SCENE = named_scene()
SHOWN = publish(SCENE, [HEALTH], now=LATER)


def contents(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes, and what its packed or compressed parts hold."""
    whole = path.read_bytes()
    yield whole
    if path.suffix == ".html":
        for packed in re.findall(rb'"deflate":"([A-Za-z0-9+/=]+)"', whole):
            yield zlib.decompress(base64.b64decode(packed))
    if path.suffix == ".gpkg":
        with sqlite3.connect(path) as database:
            yield "\n".join(database.iterdump()).encode()
    if path.suffix == ".parquet":
        yield pd.read_parquet(path).to_csv().encode()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nothing_exact_is_left_of_a_coarsened_event(suffix: str, tmp_path: Path) -> None:
    hidden = SCENE.events[SHOWN.scene.events["gazetteer"].to_numpy() == COARSENED]
    assert len(hidden) == SHOWN.coarsened >= 10
    exact = {f"{value:.4f}"[:-1] for name in ("lon", "lat") for value in hidden[name].dropna()}
    # Places of events that stay as they are may begin with the same digits.
    others = SHOWN.scene.events[SHOWN.scene.events["gazetteer"] != COARSENED]
    numbers = [f"{value:.6f}" for name in ("lon", "lat") for value in others[name].dropna()]
    numbers += [f"{value:.6f}" for value in shapely.get_coordinates(SCENE.zones.geometry).ravel()]
    exact = {text for text in exact if not any(number.startswith(text) for number in numbers)}
    assert len(exact) > 5
    binary = {np.float64(value).tobytes() for name in ("lon", "lat") for value in hidden[name].dropna()}
    before, after = tmp_path / f"exact{suffix}", tmp_path / f"shown{suffix}"
    texts = {f"quxilban-{at}": f"Report: {QUOTE}." for at in range(0, 40, 4)}
    documents = {name: text for name, text in texts.items() if name not in SHOWN.closed_documents}
    assert documents == {}
    write_scene(SCENE, before, documents=texts)
    write_scene(SHOWN.scene, after, documents=documents)
    # The search finds what it looks for where nothing was coarsened.
    assert any(b"uxilban" in part for part in contents(before))
    for part in contents(after):
        assert b"uxilban" not in part
        assert "كوكسيلبان".encode() not in part
        assert b"\\u0643\\u0648\\u0643" not in part
        assert b"hidden-gazetteer" not in part
        assert not [value for value in binary if value in part]
        if suffix != ".html":
            # The page holds coordinates as differences of whole numbers; its table is the one that CSV writes.
            assert not [text for text in exact if re.search(rf"(?<![\d.]){re.escape(text)}".encode(), part)]


@pytest.mark.parametrize("shape", ["acled", "ucdp"])
def test_the_columns_of_others_hold_nothing_exact_either(shape: str, tmp_path: Path) -> None:
    path = write_scene(SHOWN.scene, tmp_path / "events.csv", shape=shape)
    assert b"uxilban" not in path.read_bytes()


def test_a_coarsened_event_is_marked_and_says_what_it_still_knows() -> None:
    rows = SHOWN.scene.events[SHOWN.scene.events["gazetteer"] == COARSENED]
    before = SCENE.events.set_index("event_id").loc[rows["event_id"]].reset_index()
    assert rows["place_reason"].str.contains("Coarsened to 5 km").all()
    assert rows["place_reason"].str.contains("hospitals").all()
    placed = rows["lon"].notna().to_numpy()
    assert (rows["geo_precision"][placed] >= 2).all()
    for name in ("event_id", "sub_event_type", "tags", "date_start", "fatalities_best", "review"):
        assert rows[name].reset_index(drop=True).equals(before[name]), name
    kept = rows["control"].to_numpy() == before["control"].to_numpy()
    assert kept.any()
    assert set(rows["control"].to_numpy()[~kept]) <= {UNKNOWN}, "a side is told, or nothing"
    assert [json.loads(text)[0]["published"] for text in rows["accounts"]] == ["2016-11-21"] * len(rows)
    assert "quxilban#0" not in set(SHOWN.scene.regions["region_id"])


def test_events_of_no_rule_stay_as_they_are() -> None:
    others = SHOWN.scene.events[SHOWN.scene.events["gazetteer"] != COARSENED]
    before = SCENE.events.set_index("event_id").loc[others["event_id"]].reset_index()
    pd.testing.assert_frame_equal(pd.DataFrame(others.reset_index(drop=True)), pd.DataFrame(before), check_like=True)


def test_quoted_words_alone_bring_an_event_under_a_rule() -> None:
    events = SCENE.events.iloc[[0]].assign(
        tags="", place_name="The old mill", toponym="mill", place_name_local="", actor1="", actor2=""
    )
    assert publish(replace(SCENE, events=events), [HEALTH], now=LATER).coarsened == 1


@settings(max_examples=60, deadline=None)
@given(
    st.floats(-180, 180),
    st.floats(-89, 89),
    st.floats(0, 40),
    st.sampled_from([1.0, 5.0, 20.0]),
)
def test_the_circle_around_the_cell_still_holds_the_true_circle(
    lon: float, lat: float, doubt: float, side: float
) -> None:
    row = SCENE.events.iloc[[0]].assign(lon=lon, lat=lat, uncertainty_km=doubt)
    row = row.set_geometry([shapely.Point(lon, lat)], crs=4326)
    rule = replace(HEALTH, coarsen_km=side)
    shown = publish(replace(SCENE, events=row), [rule], now=LATER).scene.events.iloc[0]
    apart = float(kilometres(lon, lat, shown["lon"], shown["lat"]))
    assert apart <= 0.75 * side
    assert apart + doubt <= shown["uncertainty_km"] + 1e-6
    assert shown["uncertainty_km"] % side == pytest.approx(0, abs=1e-6)


def kilometres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Great-circle distance by the haversine formula."""
    north, east = np.radians(other_lat - lat), np.radians(other_lon - lon)
    chord = np.sin(north / 2) ** 2 + np.cos(np.radians(lat)) * np.cos(np.radians(other_lat)) * np.sin(east / 2) ** 2
    return float(2 * 6371.0 * np.arcsin(np.sqrt(chord)))


def test_every_place_of_a_cell_becomes_the_same_point() -> None:
    lon, lat = cell_middles(np.array([37.151, 37.152, 37.1525]), np.array([36.201, 36.202, 36.2]), np.full(3, 5.0))
    again = cell_middles(lon, lat, np.full(3, 5.0))
    assert len(set(lon)) == len(set(lat)) == 1
    assert (again[0] == lon).all()
    assert (again[1] == lat).all()


def test_a_young_event_is_held_back_and_counted() -> None:
    rule = replace(HEALTH, coarsen_km=0.0, delay_hours=72)
    row = SCENE.events.iloc[[0]].assign(date_start=pd.Timestamp("2026-11-19"), date_end=pd.Timestamp("2026-11-19"))
    scene = replace(SCENE, events=row)
    # The day ends at midnight; three days later it may be shown, and not an hour before.
    after = datetime(2026, 11, 23, tzinfo=UTC)
    assert publish(scene, [rule], now=after).withheld == 0
    early = publish(scene, [rule], now=after - timedelta(hours=1))
    assert early.withheld == 1
    assert early.scene.events.empty
    assert early.closed_documents == {"quxilban-0"}


def test_an_event_without_a_day_is_as_old_as_its_last_report_and_else_held_back() -> None:
    rule = replace(HEALTH, delay_hours=72)
    row = SCENE.events.iloc[[0]].assign(date_start=pd.NaT, date_end=pd.NaT, time_precision=pd.NA)
    assert publish(replace(SCENE, events=row), [rule], now=LATER).withheld == 0
    assert publish(replace(SCENE, events=row.assign(accounts="[]")), [rule], now=LATER).withheld == 1
    # The clock tells more than a column of days may hold.
    row["date_end"] = row["date_end"].astype("datetime64[s]")
    undated, now = replace(SCENE, events=row.assign(accounts="[]")), LATER.replace(microsecond=604209)
    assert publish(undated, [rule], now=now).withheld == 1


def test_the_rules_that_ship_protect_hospitals_camps_and_schools() -> None:
    rules = sensitive_rules(read_settings())
    assert {"health_care", "camps", "education"} <= {rule.name for rule in rules}
    names = ["Omar Clinic", "Atma camps", "مدرسة الفرقان", "Campo Street", "Hospitality Square"]
    events = SCENE.events.iloc[1:6].assign(tags="", place_name=names, place_name_local="", toponym="")
    events = events.assign(accounts="[]", actor1="", actor2="")
    shown = publish(replace(SCENE, events=events), rules, now=LATER).scene.events
    assert (shown["gazetteer"] == COARSENED).tolist()[:3] == [True] * 3
    assert shown["gazetteer"].iloc[4] != COARSENED


def test_rules_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICT_SENSITIVE", "off")
    assert sensitive_rules(read_settings()) == ()
    assert publish(SCENE, (), now=LATER).coarsened == 0


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[[rule]]\nname = 'a'\n", "`what` is missing"),
        ("[[rule]]\nname='a'\nwhat={en='b'}\ntags=['hospital']\ncoarsen_km=5", "'hospital'"),
        ("[[rule]]\nname='a'\nwhat={en='b'}\ntags=['camp']", "asks for nothing"),
        ("[[rule]]\nname='a'\nwhat={en='b'}\ntags=['camp']\ncoarsen_km=-1", "-1"),
        ("[[rule]]\nname='a'\nwhat={en='b'}\ntags=['camp']\ncoarsen=5\ncoarsen_km=5", "'coarsen'"),
        ("[[rule]\n", "rule"),
    ],
)
def test_a_broken_file_of_rules_names_its_faults(written: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(written)
    with pytest.raises(ConfigurationError, match=re.escape(said)):
        read_sensitive_rules(path)


def test_a_file_that_is_not_there_hides_nothing_silently(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be used"):
        read_sensitive_rules(tmp_path / "none.toml")
