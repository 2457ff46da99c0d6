"""What you see is what you get: a view's files hold its events, and its map opens where the reader was."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard import queries
from dashboard.state import View


def test_a_map_opens_at_the_day_and_the_event_of_the_view(demo_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICT_STORE", str(demo_store))
    version = queries.store_version()
    series = queries.series_of(version, View())
    filtered = View(start=date(2016, 11, 18), end=date(2016, 11, 30), types=("explosions_remote_violence",))
    rows = list(csv.DictReader(io.StringIO(queries.export(version, series, filtered, ".csv", "events").decode())))
    shown = {row["event_id"] for row in rows}
    assert 0 < len(shown) == queries.shown(version, series, filtered).sums.events
    seen = replace(filtered, day=date(2016, 11, 22), selected=rows[0]["event_id"], language="ar")
    page = queries.export(version, series, seen, ".html", "events").decode()
    assert '<html lang="ar"' in page
    first = (date(2016, 11, 22) - date(1970, 1, 1)).days
    assert f'"day":{first}' in page
    assert set(re.findall(r"ev-[0-9a-f]{16}", page)) == shown
    assert f'"selected":"{rows[0]["event_id"]}"' in page
    other = next(name for name in queries.board(version, series).row_of if name not in shown)
    elsewhere = queries.export(version, series, replace(seen, selected=other), ".html", "events")
    assert other not in elsewhere.decode(), "a file names no event that it does not hold"
