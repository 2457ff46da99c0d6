"""A folder in which a store, exported maps and what systems leave lie among the reports."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from geo.documents import WatchedFolder, portions_of, read_documents
from geo.errors import Rejection
from geo.model import Document

RAID = "Four people were killed in an air strike on Aleppo on Sunday."


def read(path: Path) -> tuple[list[str], list[str], Counter[str]]:
    passed: Counter[str] = Counter()
    found = list(read_documents([str(path)], skipped=passed))
    names = [item.document_id for item in found if isinstance(item, Document)]
    return names, [str(item) for item in found if isinstance(item, Rejection)], passed


@pytest.mark.parametrize("name", ["atlas.gpkg", "my.store", "atlas", "atlas.db"])
def test_an_open_store_among_the_reports_is_passed_over_by_everyone(tmp_path, name):
    (tmp_path / "a.txt").write_text(RAID)
    with sqlite3.connect(tmp_path / name) as store:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("CREATE TABLE events (fid)")
        store.commit()
        assert (tmp_path / f"{name}-wal").exists()
        (tmp_path / f"{name}-journal").write_bytes(b"left by a crash")
        assert read(tmp_path) == (["a"], [], Counter({"map data or a store, and no report": 4}))
        watched = WatchedFolder(tmp_path)
        watched.due()
        assert [path.name for path in watched.due()] == ["a.txt"]
        assert [portion.paths for portion in portions_of([str(tmp_path)])] == [(str(tmp_path / "a.txt"),)]
    store.close()


def test_what_the_program_wrote_itself_is_no_report(tmp_path):
    (tmp_path / "a.txt").write_text(RAID)
    (tmp_path / "map.html").write_text('<html><head>\n<meta name="generator" content="Conflict Atlas">\n</head></html>')
    (tmp_path / "events.csv").write_text("event_id,event_type,sub_event_type,frontline_km\ne1,battles,armed_clash,\n")
    for name in ("events.geojson", "events.kml", "part.parquet"):
        (tmp_path / name).write_text("{}")
    names, rejections, passed = read(tmp_path)
    assert (names, rejections, passed.total()) == (["a"], [], 5)


def test_what_systems_leave_in_folders_and_archives_is_not_spoken_of(tmp_path):
    with zipfile.ZipFile(tmp_path / "week.zip", "w") as archive:
        for name in ("a.txt", "__MACOSX/._a.txt", ".DS_Store", "sub/Thumbs.db"):
            archive.writestr(name, RAID)
    (tmp_path / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")
    assert read(tmp_path) == (["week/a"], [], Counter())


def test_a_folder_that_may_not_be_looked_into_is_named(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text(RAID)
    scandir = os.scandir

    def refusing(path):
        # Whoever runs tests as root may look into every folder.
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    names, (rejection,), _ = read(tmp_path)
    assert names == ["a"]
    assert "closed: cannot be looked at (Permission denied)" in rejection
