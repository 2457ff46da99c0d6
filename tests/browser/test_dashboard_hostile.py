"""A store whose every report, name, place and zone is a hostile text: nothing runs on the dashboard, nothing breaks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from geo.model import Account, Actor, Document, Place
from geo.pipeline import rebuild_events
from geo.stores import open_store
from tests.browser.serving import served, visiting
from tests.layers.hostile import CORPUS, hostile_scene
from tests.samples import account, days_later, document, resolved

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("dashboard")]
_TEXTS = [text[:5_000] for text in CORPUS.values()]


def told(number: int, text: str) -> tuple[Document, tuple[Account, ...], tuple[str, ...]]:
    """Return a report of one event that has the text wherever a report or a name can."""
    report = document(f"d{number}", f"{text} A market was bombed. {text}", source=text)
    report = replace(report, title=text, url=text, origin=text)
    place = Place(text, f"place-{number}", text, 36.0 + number / 20, 36.2, "city", text, "SY", text)
    told_by = account(
        report,
        day=days_later(number % 6),
        where=resolved(place),
        actor1=Actor("", text, "rebels"),
        actor2=Actor("", text),
        attribution=text,
    )
    return report, (told_by,), (text,)


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.gpkg"
    with open_store(str(path), create=True) as store:
        store.add_documents([told(number, text) for number, text in enumerate(_TEXTS)])
        store.put_zones(hostile_scene()[0].zones.assign(note="".join(_TEXTS)[:3_000]))
        rebuild_events(store)
    return path


def test_hostile_reports_run_nowhere_and_break_nothing(chromium, hostile_store: Path, tmp_path: Path) -> None:
    with open_store(str(hostile_store), read_only=True) as store:
        events = store.events()
    assert len(events) == len(_TEXTS)
    chosen = events.loc[events["actor1"] == CORPUS["attribute"], "event_id"].iloc[0]
    with served(hostile_store, tmp_path / "log.txt") as address, visiting(chromium, address) as tab:
        page = tab.open(f"/?event={chosen}")
        tab.map.locator("body[data-ready]").wait_for()
        page.locator(".list .event").first.wait_for()
        expect(page.locator(".ca-card").first).to_contain_text(CORPUS["attribute"])
        expect(page.locator(".ca-telling").first).to_contain_text(CORPUS["attribute"])
        _find(page, CORPUS["script"])
        tab.rest()
        _unharmed(page)
        page = tab.open(f"/review?event={chosen}")
        expect(page.locator(".ca-card").first).to_contain_text(CORPUS["attribute"])
        _unharmed(page)
        for address in ("/trends", "/zones"):
            page = tab.open(address)
            page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first.wait_for()
            tab.rest()
            _unharmed(page)
        page = tab.open("/documents")
        page.get_by_role("tab").last.click()
        tab.rest()
        _unharmed(page)
    assert tab.faults == []


def _find(page: Page, text: str) -> None:
    page.get_by_label("Search", exact=True).fill(text)
    page.get_by_label("Search", exact=True).press("Enter")


def _unharmed(page: Page) -> None:
    """Nothing of the corpus became an element, and no page failed; what runs is noted among the tab's faults."""
    expect(page.locator("[data-testid=stException], [data-testid=stAlertContentError]")).to_have_count(0)
    marks = "base, iframe[srcdoc], img[src=x], svg animate, [onmouseover], [onload], [onerror], [onfocus]"
    assert page.locator(marks).count() == 0
    assert page.locator("a[href^='javascript:'], a[href^='data:text']").count() == 0


def test_text_that_runs_is_noticed_in_every_frame(visit) -> None:
    tab = visit()
    page = tab.open("/")
    page.locator("iframe.ready").wait_for()
    page.evaluate("() => { window.pwned = 1; }")
    tab.map.locator("body").evaluate("() => { window.pwned = 2; }")
    page.evaluate("document.body.appendChild(document.createElement('iframe')).srcdoc = '<script>pwned = 3</script>'")
    page.wait_for_timeout(500)
    assert sorted(tab.faults) == [f"hostile text ran: {number}" for number in (1, 2, 3)]
    tab.faults.clear()


def test_a_link_fetches_no_picture_from_elsewhere(visit) -> None:
    picture = "![x](http://evil.example/x.png)"
    page = visit().open(f"/?place={quote(picture)}&day={quote('` ' + picture)}")
    # As it is written, both where a place is not known and where a part of the link cannot be read.
    expect(page.get_by_test_id("stAlert")).to_contain_text(picture)
    expect(page.get_by_test_id("stSidebar").get_by_test_id("stCaptionContainer")).to_contain_text(picture)
    expect(page.locator("img[src*=evil]")).to_have_count(0)
