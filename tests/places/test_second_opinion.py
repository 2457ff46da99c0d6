"""Nominatim as a second opinion, against a server of the same interface on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.errors import UsageError
from geo.model import Document, Mention, Resolved, Unresolved
from geo.places import Gazetteer, Resolver
from geo.places.second_opinion import PUBLIC, SecondOpinion, second_opinion
from geo.settings import read_settings
from geo.vocabulary import GeoPrecision, MentionKind

KNOWN = {
    "osm_type": "node",
    "osm_id": 7,
    "lat": "35.9",
    "lon": "36.7",
    "display_name": "Zubrovka, Idlib, Syria",
    "address": {"country_code": "sy"},
    "boundingbox": ["35.88", "35.92", "36.68", "36.72"],
}


@contextmanager
def nominatim(*, status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """Serve /search on this machine; yield the address and the names asked for."""
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = parse_qs(urlsplit(self.path).query)["q"][0]
            asked.append(name)
            body = json.dumps([KNOWN] if name == "Zubrovka" else []).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def read(resolver: Resolver, text: str, *names: str) -> list[Resolved | Unresolved]:
    found = [Mention(text.index(name), text.index(name) + len(name), name, MentionKind.TOPONYM) for name in names]
    return resolver.resolve_toponyms(Document("d", text), found)


def test_an_unknown_name_is_asked_once_and_remembered(tmp_path: Path, gazetteer: Gazetteer) -> None:
    with nominatim() as (address, asked):
        opinion = second_opinion(address, cache=tmp_path)
        for _ in range(2):
            zubrovka, qax, homs = read(
                Resolver(gazetteer, second_opinion=opinion),
                "Zubrovka. Qaxtemburg. Homs.",
                "Zubrovka",
                "Qaxtemburg",
                "Homs",
            )
    assert asked == ["Zubrovka", "Qaxtemburg"]
    assert isinstance(zubrovka, Resolved)
    assert (zubrovka.lon, zubrovka.lat, zubrovka.place.gazetteer, zubrovka.place.country) == (
        36.7, 35.9, "nominatim", "SY",
    )  # fmt: skip
    assert zubrovka.geo_precision is GeoPrecision.TOWN
    assert 2 < zubrovka.uncertainty_km < 4
    assert "Nominatim takes it for Zubrovka (SY)" in zubrovka.reason
    assert isinstance(qax, Unresolved)
    assert "known neither to the gazetteers nor to Nominatim" in qax.reason
    assert isinstance(homs, Resolved)
    assert homs.place.gazetteer != "nominatim"


def test_an_answer_outside_of_where_the_text_puts_the_name_is_none(tmp_path: Path, gazetteer: Gazetteer) -> None:
    with nominatim() as (address, _):
        resolver = Resolver(gazetteer, second_opinion=second_opinion(address, cache=tmp_path))
        answer, _ = read(resolver, "They hit Zubrovka, a village in Hasakah.", "Zubrovka", "Hasakah")
    assert isinstance(answer, Resolved)
    assert answer.place.gazetteer != "nominatim"


def test_a_server_that_refuses_is_said_once_and_asked_no_more(tmp_path: Path, gazetteer: Gazetteer) -> None:
    with nominatim(status=503) as (address, asked):
        resolver = Resolver(gazetteer, second_opinion=second_opinion(address, cache=tmp_path))
        first, second = read(resolver, "Zubrovka. Qaxtemburg.", "Zubrovka", "Qaxtemburg")
    assert asked == ["Zubrovka"]
    assert isinstance(first, Unresolved)
    assert isinstance(second, Unresolved)
    assert f"{address} did not answer" in first.reason
    assert "not asked again" in second.reason
    assert not list(tmp_path.rglob("*.json"))


def test_it_is_off_unless_a_setting_asks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONFLICT_SECOND_OPINION", raising=False)
    assert second_opinion(read_settings().second_opinion, cache=tmp_path) is None
    monkeypatch.setenv("CONFLICT_SECOND_OPINION", "nominatim")
    public = second_opinion(read_settings().second_opinion, cache=tmp_path)
    assert isinstance(public, SecondOpinion)
    assert PUBLIC in public.server
    with pytest.raises(UsageError, match="expected nominatim, or the URL"):
        second_opinion("perhaps", cache=tmp_path)
