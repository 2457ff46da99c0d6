"""Pages and feeds from the web: polite, bounded, and never from a private address unless that is asked for.

A feed is asked for conditionally (ETag, Last-Modified); what the server said is remembered only when the caller says
that the reports are safe, so that a run that was cut short asks again in full.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import math
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from geo.documents.watching import keep_memory
from geo.errors import DocumentError, Rejection

_LONGEST_PAUSE_S = 60.0
"""A host that asks for longer pauses than this is asked this often."""
AGENT = "conflict-atlas/0.1 (reads news reports and feeds)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent."""

    url: str
    """After redirects."""
    content: bytes
    content_type: str
    unchanged: bool = False
    """The server said that nothing is new since the last time."""


@dataclass(slots=True)
class Fetcher:
    """Fetches over http(s) within limits; one request at a time, with a pause between two to the same host."""

    memory: Path | None = None
    """File in which validators are kept between runs; None asks in full each time."""
    timeout_s: float = 20.0
    longest_s: float = 60.0
    """For one answer as a whole, however slowly it drips."""
    largest_bytes: int = 16 * 1024 * 1024
    pause_s: float = 1.0
    private_allowed: bool = False
    """Whether loopback, link-local and private networks may be asked."""
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)
    _pending: dict[str, dict[str, str]] = field(default_factory=dict)

    def fetch(self, url: str) -> Answer:
        """Return the answer to a GET; raise `DocumentError` with the reason where there is none to use."""
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise _unusable(url, "not an http or https address")
        if not self._robots_of(url).can_fetch(AGENT, url):
            raise _unusable(url, "its robots.txt does not allow it")
        known = self._remembered().get(url, {})
        headers = {
            name: known[key]
            for name, key in (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
            if key in known
        }
        return self._ask(url, headers)

    def keep(self) -> None:
        """Remember what servers said of their feeds; call it once the reports are safe."""
        if self.memory is None or not self._pending:
            return
        merged = {**self._remembered(), **self._pending}
        keep_memory(self.memory, json.dumps(merged, indent=1))
        self._pending.clear()

    def _remembered(self) -> Mapping[str, dict[str, str]]:
        if self.memory is None or not self.memory.exists():
            return {}
        try:
            return dict(json.loads(self.memory.read_text(encoding="utf-8")))
        except ValueError:
            # A damaged memory costs one full request; it is written anew afterwards.
            return {}

    def _robots_of(self, url: str) -> RobotFileParser:
        site = _site(url)
        if site not in self._robots:
            rules = RobotFileParser()
            try:
                rules.parse(self._ask(urljoin(site, "/robots.txt"), {}).content.decode("utf-8", "replace").splitlines())
            except _NoAnswerError as error:
                if error.status is None:
                    raise
                # RFC 9309: 4xx allows everything, 5xx forbids everything.
                rules.parse(["User-agent: *", "Disallow: /" if error.status >= 500 else "Allow: /"])
            self._robots[site] = rules
        return self._robots[site]

    def _ask(self, url: str, headers: Mapping[str, str]) -> Answer:
        host = urlsplit(url).netloc
        wait = self._asked.get(host, -math.inf) + self._pause_of(url) - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        request = urllib.request.Request(url, headers={"User-Agent": AGENT, **headers})  # noqa: S310 (http(s) only)
        try:
            with self._opener().open(request, timeout=self.timeout_s) as answer:
                content = self._body(answer, url)
                self._note(url, answer.headers)
                return Answer(answer.url, content, answer.headers.get_content_type())
        except urllib.error.HTTPError as error:
            if error.code == 304:
                return Answer(url, b"", "", unchanged=True)
            raise _NoAnswerError(url, f"the server answered {error.code} {error.reason}", status=error.code) from None
        except (OSError, http.client.HTTPException) as error:
            raise _NoAnswerError(url, f"no answer ({getattr(error, 'reason', error)})") from None
        finally:
            self._asked[host] = time.monotonic()

    def _pause_of(self, url: str) -> float:
        """Return the seconds between two requests to a host: ours, or what its robots.txt asks for within reason."""
        rules = self._robots.get(_site(url))
        return max(self.pause_s, min(float((rules and rules.crawl_delay(AGENT)) or 0.0), _LONGEST_PAUSE_S))

    def _body(self, answer: Any, url: str) -> bytes:
        deadline = time.monotonic() + self.longest_s
        content = bytearray()
        while part := answer.read1(65536):
            content += part
            if len(content) > self.largest_bytes:
                raise _unusable(url, f"the answer is larger than {self.largest_bytes // 2**20} MB")
            if time.monotonic() > deadline:
                raise _unusable(url, f"the answer took longer than {self.longest_s:.0f} s")
        return bytes(content)

    def _note(self, url: str, headers: Any) -> None:
        said = {"etag": headers.get("ETag"), "modified": headers.get("Last-Modified")}
        self._pending[url] = {key: value for key, value in said.items() if value}

    def _opener(self) -> urllib.request.OpenerDirector:
        # No proxies from the environment: the address that is checked must be the one that answers.
        private = self.private_allowed
        return urllib.request.build_opener(urllib.request.ProxyHandler({}), _Http(private), _Https(private))


class _NoAnswerError(DocumentError):
    """The server could not be reached or said no."""

    def __init__(self, url: str, reason: str, *, status: int | None = None) -> None:
        super().__init__(Rejection(url, reason))
        self.status = status


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _unusable(url: str, reason: str) -> DocumentError:
    return DocumentError(Rejection(url, reason))


def _check_peer(sock: socket.socket) -> None:
    """Raise `OSError` for a peer in a private network.

    The connected address is checked, not the name: a name may resolve differently the second time.
    """
    address = ipaddress.ip_address(sock.getpeername()[0].split("%")[0])
    if not address.is_global or address.is_multicast:
        sock.close()
        raise OSError(f"{address} is a private address, which is not asked unless --allow-private is given")


class _HttpConnection(http.client.HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _check_peer(self.sock)


class _HttpsConnection(http.client.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _check_peer(self.sock)


class _Http(urllib.request.HTTPHandler):
    def __init__(self, private: bool) -> None:
        super().__init__()
        self._connection = http.client.HTTPConnection if private else _HttpConnection

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, request)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, private: bool) -> None:
        super().__init__()
        self._connection = http.client.HTTPSConnection if private else _HttpsConnection

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, request)
