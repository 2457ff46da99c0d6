"""The events of a store, with what filters need made ready once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.renewal import Renewal
from dashboard.tally import Mask, Tally, tally_of
from dashboard.told import sources_and_words


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """A column in which words are looked for: its texts, and for each event the row of its own."""

    texts: pd.Series
    codes: np.ndarray[Any, np.dtype[np.intp]]

    def holds(self, word: str) -> Mask:
        """Return which events' texts hold a word, or a part of one, as it is written here."""
        return any_holds((self,), word)

    def renewed(self, new: Searched, renewal: Renewal) -> Searched:
        """Return the column with new events in it; texts that no event has any more may stay."""
        codes = renewal.numbers(self.codes, new.codes + len(self.texts))
        return Searched(pd.concat([self.texts, new.texts], ignore_index=True), codes)


def any_holds(columns: Sequence[Searched], word: str) -> Mask:
    """Return which events have a text in any of some columns that holds a word, or a part of one.

    All columns are looked through in one call: it lets go of Python's lock, and every time that it takes it again it
    waits for all other sessions.
    """
    pieces = [piece for column in columns for piece in column.texts.array.__arrow_array__().chunks]
    hits = pc.match_substring(pa.chunked_array(pieces, type=pa.large_string()), word)
    found = np.asarray(pc.fill_null(hits, False).to_numpy())
    mask, start = np.zeros(len(columns[0].codes), dtype=bool), 0
    for column in columns:
        own = found[start : start + len(column.texts)]
        start += len(column.texts)
        if own.any():
            mask |= own[column.codes]
    return mask


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """The events of a store and what is known of them at a glance."""

    events: gpd.GeoDataFrame
    """By EVENT_COLUMNS, in the order of their days; the undated at the end."""
    sources: Searched
    """For each event the names of its sources, each between bars: `|SANA|AFP|`."""
    words: tuple[Searched, ...]
    """Everything that free text is looked for in, in lower case."""
    source_names: tuple[str, ...]
    """All sources, by name."""
    actor_names: tuple[str, ...]
    """All actors, the most frequent first."""
    counted: Mapping[str, Mapping[str, int]]
    """For a few columns, how many events have each of its values."""
    side_of: Mapping[str, str]
    """The side of each actor whose side is known."""
    tally: Tally
    """What the headline figures add up."""
    row_of: Mapping[str, int]
    """The row of each event by its identifier."""
    renewals: int = 0
    """How often it was put together of an earlier board since it was made of a whole table."""


_COUNTED = ("event_type", "sub_event_type", "control")
_WORDS = ("notes", "place_name", "place_name_local", "toponym", "actor1", "actor2", "weapon", "tags", "attribution")
MOST_RENEWALS = 50
"""Then a board is made of the whole table again: each renewal leaves columns in more pieces."""


def make_board(events: gpd.GeoDataFrame, *, sides: Mapping[str, str] | None = None) -> Board:
    """Order the events by day and make their sources and words ready for filters.

    `sides` gives an actor's side by its name.
    """
    ordered = _ordered(events)
    sources, quoted = sources_and_words(ordered["accounts"])
    return _with_names(
        ordered,
        _searched(sources),
        tuple(_folded(_searched(column)) for column in (quoted, *(ordered[name] for name in _WORDS))),
        tally_of(ordered),
        sides or {},
    )


def renewed_board(
    before: Board, events: gpd.GeoDataFrame, renewal: Renewal, *, sides: Mapping[str, str] | None = None
) -> Board:
    """Return the board of events that came of those of an earlier board: only what is new is read."""
    new = make_board(events.iloc[renewal.places])
    tally = Tally(
        *(renewal.numbers(getattr(before.tally, item.name), getattr(new.tally, item.name)) for item in fields(Tally))
    )
    words = tuple(old.renewed(other, renewal) for old, other in zip(before.words, new.words, strict=True))
    sources = before.sources.renewed(new.sources, renewal)
    if _is_named_alike(before, events, new, renewal):
        return replace(before, events=events, sources=sources, words=words, tally=tally, renewals=before.renewals + 1)
    board = _with_names(events, sources, words, tally, sides or {})
    return replace(board, renewals=before.renewals + 1)


def _is_named_alike(before: Board, events: gpd.GeoDataFrame, new: Board, renewal: Renewal) -> bool:
    """Tell whether the new events stand where old ones stood, with the names and kinds of those: most decisions do so.

    Counting names and rows anew is most of what is left to do.
    """
    if not renewal.is_exchange(len(before.events)):
        return False
    columns = ["event_id", "actor1", "actor2", *_COUNTED]
    old = before.events[columns].iloc[renewal.places].reset_index(drop=True)
    same_sources = before.sources.texts.iloc[before.sources.codes[renewal.places]].tolist()
    return old.equals(new.events[columns]) and same_sources == new.sources.texts.iloc[new.sources.codes].tolist()


def _ordered(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    told = events[["date_start", "event_id"]].reset_index(drop=True)
    order = told.sort_values(["date_start", "event_id"], na_position="last").index.to_numpy()
    if (order == np.arange(len(order))).all():
        return events.reset_index(drop=True)
    return events.iloc[order].reset_index(drop=True)


def _with_names(
    events: gpd.GeoDataFrame,
    sources: Searched,
    words: tuple[Searched, ...],
    tally: Tally,
    sides: Mapping[str, str],
) -> Board:
    both = pd.concat([events["actor1"], events["actor2"]])
    present = sources.texts.iloc[np.unique(sources.codes)].unique()
    return Board(
        events,
        sources,
        words,
        source_names=tuple(sorted({name for names in present for name in names.split("|") if name})),
        actor_names=tuple(both[both != ""].value_counts().index),
        side_of={name: side for name in both.unique() if (side := sides.get(name, ""))},
        counted={name: events[name].value_counts().to_dict() for name in _COUNTED},
        tally=tally,
        row_of={name: row for row, name in enumerate(events["event_id"].tolist())},
    )


def _searched(column: pd.Series) -> Searched:
    codes, distinct = pd.factorize(column.astype("str"))
    return Searched(pd.Series(distinct, dtype="str"), codes)


def _folded(column: Searched) -> Searched:
    return Searched(column.texts.str.casefold(), column.codes)
