"""Pages and feeds from the web: polite, bounded, and never from a private address unless that is asked for.

A feed is asked for conditionally (ETag, Last-Modified); what the server said is remembered only when the caller says
that the reports are safe, so that a run that was cut short asks again in full. Each step of a redirection is asked for
as if it had been given: by the rules of its own site, and never from a private address.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import json
import math
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from geo.documents.robots import Robots
from geo.documents.watching import keep_memory
from geo.errors import DocumentError, Rejection

_LONGEST_PAUSE_S: Final = 60.0
"""A host that asks for longer pauses than this is asked this often; one that asks to be left alone so long is."""
_MOST_STEPS: Final = 5
"""Redirections that are followed."""
_MOST_REMEMBERED: Final = 50_000
"""Addresses; those that were read longest ago are forgotten first."""
_BUSY: Final = (429, 503)
_NAME: Final = "conflict-atlas"
AGENT: Final = f"{_NAME}/0.1 (reads news reports and feeds)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent."""

    url: str
    """After redirects."""
    content: bytes
    charset: str = ""
    """Encoding that the server named; empty where it did not."""
    unchanged: bool = False
    """The server said that nothing is new since the last time."""


@dataclass(slots=True)
class Fetcher:
    """Fetches over http(s) within limits; one request at a time, with a pause between two to the same host."""

    memory: Path | None = None
    """File in which it is kept between runs what servers said; None asks in full each time."""
    timeout_s: float = 20.0
    longest_s: float = 60.0
    """For one answer as a whole, however slowly it drips."""
    largest_bytes: int = 16 * 1024 * 1024
    pause_s: float = 1.0
    private_allowed: bool = False
    """Whether loopback, link-local and private networks may be asked."""
    _robots: dict[str, Robots] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    """By host, when it was asked."""
    _free_at: dict[str, float] = field(default_factory=dict)
    """By host, when it may be asked again, where it said so."""
    _pending: dict[str, dict[str, str]] = field(default_factory=dict)
    _known: dict[str, dict[str, str]] | None = None

    def fetch(self, url: str, *, anew: bool = False) -> Answer:
        """Return the answer to a GET; raise `DocumentError` with the reason where there is none to use.

        `anew` asks in full, whatever the server said before.
        """
        known = {} if anew else self._remembered().get(url, {})
        headers = {
            name: known[key]
            for name, key in (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
            if key in known
        }
        place = _plain_address(url)
        for _ in range(_MOST_STEPS):
            if not self._robots_of(place).allow(place):
                raise _unusable(place, self._robots_of(place).refusal)
            answer = self._ask(place, headers, noted=url)
            if isinstance(answer, Answer):
                return answer
            place = answer
        raise _unusable(url, f"it leads on more than {_MOST_STEPS} times")

    def was_read(self, url: str, mark: str) -> bool:
        """Tell whether the page of a feed's entry is safe, as the feed told of it then."""
        return self._remembered().get(url, {}).get("entry") == mark

    def note_read(self, url: str, mark: str) -> None:
        """Remember, once `keep` is called, that the page of a feed's entry was read."""
        self._pending[url] = {"entry": mark}

    def keep(self, url: str = "") -> None:
        """Remember what servers said, of all or of one address; call it once the reports are safe."""
        safe = ({url: self._pending[url]} if url in self._pending else {}) if url else self._pending
        if self.memory is None or not safe:
            return
        known = self._remembered()
        for address, said in safe.items():
            known.pop(address, None)
            known[address] = said
        for address in list(known)[: max(len(known) - _MOST_REMEMBERED, 0)]:
            del known[address]
        keep_memory(self.memory, json.dumps(known, indent=1))
        self._pending = {address: said for address, said in self._pending.items() if address not in safe}

    def _remembered(self) -> dict[str, dict[str, str]]:
        if self._known is None:
            self._known = _kept(self.memory)
        return self._known

    def _robots_of(self, url: str) -> Robots:
        site = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if site not in self._robots:
            self._robots[site] = self._read_robots(urljoin(site, "/robots.txt"))
        return self._robots[site]

    def _read_robots(self, place: str) -> Robots:
        try:
            for _ in range(_MOST_STEPS):
                answer = self._ask(place, {})
                if isinstance(answer, Answer):
                    return Robots.of(answer.content.decode("utf-8-sig", "replace"), agent=_NAME)
                place = answer
        except _NoAnswerError as error:
            if error.status is None:
                raise
            # RFC 9309: 4xx allows everything, 5xx forbids everything; who asks for fewer requests gets none.
            closed = error.status in _BUSY or error.status >= 500
            return Robots.closed(f"its robots.txt cannot be had: {error.rejection.reason}") if closed else Robots()
        return Robots()

    def _ask(self, url: str, headers: Mapping[str, str], *, noted: str = "") -> Answer | str:
        """Return the answer, or where it leads on; what it says of itself is noted under the address `noted`."""
        for again in (True, False):
            self._wait(url)
            with self._asked(url, headers) as answer:
                if answer.status == 304:
                    return Answer(url, b"", unchanged=True)
                if 300 <= answer.status < 400 and (target := answer.headers.get("Location")):
                    return _plain_address(urljoin(url, target))
                if answer.status == 200:
                    content = self._body(answer, url)
                    if noted:
                        said = {"etag": answer.headers.get("ETag"), "modified": answer.headers.get("Last-Modified")}
                        self._pending[noted] = {key: value for key, value in said.items() if value}
                    return Answer(url, content, answer.headers.get_content_charset() or "")
                rest = _rest_asked_for(answer) if answer.status in _BUSY else None
            if rest is None or rest > _LONGEST_PAUSE_S or not again:
                break
            self._free_at[_host(url)] = time.monotonic() + rest
        refusal = f"the server answered {answer.status} {answer.reason}".rstrip()
        if rest is None:
            raise _NoAnswerError(url, refusal, status=answer.status)
        self._free_at[_host(url)] = time.monotonic() + rest
        raise _NoAnswerError(url, f"{refusal} and wants to be left alone for {rest:.0f} s", status=answer.status)

    def _wait(self, url: str) -> None:
        host = _host(url)
        polite = self._last.get(host, -math.inf) + self._pause_of(url)
        wait = max(polite, self._free_at.get(host, -math.inf)) - time.monotonic()
        if wait > _LONGEST_PAUSE_S:
            raise _unusable(url, f"its server wants to be left alone for {wait:.0f} s more")
        if wait > 0:
            time.sleep(wait)

    @contextmanager
    def _asked(self, url: str, headers: Mapping[str, str]) -> Iterator[http.client.HTTPResponse]:
        parts = urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        # No proxies from the environment: the address that is checked must be the one that answers.
        connection = kind(parts.hostname or "", parts.port, timeout=self.timeout_s)
        late = threading.Event()
        cut = threading.Timer(self.longest_s, _cut, (connection, late))
        cut.daemon = True
        try:
            connection.connect()
            if not self.private_allowed:
                _check_peer(connection.sock)
            cut.start()
            target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            connection.request("GET", target, headers={"User-Agent": AGENT, **headers})
            yield connection.getresponse()
            if late.is_set():
                raise TimeoutError
        except (OSError, http.client.HTTPException, DocumentError) as error:
            if late.is_set():
                raise _NoAnswerError(url, f"the answer took longer than {self.longest_s:.0f} s") from None
            if isinstance(error, DocumentError):
                raise
            raise _NoAnswerError(url, f"no answer ({error})") from None
        finally:
            cut.cancel()
            connection.close()
            self._last[_host(url)] = time.monotonic()

    def _pause_of(self, url: str) -> float:
        """Return the seconds between two requests to a host: ours, or what its robots.txt asks for within reason."""
        rules = self._robots.get("{0.scheme}://{0.netloc}".format(urlsplit(url)))
        return max(self.pause_s, min(rules.delay_s if rules else 0.0, _LONGEST_PAUSE_S))

    def _body(self, answer: http.client.HTTPResponse, url: str) -> bytes:
        content = bytearray()
        while part := answer.read1(65536):
            content += part
            if len(content) > self.largest_bytes:
                raise _unusable(url, f"the answer is larger than {self.largest_bytes // 2**20} MB")
        if answer.length:
            raise _unusable(url, f"the answer was cut short: {answer.length:,} bytes are missing")
        return bytes(content)


class _NoAnswerError(DocumentError):
    """The server could not be reached or said no."""

    def __init__(self, url: str, reason: str, *, status: int | None = None) -> None:
        super().__init__(Rejection(url, reason))
        self.status = status


def _plain_address(url: str) -> str:
    """Return an address in ASCII, as servers are asked; raise `DocumentError` for what is none of the web."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError as error:
        raise _unusable(url, f"not an http or https address ({error})") from None
    if parts.scheme not in ("http", "https") or not host or not host.isprintable() or " " in host:
        raise _unusable(url, "not an http or https address")
    named = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    path, query = (quote(part, safe="/%:@!$&'()*+,;=~?") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, named if port is None else f"{named}:{port}", path, query, ""))


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _rest_asked_for(answer: http.client.HTTPResponse) -> float | None:
    """Return the seconds that a busy server asks for, given as such or as a moment; None where it does not say."""
    said = (answer.headers.get("Retry-After") or "").strip()
    if said.isdecimal():
        return float(said)
    with contextlib.suppress(ValueError, TypeError):
        return max((parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds(), 0.0)
    return None


def _unusable(url: str, reason: str) -> DocumentError:
    return DocumentError(Rejection(url, reason))


def _kept(memory: Path | None) -> dict[str, dict[str, str]]:
    try:
        kept = json.loads(memory.read_text(encoding="utf-8")) if memory and memory.exists() else {}
        return {url: {key: str(value) for key, value in said.items()} for url, said in kept.items()}
    except (ValueError, AttributeError):
        # A damaged memory costs one full request; it is written anew afterwards.
        return {}


def _cut(connection: http.client.HTTPConnection, late: threading.Event) -> None:
    """End a connection whose server drips; whoever reads from it sees its end."""
    late.set()
    with contextlib.suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _check_peer(sock: socket.socket) -> None:
    """Raise `OSError` for a peer in a private network.

    The connected address is checked, not the name: a name may resolve differently the second time.
    """
    address = ipaddress.ip_address(sock.getpeername()[0].split("%")[0])
    if not address.is_global or address.is_multicast:
        raise OSError(f"{address} is a private address, which is not asked unless --allow-private is given")
