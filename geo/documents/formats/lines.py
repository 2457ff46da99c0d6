"""JSON and JSON lines: objects with `text`, and optionally id, title, published, source, url, language."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from geo.documents.decoding import decode, decode_line, looks_binary
from geo.documents.drafts import Blob, Draft, Item
from geo.documents.manifests import DESCRIBED_FIELDS, describe
from geo.errors import DocumentError, Rejection

_EXPECTED = 'an object such as {"id": "a1", "text": "…", "published": "2016-11-20"}'


LONGEST_LINE_MB = 16
"""A longer line is no report, and is not held."""


def bounded_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of a stream; None for one of more than `LONGEST_LINE_MB`, of which no more than that is held."""
    limit = LONGEST_LINE_MB * 1024 * 1024
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit)
        yield None


def too_long(origin: str, number: int) -> Rejection:
    """Say that a line was left out for its length."""
    return Rejection(
        origin,
        f"a line of more than {LONGEST_LINE_MB} MB",
        place=f"line {number}",
        expected="one report a line",
        remedy="split it into its reports",
    )


def read_lines(blob: Blob) -> Iterator[Item]:
    """Read JSON lines, one at a time; a broken line is rejected with its number and the rest is read."""
    empty = True
    with blob.open() as stream:
        for number, line in enumerate(bounded_lines(stream), start=blob.first_line):
            if line is None:
                empty = False
                yield too_long(blob.origin, number)
                continue
            if number == blob.first_line:
                line = line.removeprefix(b"\xef\xbb\xbf")
                if looks_binary(line):
                    raise DocumentError(Rejection(blob.origin, "binary data, not text in UTF-8", expected="JSON lines"))
            if line.strip():
                empty = False
                yield read_line(line, origin=blob.origin, number=number, stem=blob.stem)[0]
    if empty:
        raise DocumentError(Rejection(blob.origin, "the file is empty", expected=_EXPECTED + " on each line"))


def read_json(blob: Blob) -> Iterator[Item]:
    """Read one JSON object or an array of them."""
    text, _ = decode(blob.content(), origin=blob.origin)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(Rejection(blob.origin, f"not valid JSON ({error})", expected=_EXPECTED)) from None
    if isinstance(value, list):
        for number, item in enumerate(value, start=1):
            yield draft_of(item, origin=blob.origin, place=f"item {number}", fallback_id=f"{blob.stem}-{number}")
    else:
        yield draft_of(value, origin=blob.origin, place="", fallback_id=blob.stem)


def read_line(line: bytes, *, origin: str, number: int, stem: str) -> tuple[Draft | Rejection, Mapping[str, Any]]:
    """Return the draft of one line, or why it is none, and the fields that the line holds."""
    place = f"line {number}"
    written, guesses = decode_line(line)
    try:
        value = json.loads(written)
    except (ValueError, RecursionError) as error:
        return Rejection(origin, f"not valid JSON ({error})", place=place, expected=_EXPECTED), {}
    draft = draft_of(value, origin=origin, place=place, fallback_id=f"{stem}-{number}")
    if guesses and isinstance(draft, Draft):
        draft = replace(draft, warnings=(*draft.warnings, *guesses))
    return draft, value if isinstance(value, Mapping) else {}


def draft_of(value: Any, *, origin: str, place: str, fallback_id: str) -> Draft | Rejection:
    """Return the draft of one object, or why it is none."""
    if not isinstance(value, Mapping):
        return Rejection(origin, f"a JSON {type(value).__name__}, not an object", place=place, expected=_EXPECTED)
    if "text" not in value:
        found = ", ".join(sorted(map(str, value))) or "nothing"
        return Rejection(origin, f"no field 'text' (found {found})", place=place, expected=_EXPECTED)
    wrong = [name for name in ("text", *DESCRIBED_FIELDS) if not _plain(value.get(name), text=name == "text")]
    if wrong:
        return Rejection(origin, f"the field {wrong[0]!r} is no text", place=place, expected=_EXPECTED)
    known = describe(value, place=place)
    return Draft(
        text=value["text"],
        origin=origin,
        place=place,
        given_id=known.document_id,
        fallback_id=fallback_id,
        title=known.title,
        published=known.published,
        source=known.source,
        url=known.url,
        language=known.language,
        warnings=_unread_date(value) if not known.published else (),
    )


def _plain(value: Any, *, text: bool) -> bool:
    if text:
        return isinstance(value, str)
    return value is None or isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))


def _unread_date(value: Mapping[str, Any]) -> tuple[str, ...]:
    likely = [name for name in value if isinstance(name, str) and "date" in name.lower()]
    return (f"The field {likely[0]!r} was not read; a day of publication belongs in 'published'.",) if likely else ()
