"""Many tellings, one happening: how well accounts are joined, by B³ and by pairs, on a set made for this project.

How the set was made is told in `matching_accounts.md`. B³ (Bagga and Baldwin, 1998) takes for each telling the share of
its found event that is of its happening (precision) and the share of its happening that is in its found event (recall),
and averages over the tellings; the pairwise figures count pairs of tellings that are joined.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from shapely.geometry import box

from geo.matching import match_accounts
from geo.model import (
    Account,
    Actor,
    Count,
    Days,
    Document,
    Evidence,
    Mention,
    Place,
    PlacePhrase,
    Quoted,
    Resolved,
)
from geo.pipeline import Plan, code_batch
from geo.settings import read_settings
from geo.vocabulary import Factuality, GeoPrecision, MentionKind, TimePrecision

from .measuring import Figure

ROWS = Path(__file__).with_name("matching_accounts.jsonl")
Clusters = Mapping[str, Hashable]
"""A telling's id to whatever names its event."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One row of the set."""

    document: Document
    group: str
    account: Account
    """What a careful reader takes from it."""
    trigger: tuple[int, int]


def figures_matching() -> list[Figure]:
    """Score both halves, on marked accounts and end to end; the kept one is what counts."""
    figures = []
    for half in ("development", "kept"):
        told = tellings(half)
        gold = {telling.document.document_id: telling.group for telling in told}
        marked = [telling.account for telling in told]
        read = read_accounts(told)
        missed = sum(account is None for account in read)
        found = {
            "": joined(told, marked),
            "baseline.": same_day_place_type(told, marked),
            "read.": joined(told, read),
            "read_baseline.": same_day_place_type(told, read),
        }
        notes = {"read.": f"end to end; {missed} of {len(told)} tellings were not read, and stand alone"}
        for label, clusters in found.items():
            figures += [
                Figure(f"matching.{half}.{label}{name}", round(value, 4), note=notes.get(label, ""))
                for name, value in agreement(gold, clusters).items()
            ]
    return figures


def tellings(half: str) -> list[Telling]:
    """Return the rows of one half, `development` or `kept`."""
    rows = map(json.loads, ROWS.read_text(encoding="utf-8").splitlines())
    return [_telling(row) for row in rows if row["half"] == half]


def read_accounts(told: Sequence[Telling]) -> list[Account | None]:
    """Return what the reader itself makes of each telling: the account nearest to the marked trigger, None without."""
    coded = code_batch([telling.document for telling in told], plan=Plan.of(read_settings()))
    return [_nearest(telling, item.accounts) for telling, item in zip(told, coded, strict=True)]


def joined(told: Sequence[Telling], accounts: Sequence[Account | None]) -> Clusters:
    """Return the event of each telling as matching finds it; a telling without an account stands alone."""
    events = match_accounts(account for account in accounts if account is not None)
    owner = {account.account_id: event.event_id for event in events for account in event.accounts}
    return {
        telling.document.document_id: owner[account.account_id] if account else telling.document.document_id
        for telling, account in zip(told, accounts, strict=True)
    }


def same_day_place_type(told: Sequence[Telling], accounts: Sequence[Account | None]) -> Clusters:
    """Return the baseline's events: those of one first day, one place and one event type."""
    return {
        telling.document.document_id: _plain_key(account) if account else telling.document.document_id
        for telling, account in zip(told, accounts, strict=True)
    }


def agreement(gold: Clusters, found: Clusters) -> dict[str, float]:
    """Return precision, recall and F1 by B³ and by pairs."""
    of_gold, of_found = _members(gold), _members(found)
    shares = [len(of_gold[gold[name]] & of_found[found[name]]) for name in gold]
    precision = sum(share / len(of_found[found[name]]) for share, name in zip(shares, gold, strict=True)) / len(gold)
    recall = sum(share / len(of_gold[gold[name]]) for share, name in zip(shares, gold, strict=True)) / len(gold)
    right, tried, wanted = (_pairs(of_gold) & _pairs(of_found)), _pairs(of_found), _pairs(of_gold)
    pair_precision = len(right) / len(tried) if tried else 1.0
    pair_recall = len(right) / len(wanted) if wanted else 1.0
    return {
        "b3_precision": precision,
        "b3_recall": recall,
        "b3_f1": _f1(precision, recall),
        "pair_precision": pair_precision,
        "pair_recall": pair_recall,
        "pair_f1": _f1(pair_precision, pair_recall),
    }


