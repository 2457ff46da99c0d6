"""A watched folder: what arrives is stored once, and a later watch goes on where the last ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geo.errors import StoreError
from geo.pipeline import IngestReport, Plan, ingest
from geo.pipeline.watching import watch
from geo.stores import Store, open_store

RAID = "Warplanes bombed a hospital in the rebel-held east of Aleppo on Saturday. Four people were killed, medics said."


def watched(folder: Path, plan: Plan, store: Store, *steps: Callable[[], object]) -> Iterator[IngestReport]:
    """Watch a folder in which one step happens after each look, and end after two more looks."""
    left = iter([*steps, lambda: None, lambda: None])

    def wait() -> bool:
        step = next(left, None)
        if step is not None:
            step()
        return step is not None

    def take(paths: list[str], within: Path) -> IngestReport:
        return ingest(paths, plan=plan, store=store, jobs=1, within=within)

    return watch([folder], take, wait=wait, state=folder.parent / "state")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "incoming"
    (folder / "below").mkdir(parents=True)
    return folder


def test_reports_are_taken_as_they_arrive_and_once(folder, plan, store: Store):
    unfinished, finished = folder / "below" / "b.txt.part", folder / "below" / "b.txt"
    steps = [
        lambda: (folder / "a.txt").write_text(RAID),
        lambda: unfinished.write_text(RAID + " It was the second raid."),
        lambda: unfinished.rename(finished),
    ]
    reports = list(watched(folder, plan, store, *steps))
    assert [report.stored for report in reports] == [1, 1]
    assert sorted(store.documents()["document_id"]) == ["a", "below/b"]
    assert store.events_current()
    assert {run.inputs for run in store.runs()} == {(str(folder.resolve()),)}
    assert list(watched(folder, plan, store)) == []


def test_a_day_that_is_told_later_is_taken_over(folder, plan, store: Store):
    (folder / "a.txt").write_text(RAID)
    manifest = folder / "manifest.csv"
    steps = [lambda: None, lambda: manifest.write_text("id,published,source\na,2016-11-20,Radio\n")]
    first, second = watched(folder, plan, store, *steps)
    assert (first.stored, first.undated, second.revised) == (1, 1, 1)
    assert store.documents()["source"].tolist() == ["Radio"]


def test_what_was_not_stored_is_taken_by_the_next_watch(folder, plan, store: Store):
    (folder / "a.txt").write_text(RAID)

    def cut(paths: list[str], within: Path) -> IngestReport:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(watch([folder], cut, wait=lambda: True, state=folder.parent / "state"))
    assert [report.stored for report in watched(folder, plan, store)] == [1]


def test_a_store_that_is_away_for_a_while_is_asked_again(folder, plan, store: Store):
    (folder / "a.txt").write_text(RAID)
    looks, failures = iter(range(4)), [StoreError("the server is started again")]

    def take(paths: list[str], within: Path) -> IngestReport:
        if failures:
            raise failures.pop()
        return ingest(paths, plan=plan, store=store, jobs=1, within=within)

    borne: list[StoreError] = []
    reports = watch(
        [folder], take, wait=lambda: next(looks, None) is not None, bear=lambda error: not borne.append(error)
    )
    assert [report.stored for report in reports] == [1]
    assert len(borne) == 1


def test_the_command_takes_what_is_dropped_into_a_real_folder_until_it_is_stopped(folder, tmp_path):
    path, command = tmp_path / "watched.gpkg", [sys.executable, "-m", "geo", "watch", str(folder)]
    options = ["--every", "0.1", "--jobs", "1", "--recognizer", "rules", "--store", str(path)]
    environment = {**os.environ, "CONFLICT_STATE": str(tmp_path / "state"), "NO_COLOR": "1"}
    with subprocess.Popen(
        [*command, *options],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # Tests that a script runs in the background inherit that they ignore the signal, and so would the command.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            wait_for(path.exists, process)
            (folder / "a.txt").write_text(RAID)
            wait_for(lambda: is_told(path), process)
            process.send_signal(signal.SIGINT)
            said, _ = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 130, said
    assert "goes on from there" in said
    with open_store(str(path), read_only=True) as store:
        assert store.documents()["document_id"].tolist() == ["a"]
        assert store.events()["fatalities_best"].tolist() == [4]
        assert store.events_current()


def wait_for(told: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait until something is so; fail where the process ends before."""
    while not told():
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.05)


def is_told(path: Path) -> bool:
    """Tell whether an ingest was written down as ended."""
    with open_store(str(path), read_only=True) as store:
        return any(run.ended_at for run in store.runs())
