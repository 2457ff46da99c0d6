"""What was read of a large store, kept on disk between two starts of the server.

It lies in the cache folder, readable by this user alone, and is never believed: the store says which of the events are
still the same, and the others are read from it. Whatever cannot be read counts as not there.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geo.crs import LONLAT
from geo.evidence import digest
from geo.settings import read_settings

if TYPE_CHECKING:
    from geo.stores import EventState

LEAST_EVENTS = 5_000
"""Fewer are read from the store in less time than anybody notices."""
_STORES = 4
"""Stores of which something is kept; the one that was looked at longest ago goes first."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of one store."""

    folder: Path

    def put_events(self, state: EventState, events: gpd.GeoDataFrame) -> None:
        """Keep the events of a state; a disk that cannot be written to costs only time."""
        plain = pd.DataFrame(events.drop(columns=events.geometry.name))
        shapes = events.geometry.to_numpy()
        table = pa.Table.from_pandas(
            plain.assign(x=shapely.get_x(shapes), y=shapely.get_y(shapes)), preserve_index=False
        )
        told = {"drawing": state.drawing, "decision": asdict(state.decision), "document": asdict(state.document)}
        keyed = table.append_column("key", pa.array(state.keys)).replace_schema_metadata(
            {**(table.schema.metadata or {}), b"atlas": json.dumps({"program": program_stamp(), **told}).encode()}
        )
        self._write("events.arrow", lambda path: _write_table(path, keyed))

    def events(self) -> tuple[EventState, gpd.GeoDataFrame] | None:
        """Return the events that were kept and their state; None where there are none of this program."""
        from geo.stores import EventState, Witness

        try:
            with pa.memory_map(str(self.folder / "events.arrow")) as file:
                table = pa.ipc.open_file(file).read_all()
            told = json.loads(table.schema.metadata[b"atlas"])
            if told["program"] != program_stamp():
                return None
            state = EventState(
                told["drawing"],
                table.column("key").to_numpy(),
                Witness(**told["decision"]),
                Witness(**told["document"]),
            )
            plain = table.drop_columns(["key"]).to_pandas()
        except (OSError, KeyError, TypeError, ValueError, pa.ArrowException):
            return None
        shapes = np.full(len(plain), None, dtype=object)
        x, y = plain.pop("x").to_numpy(), plain.pop("y").to_numpy()
        placed = ~np.isnan(x)
        shapes[placed] = shapely.points(x[placed], y[placed])
        return state, gpd.GeoDataFrame(plain, geometry=shapes, crs=LONLAT)

    def put_page(self, name: str, content: bytes) -> None:
        """Keep a page in the place of the one that was kept under the name's first word."""
        for old in self.folder.glob(f"{name.split('-')[0]}-*"):
            old.unlink(missing_ok=True)
        self._write(name, lambda path: path.write_bytes(content))

    def page(self, name: str) -> bytes | None:
        """Return a page that was kept, None where there is none."""
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def _write(self, name: str, write: Callable[[Path], object]) -> None:
        beside = self.folder / f".{name}.{os.getpid()}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for left in self.folder.glob(f".{name}.*"):
                left.unlink(missing_ok=True)
            write(beside)
            beside.chmod(0o600)
            beside.replace(self.folder / name)
        except OSError:
            beside.unlink(missing_ok=True)
        _make_room(self.folder.parent)


def shelf_of(address: str) -> Shelf:
    """Return the shelf of the store at an address."""
    return Shelf(read_settings().cache / "dashboard" / digest(address))


@cache
def program_stamp() -> str:
    """Return a stamp of this program and of the files that pages are made with: what another one kept is not used."""
    root, data = Path(__file__).resolve().parents[1], read_settings().data
    files = [file for room in ("geo", "dashboard") for file in (root / room).rglob("*.*") if file.suffix != ".pyc"]
    files += [*data.glob("*.toml"), *data.glob("basemap/*")]
    told = sorted((str(file), stat.st_mtime_ns, stat.st_size) for file in files if (stat := file.stat()))
    return digest(json.dumps(told))


def _write_table(path: Path, table: pa.Table) -> None:
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table.combine_chunks())


def _make_room(folder: Path) -> None:
    try:
        kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return
    for gone in kept[_STORES:]:
        shutil.rmtree(gone, ignore_errors=True)
