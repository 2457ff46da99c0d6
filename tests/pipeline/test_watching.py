"""A watched folder: what arrives is stored once, and a later watch goes on where the last ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.commands.application import app
from geo.documents import WatchedFeeds
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

    def take(paths: list[str], within: Path | None) -> IngestReport:
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

    def cut(paths: list[str], within: Path | None) -> IngestReport:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(watch([folder], cut, wait=lambda: True, state=folder.parent / "state"))
    assert [report.stored for report in watched(folder, plan, store)] == [1]


def test_a_store_that_is_away_for_a_while_is_asked_again(folder, plan, store: Store):
    (folder / "a.txt").write_text(RAID)
    looks, failures = iter(range(4)), [StoreError("the server is started again")]

    def take(paths: list[str], within: Path | None) -> IngestReport:
        if failures:
            raise failures.pop()
        return ingest(paths, plan=plan, store=store, jobs=1, within=within)

    borne: list[StoreError] = []
    reports = watch(
        [folder], take, wait=lambda: next(looks, None) is not None, bear=lambda error: not borne.append(error)
    )
    assert [report.stored for report in reports] == [1]
    assert len(borne) == 1


def test_feeds_are_asked_for_when_it_is_time_beside_folders(folder, plan, store: Store):
    (folder / "a.txt").write_text(RAID)
    minutes = iter((0, 5, 14, 16, 31))
    asked: list[list[str]] = []
    came = iter((IngestReport(stored=2), IngestReport(read=2, skipped=2), IngestReport(rejected=1)))

    def take(paths: list[str], within: Path | None) -> IngestReport:
        if within is not None:
            return ingest(paths, plan=plan, store=store, jobs=1, within=within)
        asked.append(paths)
        return next(came)

    looks = iter(range(4))
    feeds = WatchedFeeds(["https://example.org/feed"], every_s=15, clock=lambda: next(minutes))
    reports = list(watch([folder], take, wait=lambda: next(looks, None) is not None, feeds=feeds))
    assert asked == [["https://example.org/feed"]] * 3
    # What lies in the folder is whole at the second look; the feed's second answer had nothing new.
    assert [(report.stored, report.rejected) for report in reports] == [(2, 0), (1, 0), (0, 1)]


def test_a_feed_s_reports_are_taken_once_by_the_command(folder, tmp_path, serving):
    item = f"<item><guid>one</guid><title>Raid</title><description>{RAID * 5}</description></item>"
    asked, address = serving(f'<rss version="2.0"><channel><title>Wire</title>{item}</channel></rss>')
    (folder / "a.txt").write_text(RAID)
    path = str(tmp_path / "watched.gpkg")
    runner, environment = CliRunner(), {"CONFLICT_STATE": str(tmp_path / "state")}
    command = ["watch", str(folder), address, "--every", "0.1", "--once", "--jobs", "1", "--recognizer", "rules"]
    for _ in range(2):
        result = runner.invoke(app, [*command, "--allow-private", "--store", path], env=environment)
        assert result.exit_code == 0, result.output
    assert asked == ["", '"v1"'], "the second watch asked for what changed alone"
    with open_store(path, read_only=True) as store:
        assert sorted(store.documents()["document_id"]) == ["a", "one"]
    assert "expected a folder" in str(runner.invoke(app, ["watch", "ftp://example.org/feed"]).exception)


@pytest.fixture
def serving() -> Iterator[Callable[[str], tuple[list[str], str]]]:
    """A server that gives one feed, and what it was asked for on what condition."""
    servers: list[ThreadingHTTPServer] = []

    def serve(feed: str) -> tuple[list[str], str]:
        asked: list[str] = []

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                known = self.headers.get("If-None-Match", "")
                if self.path == "/feed":
                    asked.append(known)
                self.send_response(404 if self.path != "/feed" else 304 if known == '"v1"' else 200)
                self.send_header("ETag", '"v1"')
                self.end_headers()
                if self.path == "/feed" and not known:
                    self.wfile.write(feed.encode())

            def log_message(self, *_: object) -> None:
                pass

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Answers))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return asked, f"http://127.0.0.1:{servers[-1].server_port}/feed"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


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
