"""The list of data sources agrees with the data."""

import csv
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
SOURCES = tomllib.loads((DATA / "sources.toml").read_text(encoding="utf8"))["source"]
COUNTED = [(source["name"], name, count) for source in SOURCES for name, count in source.get("files", {}).items()]


@pytest.mark.parametrize(("source", "name", "count"), COUNTED)
def test_each_file_holds_the_stated_number_of_records(source: str, name: str, count: int) -> None:
    with (DATA / name).open(encoding="utf8", newline="") as lines:
        assert sum(1 for _ in csv.DictReader(lines)) == count, f"{source}: {name} changed; update data/sources.toml"


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source["name"])
def test_each_source_states_what_it_gives_and_under_which_licence(source: dict) -> None:
    assert source["what"]
    assert source["licence"]
    assert set(source) <= {"name", "what", "licence", "url", "package", "files"}
    if "package" in source:
        assert version(source["package"])


def test_no_data_file_is_without_a_source() -> None:
    listed = {name for _, name, _ in COUNTED}
    tables = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv")}
    assert tables <= listed, f"name their source in data/sources.toml: {sorted(tables - listed)}"


def test_sample_reports_are_all_in_the_manifest() -> None:
    with (DATA / "reports" / "manifest.csv").open(encoding="utf8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["id"] for row in rows} == {path.stem for path in (DATA / "reports").glob("*.txt")}
    assert all(row["facts"] and row["published"] for row in rows)
