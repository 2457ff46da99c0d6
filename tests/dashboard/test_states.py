"""Every page on a store with one event and no zones, and with a configuration that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.app import PAGES
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
