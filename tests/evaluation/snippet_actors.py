"""Who did it to whom in short snippets: 80 of the development snippets, labelled by what their words say.

`snippet_actors.csv` holds every second development snippet of `typed_snippets.jsonl`: the words that name who does it
(`actor1`) and whom it befalls (`actor2`), people without a uniform among them; empty where the snippet names none, `?`
where it cannot be said who they are (`17 people`), `/` between words that are equally right. `mutual` rows tell of two
who do it to each other: either order is right.

Of a snippet's accounts the one counts that has the snippet's sub-event type; of several
the one with the most right actors. A found
actor is right where its words overlap the labelled ones. The table serves development: no kept snippet is in it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.model import Account
from geo.pipeline import Plan, code_batch
from geo.settings import read_settings

from .measuring import Figure
from .snippets import Snippet, typed_snippets

ROWS = Path(__file__).with_name("snippet_actors.csv")
NOT_SCORED = "?"
Found = tuple[str | None, str | None]
"""The words of both actors of an account."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A snippet and the words of who did it to whom; several words are equally right, none means nobody is named."""

    snippet: Snippet
    actors: tuple[tuple[str, ...], tuple[str, ...]]
    mutual: bool


def figures_actors() -> list[Figure]:
    """Return precision and recall of both actors on the labelled development snippets."""
    labelled = labelled_snippets()
    coded = code_batch([item.snippet.document for item in labelled], plan=Plan.of(read_settings()))
    tally: Counter[str] = Counter()
    for item, outcome in zip(labelled, coded, strict=True):
        account = account_of(item, outcome.accounts)
        tally.update(counts(item, words_of_actors(account)))
    return [
        Figure(f"actors.{name}.{measure}", round(tally[f"{name} right"] / max(1, tally[f"{name} {share}"]), 4))
        for name in ("actor1", "actor2")
        for measure, share in (("precision", "filled"), ("recall", "stated"))
    ]


def labelled_snippets() -> list[Labelled]:
    """Return the development snippets whose actors are labelled, each with its words."""
    snippets = {snippet.document.document_id: snippet for snippet in typed_snippets("development")}
    with ROWS.open(encoding="utf-8", newline="") as lines:
        return [
            Labelled(snippets[row["id"]], (_words(row["actor1"]), _words(row["actor2"])), row["mutual"] == "yes")
            for row in csv.DictReader(lines)
        ]


def _words(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("/")) if cell else ()


def account_of(item: Labelled, accounts: Sequence[Account]) -> Account | None:
    """Return the account of the snippet's sub-event type, of several the one that agrees most; None without one."""
    typed = [account for account in accounts if account.sub_event_type.value == item.snippet.sub_event_type]
    return max(typed, key=lambda account: (_rights(item, account), account.confidence), default=None)


def _rights(item: Labelled, account: Account) -> int:
    tally = counts(item, words_of_actors(account))
    return tally["actor1 right"] + tally["actor2 right"]


def words_of_actors(account: Account | None) -> Found:
    """Return the words that an account holds for its actors."""
    if account is None:
        return None, None
    return tuple(actor.evidence[0].text if actor else None for actor in (account.actor1, account.actor2))  # type: ignore[return-value]


def counts(item: Labelled, found: Found) -> Counter[str]:
    """Return what one snippet adds to `right`, `filled` and `stated` of either actor."""
    if item.mutual and not _agree(item.actors[0], found[0]) and _agree(item.actors[0], found[1]):
        found = (found[1], found[0])
    tally: Counter[str] = Counter()
    for name, labelled, words in zip(("actor1", "actor2"), item.actors, found, strict=True):
        if NOT_SCORED in labelled:
            continue
        tally[f"{name} stated"] += bool(labelled)
        tally[f"{name} filled"] += words is not None
        tally[f"{name} right"] += _agree(labelled, words)
    return tally


def _agree(labelled: Sequence[str], words: str | None) -> bool:
    """Return whether one of the labelled wordings overlaps the found one."""
    return words is not None and any(one in words or words in one for one in labelled)
