"""Replays marks that a person (or another program) made, from a JSON lines file.

One document a line: `{"id", "mentions": [{"start", "end", "kind", "label"?, "score"?}],
"links": [{"trigger", "places"}]?}`, where `trigger` and `places` are positions in `mentions`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import ConfigurationError, Rejection
from geo.model import Document, Link, Mention, Recognition
from geo.vocabulary import MentionKind


@dataclass(frozen=True)
class ManualRecognizer:
    """Marks by document id; a document without any gets a warning, not an empty reading."""

    rows: Mapping[str, Mapping[str, Any]]
    origin: str

    def recognize(self, documents: Sequence[Document]) -> list[Recognition]:
        """Return the stored marks of each document, with the words that they cover in its text."""
        return [self._replay(document) for document in documents]

    def _replay(self, document: Document) -> Recognition:
        row = self.rows.get(document.document_id)
        if row is None:
            return Recognition((), warnings=(f"{document.document_id}: no marks for it in {self.origin}.",))
        try:
            mentions = tuple(_mention(document, item) for item in row["mentions"])
            links = tuple(
                Link(mentions[item["trigger"]], tuple(mentions[place] for place in item["places"]))
                for item in row.get("links", ())
            )
        except (KeyError, ValueError, IndexError, TypeError) as error:
            warning = f"{document.document_id}: marks in {self.origin} do not fit the text ({error})."
            return Recognition((), warnings=(warning,))
        return Recognition(tuple(sorted(mentions, key=lambda mention: mention.start)), links)


def read_manual(path: Path) -> ManualRecognizer:
    """Read a file of marks; raise `ConfigurationError` where it cannot be read or a line is not one of its rows."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(str(Rejection(str(path), f"cannot be read ({error})"))) from error
    rows: dict[str, Mapping[str, Any]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows[row["id"]] = row
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            rejection = Rejection(
                str(path), f"not a row of marks ({error})", place=f"line {number}", expected='{"id", "mentions"}'
            )
            raise ConfigurationError(str(rejection)) from error
    return ManualRecognizer(rows, str(path))


def _mention(document: Document, item: Mapping[str, Any]) -> Mention:
    start, end = int(item["start"]), int(item["end"])
    if not 0 <= start < end <= len(document.text):
        raise ValueError(f"span {start} to {end} of {len(document.text)} characters")
    kind = MentionKind(item["kind"])
    return Mention(start, end, document.text[start:end], kind, item.get("label", ""), float(item.get("score", 1.0)))
