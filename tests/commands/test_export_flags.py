"""What geo export is asked for beyond a file's name, and what it refuses."""

from __future__ import annotations

import csv

import pytest

from geo.commands.export import _check_fits
from geo.errors import UsageError


@pytest.mark.parametrize(
    ("suffix", "asked", "said"),
    [
        (".geojson", {"hxl": True}, "--hxl is for .csv"),
        (".csv", {"day": "2016-11-20", "bom": True}, "--day is for .html and .png"),
        (".kml", {"tiles": "osm"}, "--tiles is for .html and .png"),
        ("", {"columns": "acled"}, "without a suffix"),
    ],
)
def test_a_choice_that_would_be_lost_is_refused(suffix, asked, said):
    with pytest.raises(UsageError, match=said):
        _check_fits(suffix, asked)


def test_choices_reach_the_file(geo, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("ALEPPO - Rebel shelling killed at least eight children at a school in western Aleppo on Sunday.")
    geo("ingest", report, "--published", "2016-11-20", "--recognizer", "rules")
    flags = ["--language", "ar", "--theme", "dark", "--day", "2016-11-20", "--documents", "--tiles", "osm"]
    done = geo("export", "-o", "map.html", *flags)
    assert done.code == 0, done.told
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert 'lang="ar" dir="rtl"' in page
    assert "img-src data: blob: https://tile.openstreetmap.org;" in page
    late = geo("export", "-o", "late.html", "--day", "2030-01-01")
    assert (late.code, "--day 2030-01-01 is not among the days of the map" in late.told) == (2, True)
    assert geo("export", "-o", "events.csv", "--bom", "--hxl", "--columns", "ucdp").code == 0
    raw = (tmp_path / "events.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert rows[0][:2] == ["id", "relid"]
    assert rows[1][0].startswith("#")
