"""One small file a format; a reader is loaded when the first file of its format is met."""

from __future__ import annotations

from geo.documents.drafts import Reader
from geo.errors import UnknownFormatError

SUFFIXES = (".txt", ".html", ".htm", ".json", ".jsonl", ".csv", ".rss", ".atom", ".xml", ".warc")
"""What a single file may end in, with `.gz` behind it too; `.zip` and folders hold such files."""


def load_reader(suffix: str) -> Reader:
    """Return the reader of a suffix (lower case, with its dot); raise `UnknownFormatError`."""
    match suffix:
        case ".txt":
            from geo.documents.formats import plain

            return plain.read
        case ".html" | ".htm":
            from geo.documents.formats import pages

            return pages.read
        case ".jsonl":
            from geo.documents.formats import lines

            return lines.read_lines
        case ".json":
            from geo.documents.formats import lines

            return lines.read_json
        case ".csv":
            from geo.documents.formats import rows

            return rows.read
        case ".rss" | ".atom" | ".xml":
            from geo.documents.formats import feeds

            return feeds.read
        case ".warc":
            from geo.documents.formats import warc

            return warc.read
        case _:
            raise UnknownFormatError(suffix, known=(*SUFFIXES, ".zip"))
