"""Every format as a person would hand it in, and every way in which it can be wrong."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from geo.documents import portions_of, read_documents, read_records
from geo.errors import DocumentError, Rejection
from geo.model import Document

REPORT = "A hospital in eastern Aleppo was bombed on Saturday. Four people were killed, medics said."
SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def read(*paths, **options) -> tuple[list[Document], list[Rejection]]:
    items = list(read_documents(map(str, paths), **options))
    return [item for item in items if isinstance(item, Document)], [
        item for item in items if isinstance(item, Rejection)
    ]


def only(*paths, **options) -> Document:
    documents, rejections = read(*paths, **options)
    assert rejections == []
    (document,) = documents
    return document


def rejected(*paths, **options) -> str:
    documents, rejections = read(*paths, **options)
    assert documents == []
    (rejection,) = rejections
    return str(rejection)


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_text_is_named_by_its_file_and_dated_by_the_call(tmp_path):
    document = only(write(tmp_path / "r1.txt", REPORT), published=date(2016, 11, 20))
    assert (document.document_id, document.text, document.published) == ("r1", REPORT, date(2016, 11, 20))
    assert document.warnings == ()


def test_a_text_without_a_day_says_so(tmp_path):
    document = only(write(tmp_path / "r1.txt", REPORT))
    assert document.published is None
    assert "stay unresolved" in document.warnings[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r1.toml", 'published = 2016-11-20\nsource = "Wire"\ntitle = "Bombing"\n'),
        ("r1.json", '{"published": "2016-11-20", "source": "Wire", "title": "Bombing"}'),
        ("manifest.csv", "id,published,source,title\nr1,2016-11-20,Wire,Bombing\n"),
    ],
)
def test_a_text_is_described_by_what_stands_beside_it(tmp_path, name, content):
    text = write(tmp_path / "r1.txt", REPORT)
    write(tmp_path / name, content)
    for given in (text, tmp_path):
        document = only(given)
        assert (document.published, document.source, document.title) == (date(2016, 11, 20), "Wire", "Bombing")
        assert document.document_id == "r1"


@pytest.mark.parametrize("name", ["r1", "r1.txt"])
def test_a_manifest_of_the_call_describes_by_id_or_file_name(tmp_path, name):
    manifest = write(tmp_path / "days.csv", f"id,published\n{name},2016-11-21\n")
    text = write(tmp_path / "texts" / "r1.txt", REPORT)
    assert only(text, manifest=manifest).published == date(2016, 11, 21)
    assert only(text, manifest=manifest, published=date(2020, 1, 1)).published == date(2016, 11, 21)


def test_a_manifest_row_without_a_report_is_named(tmp_path):
    write(tmp_path / "r1.txt", REPORT)
    write(tmp_path / "manifest.csv", "id,published\nr1,2016-11-20\nr2,2016-11-21\n")
    documents, rejections = read(tmp_path)
    assert len(documents) == 1
    assert "'r2' names no report" in str(rejections[0])
    assert "line 3" in str(rejections[0])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("name,published\nr1,2016-11-20\n", "no column 'id'"),
        ("id,published\nr1,soon\n", "'soon' is no date"),
        ("id,published\nr1,2016-11-20\nr1,2016-11-21\n", "stands twice"),
    ],
)
def test_a_broken_manifest_of_the_call_stops_it(tmp_path, content, reason):
    manifest = write(tmp_path / "days.csv", content)
    with pytest.raises(DocumentError, match=reason):
        read(write(tmp_path / "t" / "r1.txt", REPORT), manifest=manifest)


def test_json_lines_keep_their_ids_and_name_broken_lines(tmp_path):
    rows = [
        json.dumps({"id": "a", "text": REPORT, "published": "2016-11-20T23:10:00+02:00"}),
        '{"id": "b", "text": ',
        "",
        json.dumps({"id": "c", "body": REPORT}),
        json.dumps([1]),
        json.dumps({"text": REPORT + " More."}),
        json.dumps({"id": "e", "text": "  "}),
        json.dumps({"id": "f", "text": "half \ud800 a character"}),
        json.dumps({"id": "g", "text": "nul \x00 here"}),
        json.dumps({"id": "h", "text": REPORT + " h", "published": "soon"}),
        json.dumps({"id": "i", "text": REPORT + " i", "date": "2016-11-20"}),
        json.dumps({"id": 7, "text": REPORT + " 7", "published": "Sun, 20 Nov 2016 10:00:00 GMT"}),
    ]
    documents, rejections = read(write(tmp_path / "reports.jsonl", "\n".join(rows)))
    assert [document.document_id for document in documents] == ["a", "reports-6", "i", "7"]
    assert documents[0].published == date(2016, 11, 20)
    assert documents[3].published == date(2016, 11, 20)
    assert "'date' was not read" in documents[2].warnings[0]
    told = [str(rejection) for rejection in rejections]
    for line, reason in (
        (2, "not valid JSON"),
        (4, "no field 'text' (found body, id)"),
        (5, "a JSON list, not an object"),
        (7, "the text is empty"),
        (8, "lone surrogate"),
        (9, "NUL"),
        (10, "'soon' is no date"),
    ):
        assert any(f"line {line}:" in text and reason in text for text in told), (line, told)
    assert len(told) == 7


def test_json_holds_one_report_or_a_list(tmp_path):
    one = write(tmp_path / "one.json", json.dumps({"text": REPORT, "published": "2016-11-20"}))
    many = write(tmp_path / "many.json", json.dumps([{"text": REPORT}, {"id": "x", "text": REPORT + " x"}]))
    assert only(one).document_id == "one"
    assert [document.document_id for document in read(many)[0]] == ["many-1", "x"]
    assert "not valid JSON" in rejected(write(tmp_path / "bad.json", "{"))


def test_csv_rows_are_reports(tmp_path):
    content = f'id,text,published\na,"{REPORT}",2016-11-20\nb,too,many,cells\n,"{REPORT} Again.",\n'
    documents, rejections = read(write(tmp_path / "r.csv", content))
    assert [document.document_id for document in documents] == ["a", "r-3"]
    assert "line 3" in str(rejections[0])
    assert "no column 'text'" in rejected(write(tmp_path / "n.csv", "id,body\n1,x\n"))


def test_a_page_gives_its_article_and_a_guess_at_its_day(tmp_path):
    paragraphs = "".join(f"<p>{REPORT} Paragraph {number} tells more of it.</p>" for number in range(6))
    page = (
        '<html><head><title>Bombing</title><meta property="article:published_time" content="2016-11-20T08:00:00Z">'
        f"</head><body><nav>Home | News</nav><article><h1>Bombing</h1>{paragraphs}</article></body></html>"
    )
    path = write(tmp_path / "page.html", page)
    document = only(path)
    assert REPORT in document.text
    assert "<p>" not in document.text
    assert document.published == date(2016, 11, 20)
    assert "inferred" in document.warnings[-1]
    assert only(path, published=date(2016, 11, 21)).published == date(2016, 11, 21)
    assert "no article" in rejected(write(tmp_path / "empty.html", "<html><body></body></html>"))


def test_a_feed_gives_an_entry_each_oldest_first(tmp_path):
    entry = "<item><guid>{0}</guid><title>T{0}</title><description>&lt;p&gt;{1} {0}&lt;/p&gt;</description>{2}</item>"
    dated = "<pubDate>Sun, 20 Nov 2016 10:00:00 GMT</pubDate>"
    items = entry.format("two", REPORT, dated) + entry.format("one", REPORT, dated)
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'
    documents, rejections = read(write(tmp_path / "wire.rss", feed))
    assert rejections == []
    assert [document.document_id for document in documents] == ["one", "two"]
    assert documents[0].text == f"{REPORT} one"
    assert (documents[0].source, documents[0].published) == ("Wire", date(2016, 11, 20))
    assert "not a feed" in rejected(write(tmp_path / "x.xml", "<note>hello</note>"))


def test_an_archive_is_read_like_a_folder(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("2016/r1.txt", REPORT)
        archive.writestr("2016/manifest.csv", "id,published\nr1,2016-11-20\n")
        archive.writestr("2016/bad.docx", b"PK")
        archive.writestr("../up.txt", REPORT + " Up.")
    documents, rejections = read(tmp_path / "all.zip")
    assert [document.document_id for document in documents] == ["../up", "2016/r1"]
    assert documents[1].published == date(2016, 11, 20)
    assert "'.docx'" in str(rejections[0])
    assert not (tmp_path.parent / "up.txt").exists()
    assert "not a readable ZIP" in rejected(write(tmp_path / "broken.zip", b"PK\x03\x04 no more"))


def test_an_archive_in_a_folder_is_read_by_whoever_reads_it_and_one_in_an_archive_is_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "week.zip", "w") as archive:
        archive.writestr("r1.txt", REPORT)
        archive.writestr("more.zip", b"PK")
    write(tmp_path / "r1.txt", REPORT + " By day.")
    write(tmp_path / "torn.zip", b"PK\x03\x04 no more")
    documents, rejections = read(tmp_path)
    assert [document.document_id for document in documents] == ["r1", "week/r1"]
    assert sorted(str(rejection).split(":")[0].rpartition("/")[2] for rejection in rejections) == [
        "more.zip",
        "torn.zip",
    ]
    apart = [read_documents([portion]) for portion in portions_of([str(tmp_path)])]
    assert {item for items in apart for item in items} == {*documents, *rejections}


def test_a_folder_goes_on_after_what_it_cannot_read(tmp_path):
    write(tmp_path / "a.txt", REPORT)
    write(tmp_path / "b.txt", b"")
    write(tmp_path / "c.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    write(tmp_path / "d.xyz", "what is this")
    write(tmp_path / "sub" / "a.txt", REPORT + " Another.")
    write(tmp_path / ".hidden.txt", REPORT)
    write(tmp_path / "README.md", "About this folder")
    documents, rejections = read(tmp_path)
    assert [document.document_id for document in documents] == ["a", "sub/a"]
    told = "\n".join(map(str, rejections))
    assert "b.txt: the file is empty" in told
    assert "c.txt: binary data" in told
    assert "nothing here reads files ending in '.xyz'" in told
    assert "expected one of .txt" in told.replace("Expected", "expected")
    assert len(rejections) == 3


def test_one_id_stands_for_one_text(tmp_path):
    rows = [{"id": "a", "text": REPORT}, {"id": "a", "text": REPORT}, {"id": "a", "text": "Another report."}]
    path = write(tmp_path / "r.jsonl", "\n".join(map(json.dumps, rows)))
    documents, rejections = read(path)
    assert len(documents) == 1
    assert "stands for another text" in str(rejections[0])


def test_old_encodings_are_read_with_a_word_of_warning(tmp_path):
    document = only(write(tmp_path / "old.txt", "Le général said “stop”.".encode("cp1252")))
    assert document.text == "Le général said “stop”."
    assert "Windows-1252" in document.warnings[0]
    assert only(write(tmp_path / "bom.txt", b"\xef\xbb\xbfHello there.")).text == "Hello there."
    assert only(write(tmp_path / "wide.txt", "Hello there.".encode("utf-16"))).text == "Hello there."


def test_other_languages_are_left_out_with_the_reason(tmp_path):
    french = (
        "Les forces du régime ont avancé dans le nord de la ville selon des témoins qui ont été joints par téléphone "
        "et que les secours ont pu évacuer avec des blessés sur une route qui est sous le feu depuis le matin."
    )
    arabic = "قصفت طائرات حربية مستشفى في الأحياء الشرقية من مدينة حلب يوم السبت وقتل أربعة أشخاص على الأقل."
    path = write(tmp_path / "fr.txt", french)
    assert "its language is 'fr'" in rejected(path)
    assert only(path, languages=None).language == "fr"
    assert only(write(tmp_path / "ar.txt", arabic)).language == "ar"
    assert only(write(tmp_path / "en.txt", REPORT)).language == "en"


def test_a_path_that_is_not_there_is_rejected(tmp_path):
    assert "cannot be read" in rejected(tmp_path / "nowhere.txt")


def test_records_keep_what_else_their_line_holds(tmp_path):
    rows = [{"id": "a", "text": REPORT, "trigger": {"start": 2, "end": 10}}]
    path = write(tmp_path / "t.jsonl", "\n".join([*map(json.dumps, rows), "{"]))
    (document, fields), broken = read_records(path)  # type: ignore[misc]
    assert document.document_id == "a"
    assert fields["trigger"] == {"start": 2, "end": 10}
    assert isinstance(broken, Rejection)


@pytest.mark.gold
@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("geoparsing/lgl.jsonl", 588),
        ("geoparsing/geovirus.jsonl", 229),
        ("event_location/train.jsonl", 8588),
        ("seeds", 2),
    ],
)
def test_no_english_corpus_is_taken_for_another_language(path, count):
    if not (SHARED / "data" / path).exists():
        pytest.skip(f"{SHARED / 'data' / path} is not beside the project")
    documents, rejections = read(SHARED / "data" / path)
    assert rejections == []
    assert len(documents) == count
