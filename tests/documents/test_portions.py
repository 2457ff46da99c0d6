"""Portions of files and folders hold what lies there, once and in order."""

from __future__ import annotations

import json

from geo.documents import Portion, portions, portions_of, read_documents
from geo.errors import Rejection
from geo.model import Document


def told(items) -> list[tuple[str, str, str]]:
    return [
        (str(item), "", "") if isinstance(item, Rejection) else (item.document_id, item.text, str(item.published))
        for item in items
    ]


def test_portions_give_what_the_whole_gives(tmp_path, monkeypatch):
    monkeypatch.setattr(portions, "FILES", 2)
    monkeypatch.setattr(portions, "BYTES", 200)
    folder = tmp_path / "reports"
    (folder / "b").mkdir(parents=True)
    for number in range(5):
        (folder / f"text{number}.txt").write_text(f"Shells fell on town {number}.")
    (folder / "text1.json").write_text('{"published": "2016-11-20"}')
    (folder / "README.txt").write_text("About the folder.")
    lines = [json.dumps({"text": f"Report {number}: shells fell, حلب."}, ensure_ascii=False) for number in range(20)]
    lines[7] = "{broken"
    (folder / "b" / "many.jsonl").write_text("\n".join(lines))
    (folder / "b" / "manifest.csv").write_text("id,published\nb/many-3,2016-11-19\n")
    (folder / "rows.csv").write_text("text,id\nOne report.,r1\nAnother report.,r2\n")
    parts = list(portions_of([str(folder), str(folder / "b" / "many.jsonl")]))
    assert len(parts) > 10
    whole = list(read_documents([str(folder)]))
    found = [item for part in parts for item in read_documents([part])]
    expected = [item for item in told(whole) if "names no report" not in item[0]]
    assert told(found)[: len(expected)] == expected
    dated = {item.document_id: str(item.published) for item in found if isinstance(item, Document)}
    assert dated["text1"] == "2016-11-20"
    assert dated["b/many-3"] == "2016-11-19"
    assert any("line 8" in item[0] for item in told(found))


def test_what_is_not_there_is_a_portion_that_says_so(tmp_path):
    (portion,) = portions_of([str(tmp_path / "gone.jsonl")])
    assert portion == Portion((str(tmp_path / "gone.jsonl"),))
    (item,) = read_documents([portion])
    assert isinstance(item, Rejection)
