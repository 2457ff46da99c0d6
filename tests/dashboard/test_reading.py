from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard.reading import pasted_document, uploaded_documents
from geo.errors import Rejection
from geo.model import Document


@dataclass
class Upload:
    name: str
    content: bytes

    def getvalue(self) -> bytes:
        return self.content


def test_the_same_pasted_text_is_the_same_document() -> None:
    one, two = (
        pasted_document(text, title="", published=None, source="", url="") for text in ("Shells fell.", "Shells fell.")
    )
    assert one == two
    other = pasted_document("Other.", title="", published=None, source="", url="")
    assert other.document_id != one.document_id


def test_uploads_are_read_like_files_and_bad_ones_say_why() -> None:
    text = "A hospital in eastern Aleppo was bombed on Saturday. At least four people were killed, medics said."
    lines = [json.dumps({"id": "j1", "text": text, "published": "2016-11-20"}), "{broken"]
    read = uploaded_documents(
        [
            Upload("C:\\reports\\one.txt", text.encode()),
            Upload("../../two.jsonl", "\n".join(lines).encode()),
            Upload("empty.txt", b""),
        ],
        published=date(2016, 11, 21),
    )
    documents = {item.document_id: item for item in read if isinstance(item, Document)}
    rejections = [item for item in read if isinstance(item, Rejection)]
    assert documents["j1"].published == date(2016, 11, 20)
    assert any(document.published == date(2016, 11, 21) for document in documents.values())
    assert len(rejections) == 2
    assert not Path("two.jsonl").exists()
