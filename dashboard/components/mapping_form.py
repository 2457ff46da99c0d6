"""The mapping editor: what the values of somebody else's zones mean, filled in as a table."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.i18n import Words
from geo.vocabulary import ZoneStatus

_COLUMNS = ("value", "features", "controller", "status", "aside")


def value_table(unknown: Mapping[str, int]) -> pd.DataFrame:
    """Return one row for each value that no rule knows, the frequent first, with the columns to fill in."""
    ordered = sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
    return pd.DataFrame(
        [(value, count, "", str(ZoneStatus.HELD), "") for value, count in ordered], columns=list(_COLUMNS)
    )


def draw_mapping_form(unknown: Mapping[str, int], words: Words) -> pd.DataFrame:
    """Draw the table and return it as it was filled in."""
    return pd.DataFrame(
        st.data_editor(
            value_table(unknown),
            key="mapping_values",
            hide_index=True,
            width="stretch",
            disabled=["value", "features"],
            column_config={
                "value": words("zones.mapping_value"),
                "features": words("zones.mapping_features"),
                "controller": st.column_config.TextColumn(words("zones.controller"), max_chars=60),
                "status": st.column_config.SelectboxColumn(
                    words("zones.status"), options=[str(status) for status in ZoneStatus], required=True
                ),
                "aside": st.column_config.TextColumn(words("zones.mapping_aside"), max_chars=200),
            },
        )
    )


def open_values(table: pd.DataFrame) -> tuple[str, ...]:
    """Return the values that have neither a controller nor a reason to be set aside, or that have both."""
    return tuple(row["value"] for row in _rows(table) if bool(row["controller"].strip()) == bool(row["aside"].strip()))


def mapping_toml(table: pd.DataFrame, draft: str) -> str:
    """Return the filled table as a mapping file.

    `draft` is the one that the import drafted: what it says of the properties to look at stays.
    """
    lines = [draft.split("[[rules]]", 1)[0].rstrip(), ""]
    named: dict[str, str] = {}
    for row in _rows(table):
        lines += ["[[rules]]", f"is = [{_quoted(row['value'])}]"]
        if aside := row["aside"].strip():
            lines += [f"aside = {_quoted(aside)}", ""]
            continue
        name = row["controller"].strip()
        named[name] = _identifier(name)
        lines += [f"controller = {_quoted(named[name])}", f"status = {_quoted(row['status'])}", ""]
    for name, key in named.items():
        lines += [f"[controllers.{_quoted(key)}]", f"name = {_quoted(name)}", ""]
    return "\n".join(lines)


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    """Return the rows as texts; a cell that was emptied is an empty one."""
    return [{str(name): str(value) for name, value in row.items()} for row in table.fillna("").to_dict("records")]


def _identifier(name: str) -> str:
    return re.sub(r"\W+", "_", name.casefold()).strip("_") or "side"


def _quoted(text: str) -> str:
    # A basic string of TOML takes JSON's escapes; DEL alone is refused as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
