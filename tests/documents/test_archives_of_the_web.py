"""WARC files and packed archives, read as streams."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from geo.documents import read_documents
from geo.errors import Rejection
from geo.model import Document

STORY = "Warplanes bombed a hospital in eastern Aleppo on Saturday, medics said, and four people were killed. " * 4
PAGE = "<html><head><title>{title}</title></head><body><article><p>{body}</p><p>{body}</p></article></body></html>"


def page(number: int) -> bytes:
    return PAGE.format(title=f"Story {number}", body=f"{STORY} It was raid number {number}.").encode()


def write_crawl(path: Path, *answers: tuple[str, str, str, bytes], packed: bool = True) -> Path:
    """Write answers of (URL, status line, content type, body) between a crawl's own records."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a crawler"}))
        for url, status, kind, body in answers:
            asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "news.example")], is_http_request=True)
            writer.write_record(writer.create_warc_record(url, "request", http_headers=asked))
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=headers))
    return path


ANSWERS = [
    ("https://news.example/one", "200 OK", "text/html; charset=utf-8", page(1)),
    ("https://news.example/picture", "200 OK", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(50)),
    ("https://news.example/moved", "301 Moved", "text/html", b"<html><body>gone</body></html>"),
    ("https://news.example/menu", "200 OK", "text/html", b"<html><body><ul><li>Home</li></ul></body></html>"),
    ("https://news.example/two", "200 OK", "text/html", page(2)),
]


@pytest.mark.parametrize(("name", "packed"), [("crawl.warc.gz", True), ("crawl.warc", False)])
def test_the_articles_of_a_crawl_are_reports_and_the_rest_is_counted(tmp_path, name, packed):
    path = write_crawl(tmp_path / name, *ANSWERS, packed=packed)
    skipped: Counter[str] = Counter()
    found = [item for item in read_documents([str(path)], skipped=skipped) if isinstance(item, Document)]
    assert [document.document_id for document in found] == ["https://news.example/one", "https://news.example/two"]
    assert found[0].url == found[0].document_id
    assert found[0].title == "Story 1"
    assert STORY.strip() in found[0].text
    assert "record " in found[0].origin
    assert sorted(skipped.values()) == [1, 1, 1, 6]


def test_a_crawl_that_ends_early_gives_what_came_before(tmp_path):
    path = write_crawl(tmp_path / "crawl.warc.gz", *ANSWERS)
    path.write_bytes(path.read_bytes()[:-40])
    first, last = read_documents([str(path)])
    assert isinstance(first, Document)
    assert isinstance(last, Rejection)
    assert "not readable as a WARC after record" in last.reason


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.warc.gz", b"no archive at all", "not readable as a WARC"),
        ("a.warc", b"plain words\r\n\r\n", "not readable as a WARC"),
        ("a.warc", b"", "the file is empty"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 9, mtime=0)[:-12], "ends early"),
    ],
)
def test_what_is_no_archive_is_named(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    assert reason in str([item for item in read_documents([str(path)]) if isinstance(item, Rejection)][-1])


def test_packed_lines_and_rows_are_read_as_if_they_were_not(tmp_path):
    lines = [json.dumps({"text": f"Report {number} from the front line."}) for number in range(3)]
    plain, packed = tmp_path / "one.jsonl", tmp_path / "two" / "one.jsonl.gz"
    plain.write_text("\n".join(lines))
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    first = [(item.document_id, item.text) for item in read_documents([str(plain)]) if isinstance(item, Document)]
    second = read_documents([str(packed.parent)])
    assert [(item.document_id, item.text) for item in second if isinstance(item, Document)] == first
    assert first[0][0] == "one-1"


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.jsonl.gz"])
def test_an_archive_is_read_in_flat_memory(tmp_path, name):
    text = "Shells fell on the town again, medics said. " * 200
    row = f'"{text}"\n' if "csv" in name else json.dumps({"text": text}) + "\n"
    content = ("text\n" if "csv" in name else "") + row * 400
    (tmp_path / name).write_bytes(gzip.compress(content.encode()) if name.endswith("gz") else content.encode())
    items = read_documents([str(tmp_path / name)])
    next(items)
    tracemalloc.start()
    assert sum(1 for _ in items) == 399
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < len(content) / 3
