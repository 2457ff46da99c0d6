"""Folders that reports arrive in, look by look."""

from __future__ import annotations

import json
import os

import pytest

from geo.documents import WatchedFolder
from geo.errors import ConfigurationError


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "incoming"
    folder.mkdir()
    return folder


def names(watched: WatchedFolder) -> list[str]:
    return [path.relative_to(watched.folder).as_posix() for path in watched.due()]


def test_a_file_is_due_once_it_stopped_growing(folder):
    watched = WatchedFolder(folder)
    report = folder / "report.txt"
    report.write_text("Shells fell")
    assert names(watched) == []
    with report.open("a") as file:
        file.write(" on the town.")
    assert names(watched) == []
    assert names(watched) == ["report.txt"]
    watched.took(watched.due())
    assert names(watched) == []


def test_unfinished_and_hidden_files_are_left_until_they_are_renamed(folder):
    watched = WatchedFolder(folder)
    for name in (".report.txt", "report.txt.part", "report.txt~"):
        (folder / name).write_text("Shells fell.")
    watched.due()
    assert names(watched) == []
    (folder / "report.txt.part").rename(folder / "report.txt")
    watched.due()
    assert names(watched) == ["report.txt"]


def test_a_file_that_changes_is_due_again_and_one_that_is_gone_is_forgotten(folder, tmp_path):
    watched = WatchedFolder(folder, memory=tmp_path / "memory.json")
    (folder / "below").mkdir()
    (folder / "below" / "a.txt").write_text("One.")
    (folder / "b.txt").write_text("Two.")
    watched.due()
    watched.took(watched.due())
    (folder / "b.txt").write_text("Two and more.")
    (folder / "below" / "a.txt").unlink()
    watched.due()
    assert names(watched) == ["b.txt"]
    watched.took(watched.due())
    assert '"below/a.txt"' not in (tmp_path / "memory.json").read_text()


def test_what_changes_while_it_is_read_is_read_again(folder):
    watched = WatchedFolder(folder)
    report = folder / "a.txt"
    report.write_text("One.")
    watched.due()
    due = watched.due()
    report.write_text("One, and another.")
    watched.took(due)
    watched.due()
    assert names(watched) == ["a.txt"]


def test_a_description_is_no_report_and_makes_its_report_due_again(folder):
    watched = WatchedFolder(folder)
    (folder / "a.txt").write_text("Shells fell on Sunday.")
    (folder / "README.txt").write_text("What lies here.")
    watched.due()
    assert names(watched) == ["a.txt"]
    watched.took(watched.due())
    (folder / "a.json").write_text('{"published": "2016-11-20"}')
    # Told of in a file that is not whole yet.
    assert names(watched) == []
    assert names(watched) == ["a.txt"]
    watched.took(watched.due())
    (folder / "manifest.csv").write_text("id,source\na,Radio\n")
    watched.due()
    assert names(watched) == ["a.txt"]


def test_a_later_watch_goes_on_and_a_lost_memory_starts_anew(folder, tmp_path):
    memory = tmp_path / "memory.json"
    first = WatchedFolder(folder, memory=memory)
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(name)
    first.due()
    first.took([folder / "a.txt"])
    second = WatchedFolder(folder, memory=memory)
    second.due()
    assert names(second) == ["b.txt"]
    for damaged in (
        "{damaged",
        "[]",
        json.dumps({"folder": str(folder)}),
        json.dumps({"folder": str(folder), "taken": 1}),
    ):
        memory.write_text(damaged)
        third = WatchedFolder(folder, memory=memory)
        third.due()
        assert names(third) == ["a.txt", "b.txt"]
    os.rename(folder, tmp_path / "elsewhere")
    assert names(third) == []


def test_a_memory_that_cannot_be_kept_says_where_it_should_lie(folder, tmp_path):
    (tmp_path / "file").write_text("no folder")
    watched = WatchedFolder(folder, memory=tmp_path / "file" / "memory.json")
    watched.due()
    with pytest.raises(ConfigurationError, match="CONFLICT_STATE"):
        watched.took([])
