"""From bytes to text, with a word on every guess."""

from __future__ import annotations

import codecs

from geo.errors import DocumentError, Rejection

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}
_SAMPLE = 8192
_GUESSED = 65536
"""Bytes that an encoding is guessed from."""
_OTHER_ALPHABET = 0.3
"""Share of the letters that is beyond ASCII in no language of the Latin alphabet."""
_NAMES = {
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "iso8859_6": "ISO 8859-6 (Arabic)",
}
_CONTROL_SHARE = 0.02
"""More control characters than this in the first bytes, and it is no text."""


def decode(content: bytes, *, origin: str) -> tuple[str, tuple[str, ...]]:
    """Return the text and a warning for each assumption; raise `DocumentError` for what is no text."""
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
        text, name = _guessed(content)
        return text, (f"Not UTF-8 (byte {error.start}); it was read as {name}.",)


def decode_cell(cell: str) -> tuple[str, tuple[str, ...]]:
    """Return a cell that was decoded as UTF-8 with `surrogateescape`, anew where that went wrong, and a warning."""
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        text, name = _guessed(cell.encode("utf-8", "surrogateescape"))
        return text, (f"Not UTF-8; it was read as {name}.",)
    return cell, ()


def _guessed(content: bytes) -> tuple[str, str]:
    """Decode what is not UTF-8, and name the encoding that was taken.

    In Windows-1252 the letters beyond ASCII are few; where they are many, the text is written in another alphabet, and
    which one it is shows in which letters stand beside each other.
    """
    sample = content[:_GUESSED]
    beyond = sum(byte > 127 for byte in sample)
    letters = beyond + sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in sample)
    if beyond > _OTHER_ALPHABET * letters:
        # Loads its tables of letters, which only such texts should wait for.
        from charset_normalizer import from_bytes

        if found := from_bytes(sample).best():
            return content.decode(found.encoding, "replace"), _NAMES.get(found.encoding, found.encoding)
    return content.decode("cp1252", "replace"), "Windows-1252"


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
