"""Short reports read by the rules, with a finder that knows a handful of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from geo.extraction import Lexicon, Recognizer, extract_accounts, load_lexicon, load_recognizer
from geo.model import Account, Document, Mention, Recognition
from geo.settings import read_settings
from geo.vocabulary import MentionKind

PUBLISHED = date(2016, 11, 21)
"""A Monday."""
NAMES = (
    "Aleppo|Idlib|Damascus|Syria|Hama|Homs|Kabul|Chibok|Nairobi|Tunis|Omdurman|Sudan|Mosul|Sakhour|Raqqa|Tal Saman"
    "|Sheikh Saeed|Fardous|Douma|Beirut|Lebanon|Marib|Donetsk"
)
_NAME = re.compile(rf"\b(?:{NAMES})\b", re.IGNORECASE)


def find_names(text: str) -> Sequence[Mention]:
    return [Mention(m.start(), m.end(), m.group(), MentionKind.TOPONYM) for m in _NAME.finditer(text)]


@cache
def lexicon() -> Lexicon:
    return load_lexicon(read_settings().lexicon)


@cache
def rules() -> Recognizer:
    return load_recognizer("rules", lexicon=lexicon(), find_toponyms=find_names, models=read_settings().models)


def report(text: str, *, published: date | None = PUBLISHED) -> Document:
    return Document("report", text, published=published)


def marks(document: Document) -> Recognition:
    return rules().recognize([document])[0]


def accounts(text: str, *, published: date | None = PUBLISHED) -> tuple[Account, ...]:
    document = report(text, published=published)
    return extract_accounts(document, marks(document), lexicon=lexicon())


def only(text: str) -> Account:
    found = accounts(text)
    assert len(found) == 1, [account.sub_event_type for account in found]
    return found[0]
