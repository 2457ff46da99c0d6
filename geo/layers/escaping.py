"""The one place where text crosses into HTML and JavaScript.

Everything that comes from reports travels as JSON in one `<script type="application/json">` block. That block is data:
a browser neither runs it nor lets it end before the first `</script`, so no character may be able to spell that. The
page puts the texts on screen as text nodes only.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any
from urllib.parse import urlsplit

_JSON_ESCAPES = (
    ("<", "\\u003c"),
    (">", "\\u003e"),
    ("&", "\\u0026"),
    ("\u2028", "\\u2028"),
    ("\u2029", "\\u2029"),
)
"""Outside of strings JSON has none of these characters, so replacing them everywhere leaves the same value."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def script_json(value: Any) -> str:
    """Return a value as JSON that is safe inside a `<script>` element and as JavaScript source."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escape in _JSON_ESCAPES:
        text = text.replace(character, escape)
    return valid_text(text)


def html_text(text: str) -> str:
    """Return text escaped for an HTML text node or a quoted attribute."""
    return html.escape(valid_text(text), quote=True)


def valid_text(text: str) -> str:
    """Return the text with lone surrogates replaced by U+FFFD, so that it can be written as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def safe_url(url: str) -> str:
    """Return an absolute http or https URL as it is, anything else (`javascript:`, `data:`, a path) as empty text."""
    cleaned = url.strip()
    if any(character < "!" for character in cleaned):
        return ""
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return ""
    return cleaned if parts.scheme in ("http", "https") and parts.netloc else ""


def safe_colour(colour: str, *, otherwise: str) -> str:
    """Return a `#rrggbb` colour, or the other one for anything that is none."""
    return colour if _COLOUR.fullmatch(colour) else otherwise
