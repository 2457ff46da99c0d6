"""How matching grows: processor time an account for an archive, for one city on one day, and for one more report.

Accounts are invented: the towns of a country, a few happenings a day, told by one to five outlets in words drawn from
a small stock. `CONFLICT_BENCH_ACCOUNTS` lists the numbers of accounts (1000,10000 without it; the full series is
1000,10000,100000). Processor seconds are measured, so other work on the machine does not count.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from geo.matching import Constraints, match_clusters
from geo.model import Account, Count, Days, Document, Evidence, Mention, Place, PlacePhrase, Quoted, Resolved
from geo.pipeline import rebuild_events, refresh_events
from geo.stores import open_store
from geo.vocabulary import Factuality, GeoPrecision, MentionKind, TimePrecision

from .measuring import Measurement

_FIRST = date(2020, 1, 1)
_WORDS = [
    f"{stem}{end}" for stem in ("bar", "col", "der", "fen", "gor", "hul", "mar", "nit", "pol") for end in "aeiouy"
]
_TYPES = ("air_drone_strike", "shelling_artillery_missile_attack", "armed_clash", "attack")
_PER_DAY = 40
_CITY = (500, 1000, 2000, 5000, 10_000)
_DOCUMENT = (1000, 4000)
"""Accounts of one long report."""
_MORE = 5
"""Reports that arrive one by one."""


def run() -> list[Measurement]:
    """Measure the growth over archives, within one city's day, and of one more report."""
    counts = [int(count) for count in os.environ.get("CONFLICT_BENCH_ACCOUNTS", "1000,10000").split(",")]
    found: list[Measurement] = []
    for count in counts:
        seconds, events = _matched(account for _, account in invented(count, per_day=_PER_DAY))
        note = f"{count:,} accounts, {_PER_DAY} a day in 20 towns: {events:,} events"
        found.append(Measurement(f"matching.{count}.each", 1000 * seconds / count, "ms CPU/account", note))
    for count in _CITY:
        # Each in a process of its own, which has the memory that this one took.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            seconds, events, before, peak = alone.submit(_city, count).result()
        note = f"{count:,} accounts of one city on one day: {events:,} events in {seconds:.1f} s"
        found.append(Measurement(f"matching.city{count}.each", 1000 * seconds / count, "ms CPU/account", note))
        note = f"{before:,.0f} MB before it"
        found.append(Measurement(f"matching.city{count}.peak", peak, "MB", note))
    for count in _DOCUMENT:
        told = enumerate(account for _, account in invented(count, per_day=_PER_DAY))
        seconds, events = _matched(_of_one_document(number, account) for number, account in told)
        note = f"{count:,} accounts of one document, {_PER_DAY} a day: {events:,} events"
        found.append(Measurement(f"matching.document{count}.each", 1000 * seconds / count, "ms CPU/account", note))
    for count in counts:
        found += _arrivals(count)
    return found


def invented(count: int, *, per_day: int, towns: int = 20) -> Iterator[tuple[Document, Account]]:
    """Yield reports with one account each, the same ones every time."""
    dice = random.Random(towns)
    number = 0
    while number < count:
        day = _FIRST + timedelta(days=number // per_day)
        happening = (day, dice.randrange(towns), dice.choice(_TYPES), dice.randrange(30))
        for _ in range(min(dice.randint(1, 5), count - number)):
            yield _report(number, happening, dice)
            number += 1


def _of_one_document(number: int, account: Account) -> Account:
    words = Evidence(number, number + 4, account.sub_event_type.evidence[0].text)
    return replace(account, document_id="one", sub_event_type=Quoted(account.sub_event_type.value, (words,)))


def _report(number: int, happening: tuple[date, int, str, int], dice: random.Random) -> tuple[Document, Account]:
    day, town, sub_type, killed = happening
    text = " ".join(dice.sample(_WORDS, 12)) + f" {number}."
    source = f"Outlet {dice.randrange(40)}"
    document = Document(f"invented-{number}", text, published=day + timedelta(days=1), source=source)
    words = Evidence.of(text, 0, 4)
    vague = dice.random() < 0.1
    days = Days(day, day + timedelta(days=6 * vague), TimePrecision(1 + vague))
    place = Place("invented", f"town-{town}", f"Town {town}", 30.0 + 0.4 * town, 10.0, "city", radius_km=5.0)
    told = killed + dice.choice((0, 0, 0, 1, 2))
    account = Account(
        document_id=document.document_id,
        sentence=Evidence.of(text, 0, len(text)),
        sub_event_type=Quoted(sub_type, (words,)),
        when=Quoted(days, (words,)),
        factuality=Quoted(Factuality.ASSERTED, (words,)),
        where=PlacePhrase(0, 4, words.text, Mention(0, 4, words.text, MentionKind.TOPONYM)),
        resolution=Resolved(place, place.name, place.name, place.lon, place.lat, GeoPrecision.TOWN, 5.0, "Invented."),
        fatalities=Quoted(Count(told, told, told), (words,)) if dice.random() < 0.7 else None,
        source=source,
        published=document.published,
    )
    return document, account


def _city(count: int) -> tuple[float, int, float, float]:
    """Return processor seconds and events of a city's day, and the most memory in MB before and with it."""
    told = [account for _, account in invented(count, per_day=count, towns=1)]
    before = _peak_mb()
    return *_matched(told), before, _peak_mb()


def _peak_mb() -> float:
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _matched(accounts: Iterable[Account]) -> tuple[float, int]:
    told = list(accounts)
    started = time.process_time()
    clusters = match_clusters(told, Constraints())
    return time.process_time() - started, sum(len(cluster.events) for cluster in clusters)


def _arrivals(count: int) -> list[Measurement]:
    """Measure one more report, and another, in a store of `count`: stored, matched, drawn and put."""
    reports = invented(count + _MORE, per_day=_PER_DAY)
    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder) / "s.gpkg"), create=True) as store:
        store.add_documents((document, (account,), ()) for document, account in islice(reports, count))
        started = time.process_time()
        events = rebuild_events(store)
        whole = time.process_time() - started
        times = []
        for document, account in reports:
            started = time.process_time()
            store.add_documents([(document, (account,), ())])
            refresh_events(store)
            times.append(time.process_time() - started)
    note = f"in a store of {count:,} reports"
    return [
        Measurement(f"matching.{count}.one_more", sorted(times)[len(times) // 2], "s CPU", f"one more report {note}"),
        Measurement(f"matching.{count}.all_anew", whole, "s CPU", f"all {events:,} events drawn anew {note}"),
    ]
