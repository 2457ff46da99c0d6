"""How events come of those that were read before: most stand still, a few are read now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

_MANY_STRETCHES = 64
"""Stretches of rows from which a table is put together row by row."""


@dataclass(frozen=True, eq=False)
class Renewal:
    """Which rows stand still, and where those stand that are new."""

    kept: NDArray[np.int64]
    """Rows of before that stand still, in their order."""
    places: NDArray[np.int64]
    """Rows now of those that are new."""

    @cached_property
    def _standing(self) -> NDArray[np.bool_]:
        standing = np.ones(len(self.kept) + len(self.places), dtype=bool)
        standing[self.places] = False
        return standing

    def is_still(self, size: int) -> bool:
        """Tell whether of a table of so many rows all stand still, and none is new."""
        return len(self.kept) == size and not len(self.places)

    def is_exchange(self, size: int) -> bool:
        """Tell whether of so many rows the new ones stand where others stood, and all else stands still."""
        return len(self._standing) == size and bool((self.kept == np.flatnonzero(self._standing)).all())

    def numbers(self, before: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        """Put the new entries of a column among those of before."""
        merged = np.empty(len(self._standing), dtype=before.dtype)
        merged[self._standing] = before[self.kept]
        merged[self.places] = new
        return merged

    def table(self, before: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Put the new rows among those of before; long stretches that stand still are shared, not copied."""
        # One row is left out between the two tables, so that no stretch leads from one into the other.
        beyond = len(before) + 1
        rows = self.numbers(np.arange(len(before)), np.arange(len(new)) + beyond)
        starts = np.flatnonzero(np.diff(rows, prepend=-2) != 1)
        if len(starts) > _MANY_STRETCHES:
            whole = pd.concat([before, new], ignore_index=True)
            return gpd.GeoDataFrame(whole.take(rows - (rows >= beyond)).reset_index(drop=True), crs=before.crs)
        ends = [*starts[1:], len(rows)][: len(starts)]
        parts = [
            new.iloc[rows[first] - beyond : rows[last - 1] - beyond + 1]
            if rows[first] >= beyond
            else before.iloc[rows[first] : rows[last - 1] + 1]
            for first, last in zip(starts, ends, strict=True)
        ]
        merged = pd.concat(parts or [before.head(0)], ignore_index=True)
        return gpd.GeoDataFrame(merged, crs=before.crs)
