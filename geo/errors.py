"""Outcomes that a caller can act on.

    AtlasError
    ├── UsageError            the call or the configuration is wrong (exit code 2)
    │   ├── ConfigurationError    a setting, a data file of the project, a model or an index is missing or wrong
    │   ├── UnknownFormatError         a suffix or a format name that nothing here reads or writes
    │   └── StoreError            a store cannot be opened, read, written or migrated
    └── InputError            an input was not usable (exit code 1); carries a `Rejection`
        ├── DocumentError         a document, a feed or a manifest
        ├── GazetteerError        a gazetteer file or one of its rows
        ├── ZoneError             a file of control zones or one of its features
        └── TableError            a table that breaks its declared schema; lists every fault

Batch work does not raise `InputError` for one bad item: it returns the item's `Rejection` in its place, so that one
bad document or polygon never stops the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why one input was left out, in words for the person who has to mend it."""

    source: str
    """File, URL or identifier of the input."""
    reason: str
    """What was found, as a clause: `not valid JSON`."""
    place: str = ""
    """Where in the source: `line 12`, `feature 3`; empty for the whole of it."""
    expected: str = ""
    """What was expected instead."""
    remedy: str = ""
    """What to do about it, as an imperative sentence without its full stop."""

    def __str__(self) -> str:
        where = f"{self.source}, {self.place}" if self.place else self.source
        found = f"{where}: {self.reason}"
        if self.expected:
            found = f"{found}; expected {self.expected}"
        remedy = f" {self.remedy[0].upper()}{self.remedy[1:]}." if self.remedy else ""
        return f"{found}.{remedy}"


class AtlasError(Exception):
    """Base of every error that this project raises on purpose."""


class UsageError(AtlasError):
    """The call or the configuration is wrong; nothing was done."""


class ConfigurationError(UsageError):
    """A setting, a shipped data file, a model or an index is missing or wrong."""


class UnknownFormatError(UsageError):
    """A suffix or a format name that no reader or writer here knows."""

    def __init__(self, name: str, *, known: Sequence[str]) -> None:
        super().__init__(f"unknown format {name!r}: expected one of {', '.join(sorted(known))}")
        self.name = name


class StoreError(UsageError):
    """A store cannot be opened, read, written or migrated."""


class InputError(AtlasError):
    """An input was not usable; `rejection` says which, where, why and what to do."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(str(rejection))
        self.rejection = rejection


class DocumentError(InputError):
    """A document, a feed or a manifest was not usable."""


class GazetteerError(InputError):
    """A gazetteer file, or one of its rows, was not usable."""


class ZoneError(InputError):
    """A file of control zones, or one of its features, was not usable."""


class TableError(InputError):
    """A table breaks its declared schema; `faults` lists every way in which it does."""

    def __init__(self, table: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        reason = f"{len(self.faults)} fault(s): " + "; ".join(self.faults)
        super().__init__(Rejection(table, reason, expected="the schema declared in geo/tables.py"))
