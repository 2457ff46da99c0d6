"""Columns as the page reads them, decoded again as its script does."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.layers.encoding import nullable_numbers, number_array, packed, text_column

DTYPES = {"u8": "<u1", "i8": "<i1", "u16": "<u2", "i16": "<i2", "u32": "<u4", "i32": "<i4", "f32": "<f4", "f64": "<f8"}


def decoded(encoded: dict[str, Any]) -> np.ndarray[Any, Any]:
    return np.frombuffer(base64.b64decode(encoded["base64"]), dtype=DTYPES[encoded["type"]])


@given(st.lists(st.integers(-(2**40), 2**40)))
def test_whole_numbers_come_back(values: list[int]) -> None:
    assert decoded(number_array(np.array(values, dtype="int64"))).tolist() == values


@pytest.mark.parametrize(
    ("values", "kind"),
    [([], "u8"), ([0, 255], "u8"), ([-1, 5], "i8"), ([256], "u16"), ([-70000], "i32"), ([2**33], "f64")],
)
def test_the_smallest_type_is_taken(values: list[int], kind: str) -> None:
    assert number_array(np.array(values, dtype="int64"))["type"] == kind


@given(st.lists(st.one_of(st.none(), st.integers(-18_000_000, 18_000_000))))
def test_nulls_are_apart_from_zero(values: list[int | None]) -> None:
    column = nullable_numbers(pd.Series(values, dtype="Int64"))
    raw = decoded(column["numbers"]).tolist()
    assert [None if step == 0 else step - 1 + column["base"] for step in raw] == values


def test_steps_round_to_the_nearest() -> None:
    column = nullable_numbers(pd.Series([37.123456, None, 37.1]), step=1e-5)
    raw = decoded(column["numbers"]).tolist()
    assert raw[1] == 0
    assert (raw[0] - 1 + column["base"]) * column["scale"] == pytest.approx(37.12346)


def test_texts_are_kept_once() -> None:
    column = text_column(pd.Series(["b", "a", "b", ""], dtype="str"))
    assert column["values"] == ["b", "a", ""]
    assert decoded(column["codes"]).tolist() == [0, 1, 0, 2]


def test_large_values_are_deflated_and_small_ones_readable() -> None:
    value = {"text": "ṩ<>&" * 40_000}
    assert packed({"a": 1}) == {"plain": {"a": 1}}
    assert json.loads(zlib.decompress(base64.b64decode(packed(value)["deflate"]))) == value
