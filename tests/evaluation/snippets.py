"""The sub-event type of short snippets: ACLED's 25 sub-types, told as its notes and as news tell them.

`typed_snippets.jsonl` holds 323 snippets, written for this project in its own words before the rules that read them
were made: half of them `development`, half `kept` (not looked at while the software is being improved). Places and
armed groups are real, the happenings are invented or general; each has the one sub-type that ACLED's codebook gives
it. Every sub-type has six in the kept half, in the voices of notes ("On 3 May 2021, …"), wires and headlines.

A snippet's main event is the most confident one that `geo extract` finds in it. A snippet without an event counts as
a miss of its sub-type. The F1 is weighted by how many snippets a sub-type has, as published work on such snippets
reports it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.model import Account, Document
from geo.pipeline import Plan, code_batch
from geo.settings import read_settings

from .measuring import Figure

ROWS = Path(__file__).with_name("typed_snippets.jsonl")
NONE = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A snippet and the sub-event type of what it tells."""

    document: Document
    sub_event_type: str


def figures_snippets() -> list[Figure]:
    """Score both halves; the kept one is what counts. The baseline calls every snippet by its first trigger."""
    figures = []
    for half in ("development", "kept"):
        snippets = typed_snippets(half)
        gold = [snippet.sub_event_type for snippet in snippets]
        found = main_types(snippets)
        figures.append(Figure(f"snippets.{half}.weighted_f1", round(weighted_f1(gold, found), 4)))
        answered = sum(found_type != NONE for found_type in found) / len(found)
        figures.append(Figure(f"snippets.{half}.answered", round(answered, 4), note="snippets with an event"))
        note = "the first word list entry that tells an event, without rules"
        figures.append(
            Figure(f"snippets.{half}.baseline_f1", round(weighted_f1(gold, first_triggers(snippets)), 4), note=note)
        )
    return figures


def typed_snippets(half: str) -> list[Snippet]:
    """Return the snippets of one half; none has a day of publication."""
    rows = map(json.loads, ROWS.read_text(encoding="utf-8").splitlines())
    return [
        Snippet(Document(document_id=row["id"], text=row["text"]), row["sub_event_type"])
        for row in rows
        if row["half"] == half
    ]


def main_types(snippets: Sequence[Snippet]) -> list[str]:
    """Return the sub-event type of each snippet's main event, empty where none is found."""
    coded = code_batch([snippet.document for snippet in snippets], plan=Plan.of(read_settings()))
    return [main_type(outcome.accounts) for outcome in coded]


def main_type(accounts: Sequence[Account]) -> str:
    """Return the sub-event type of the most confident account; of equal ones the first."""
    best = max(accounts, key=lambda account: account.confidence, default=None)
    return best.sub_event_type.value if best is not None else NONE


def weighted_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """Return the F1 of each sub-type, weighted by its share of the gold."""
    wanted, given = Counter(gold), Counter(found)
    right = Counter(one for one, other in zip(gold, found, strict=True) if one == other)
    return sum(count * 2 * right[name] / (count + given[name]) for name, count in wanted.items()) / len(gold)


def first_triggers(snippets: Sequence[Snippet]) -> list[str]:
    """Return what the first trigger of each snippet alone says, as the word list has it."""
    from geo.extraction import load_lexicon
    from geo.extraction.words import words_of

    triggers = load_lexicon(read_settings().lexicon).triggers
    found = []
    for snippet in snippets:
        text = snippet.document.text
        first = next(iter(triggers.find(text, words_of(text))), None)
        found.append(first.value.sub_event_type if first else NONE)
    return found
