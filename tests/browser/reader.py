"""A reader without a browser: a session of the dashboard over its real protocol, of which nothing is drawn.

What a browser spends on drawing is its own machine's affair. Sessions that draw nothing show how long the server takes
when many ask at once, on a machine that could not draw as many pages beside it.
"""

from __future__ import annotations

import base64
import json
import urllib.request
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

_PATIENCE_S = 600.0


@dataclass
class Reader:
    """One session. Every act waits until the server has said all that it has to say."""

    address: str
    query: str = ""
    figures: str = ""
    """The headline figures as HTML, as they were last sent."""
    card: str = ""
    """The card of the chosen event as HTML, as it was last sent."""
    page: str = ""
    """Identifier of the page's script."""
    board: str = ""
    """Identifier of the part of the page that a move on the map draws anew."""
    received: int = 0
    """Bytes of the last answer."""
    ids: dict[str, str] = field(default_factory=dict)
    """Identifiers of the widgets by key."""
    listing: dict[str, Any] = field(default_factory=dict)
    """What the list of events was last told."""
    columns: dict[str, Any] = field(default_factory=dict)
    known: list[str] = field(default_factory=list)
    """Hashes of the large messages that were received, which the server need not repeat."""
    state: dict[str, Any] = field(default_factory=lambda: {"day": "", "selected": "", "moves": {}, "backs": 0})
    moves: int = 0
    socket: ClientConnection | None = None

    def __enter__(self) -> Self:
        place = urlsplit(self.address).netloc
        self.socket = connect(
            f"ws://{place}/_stcore/stream", subprotocols=["streamlit"], max_size=None, compression=None, proxy=None
        )
        self.ask()
        self.columns = json.loads(self._fetched(self.listing["address"]))["columns"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.socket is not None:
            self.socket.close()

    def search(self, words: str) -> None:
        """Write words into the search field."""
        self.ask(texts={"filter_text": words})

    def open_next(self) -> str:
        """Choose the next of the events that the view shows, and return its identifier."""
        shown = self._shown()
        at = shown.index(self.state["selected"]) if self.state["selected"] in shown else -1
        self._move(selected=shown[(at + 1) % len(shown)])
        return str(self.state["selected"])

    def step_to(self, day: str) -> None:
        """Tell the day that the map has come to rest on; the map itself has shown it without the server."""
        self._move(day=day)

    def _shown(self) -> list[str]:
        ids: list[str] = self.columns["id"]
        if not self.listing["only"]:
            return ids
        bits = base64.b64decode(self.listing["only"])
        return [name for row, name in enumerate(ids) if bits[row >> 3] >> (row & 7) & 1]

    def _move(self, **change: str) -> None:
        self.moves += 1
        numbers = {**self.state["moves"], **dict.fromkeys(change, self.moves)}
        self.state = {**self.state, **change, "moves": numbers}
        self.ask(part=self.board)

    def ask(self, *, texts: dict[str, str] | None = None, part: str = "") -> None:
        """Ask for a run of the page, or of a part of it, and wait for its end."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash, asked.fragment_id = self.query, self.page, part
        asked.cached_message_hashes.extend(self.known)
        asked.context_info.url = self.address
        for key, text in (texts or {}).items():
            asked.widget_states.widgets.add(id=self.ids[key], string_value=text)
        if self.moves:
            asked.widget_states.widgets.add(id=self.ids["map_frame"], json_value=json.dumps({"state": self.state}))
        assert self.socket is not None
        self.socket.send(message.SerializeToString())
        self.received = 0
        while not self._heard(self.socket.recv(timeout=_PATIENCE_S, decode=False)):
            pass

    def _heard(self, data: bytes) -> bool:
        """Take in one message; tell whether it was the last of a run."""
        self.received += len(data)
        message = ForwardMsg()
        message.ParseFromString(data)
        if message.metadata.cacheable and message.hash and message.hash not in self.known:
            self.known.append(message.hash)
        match message.WhichOneof("type"):
            case "new_session":
                self.page = message.new_session.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta":
                self._take(message)
        return message.WhichOneof("type") == "script_finished"

    def _take(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "bidi_component":
            data = json.loads(element.bidi_component.json or "{}")
            self.ids[str(element.bidi_component.id).rsplit("-", 1)[-1]] = element.bidi_component.id
            if "only" in data and "selected" in data:
                self.listing, self.board = data, message.delta.fragment_id
        elif kind == "text_input":
            self.ids[element.text_input.id.rsplit("-", 1)[-1]] = element.text_input.id
        elif kind == "html" and "ca-figures" in element.html.body:
            self.figures = element.html.body
        elif kind == "html" and "ca-card" in element.html.body:
            self.card = element.html.body

    def _fetched(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self.address}{path}") as answer:
            return bytes(answer.read())
