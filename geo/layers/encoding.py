"""Compact columns for the page: typed arrays in base64, deduplicated texts, deflate where it pays.

| shape in JSON | meaning |
|---|---|
| `{"type": "u16", "base64": …}` | numbers, little-endian; `u` unsigned, `i` signed, `f` float, then bits |
| `{"numbers": …, "base": b, "scale": s}` | nullable: raw 0 is null, else `(raw - 1 + b) * s` |
| `{"codes": …, "values": […]}` | text: each row points into the list of distinct values |
| `{"plain": value}` / `{"deflate": base64}` | a packed value: as it is, or zlib-compressed JSON |
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.layers.escaping import valid_text

Json = dict[str, Any]

PACK_ABOVE = 48_000
"""Characters of JSON from which compressing is worth the loss of a readable file."""

_INTEGERS = ("uint8", "int8", "uint16", "int16", "uint32", "int32")


def number_array(values: npt.NDArray[Any]) -> Json:
    """Encode numbers in the smallest type that holds them all; integers beyond 32 bits become float64."""
    array = np.ascontiguousarray(values)
    if array.dtype.kind in "iub":
        low, high = (int(array.min()), int(array.max())) if array.size else (0, 0)
        fitting = (name for name in _INTEGERS if np.iinfo(name).min <= low and high <= np.iinfo(name).max)
        array = array.astype(next(fitting, "float64"))
    little = array.astype(array.dtype.newbyteorder("<"))
    kind = f"{array.dtype.kind}{array.dtype.itemsize * 8}"
    return {"type": kind, "base64": base64.b64encode(little.tobytes()).decode("ascii")}


def nullable_numbers(values: pd.Series, *, step: float = 1.0) -> Json:
    """Encode a column with nulls, rounded to multiples of `step`."""
    numbers = values.astype("float64").to_numpy()
    known = np.isfinite(numbers)
    steps = np.zeros(numbers.shape, dtype="int64")
    steps[known] = np.rint(numbers[known] / step).astype("int64")
    base = int(steps[known].min()) if known.any() else 0
    raw = np.where(known, steps - base + 1, 0)
    return {"numbers": number_array(raw), "base": base, "scale": step}


def text_column(values: pd.Series) -> Json:
    """Encode texts as codes into their distinct values, in order of appearance."""
    codes, distinct = pd.factorize(values)
    return {"codes": number_array(codes), "values": [str(value) for value in distinct]}


def day_numbers(days: pd.Series) -> pd.Series:
    """Return days as floats of whole days since 1970-01-01, NaN for null."""
    return (days - pd.Timestamp(0).as_unit("s")) / pd.Timedelta(days=1)


def packed(value: Any, *, above: int = PACK_ABOVE) -> Json:
    """Return a value ready for the data block: plain while it is small, deflated from `above` characters."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if len(text) <= above:
        return {"plain": value}
    raw = valid_text(text).encode("utf-8")
    # Level 6 halves the time of 9 for a percent of size; beyond a megabyte building time counts more.
    level = 6 if len(raw) < 1_000_000 else 3
    return {"deflate": base64.b64encode(zlib.compress(raw, level)).decode("ascii")}
