"""Words of others in Streamlit's Markdown: shown letter by letter, without links, styles or pictures."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+.!|~:$&@-])")
"""What begins a style, a link, a picture, a formula, an icon or an address."""


def as_written(text: str) -> str:
    """Return a text so that Markdown shows it as it is: a picture in it would be fetched from wherever it lies."""
    return _SIGNS.sub(r"\\\1", text)
