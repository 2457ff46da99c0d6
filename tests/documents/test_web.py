"""Feeds and pages from a server on this machine."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from geo.documents import Fetcher, read_documents
from geo.documents.robots import Robots
from geo.errors import Rejection
from geo.model import Document

LONG = "Warplanes bombed a hospital in eastern Aleppo on Saturday, medics said, and four people were killed. " * 6


@dataclass
class Site:
    """Pages by path, and what was asked."""

    address: str = ""
    pages: dict[str, list[tuple[int, dict[str, str], bytes]]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def put(self, path: str, body: str, *, status: int = 200, **headers: str) -> str:
        self.pages[path] = []
        return self.add(path, body, status=status, **headers)

    def add(self, path: str, body: str, *, status: int = 200, **headers: str) -> str:
        """Answer so once those that were put before are given; the last stays."""
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        self.pages.setdefault(path, []).append((status, named, body.encode()))
        return self.address + path

    def feed(self, *items: str) -> str:
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{"".join(items)}</channel></rss>'


@pytest.fixture
def site() -> Iterator[Site]:
    yield from _serving()


@pytest.fixture
def elsewhere() -> Iterator[Site]:
    """Another site, by its port."""
    yield from _serving()


def _serving() -> Iterator[Site]:
    site = Site()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, self.headers.get("If-None-Match", "")))
            answers = site.pages.get(self.path, [(404, {}, b"")])
            status, headers, body = answers.pop(0) if len(answers) > 1 else answers[0]
            if headers.get("ETag") and headers["ETag"] == self.headers.get("If-None-Match"):
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            # Whoever was asked too much may have gone.
            with contextlib.suppress(OSError):
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
    assert "not an http or https address" in reason(url, fetcher())


def test_a_redirect_is_followed_by_the_rules_of_where_it_leads(site, elsewhere):
    page = f"<html><body><article><p>{LONG}</p></article></body></html>"
    elsewhere.put("/robots.txt", "User-agent: *\nDisallow: /secret\n")
    elsewhere.put("/open/story", page)
    allowed = site.put("/moved", "", status=301, Location=elsewhere.address + "/open/story")
    (document,) = read_documents([allowed], fetcher=fetcher())
    assert document.url == elsewhere.address + "/open/story"
    elsewhere.put("/secret/story", page)
    closed = site.put("/away", "", status=307, Location=elsewhere.address + "/secret/story")
    assert "robots.txt does not allow" in reason(closed, fetcher())
    assert ("/secret/story", "") not in elsewhere.asked
    circle = site.put("/circle", "", status=302, Location="/circle")
    assert "leads on more than 5 times" in reason(circle, fetcher())


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


def page(text: str = LONG) -> str:
    return f"<html><body><article><p>{text}</p></article></body></html>"


def test_a_busy_server_is_waited_for_as_long_as_it_asks_once(site, monkeypatch):
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    url = site.put("/story", "", status=429, Retry_After="7")
    site.add("/story", page())
    assert isinstance(next(read_documents([url], fetcher=fetcher())), Document)
    assert 6 < max(slept) <= 7


def test_a_server_that_wants_to_be_left_alone_for_long_is(site, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda seconds: pytest.fail("nobody waits so long"))
    web, later = fetcher(), "Fri, 31 Dec 2099 23:59:59 GMT"
    url = site.put("/story", "", status=503, Retry_After=later)
    other = site.put("/other", page())
    assert "wants to be left alone" in reason(url, web)
    assert "left alone for" in reason(other, web)
    assert [path for path, _ in site.asked] == ["/robots.txt", "/story"]


def test_a_page_behind_a_teaser_is_read_once_for_each_store(site, tmp_path):
    site.put("/page", page(), ETag='"p1"')
    entry = (
        f"<item><guid>a</guid><link>{site.address}/page</link><title>T</title><description>Short.</description></item>"
    )
    url, memory = site.put("/feed", site.feed(entry), ETag='"v1"'), tmp_path / "feeds.json"
    first = fetcher(memory)
    (document,) = read_documents([url], fetcher=first)
    first.keep(document.url)
    # The run was cut short here: the feed is asked for in full, and the page that is stored is not asked for again.
    assert list(read_documents([url], fetcher=fetcher(memory))) == []
    site.put("/feed", site.feed(entry.replace("Short.", "Short, and mended.")), ETag='"v2"')
    (again,) = read_documents([url], fetcher=fetcher(memory))
    assert again == document
    assert [path for path, _ in site.asked if path == "/page"] == ["/page", "/page"]


def test_addresses_in_other_alphabets_and_broken_ones(site):
    site.put("/%D8%AD%D9%84%D8%A8", page())
    assert isinstance(next(read_documents([site.address + "/حلب#top"], fetcher=fetcher())), Document)
    for broken in ("ftp://127.0.0.1/x", "http://[::1", "http://127.0.0.1:port/", "http:///nothing", "http://a b/"):
        assert "not an http or https address" in reason(broken, fetcher(timeout_s=2.0))


@pytest.mark.parametrize("dripping", ["headers", "body"])
def test_a_server_that_drips_is_left(dripping):
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n"
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            with contextlib.suppress(OSError):
                while True:
                    line, _ = server.accept()
                    with line:
                        line.recv(4096)
                        line.sendall(head + (b"\r\n" if dripping == "body" else b"X: "))
                        # Until it is hung up.
                        while line.send(b"x"):
                            time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/story"
        assert "took longer than" in reason(url, fetcher(longest_s=0.3))


def test_half_an_answer_is_none(site):
    url = site.put("/story", page(), Content_Length="100000")
    assert "bytes are missing" in reason(url, fetcher())


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/search?q=1", False),
        ("/news/search/x", False),
        ("/a.pdf", False),
        ("/a.pdf?x", True),
        ("/private/x", False),
        ("/private/press/x", True),
        ("/same", True),
    ],
)
def test_rules_of_robots_hold_by_their_length_with_wildcards(path, allowed):
    text = (
        "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Conflict-Atlas # ours\n"
        "Disallow: /*search\nDisallow: /*.pdf$\nDisallow: /private\nAllow: /private/press\n"
        "Disallow: /same\nAllow: /same\nCrawl-delay: 2.5\nDisallow:\n"
    )
    rules = Robots.of(text, agent="conflict-atlas")
    assert rules.allow(f"https://news.example{path}") is allowed
    assert rules.delay_s == 2.5
