"""Places of events in sentences about Syria: how many are placed in Syria or beside it, and why the rest is not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from geo.model import Document, Mention, Resolved, Unresolved
from geo.places import Gazetteer, Resolver, open_gazetteer
from geo.places.mentions import is_facility
from geo.settings import read_settings
from geo.vocabulary import MentionKind

from .gold import gold_rows
from .measuring import Figure

NEIGHBOURHOOD = frozenset(("SY", "TR", "IQ", "LB", "JO", "IL", "PS"))
_ABOUT = re.compile(
    r"\b(?:Syrian?s?|Aleppo|Damascus|Homs|Hama|Idlib|Idleb|Dar[’']?a+|Deraa|Deir[ -]?(?:ez|al|e[lz])?[- ]?Z\w+r"
    r"|Raqqa\w?|Lattakia|Latakia|Tartou?s|Has[sa]*ka\w*|Suwayda|Sweida|Quneitra)\b"
)
"""A sentence is about Syria where it names the country, its people, or one of its governorates' seats."""
_SHOWN = 12
_STANDS_FOR = "which stands for it"


def figures_syria() -> list[Figure]:
    """Resolve each gold place with the names that the gazetteer finds beside it; the tagger has no part in it."""
    gazetteer = open_gazetteer(read_settings())
    resolver = Resolver(gazetteer)
    placed, stood_in, missed = 0, 0, defaultdict(list)
    for document, gold in _sentences():
        beside = [one for one in gazetteer.find_toponyms(document.text) if not any(_overlap(one, own) for own in gold)]
        names = sorted([*gold, *beside], key=lambda mention: mention.start)
        for name, answer in zip(names, resolver.resolve_toponyms(document, names), strict=True):
            if name in gold:
                cause = _cause(name, answer, gazetteer)
                placed += not cause
                stood_in += not cause and _STANDS_FOR in answer.reason
                if cause:
                    missed[cause].append(name.text)
    total = placed + sum(map(len, missed.values()))
    causes = [
        Figure(f"syria.missed.{cause}", len(names) / total, note=f"{len(names)}: {_list(names)}")
        for cause, names in sorted(missed.items())
    ]
    note = f"{placed} of {total} gold places of sentences about Syria lie in Syria or a neighbour; no focus set"
    own = "the same, less the names that the place of their sentence stands for"
    figures = [Figure("syria.placed", placed / total, note=note)]
    return [*figures, Figure("syria.placed_by_name", (placed - stood_in) / total, note=own), *causes]


def _sentences() -> Iterator[tuple[Document, list[Mention]]]:
    for row in gold_rows("data/event_location/train.jsonl"):
        text = row["text"]
        if row["locations"] and _ABOUT.search(text):
            spans = [(place["start"], place["end"]) for place in row["locations"]]
            gold = [Mention(start, end, text[start:end], MentionKind.TOPONYM) for start, end in spans]
            yield Document(row["id"], text), gold


def _overlap(first: Mention, second: Mention) -> bool:
    return first.start < second.end and second.start < first.end


def _cause(name: Mention, answer: Resolved | Unresolved, gazetteer: Gazetteer) -> str:
    """Return why a name is not placed in or beside Syria; empty where it is."""
    if isinstance(answer, Resolved):
        if answer.place.country in NEIGHBOURHOOD:
            return ""
        at_home = any(one.place.country in NEIGHBOURHOOD for one in gazetteer.candidates(name.text))
        exact = any("spelt" not in one.reason for one in gazetteer.candidates(name.text))
        return "wrong_candidate" if at_home else "elsewhere_by_name" if exact else "elsewhere_by_spelling"
    if re.fullmatch(r"[\W\d]*|[a-z ]+", name.text) or re.search(r"\d", name.text):
        return "number_or_no_name"
    return "site_without_row" if is_facility(name.text) else "name_without_row"


def _list(names: list[str]) -> str:
    shown = sorted(set(names))
    return ", ".join(shown[:_SHOWN]) + (f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else "")
