"""Whole events in single sentences: what a reader marked, against what the software makes of the same sentence.

`annotated_sentences.jsonl` holds offsets into the corpora, not their text. Each row names a sentence, the day it is
taken to be published, and its events: allowed sub-event types, spans of the place and of both actors, the days, the
killed, and the factuality. `?` stands for what a reader could not tell (not scored), `-` for what the text does not
give; several spans are several right answers (a group and the men it lost). A row without events is background,
history, a plan or an opinion. The rows marked `kept` were not looked at while the software was being improved.

A second draw (`drawing.py`, rows with `draw` 2, halves `new_development` and `new_kept`) was annotated when the rules
had been fitted to the first: news that nobody had looked at. It also marks the injured, the words that name who says
so, and the side of an actor where the text leaves no doubt; the rows of the first draw have none of these (not scored).

`told_reports.jsonl` (the half `reports`) holds short reports in the project's own words, written with what an analyst
would code of them before they were first read, and developed with since: a wire's and a ministry's, situation reports,
digests, live reports. The first run found .69 of what it told right and .89 of what was marked (the second batch, `b`,
after the repairs for the first: .66 and .89); killed were found in .46 and .72 of the events that count them. They mark
no actors.

A predicted account and a marked event are the same when the event type is allowed; the best assignment is the one with
the most agreeing fields. A field's precision is taken over the matched accounts that fill it, its recall over the
matched events that state it.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geo.model import Account, Document, Evidence, Quoted
from geo.pipeline import Plan, code_batch
from geo.settings import read_settings
from geo.vocabulary import SUB_EVENT_TYPES

from .gold import gold_rows
from .measuring import Figure

ROWS = Path(__file__).with_name("annotated_sentences.jsonl")
TOLD = Path(__file__).with_name("told_reports.jsonl")
HALVES = ("development", "kept", "new_development", "new_kept", "reports")
FIELDS = (
    "sub_event_type", "place", "days", "actor1", "actor2", "side1", "side2", "killed", "injured", "factuality",
    "attribution",
)  # fmt: skip
SPANS = ("actor1", "actor2", "attribution")
TEXT_FIELDS = {"muc4/train.json": ("docid", "doctext"), "muc4/dev.json": ("docid", "doctext")}
"""Where a corpus's identifier and text lie; every other corpus: `id` and `text`."""
UNTOLD, NOT_SCORED = "-", "?"


@dataclass(frozen=True, slots=True)
class Marked:
    """An annotated sentence with its text."""

    document: Document
    events: tuple[dict[str, Any], ...]


def figures_annotated() -> list[Figure]:
    """Score each half; those kept are what counts."""
    return [
        Figure(f"annotated.{half}.{name}", round(value, 4)) for half in HALVES for name, value in scores(half).items()
    ]


def scores(half: str) -> dict[str, float]:
    """Return precision, recall and F1 of events, and precision and recall of each field, on one half."""
    sentences = marked_sentences(half)
    coded = code_batch([sentence.document for sentence in sentences], plan=Plan.of(read_settings()))
    tally: Counter[str] = Counter()
    for sentence, outcome in zip(sentences, coded, strict=True):
        count_sentence(sentence.events, outcome.accounts, tally)
    precision = tally["matched"] / max(1, tally["predicted"])
    recall = tally["matched"] / max(1, tally["gold"])
    result = {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(1e-9, precision + recall)}
    for field in FIELDS:
        if not tally[f"{field} stated"]:
            continue  # what the first draw does not mark
        result[f"{field}.precision"] = tally[f"{field} right"] / max(1, tally[f"{field} filled"])
        result[f"{field}.recall"] = tally[f"{field} right"] / max(1, tally[f"{field} stated"])
    return result


def marked_sentences(half: str) -> list[Marked]:
    """Return the annotated sentences of one half with their text, checked against its digest."""
    if half == "reports":
        return told_reports()
    found = []
    for line in ROWS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = _texts(row["corpus"])[row["id"]][row["start"] : row["end"]]
        if hashlib.sha256(text.encode()).hexdigest()[:12] != row["digest"]:
            raise ValueError(f"{row['corpus']} {row['id']} is not the text that was annotated")
        if row["half"] == half:
            document = Document(document_id=row["id"], text=text, published=date.fromisoformat(row["published"]))
            found.append(Marked(document, tuple(row["events"])))
    return found


