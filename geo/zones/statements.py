"""Who held a cell on which day, from dated statements that contradict each other.

The rules, cell by cell:

1. A statement with `share` 0.9 or more says that its holder has the whole cell; with 0.1 or less it changes nothing;
   in between the cell is divided, and `contested` until a statement on the whole of it.
2. A change that is stated for a span of days, or for different days by different statements, is `contested` from the
   first of these days and done on the last. Statements further apart than the series' `disagreement_days` confirm,
   and do not contradict.
3. Statements of one day that name different holders leave the cell contested until a later statement. When they only
   differ on how much the same side had won, the whole cell is its from the next day.
4. A contested cell keeps the controller that last held it undisputed, as long as anything is left to that side.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from geo.errors import ConfigurationError
from geo.vocabulary import CONTESTED, ZoneStatus

HISTORY_FILE = "control_history.csv"
WHOLE = 0.9
NOTHING = 0.1
_COLUMNS = ("day_from", "day_to", "cells", "holder", "share", "source", "statement")


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody says that, between two days (both included), a side won some share of one or more cells."""

    day_from: date
    day_to: date
    cells: tuple[str, ...]
    holder: str
    """A controller, or `contested`."""
    share: float
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a cell from a day on, until the next holding."""

    since: date
    controller: str
    """Empty where nobody knows."""
    status: ZoneStatus


def read_history(
    path: Path, *, cells: Iterable[str], controllers: Iterable[str], sources: Iterable[str]
) -> tuple[Statement, ...]:
    """Read dated statements, one row each, in the order of their days.

    Raises:
        ConfigurationError: listing every row that names an unknown cell, controller or source, or breaks the format.

    """
    known = (set(cells), {*controllers, CONTESTED}, set(sources))
    statements: list[Statement] = []
    faults: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            faults += [f"column {name!r} is missing" for name in _COLUMNS if name not in (reader.fieldnames or ())]
            rows = [] if faults else list(reader)
    except FileNotFoundError as error:
        raise ConfigurationError(f"{path} is missing: dated statements on who holds what are listed there") from error
    for number, row in enumerate(rows, start=2):
        try:
            statements.append(_statement(row, *known))
        except ValueError as error:
            faults.append(f"line {number}: {error}")
    if faults:
        raise ConfigurationError(f"{path}: " + "; ".join(faults))
    return tuple(sorted(statements, key=lambda statement: (statement.day_to, statement.day_from)))


def _statement(row: Mapping[str, str], cells: set[str], controllers: set[str], sources: set[str]) -> Statement:
    named = tuple(item.strip() for item in row["cells"].split(";") if item.strip())
    strangers = [name for name in named if name not in cells]
    if strangers or not named:
        raise ValueError(f"no such cell: {', '.join(strangers) or 'none is named'}")
    if row["holder"] not in controllers:
        raise ValueError(f"holder {row['holder']!r} is none of {', '.join(sorted(controllers))}")
    if sources and row["source"] not in sources:
        raise ValueError(f"source {row['source']!r} is not declared in series.toml")
    day_from, day_to = date.fromisoformat(row["day_from"]), date.fromisoformat(row["day_to"] or row["day_from"])
    share = float(row["share"] or 1)
    if day_to < day_from or not 0 <= share <= 1:
        raise ValueError("day_to must not lie before day_from, and share must lie in [0, 1]")
    return Statement(day_from, day_to, named, row["holder"], share, row["source"], row["statement"])


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What the statements of one day, or of several that name the same winner, come to."""

    starts: date
    done: date
    winner: str
    """Empty where the cell is divided or the statements contradict each other."""
    holder: str
    """Who is named with most of a divided cell, where nothing is left to anybody else; otherwise empty."""
    named: frozenset[str]


def cell_holdings(first: Holding, statements: Sequence[Statement], *, disagreement_days: int) -> tuple[Holding, ...]:
    """Return who holds one cell over time, by the rules above, starting from what is known first.

    Args:
        first: the holder before any of the statements.
        statements: those on this cell, any order.
        disagreement_days: see rule 2.

    """
    holdings = [first]
    told = [item for item in statements if item.share > NOTHING and item.day_to >= first.since]
    verdicts = _merged(_verdicts(told), disagreement_days=disagreement_days)
    for number, verdict in enumerate(verdicts):
        before = holdings[-1]
        starts = max(verdict.starts, first.since)
        if not verdict.winner:
            keeps = before.controller in verdict.named or not verdict.holder
            controller = before.controller if keeps and before.controller else verdict.holder
            holdings.append(Holding(starts, controller or min(verdict.named), ZoneStatus.CONTESTED))
            continue
        if (before.controller, before.status) == (verdict.winner, ZoneStatus.HELD):
            continue
        if before.controller and starts < verdict.done:
            holdings.append(Holding(starts, before.controller, ZoneStatus.CONTESTED))
        overtaken = number + 1 < len(verdicts) and verdicts[number + 1].starts <= verdict.done
        if not overtaken:
            holdings.append(Holding(verdict.done, verdict.winner, ZoneStatus.HELD))
    return tuple(holdings)


def _verdicts(told: Sequence[Statement]) -> list[_Verdict]:
    ordered = sorted(told, key=lambda item: (item.day_to, item.day_from))
    return [_verdict(day, list(group)) for day, group in groupby(ordered, key=lambda item: item.day_to)]


def _verdict(day: date, group: Sequence[Statement]) -> _Verdict:
    most: dict[str, float] = {}
    for item in group:
        most[item.holder] = max(item.share, most.get(item.holder, 0.0))
    starts = min(item.day_from for item in group)
    named = frozenset(most) - {CONTESTED}
    winners = [holder for holder, share in most.items() if share >= WHOLE and holder != CONTESTED]
    if len(most) == 1 and winners:
        # Accounts of one day that differ only in how much was won by then are settled by the next day.
        done = day if all(item.share >= WHOLE for item in group) else day + timedelta(days=1)
        return _Verdict(starts, done, winners[0], "", named)
    complete = sum(most[holder] for holder in named) >= WHOLE
    # In the order of the statements: a set would break a tie differently in every run.
    told = [name for name in most if name in named]
    holder = max(told, key=lambda name: most[name]) if complete and told else ""
    return _Verdict(starts, day, "", holder, named)


def _merged(verdicts: Sequence[_Verdict], *, disagreement_days: int) -> list[_Verdict]:
    merged: list[_Verdict] = []
    for verdict in verdicts:
        last = merged[-1] if merged else None
        if last and verdict.winner and last.winner == verdict.winner:
            if verdict.starts - last.done <= timedelta(days=disagreement_days):
                merged[-1] = _Verdict(last.starts, verdict.done, verdict.winner, "", verdict.named)
            continue
        merged.append(verdict)
    return merged
