"""Every page on a store with one event and no zones, and with a configuration that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.app import PAGES
from dashboard.components.notices import shown_address, store_option
from geo.pipeline import rebuild_events
from geo.stores import open_store
from tests.samples import account, document


@pytest.fixture
def single_store(tmp_path: Path) -> Path:
    """A store with one event, dated to a month, and no zones."""
    path = tmp_path / "single.gpkg"
    report = document()
    with open_store(str(path), create=True) as store:
        store.add_documents([(report, (account(report, precision=3),), ())])
        rebuild_events(store)
    return path


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_with_one_event_and_no_zones(dashboard, single_store: Path, page: str) -> None:
    app = dashboard(single_store, page)
    assert not app.exception
    assert not app.error
    told = " ".join(item.value for item in app.info)
    if page == "trends":
        assert "No event of this view belongs in this chart" in told, "a chart by day has no day to show"
    if page == "zones":
        assert "no control zones yet" in told


def test_an_empty_store_offers_the_page_where_a_report_is_pasted(dashboard, empty_store: Path) -> None:
    app = dashboard(empty_store)
    assert [link.proto.label for link in app.get("page_link")] == ["Paste or upload a report"]


def test_rules_that_cannot_be_read_are_named_with_their_file(
    dashboard, single_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "sensitive.toml"
    broken.write_text("[[rule]]\nname = 3\n")
    monkeypatch.setenv("CONFLICT_SENSITIVE", str(broken))
    app = dashboard(single_store, "quality")
    assert not app.exception
    assert str(broken) in app.error[0].value


def test_a_broken_store_is_named_and_no_command_would_write_over_it(dashboard, tmp_path: Path) -> None:
    broken = tmp_path / "broken.gpkg"
    broken.write_bytes(b"this is no database" * 50)
    app = dashboard(broken)
    assert str(broken) in app.error[0].value
    assert "sample.gpkg" in app.code[0].value
    assert str(broken) not in app.code[0].value
    about = dashboard(broken, "about")
    assert not about.error, "the page that explains is there whatever the store is"
    assert any(str(broken) in item.value for item in about.markdown)


def test_filters_that_find_nothing_do_not_say_that_all_is_reviewed(dashboard, single_store: Path) -> None:
    app = dashboard(single_store, "review", q="nothing has these words")
    assert not app.success
    assert "No event passes the filters" in app.info[0].value


def test_nobody_reads_the_password_of_a_database() -> None:
    assert shown_address("postgresql://ana:s3:cr@t@db.example/atlas") == "postgresql://ana:…@db.example/atlas"
    assert shown_address("/home/ana/mine.gpkg") == "/home/ana/mine.gpkg"
    assert store_option("postgresql://ana:secret@db.example/atlas") == ""
    assert store_option("my reports.gpkg") == " --store 'my reports.gpkg'"
