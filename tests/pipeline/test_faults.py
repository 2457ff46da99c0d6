"""Killed at any moment, twice at once, with the database gone: nothing lost, nothing doubled, the next run goes on.

The short version is in every run of the tests; `make soak` kills two hundred times in each store.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from geo.errors import StoreError
from geo.model import Document
from geo.pipeline import Plan, ingest, load_tools, rebuilding
from geo.stores import Store, open_store
from tests.conftest import needed_server
from tests.postgres import Server

COPIES = 3
"""Times that the sample reports are told, each time a little differently."""


@dataclass(frozen=True)
class Undisturbed:
    """What an ingest that nobody disturbs leaves."""

    folder: Path
    accounts: tuple
    events: object
    seconds: float


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, plan: Plan, reports: list[Document]) -> Undisturbed:
    folder = tmp_path_factory.mktemp("reports")
    for copy in range(COPIES):
        for report in reports:
            fields = {"id": f"{report.document_id}-{copy}", "published": str(report.published)}
            text = f"{report.text} This is edition {copy}."
            (folder / f"{fields['id']}.json").write_text(json.dumps({**fields, "text": text}), encoding="utf-8")
    # Loaded before any child is forked, so that a child spends its short life on the store.
    load_tools(plan)
    path = tmp_path_factory.mktemp("store") / "store.gpkg"
    started = time.monotonic()
    with open_store(str(path), create=True) as store:
        ingest([str(folder)], plan=plan, store=store, jobs=1)
        return Undisturbed(folder, store.accounts(), store.events(), time.monotonic() - started)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    """A server of these tests' own: one of them stops it."""
    with needed_server() as running:
        yield running


@pytest.fixture(autouse=True)
def drawn_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw as a large archive is drawn, so that it is cut short between two pieces; `undisturbed` is drawn whole."""
    monkeypatch.setattr(rebuilding, "_TOGETHER", 60)


def _ingest(folder: str, plan: Plan, address: str) -> None:
    with open_store(address, create=True) as store:
        ingest([folder], plan=plan, store=store, jobs=1)


@contextmanager
def running(undisturbed: Undisturbed, plan: Plan, address: str) -> Iterator[multiprocessing.Process]:
    arguments = (str(undisturbed.folder), plan, address)
    child = multiprocessing.get_context("fork").Process(target=_ingest, args=arguments)
    child.start()
    try:
        yield child
    finally:
        if child.is_alive():
            os.kill(child.pid or 0, signal.SIGKILL)
        child.join()


def is_there(address: str) -> bool:
    """Tell whether the child lived long enough to make its store."""
    try:
        open_store(address).close()
    except StoreError as error:
        return "there is no store" not in str(error)
    return True


def assert_whole(store: Store) -> None:
    """Each stored document has all that it tells, and nothing else is there."""
    assert store.check() == ()
    told = Counter(account.document_id for account in store.accounts())
    documents = store.documents()
    stored = dict(zip(documents["document_id"], documents["accounts"], strict=True))
    assert told == Counter({name: count for name, count in stored.items() if count})


def assert_equal(store: Store, undisturbed: Undisturbed) -> None:
    assert_whole(store)
    assert store.accounts() == undisturbed.accounts
    assert_frame_equal(store.events(), undisturbed.events)


def kill_and_go_on(undisturbed: Undisturbed, plan: Plan, address: str, *, kills: int, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(kills):
        with running(undisturbed, plan, address) as child:
            child.join(dice.uniform(0.0, 0.6 * undisturbed.seconds))
        if is_there(address):
            with open_store(address) as store:
                assert_whole(store)
    with running(undisturbed, plan, address) as child:
        child.join()
        assert child.exitcode == 0
    with open_store(address) as store:
        assert_equal(store, undisturbed)


def test_a_killed_ingest_is_taken_up_again(undisturbed, plan, address):
    kill_and_go_on(undisturbed, plan, address, kills=6, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(20))
def test_an_ingest_killed_two_hundred_times_is_taken_up_again(undisturbed, plan, address, seed):
    kill_and_go_on(undisturbed, plan, address, kills=10, seed=seed)


def test_a_reader_sees_only_whole_documents_while_an_ingest_writes(undisturbed, plan, address):
    """As an open dashboard does: it never fails, never blocks the writer, and never sees half of a report."""
    open_store(address, create=True).close()
    looks = 0
    with open_store(address, read_only=True) as reader, running(undisturbed, plan, address) as child:
        while child.is_alive():
            documents = reader.documents()
            stored = dict(zip(documents["document_id"], documents["accounts"], strict=True))
            told = Counter(account.document_id for account in reader.accounts(documents=stored))
            assert told == Counter({name: count for name, count in stored.items() if count})
            reader.events()
            looks += 1
            child.join(0.05)
        assert child.exitcode == 0
        assert looks > 1
        assert_equal(reader, undisturbed)


def test_two_ingests_of_one_folder_at_once_store_it_once(undisturbed, plan, address):
    with running(undisturbed, plan, address) as one, running(undisturbed, plan, address) as other:
        one.join()
        other.join()
        assert (one.exitcode, other.exitcode) == (0, 0)
    with open_store(address) as store:
        assert_equal(store, undisturbed)


@pytest.mark.postgis
def test_a_database_restarted_in_mid_ingest_loses_nothing(undisturbed, plan, postgres):
    address = postgres.new_database()
    with running(undisturbed, plan, address) as child:
        time.sleep(0.3 * undisturbed.seconds)
        postgres.stop()
        postgres.start()
        child.join()
    with open_store(address, create=True) as store:
        assert_whole(store)
    _ingest(str(undisturbed.folder), plan, address)
    with open_store(address) as store:
        assert_equal(store, undisturbed)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="mounting a small disk needs root")
def test_a_full_disk_loses_nothing(undisturbed, plan, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("this machine does not let root mount a small disk")
    try:
        address = str(disk / "store.gpkg")
        with pytest.raises(StoreError, match=r"full|disk"):
            _ingest(str(undisturbed.folder), plan, address)
        with open_store(address) as store:
            assert_whole(store)
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        _ingest(str(undisturbed.folder), plan, address)
        with open_store(address) as store:
            assert_equal(store, undisturbed)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
