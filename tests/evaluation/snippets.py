"""The sub-event type of short snippets: ACLED's 25 sub-types, told as its notes and as news tell them.

`typed_snippets.jsonl` holds 323 snippets, written for this project in its own words before the rules that read them
were made: half of them `development`, half `kept` (not looked at while the software is being improved). Places and
armed groups are real, the happenings are invented or general; each has the one sub-type that ACLED's codebook gives
it. Every sub-type has six in the kept half, in the voices of notes ("On 3 May 2021, …"), wires and headlines.

`varied_snippets.jsonl` holds 792 more, in the voices of wires, local papers, situation reports, police notes and
translated reports of many wars: 369 written and labelled before any rule or word list was read, half of them `kept`;
423 `development` ones written later, in six draws, to find what the rules had not met. Sub-types are about as
frequent as ACLED has them; 134 tell no event (background, hypotheticals, calls, statistics) and have none.

A snippet's main event is the most confident one that `geo extract` finds in it. A snippet without an event counts as
a miss of its sub-type. The F1 is weighted by how many snippets a sub-type has, as published work on such snippets
reports it; in the varied ones an event found where there is none counts against the sub-type found, and `quiet` is the
share of eventless ones in which none is found.
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
VARIED = Path(__file__).with_name("varied_snippets.jsonl")
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
        figures += _varied_figures(half)
    return figures


def _varied_figures(half: str) -> list[Figure]:
    """Score one half of the varied snippets, those without an event among them."""
    snippets = typed_snippets(half, rows=VARIED)
    gold = [snippet.sub_event_type for snippet in snippets]
    found = main_types(snippets)
    # Eventless snippets weigh nothing themselves; what is found in them counts as found wrongly.
    told = [name != NONE for name in gold]
    score = weighted_f1(gold, found, over=sorted(set(gold) - {NONE}))
    answered = sum(name != NONE for name, is_told in zip(found, told, strict=True) if is_told) / sum(told)
    quiet = [name == NONE for name, is_told in zip(found, told, strict=True) if not is_told]
    return [
        Figure(f"snippets.varied_{half}.weighted_f1", round(score, 4)),
        Figure(
            f"snippets.varied_{half}.answered",
            round(answered, 4),
            note="snippets with an event, of those that tell one",
        ),
        Figure(f"snippets.varied_{half}.quiet", round(sum(quiet) / len(quiet), 4), note="snippets that tell none"),
    ]


def typed_snippets(half: str, *, rows: Path = ROWS) -> list[Snippet]:
    """Return the snippets of one half; none has a day of publication."""
    read = map(json.loads, rows.read_text(encoding="utf-8").splitlines())
    return [
        Snippet(Document(document_id=row["id"], text=row["text"]), row["sub_event_type"])
        for row in read
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


def weighted_f1(gold: Sequence[str], found: Sequence[str], *, over: Sequence[str] = ()) -> float:
    """Return the F1 of each sub-type, weighted by its share of the gold; where `over` is given, of those alone."""
    wanted, given = Counter(gold), Counter(found)
    right = Counter(one for one, other in zip(gold, found, strict=True) if one == other)
    names = over or list(wanted)
    weights = sum(wanted[name] for name in names)
    return sum(wanted[name] * 2 * right[name] / (wanted[name] + given[name]) for name in names) / weights


def first_triggers(snippets: Sequence[Snippet]) -> list[str]:
    """Return what the first trigger of each snippet alone says, as the word list has it."""
    from geo.extraction import load_lexicon
    from geo.extraction.language.words import words_of

    triggers = load_lexicon(read_settings().lexicon).triggers
    found = []
    for snippet in snippets:
        text = snippet.document.text
        first = next(iter(triggers.find(text, words_of(text))), None)
        found.append(first.value.sub_event_type if first else NONE)
    return found
