"""Documents, accounts, events, zones and people's decisions, kept in one file or in a team's database."""

from __future__ import annotations

import re
from pathlib import Path

from geo.errors import StoreError
from geo.stores.changes import EventChanges, EventState, Witness
from geo.stores.decisions import Decision, DecisionKind, Run, moment
from geo.stores.drawing import Drawing, Undrawn
from geo.stores.store import Added, Box, Store, Told

__all__ = [
    "Added",
    "Box",
    "Decision",
    "DecisionKind",
    "Drawing",
    "EventChanges",
    "EventState",
    "Run",
    "Store",
    "Told",
    "Undrawn",
    "Witness",
    "moment",
    "open_store",
]

_OTHER_ADDRESS = re.compile(r"[a-z][a-z0-9+]+:/|(postgres(ql)?|sqlite|file):", re.IGNORECASE)
"""What is meant for an address, and is none that is known; a drive of Windows is one letter."""


def open_store(address: str, *, create: bool = False, read_only: bool = False, as_it_is: bool = False) -> Store:
    """Open the store at a path (GeoPackage) or a `postgresql://` URL; make it with `create` where there is none.

    Tables of an older version are brought forward, unless it is opened `as_it_is`, whatever its version: for a backup
    alone, since nothing else knows such tables. Raises `StoreError` where it is missing, no store of this project, or
    may not be written to.
    """
    if address.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        from geo.stores.postgis import open_postgis

        url = address.replace("postgres://", "postgresql://", 1)
        return open_postgis(url, create=create, read_only=read_only, as_it_is=as_it_is)
    if _OTHER_ADDRESS.match(address):
        expected = "Expected a path such as atlas.gpkg, or postgresql://user@host/database"
        raise StoreError(f"{address!r} is no address of a store. {expected}")
    from geo.stores.geopackage import open_geopackage

    return open_geopackage(Path(address).expanduser(), create=create, read_only=read_only, as_it_is=as_it_is)
