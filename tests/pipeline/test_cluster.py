"""A Dask cluster reads reports where they lie, gives what the local run gives, and gets over a worker that dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from geo.documents import portions
from geo.errors import ConfigurationError
from geo.matching import match_accounts
from geo.model import Document, Unresolved
from geo.pipeline import Plan, code_batch, ingest
from geo.pipeline import cluster as clusters
from geo.pipeline.cluster import reading_version
from geo.pipeline.coding import CodedDocument
from geo.pipeline.parts import part_exists, read_part, write_events, write_part
from geo.records import events_table
from geo.stores import open_store
from geo.stores.codec import with_region_ids
from tests.samples import account, document

distributed = pytest.importorskip("distributed")


@pytest.fixture
def lines(tmp_path: Path, reports: list[Document]) -> Path:
    path = tmp_path / "reports.jsonl"
    rows = [{"id": item.document_id, "text": item.text, "published": str(item.published)} for item in reports]
    path.write_text("\n".join(map(json.dumps, [*rows, {"no": "text"}])), encoding="utf-8")
    return path


def test_geopandas_reads_the_parts_as_one_table_silent_and_undated_ones_too(tmp_path):
    dated, undated = document("d1"), document("d2", published=None)
    told = [(dated, account(dated)), (undated, account(undated, day=None, where=Unresolved("nowhere"), killed=None))]
    # The first file of a folder gives all of them their columns.
    write_part(tmp_path, "a", [CodedDocument(document("d0"), (), ())], [])
    for name, (one, its) in zip("bc", told, strict=True):
        write_part(tmp_path, name, [CodedDocument(one, (its,), ())], [])
    accounts = gpd.read_parquet(tmp_path / "accounts")
    assert (len(accounts), accounts.crs.to_epsg()) == (2, 4326)
    assert len(pd.read_parquet(tmp_path / "documents")) == 3
    events = events_table(match_accounts([its for _, its in told]))
    assert write_events(tmp_path, [events]) == 2
    back = gpd.read_parquet(tmp_path / "events")
    assert sorted(zip(back["year"], back["month"], strict=True)) == [(0, 0), (2016, 11)]
    assert back.crs.to_epsg() == 4326


FOREIGN = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    options = {"threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    options |= {"processes": False, "protocol": "tcp://", "host": "127.0.0.1"}
    with LocalCluster(n_workers=int(sys.argv[1]), **options) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("workers", "reason"),
    [("1", "cannot load this project; start each with PYTHONPATH="), ("0", "no worker has joined")],
)
def test_a_cluster_that_cannot_work_is_refused_with_what_to_do(tmp_path, monkeypatch, workers, reason):
    monkeypatch.setattr(clusters, "_PATIENCE_S", 0.5 if workers == "0" else 30)
    # Started where this project is not, as a cluster of somebody's is; without `-S` a .pth file may lead to it.
    command = [sys.executable, "-S", "-c", FOREIGN, workers]
    elsewhere = {**os.environ, "PYTHONPATH": str(Path(distributed.__file__).parents[1])}
    with subprocess.Popen(
        command, cwd=tmp_path, env=elsewhere, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        try:
            with pytest.raises(ConfigurationError, match=reason), clusters.cluster_client(workers=1, scheduler=address):
                pass
        finally:
            running.communicate("")


def test_a_part_of_other_word_lists_is_no_part_of_these(tmp_path, plan: Plan):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "actors.csv").write_text("id,name\n")
    before = reading_version(replace(plan, data=tmp_path))
    reading_version.cache_clear()
    assert reading_version(replace(plan, data=tmp_path)) == before
    (tmp_path / "lexicon" / "actors.csv").write_text("id,name\nx,Y\n")
    reading_version.cache_clear()
    assert reading_version(replace(plan, data=tmp_path)) != before


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