def told_reports() -> list[Marked]:
    """Return the reports written for development."""
    rows = [json.loads(line) for line in TOLD.read_text(encoding="utf-8").splitlines()]
    return [
        Marked(Document(row["id"], row["text"], published=date.fromisoformat(row["published"])), tuple(row["events"]))
        for row in rows
    ]


@functools.cache
def _texts(corpus: str) -> dict[str, str]:
    name, text = TEXT_FIELDS.get(corpus, ("id", "text"))
    return {row[name]: row[text] for row in gold_rows(f"data/{corpus}")}


def count_sentence(gold: Sequence[dict[str, Any]], accounts: Sequence[Account], tally: Counter[str]) -> None:
    """Match one sentence's accounts with its events and add what agrees to the tally."""
    tally["gold"] += len(gold)
    tally["predicted"] += len(accounts)
    pairs = [(agreement(event, account), i, j) for i, event in enumerate(gold) for j, account in enumerate(accounts)]
    free_events, free_accounts = set(range(len(gold))), set(range(len(accounts)))
    for agreeing, i, j in sorted(pairs, key=lambda pair: (-len(pair[0] or ()), pair[1:])):
        if agreeing is None or i not in free_events or j not in free_accounts:
            continue
        free_events.discard(i)
        free_accounts.discard(j)
        tally["matched"] += 1
        for field in FIELDS:
            if stated(gold[i], field) == NOT_SCORED:
                continue
            tally[f"{field} right"] += field in agreeing
            tally[f"{field} stated"] += stated(gold[i], field) != UNTOLD
            tally[f"{field} filled"] += told(accounts[j], field) is not None


def stated(event: dict[str, Any], field: str) -> Any:
    """Return what the reader marked for a field."""
    if field == "sub_event_type":
        return NOT_SCORED if NOT_SCORED in event["sub_event_types"] else event["sub_event_types"]
    return event.get(field, NOT_SCORED)


def agreement(event: dict[str, Any], account: Account) -> frozenset[str] | None:
    """Return the fields that agree and that the reader stated; None where the event type is not allowed."""
    allowed = event["sub_event_types"]
    if NOT_SCORED not in allowed and account.event_type not in {SUB_EVENT_TYPES[name] for name in allowed}:
        return None
    return frozenset(
        field
        for field in FIELDS
        if stated(event, field) not in (UNTOLD, NOT_SCORED)
        and (found := told(account, field)) is not None
        and same(stated(event, field), found)
    )


def told(account: Account, field: str) -> Any:
    """Return what the account holds for a field, as it is compared; None where it is empty."""
    if field == "place":
        return None if account.where is None else (account.where.evidence,)
    if field == "days":
        days = account.when.value if isinstance(account.when, Quoted) else None
        # A report without a day of its own is dated by its publication: the annotation holds no such day.
        return None if days is None or days.precision > 2 else [days.start.isoformat(), days.end.isoformat()]
    if field == "killed":
        return None if account.fatalities is None else account.fatalities.value.best
    if field == "injured":
        return None if account.injured is None else account.injured.value.best
    if field in ("side1", "side2"):
        actor = account.actor1 if field == "side1" else account.actor2
        return None if actor is None else actor.value.side or None
    value = getattr(account, field)
    if field in SPANS:
        return None if value is None else value.evidence
    return None if value is None else str(value.value)


def same(marked: Any, found: Any) -> bool:
    """Whether a marked value and a found one agree; spans agree where they overlap any of those marked."""
    if isinstance(found, tuple) and found and isinstance(found[0], Evidence):
        spans = marked if isinstance(marked[0], list) else [marked]
        return any(words.start < end and start < words.end for words in found for start, end in spans)
    return found in marked if isinstance(marked, list) and isinstance(found, str) else bool(marked == found)
