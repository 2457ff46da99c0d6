"""A Dask cluster reads reports where they lie, gives what the local run gives, and gets over a worker that dies."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from geo.documents import portions
from geo.model import Document
from geo.pipeline import Plan, code_batch, ingest
from geo.pipeline.parts import part_exists, read_part, write_part
from geo.stores import open_store
from geo.stores.codec import with_region_ids

distributed = pytest.importorskip("distributed")


@pytest.fixture
def lines(tmp_path: Path, reports: list[Document]) -> Path:
    path = tmp_path / "reports.jsonl"
    rows = [{"id": item.document_id, "text": item.text, "published": str(item.published)} for item in reports]
    path.write_text("\n".join(map(json.dumps, [*rows, {"no": "text"}])), encoding="utf-8")
    return path


def test_a_part_holds_what_was_told(tmp_path, reports: list[Document], plan: Plan):
    coded = code_batch(reports, plan=plan)
    assert not part_exists(tmp_path, "a")
    write_part(tmp_path, "a", coded, [])
    assert part_exists(tmp_path, "a")
    back, rejections = read_part(tmp_path, "a")
    assert rejections == []
    assert [(item.document, item.warnings) for item in back] == [(item.document, item.warnings) for item in coded]
    assert [item.accounts for item in back] == [tuple(map(with_region_ids, item.accounts)) for item in coded]
    told = gpd.read_parquet(tmp_path / "accounts" / "a.parquet")
    assert told.crs.to_epsg() == 4326
    assert told.geometry.notna().any()


def test_a_worker_killed_on_the_way_is_made_good(tmp_path, lines: Path, plan: Plan, monkeypatch):
    monkeypatch.setattr(portions, "BYTES", 4_000)
    steps: list[str] = []
    with open_store(str(tmp_path / "local.gpkg"), create=True) as store:
        ingest([str(lines)], plan=plan, store=store, jobs=1)
        accounts, events = store.accounts(), store.events()
    options = {"threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    with (
        distributed.LocalCluster(n_workers=2, processes=True, **options) as cluster,
        open_store(str(tmp_path / "dask.gpkg"), create=True) as store,
    ):

        def kill_once(step: str, done: float) -> None:
            if not steps:
                os.kill(cluster.workers[0].pid, signal.SIGKILL)
            steps.append(step)

        report = ingest(
            [str(lines)],
            plan=plan,
            store=store,
            engine="dask",
            scheduler=cluster.scheduler_address,
            parts=tmp_path / "parts",
            progress=kill_once,
        )
        assert report.rejected == 1
        assert store.accounts() == accounts
        assert_frame_equal(store.events(), events)
        assert len(steps) > report.stored > len(list((tmp_path / "parts" / "documents").iterdir())) > 3
        by_month = [gpd.read_parquet(path) for path in sorted((tmp_path / "parts" / "events").rglob("*.parquet"))]
        assert sum(map(len, by_month)) == len(events)
        assert len(by_month) > 1


@pytest.mark.postgis
def test_parts_fill_postgis_with_the_events_ids_and_values_of_the_local_run(tmp_path, lines, plan, postgres):
    with open_store(str(tmp_path / "local.gpkg"), create=True) as store:
        ingest([str(lines)], plan=plan, store=store, jobs=1)
        accounts, events = store.accounts(), store.events()
    options = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    with (
        distributed.LocalCluster(processes=False, **options) as cluster,
        open_store(postgres.new_database(), create=True) as store,
    ):
        told = {"plan": plan, "engine": "dask", "scheduler": cluster.scheduler_address, "parts": tmp_path / "parts"}
        first = ingest([str(lines)], store=store, **told)
        assert (first.stored, first.accounts, first.events) == (len(store.documents()), len(accounts), len(events))
        assert store.accounts() == accounts
        assert_frame_equal(store.events(), events)
        again = ingest([str(lines)], store=store, **told)
        assert (again.stored, again.skipped) == (0, first.stored)
    months = [gpd.read_parquet(path) for path in sorted((tmp_path / "parts" / "events").rglob("*.parquet"))]
    written = pd.concat(months).sort_values(["date_start", "event_id"], na_position="last")
    assert written["event_id"].tolist() == events["event_id"].tolist()
    assert written["notes"].tolist() == events["notes"].tolist()
