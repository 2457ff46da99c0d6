"""From bytes to text, with a word on every guess."""

from __future__ import annotations

import codecs
import contextlib
from collections.abc import Mapping

from geo.documents.alphabets import likeliest_writing
from geo.errors import DocumentError, Rejection

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # Before UTF-16, whose mark it begins with.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LATIN = {"": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}
"""What pages mean by these names (encoding.spec.whatwg.org)."""
_WESTERN = ("cp1252", "Windows-1252")
_CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}
_SAMPLE = 8192
_OTHER_ALPHABET = 0.3
"""Share of the letters that is beyond ASCII in no language of the Latin alphabet."""
_CONTROL_SHARE = 0.02
"""More control characters than this in the first bytes, and it is no text."""


def decode(content: bytes, *, origin: str, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the text and a warning for each assumption; raise `DocumentError` for what is no text.

    `declared` is the encoding that a page or a server names; it is taken for what is no UTF-8, where it fits.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), ()
            except UnicodeDecodeError as error:
                raise DocumentError(Rejection(origin, f"not the {encoding} text that it begins as ({error})")) from None
    if looks_binary(content):
        raise DocumentError(Rejection(origin, "binary data, not text", expected="text in UTF-8"))
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        with contextlib.suppress(LookupError, ValueError):
            return content.decode(_LATIN.get(declared.lower(), declared)), ()
        encoding, name = _guess(content)
        return content.decode(encoding, "replace"), (f"Not UTF-8 (byte {error.start}); it was read as {name}.",)


def encoding_of_table(head: bytes) -> str:
    """Return the encoding that the mark at the beginning of a table tells; UTF-8 without one."""
    # Spreadsheets save "Unicode text" as UTF-16 with a mark before it.
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "utf-8-sig")


def decode_cells(cells: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the cells of a row that were decoded as UTF-8 with `surrogateescape`, anew where that went wrong.

    Who saved the row saved all of it in one encoding: one cell in another alphabet tells that of names amid the words
    of the others. Beside them stands a warning for each assumption.
    """
    broken = {name: content for name, cell in cells.items() if (content := _broken(cell)) is not None}
    if not broken:
        return dict(cells), ()
    found = [_guess(content) for content in broken.values()]
    encoding, name = next((guess for guess in found if guess != _WESTERN), _WESTERN)
    told = {cell: content.decode(encoding, "replace") for cell, content in broken.items()}
    return {**cells, **told}, (f"Not UTF-8; it was read as {name}.",)


def decode_cell(cell: str) -> tuple[str, tuple[str, ...]]:
    """Return a cell as `decode_cells` does."""
    told, guesses = decode_cells({"": cell})
    return told[""], guesses


def decode_line(line: bytes) -> tuple[str, tuple[str, ...]]:
    """Return one line of a file, and a warning where it is no UTF-8."""
    return decode_cell(line.decode("utf-8", "surrogateescape"))


def _broken(cell: str) -> bytes | None:
    """Return the bytes of a cell that is no UTF-8, None for one that is."""
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return cell.encode("utf-8", "surrogateescape")
    return None


def _guess(content: bytes) -> tuple[str, str]:
    """Return the encoding that is taken for what is not UTF-8, and its name.

    In Windows-1252 the letters beyond ASCII are few; where they are many, the text is written in another alphabet.
    """
    sample = content[:_SAMPLE]
    beyond = sum(byte > 127 for byte in sample)
    letters = beyond + sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in sample)
    if beyond > _OTHER_ALPHABET * letters and (found := likeliest_writing(content)):
        return found.encoding, found.name
    return _WESTERN


def looks_binary(content: bytes) -> bool:
    """Tell whether the first bytes hold a NUL or too many control characters for a text."""
    sample = content[:_SAMPLE]
    controls = sum(byte in _CONTROLS for byte in sample)
    return 0 in sample or controls > _CONTROL_SHARE * max(len(sample), 1)


def text_fault(text: str) -> str:
    """Return why a text cannot be kept, as a clause; empty where it can."""
    if not text.strip():
        return "the text is empty"
    if "\x00" in text:
        return f"the text holds a NUL character at {text.index(chr(0))}"
    for position, char in enumerate(text):
        if "\ud800" <= char <= "\udfff":
            return f"the text holds a lone surrogate (U+{ord(char):04X}) at {position}, half of a broken character"
    return ""
