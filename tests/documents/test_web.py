"""Feeds and pages from a server on this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from geo.documents import Fetcher, read_documents
from geo.errors import Rejection
from geo.model import Document

LONG = "Warplanes bombed a hospital in eastern Aleppo on Saturday, medics said, and four people were killed. " * 6


@dataclass
class Site:
    """Pages by path, and what was asked."""

    address: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def put(self, path: str, body: str, *, status: int = 200, **headers: str) -> str:
        self.pages[path] = (status, {key.replace("_", "-"): value for key, value in headers.items()}, body.encode())
        return self.address + path

    def feed(self, *items: str) -> str:
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{"".join(items)}</channel></rss>'


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, self.headers.get("If-None-Match", "")))
            status, headers, body = site.pages.get(self.path, (404, {}, b""))
            if headers.get("ETag") and headers["ETag"] == self.headers.get("If-None-Match"):
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.address = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    server.server_close()


def fetcher(memory: Path | None = None, **limits) -> Fetcher:
    return Fetcher(memory=memory, pause_s=0.0, private_allowed=True, **limits)


def reason(url: str, web: Fetcher) -> str:
    (item,) = read_documents([url], fetcher=web)
    assert isinstance(item, Rejection)
    return str(item)


def test_a_feed_is_read_whole_and_asked_for_changes_only_afterwards(site, tmp_path):
    item = f"<item><guid>one</guid><title>T</title><description>{LONG}</description></item>"
    url = site.put("/feed", site.feed(item), ETag='"v1"')
    memory = tmp_path / "feeds.json"
    first = fetcher(memory)
    assert [document.document_id for document in read_documents([url], fetcher=first)] == ["one"]
    # The reports are not safe yet: the next run must ask in full.
    assert len(list(read_documents([url], fetcher=fetcher(memory)))) == 1
    first.keep()
    assert list(read_documents([url], fetcher=fetcher(memory))) == []
    assert site.asked[-1] == ("/feed", '"v1"')


def test_a_teaser_is_followed_to_its_page(site):
    page = site.put("/page", f"<html><body><article><p>{LONG}</p><p>{LONG}</p></article></body></html>")
    gone = site.address + "/gone"
    items = [
        f"<item><guid>{name}</guid><link>{link}</link><title>T</title><description>Short words.</description></item>"
        for name, link in (("a", page), ("b", gone))
    ]
    documents = list(read_documents([site.put("/feed", site.feed(*items))], fetcher=fetcher()))
    told = {document.document_id: document for document in documents if isinstance(document, Document)}
    assert LONG.strip() in told["a"].text
    assert told["b"].text == "Short words."
    assert "404" in told["b"].warnings[0]


def test_a_page_is_a_report(site):
    url = site.put("/story", f"<html><body><article><p>{LONG}</p></article></body></html>")
    (document,) = read_documents([url], fetcher=fetcher())
    assert isinstance(document, Document)
    assert (document.document_id, document.url) == (url, url)


def test_private_addresses_are_refused_unless_allowed(site):
    url = site.put("/story", LONG)
    assert "private address" in reason(url, Fetcher(pause_s=0.0))
    assert site.asked == []


def test_a_redirect_is_checked_too(site):
    url = site.put("/away", "", status=302, Location="file:///etc/passwd")
    assert "302" in reason(url, fetcher()) or "not allowed" in reason(url, fetcher())


def test_robots_are_heeded(site):
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret\n")
    url = site.put("/secret/story", LONG)
    assert "robots.txt does not allow" in reason(url, fetcher())
    assert [path for path, _ in site.asked] == ["/robots.txt"]


def test_a_pause_that_robots_ask_for_is_kept(site, monkeypatch):
    paused: list[float] = []
    monkeypatch.setattr(time, "sleep", paused.append)
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    url = site.put("/story", f"<html><body><article><p>{LONG}</p></article></body></html>")
    assert len(list(read_documents([url], fetcher=fetcher()))) == 1
    (pause,) = paused
    assert 0 < pause <= 7


def test_answers_are_bounded(site):
    url = site.put("/long", "x" * 5000)
    assert "larger than" in reason(url, fetcher(largest_bytes=1000))
    assert "404" in reason(site.address + "/nothing", fetcher())
    assert "no answer" in reason("http://127.0.0.1:9/", fetcher(timeout_s=2.0))
