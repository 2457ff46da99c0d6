"""Files that are damaged, too large or in other encodings: what can be read is, the rest is named with its place."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from geo.documents import portions_of, read_documents
from geo.documents.formats import lines
from geo.errors import Rejection
from geo.model import Document
from tests.documents.test_archives_of_the_web import ANSWERS, write_crawl

RAID = "Four people were killed in an air strike on Aleppo on Sunday."
ARABIC = "قصفت طائرات حربية مدينة حلب يوم الأحد وقتل عشرة أشخاص على الأقل، وفق ناشطين من المدينة."
RUSSIAN = "В воскресенье в Алеппо в результате авиаудара погибли по меньшей мере десять человек, сообщили активисты."


def read(path: Path) -> tuple[list[Document], list[Rejection]]:
    found = list(read_documents([str(path)]))
    return (
        [item for item in found if isinstance(item, Document)],
        [item for item in found if isinstance(item, Rejection)],
    )


def test_a_text_of_another_alphabet_is_decoded_as_that_with_a_warning(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes(ARABIC.replace("،", ",").encode("cp1256"))
    (document,), _ = read(path)
    assert document.text.startswith("قصفت طائرات")
    assert document.language == "ar"
    assert "Windows-1256 (Arabic)" in document.warnings[0]


def test_a_text_whose_language_shows_once_it_is_decoded_is_left_out_for_that(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    assert "its language is 'ru'" in read(path)[1][0].reason


def test_the_rows_of_a_csv_are_decoded_one_by_one(tmp_path):
    path = tmp_path / "mixed.csv"
    rows = [f"a,{RAID}".encode(), "b,A café was hit in Homs — two died.".encode("cp1252"), "c,Ça va – à Alep.".encode()]
    path.write_bytes(b"id,text\n" + b"\n".join(rows) + b"\n")
    documents, rejections = read(path)
    assert [document.text for document in documents] == [RAID, "A café was hit in Homs — two died.", "Ça va – à Alep."]
    assert [any("Windows-1252" in told for told in document.warnings) for document in documents] == [False, True, False]
    assert rejections == []


def test_a_row_was_saved_in_one_encoding_whatever_few_letters_of_a_cell_tell(tmp_path):
    path = tmp_path / "old.csv"
    text = f"In Kherson (Херсон) it was said: {RAID}"
    path.write_bytes(f'id,text,title\na,"{text}",Обстрел города\n'.encode("cp1251"))
    (document,), _ = read(path)
    assert (document.text, document.title) == (text, "Обстрел города")
    assert document.warnings[0] == "Not UTF-8; it was read as Windows-1251 (Cyrillic)."


def test_the_names_of_columns_may_be_written_in_capitals(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(f"ID,Text,Published\nx,{RAID},2016-11-20\n")
    (document,), _ = read(path)
    assert (document.document_id, document.text, str(document.published)) == ("x", RAID, "2016-11-20")


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_a_csv_of_another_separator_is_read(tmp_path, mark):
    path = tmp_path / "export.csv"
    path.write_text(f'id{mark}"text"{mark}published\nx{mark}{RAID}{mark}2016-11-20\n')
    (document,), _ = read(path)
    assert (document.document_id, document.text, str(document.published)) == ("x", RAID, "2016-11-20")


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        ("id,text,text\na,b,c\n", "line 1", "twice"),
        ("id,body\na,b\n", "line 1", "no column 'text' among id, body"),
        (f'id,text\na,{RAID}\nb,"open\nc,d\n', "in the row after line 2", "not valid CSV"),
        (f"id,text\na,{RAID}\nb\n", "line 3", "not as many cells"),
        ("id,text\n", "", "no row stands below its header"),
    ],
)
def test_a_broken_csv_names_the_place(tmp_path, content, place, reason):
    path = tmp_path / "broken.csv"
    path.write_text(content)
    documents, (rejection,) = read(path)
    assert [document.text for document in documents] == [RAID] * (RAID in content)
    assert (rejection.source, rejection.place) == (str(path), place)
    assert reason in rejection.reason
    assert rejection.expected


def test_a_line_that_never_ends_is_not_held(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST_LINE_MB", 1)
    path = tmp_path / "archive.jsonl"
    good = [json.dumps({"id": name, "text": RAID + name}).encode() for name in ("a", "b")]
    path.write_bytes(good[0] + b"\n" + b"x" * 12_000_000 + b"\n" + good[1] + b"\n")
    tracemalloc.start()
    try:
        documents, (rejection,) = read(path)
        portions = [item for portion in portions_of([str(path)]) for item in read_documents([portion])]
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
    assert [document.document_id for document in documents] == ["a", "b"]
    assert (rejection.place, rejection.expected) == ("line 2", "one report a line")
    assert portions == [documents[0], rejection, documents[1]]


def test_a_text_longer_than_a_novel_is_no_report(tmp_path):
    path = tmp_path / "dump.txt"
    path.write_text(RAID * 70_000)
    assert "characters" in read(path)[1][0].reason


def test_a_damaged_packed_file_gives_what_came_before(tmp_path):
    path = tmp_path / "archive.jsonl.gz"
    rows = "\n".join(json.dumps({"id": f"r{number}", "text": f"{RAID} {number}"}) for number in range(5_000))
    path.write_bytes(gzip.compress(rows.encode())[:-400])
    documents, (rejection,) = read(path)
    assert len(documents) > 1_000
    assert "packed and ends early" in rejection.reason
    path.write_bytes(b"not packed at all")
    assert "damaged" in read(path)[1][0].reason


def test_half_a_record_of_an_unpacked_crawl_is_noticed(tmp_path):
    whole = write_crawl(tmp_path / "crawl.warc", *ANSWERS, packed=False).read_bytes()
    cut = tmp_path / "cut.warc"
    cut.write_bytes(whole[:-300])
    documents, (rejection,) = read(cut)
    assert [document.document_id for document in documents] == ["https://news.example/one"]
    assert "bytes of record 11 are missing" in rejection.reason


def test_a_record_whose_length_is_wrong_swallows_no_others_unseen(tmp_path):
    whole = write_crawl(tmp_path / "crawl.warc", *ANSWERS, packed=False).read_bytes()
    wrong = tmp_path / "wrong.warc"
    wrong.write_bytes(whole.replace(b"Content-Length: ", b"Content-Length: 99", 3))
    documents, (rejection,) = read(wrong)
    assert documents == []
    assert "bytes of record 1 are missing" in rejection.reason


def test_a_feed_of_entities_that_multiply_stays_small(tmp_path):
    path = tmp_path / "bomb.rss"
    kinds = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "boom"><!ENTITY f SYSTEM "file:///etc/passwd">{kinds}]>'
    item = f"<item><title>&f;</title><guid>1</guid><description>&e9; &f; {RAID}</description></item>"
    path.write_text(f'{head}<rss version="2.0"><channel>{item}</channel></rss>')
    (document,), _ = read(path)
    assert len(document.text) < 200
    assert "root:" not in document.text
