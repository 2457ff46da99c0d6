"""Every wrong input and every wrong call: a clear message, the right exit code, and the good rest stored."""

from __future__ import annotations

import json

import pytest

from geo.stores import open_store

RAID = "Warplanes bombed a hospital in the rebel-held east of Aleppo on Saturday. Four people were killed, medics said."


@pytest.fixture
def folder(tmp_path):
    """A folder with one good report and every bad one."""
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    (inputs / "good.txt").write_text(RAID, encoding="utf-8")
    (inputs / "arabic.txt").write_text("قصفت القوات مدينة حمص يوم الاثنين بالمدفعية", encoding="utf-8")
    (inputs / "empty.txt").write_text("")
    (inputs / "binary.txt").write_bytes(b"\x7fELF\x02\x01\x01\x00\x00\x00")
    lines = [json.dumps({"id": "line", "text": RAID + " Once more.", "published": "2016-11-21"}), '{"id": "cut', "[]"]
    (inputs / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (inputs / "scan.pdf").write_bytes(b"%PDF-1.4")
    return inputs


def test_the_good_rest_is_stored_and_each_bad_input_named(geo, folder, tmp_path):
    done = geo("ingest", folder, "--recognizer", "rules", "--jobs", 1)
    assert done.code == 1, done.told
    for reason in (
        "empty.txt: the file is empty",
        "binary.txt: binary data, not text",
        "lines.jsonl, line 2: not valid JSON",
        "lines.jsonl, line 3: a JSON list, not an object",
        "scan.pdf: nothing here reads files ending in '.pdf'",
        "scan.pdf: nothing here reads files ending in '.pdf'; expected one of .txt",
        "Save its text as .txt",
        "2 report(s) have no day of publication",
        "3 report(s) stored",
        "1 of them told of no event that could be found. arabic: not written in Latin letters",
    ):
        assert reason in done.told
    with open_store(str(tmp_path / "store.gpkg")) as store:
        assert store.documents()["document_id"].tolist() == ["arabic", "good", "line"]
        assert len(store.events()) > 0


def test_a_good_input_ends_with_nothing_to_say_but_the_result(geo, folder):
    done = geo("ingest", folder / "good.txt", "--published", "2016-11-20", "--recognizer", "rules")
    assert (done.code, done.out) == (0, "")
    assert "1 report(s) stored" in done.told
    assert "no day of publication" not in done.told
    again = geo("ingest", folder / "good.txt", "--published", "2016-11-20", "--recognizer", "rules")
    assert (again.code, "1 known already" in again.told) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ingest", "nowhere.txt"], "there is no file or folder at nowhere.txt"),
        (["ingest", "inputs", "--published", "last week"], "'last week' is no day: expected YYYY-MM-DD"),
        (["ingest", "inputs", "--manifest", "none.csv"], "there is no manifest at none.csv"),
        (["ingest", "inputs", "--recognizer", "oracle"], "unknown recogniser 'oracle'"),
        (["ingest", "inputs", "--scheduler", "tcp://127.0.0.1:1"], "--scheduler names a Dask cluster"),
        (["ingest", "inputs", "--store", "/proc/none/store.gpkg"], "cannot be made"),
        (["ingest", "inputs", "--store", "inputs"], "is no file"),
        (["ingest", "inputs", "--store", "inputs/scan.pdf"], "is no store"),
        (["ingest", "inputs", "--store", "postgresql://nobody@127.0.0.1:1/none"], "cannot be used"),
        (["ingest", "inputs", "--engine", "magic"], "'magic' is not one of"),
        (["ingest"], "Missing argument"),
        (["export", "-o", "map.html"], "there is no store at"),
        (["export", "-o", "map.html", "--bbox", "1,2,3"], "is no box"),
        (["export", "-o", "map.html", "--bbox", "5,2,3,4"], "is no box"),
        (["export", "-o", "map.html", "--type", "war"], "'war' is no event type"),
        (["export", "-o", "map.html", "--from", "2016-12-01", "--to", "2016-11-01"], "lies before"),
        (["export", "-o", "events.csv", "--columns", "acled", "--layer", "zones"], "--columns is for events"),
        (["export", "-o", "map.html", "--attribution", "Somebody"], "give --tiles too"),
        (["locate", "inputs", "-o", "out.jsonl"], "inputs is a folder"),
        (["gazetteer", "add", "inputs/good.txt", "--kind", "planet"], "'planet' is no kind of place"),
        (["serve", "--address", "192.0.2.7"], "cannot listen on 192.0.2.7, port 8501: Cannot assign requested address"),
        (["serve", "--login", "nowhere.toml"], "there is no file of secrets at nowhere.toml"),
        (["zones", "import", "inputs", "--series", ""], "--series is empty"),
        (["evaluate", "--json", "nowhere/figures.json"], "there is no folder nowhere"),
        (["extract", "nowhere.jsonl", "-o", "out.jsonl"], "there is no file at nowhere.jsonl"),
        (["extract", "inputs/lines.jsonl", "-o", "nowhere/out.jsonl"], "cannot write nowhere/out.jsonl"),
        (["evaluate", "nothing-like-it"], "nothing-like-it"),
        (["bench", "nothing-like-it"], "nothing-like-it"),
        (["train", "tagger", "--corpora", "nowhere"], "there is no folder of corpora"),
        (["store", "check"], "there is no store at"),
        (["no-such-command"], "No such command"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(geo, folder, arguments, message):
    done = geo(*arguments)
    assert done.code == 2, done.told
    assert message in done.told


def test_an_export_of_an_unknown_format_names_the_known_ones(geo, folder):
    geo("ingest", folder / "good.txt", "--published", "2016-11-20", "--recognizer", "rules")
    done = geo("export", "-o", "map.docx")
    assert done.code == 2
    assert ".docx" in done.told
    assert "geojson" in done.told


def test_an_answer_is_written_whole_or_not_at_all(geo, folder, tmp_path):
    done = geo("extract", folder / "lines.jsonl", "-o", "out.jsonl", "--recognizer", "rules")
    assert done.code == 1
    assert "line 2: not valid JSON" in done.told
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["line"]
    assert rows[0]["events"]
    assert not list(tmp_path.glob(".out*"))


def test_a_trigger_outside_its_text_is_rejected(geo, tmp_path):
    rows = [
        {"id": "a", "text": "Shells hit Idlib on Sunday.", "trigger": {"start": 7, "end": 10}},
        {"id": "b", "text": "Shells hit Idlib on Sunday.", "trigger": {"start": 70, "end": 80}},
        {"id": "c", "text": "Shells hit Idlib on Sunday."},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = geo("locate", "in.jsonl", "-o", "out.jsonl", "--recognizer", "rules")
    assert done.code == 1
    assert done.told.count("marks no words of the text") == 2
    (row,) = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert row == {"id": "a", "locations": [{"start": 11, "end": 16, "surface": "Idlib"}]}
