"""Words for full-text search, folded alike in both stores."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import geopandas as gpd

_SEARCHED = ("place_name", "place_name_local", "toponym", "admin1", "actor1", "actor2", "weapon", "notes")


def folded_words(text: str) -> list[str]:
    """Return the words of a text without case, accents and vowel signs."""
    plain = text
    if not text.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return re.findall(r"\w+", plain.casefold().replace("_", " "))


def searched_texts(events: gpd.GeoDataFrame) -> Iterator[str]:
    """Yield what each event is found by: its fields in words, its sources, and all that they are quoted with."""
    columns = [events[name].astype("object") for name in (*_SEARCHED, "sub_event_type", "tags")]
    for accounts, *fields in zip(events["accounts"], *columns, strict=True):
        yield " ".join(folded_words(" ".join((*fields, *_quoted(accounts)))))


def _quoted(accounts: Any) -> Iterator[str]:
    for account in json.loads(accounts or "[]"):
        yield account["source"]
        yield from (words["text"] for words in account["evidence"])
