"""What the accounts of events say of their sources, and in which words: two columns of a JSON text, read at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json

_SCHEMA = pa.schema(
    {"told": pa.list_(pa.struct({"source": pa.string(), "evidence": pa.list_(pa.struct({"text": pa.string()}))}))}
)
_LEAST_BLOCK = 1 << 22
"""Bytes of text that are read at once, at least; a row must fit into one block."""


def sources_and_words(accounts: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return for each event the names of its sources, each between bars (`|SANA|AFP|`), and what its accounts quote."""
    try:
        sources, words = _read_at_once(pa.array(accounts, pa.large_string()))
    except pa.ArrowInvalid:
        # Not what this project writes, such as a JSON over several lines.
        read = [_sources_and_words(text) for text in accounts.tolist()]
        first, second = (pd.Series([pair[part] for pair in read], dtype="str") for part in (0, 1))
        return first, second
    codes, distinct = pd.factorize(sources.to_pandas())
    named = [between_bars(names.split("|")) for names in distinct]
    return pd.Series(pd.Series(named, dtype="str").to_numpy()[codes], dtype="str"), words.to_pandas().astype("str")


def _read_at_once(accounts: pa.Array | pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """Read them with Arrow's reader: Python's takes a second for 100,000 events, and holds its lock."""
    whole = accounts.combine_chunks() if isinstance(accounts, pa.ChunkedArray) else accounts
    if not len(whole) or pc.any(pc.match_substring(whole, "\n")).as_py():
        raise pa.ArrowInvalid("nothing to read in lines")
    before, after, nothing = (pa.scalar(mark, whole.type) for mark in ('{"told":', "}\n", ""))
    lines = pc.binary_join_element_wise(before, whole, after, nothing)
    *_, text = lines.buffers()
    block = max(_LEAST_BLOCK, 2 * pc.max(pc.binary_length(lines)).as_py())
    table = pyarrow.json.read_json(
        pa.BufferReader(text),
        read_options=pyarrow.json.ReadOptions(block_size=block),
        parse_options=pyarrow.json.ParseOptions(explicit_schema=_SCHEMA, unexpected_field_behavior="ignore"),
    )
    if len(table) != len(whole):
        raise pa.ArrowInvalid("a line that is none")
    told = table.column("told").combine_chunks()
    evidence = told.values.field("evidence")
    sources = pc.replace_substring(told.values.field("source").fill_null(""), "|", "/")
    texts = evidence.values.field("text").fill_null("")
    of_account, of_event = evidence.offsets, told.offsets
    words = pc.binary_join(pa.ListArray.from_arrays(of_account.take(of_event), texts), " ")
    return pc.binary_join(pa.ListArray.from_arrays(of_event, sources), "|"), words


_TOLD = re.compile(r'"(source|text)"\s*:\s*"([^"\\]*(?:\\.[^"\\]*)*)"')
"""A source or a quotation in the JSON of accounts. Inside of a string its quotation marks would be escaped."""


def _sources_and_words(text: str) -> tuple[str, str]:
    told = _TOLD.findall(text)
    if "\\" in text:
        told = [(key, json.loads(f'"{value}"')) for key, value in told]
    return (
        between_bars(value.replace("|", "/") for key, value in told if key == "source"),
        " ".join([value for key, value in told if key == "text"]),
    )


def between_bars(names: Iterable[str]) -> str:
    """Return the names, each once, between bars."""
    return f"|{'|'.join(dict.fromkeys(name for name in names if name))}|"
