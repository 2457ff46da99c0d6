"""The commands as a user calls them, and the whole path on the two seed reports."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest

from geo.commands.application import app
from geo.stores import open_store
from geo.tables import EVENT_COLUMNS

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SEEDS = SHARED / "data" / "seeds"
DAYS = {"000_0033be0623d06674": "2016-11-20", "003_3ab38929497f8cf9": "2016-11-21"}

seeds = pytest.mark.skipif(not SEEDS.exists(), reason=f"the seed reports are not at {SEEDS}")


def command_lines() -> list[list[str]]:
    names = [[command.callback.__name__] for command in app.registered_commands if command.callback]
    for group in app.registered_groups:
        inner = group.typer_instance
        assert inner is not None
        names += [
            [group.name or "", command.name or command.callback.__name__] for command in inner.registered_commands
        ]  # type: ignore[union-attr]
    return names


@pytest.mark.parametrize("names", command_lines(), ids=" ".join)
def test_every_command_helps_with_an_example(geo, names):
    done = geo(*names, "--help")
    assert done.code == 0
    assert f"Example: geo {' '.join(names)}" in done.told, done.told


def test_every_command_of_the_design_is_there():
    known = {" ".join(names) for names in command_lines()}
    assert {"demo", "serve", "ingest", "extract", "geoparse", "locate", "export", "train", "evaluate", "bench"} <= known
    assert {f"gazetteer {name}" for name in ("add", "lookup", "info")} <= known
    assert {f"zones {name}" for name in ("import", "list", "check", "at")} <= known


def test_the_sample_store_is_built_once(geo, tmp_path):
    first = geo("demo")
    assert first.code == 0, first.told
    with open_store(str(tmp_path / "store.gpkg")) as store:
        assert "aleppo" in store.series()
        events, revision = store.events(), store.revision()
    assert len(events) > 40
    assert geo("demo").code == 0
    with open_store(str(tmp_path / "store.gpkg")) as store:
        assert store.revision() == revision
        assert store.events()["event_id"].tolist() == events["event_id"].tolist()


@seeds
@pytest.mark.gold
def test_the_seed_reports_from_text_to_map(geo, tmp_path):
    rows = "".join(f"{name},{day}\n" for name, day in DAYS.items())
    (tmp_path / "days.csv").write_text("id,published\n" + rows)
    done = geo("ingest", SEEDS, "--manifest", "days.csv", "--store", "seeds.gpkg")
    assert done.code == 0, done.told
    assert geo("export", "--store", "seeds.gpkg", "-o", "seeds.html").code == 0
    page = (tmp_path / "seeds.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert geo("export", "--store", "seeds.gpkg", "-o", "seeds.geojson").code == 0
    events = gpd.read_file(tmp_path / "seeds.geojson")
    # A feature's own id is no property; GDAL shows it as one more column.
    assert [name for name in events.columns if name not in ("id", "geometry")] == [item.name for item in EVENT_COLUMNS]
    with open_store(str(tmp_path / "seeds.gpkg")) as store:
        table = store.events()
    assert not (table[["fatalities_low", "fatalities_best", "fatalities_high"]] >= 400_000).any().any()

    def on(day: date, tag: str) -> gpd.GeoDataFrame:
        days = (table["date_start"].dt.date <= day) & (table["date_end"].dt.date >= day)
        return table[days & table["tags"].str.contains(tag) & table["place_name"].str.contains("Aleppo")]

    hospital = on(date(2016, 11, 19), "health_care")
    assert "rebels" in set(hospital["control"]), hospital[["notes", "control", "control_reason"]].to_dict("records")
    school = on(date(2016, 11, 20), "education")
    assert "government" in set(school["control"]), school[["notes", "control", "control_reason"]].to_dict("records")


@seeds
@pytest.mark.gold
def test_the_seed_reports_hold_what_a_reader_finds(geo, tmp_path):
    with (tmp_path / "seeds.jsonl").open("w", encoding="utf-8") as file:
        for name, day in DAYS.items():
            text = (SEEDS / f"{name}.txt").read_text(encoding="utf-8")
            file.write(json.dumps({"id": name, "text": text, "published": day}) + "\n")
    assert geo("extract", "seeds.jsonl", "-o", "out.jsonl").code == 0
    scorer = [sys.executable, SHARED / "eval" / "score_events.py", SHARED / "eval" / "seeds_gold.jsonl", "out.jsonl"]
    told = subprocess.run(scorer, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    score = json.loads(told)
    assert score["recall"] >= 0.6
    assert score["forbidden"] == 0


def test_answers_go_through_pipes():
    line = json.dumps({"id": "p", "text": "Shells hit Homs on Monday.", "published": "2016-11-22"})
    command = [sys.executable, "-m", "geo", "geoparse", "-", "-o", "-", "--recognizer", "rules"]
    done = subprocess.run(command, input=line, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["id"], [name["surface"] for name in answer["toponyms"]]) == ("p", ["Homs"])


def test_a_store_is_checked_copied_and_compacted(geo, tmp_path):
    (tmp_path / "r.txt").write_text("Shells hit a school in western Aleppo on Sunday, killing two.", encoding="utf-8")
    assert geo("ingest", "r.txt", "--published", "2016-11-21", "--recognizer", "rules").code == 0
    assert "is sound" in geo("store", "check").told
    assert geo("store", "backup", "copy.gpkg").code == 0
    assert "is sound" in geo("store", "check", "--store", "copy.gpkg").told
    assert geo("store", "backup", "copy.gpkg").code == 2
    assert geo("store", "compact").code == 0


def test_the_dashboard_is_served_to_this_machine_until_it_is_ended(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "geo", "serve", "--port", str(port), "--store", str(tmp_path / "none.gpkg")]
    server = subprocess.Popen(command, cwd=root, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        assert _answers(f"http://127.0.0.1:{port}/_stcore/health") == "ok"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def _answers(url: str) -> str:
    for _ in range(240):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    return ""