def _members(clusters: Clusters) -> dict[Hashable, set[str]]:
    members: dict[Hashable, set[str]] = defaultdict(set)
    for name, cluster in clusters.items():
        members[cluster].add(name)
    return members


def _pairs(members: Mapping[Hashable, set[str]]) -> set[tuple[str, str]]:
    return {pair for names in members.values() for pair in combinations(sorted(names), 2)}


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _plain_key(account: Account) -> Hashable:
    place = account.resolution
    days = account.when.value.start if isinstance(account.when, Quoted) else None
    where = (place.region_id or place.place.gazetteer_id) if isinstance(place, Resolved) else account.account_id
    return days, where, account.event_type


def _nearest(telling: Telling, accounts: Sequence[Account]) -> Account | None:
    start, end = telling.trigger

    def gap(account: Account) -> int:
        words = account.sub_event_type.evidence[0]
        return max(words.start - end, start - words.end, 0)

    near = [account for account in accounts if account.sentence.start <= start < account.sentence.end]
    return min(near, key=gap, default=None)


def _telling(row: dict[str, Any]) -> Telling:
    document = Document(row["id"], row["text"], published=date.fromisoformat(row["published"]), source=row["source"])
    start, end = row["trigger"]
    words = Evidence.of(row["text"], start, end)
    first, last, precision = row["days"]
    days = Days(date.fromisoformat(first), date.fromisoformat(last), TimePrecision(precision))
    account = Account(
        document_id=document.document_id,
        sentence=Evidence.of(row["text"], 0, len(row["text"])),
        sub_event_type=Quoted(row["sub_event_type"], (words,)),
        when=Quoted(days, (_days_words(row, words),)),
        factuality=Quoted(Factuality(row.get("factuality", "asserted")), (words,)),
        where=PlacePhrase(start, end, words.text, Mention(start, end, words.text, MentionKind.TOPONYM)),
        resolution=_resolved(row["place"]),
        tags=tuple(Quoted(tag, (words,)) for tag in row.get("tags", ())),
        actor1=_quoted(row.get("actor1"), _actor, words),
        actor2=_quoted(row.get("actor2"), _actor, words),
        fatalities=_quoted(row.get("killed"), _count, words),
        injured=_quoted(row.get("injured"), _count, words),
        confidence=0.8,
        source=document.source,
        published=document.published,
    )
    return Telling(document, row["group"], account, (start, end))


def _days_words(row: dict[str, Any], words: Evidence) -> Evidence:
    """Quote the words of a duration, by which a toll of several days is known, where the row is one."""
    for lead in ("since ", "Over the past ") if row.get("toll") else ():
        if lead in row["text"]:
            at = row["text"].index(lead)
            return Evidence.of(row["text"], at, at + len(lead) + 4)
    return words


def _resolved(place: dict[str, Any]) -> Resolved:
    base = place.get("of", place["name"])
    radius = place["km"]
    known = Place("marked", base, base, place["lon"], place["lat"], "place", radius_km=radius)
    return Resolved(
        known,
        place["name"],
        place["name"],
        place["lon"],
        place["lat"],
        GeoPrecision(place["precision"]),
        radius,
        "As marked.",
        region=box(*place["part"]) if "part" in place else None,
        region_id=place["name"] if "part" in place else "",
    )


def _quoted(value: Any, of: Any, words: Evidence) -> Any:
    return None if value is None else Quoted(of(value), (words,))


def _actor(value: Sequence[str]) -> Actor:
    name, side, country = value
    return Actor(name.casefold(), name, side, country)


def _count(value: Sequence[int | None]) -> Count:
    low, best, high = value
    return Count(low, best, high)
