from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from dashboard.components.findings import findings_html, open_questions, refusals_html
from dashboard.components.marked_text import marks_of
from dashboard.i18n import load_words
from dashboard.reading import explained, fed_documents, pasted_document, read_events, uploaded_documents
from geo.documents import Fetcher
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


ENTRY = "<item><guid>{0}</guid><pubDate>Sun, 20 Nov 2016 10:00:00 GMT</pubDate><description>{1}</description></item>"
FILLER = "Prices of bread and fuel rose again at the market this week, traders said. "
STRIKE = "A hospital in eastern Aleppo was bombed on Saturday. At least four people were killed, medics said. "
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>'
    + ENTRY.format("one", STRIKE + FILLER * 5)
    + ENTRY.format("two", FILLER * 6)
    + "</channel></rss>"
)


class Wire(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path == "/feed.xml"
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(FEED.encode() if found else b"")

    def log_message(self, *_: object) -> None:
        pass


def test_a_feed_is_read_and_each_entry_says_what_was_found_in_it() -> None:
    words, steps = load_words("en"), []
    with ThreadingHTTPServer(("127.0.0.1", 0), Wire) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        allowed = Fetcher(private_allowed=True, pause_s=0.0)
        found = fed_documents(f"{address}/feed.xml", fetcher=allowed)
        missing = fed_documents(f"{address}/none.xml", fetcher=allowed)
        refused = fed_documents(f"{address}/feed.xml")
        server.shutdown()
    assert "404" in str(missing[0])
    assert "private address" in str(refused[0])
    reading = read_events(found, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(0, 2)]
    # A feed tells the newest first, a store keeps them as they came.
    market, strike = sorted((item for item in reading.documents), key=lambda item: "bombed" in item.document.text)
    market_words, strike_words = (findings_html(item.accounts, words) for item in (market, strike))
    assert "bombed" in strike_words
    assert "19 November 2016" in strike_words
    assert open_questions(strike.accounts) == 0
    assert market_words == f"<p>{words('documents.none_here')}</p>"


def test_everything_recognised_is_marked_and_what_makes_no_event_says_why() -> None:
    words = load_words("en")
    text = "Shells hit a bakery in Aleppo on Sunday, killing nine. Residents of Idlib fear that jets could bomb Homs."
    document = pasted_document(text, title="", published=date(2016, 11, 21), source="", url="")
    (item,) = read_events([document]).documents
    explanation = explained(document)
    marks = {text[mark.start : mark.end]: mark.note for mark in marks_of(item.accounts, explanation, words)}
    assert marks["killing"] == marks["Aleppo"] == ""
    assert "quoted for no event" in marks["Homs"]
    assert "no event: only feared, possible" in marks["bomb"]
    left = refusals_html(text, explanation.refusals, item.accounts, words)
    assert "that jets could <strong>bomb</strong> Homs." in left
    assert "killing" not in left
