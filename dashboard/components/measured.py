"""Measured accuracy in words: what was measured, on what, and how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from dashboard.components.figures import Figure
from dashboard.i18n import Words

_LOWEST = re.compile(r"at_0\.(\d\d)")


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure as it is shown."""

    on: str
    """What it was measured on."""
    name: str
    value: str
    how: str
    """In English, as `geo evaluate` wrote it."""
    pinned: bool
    """Whether a floor holds it, so that a worse system is refused."""


def measured_figures(figures: Sequence[Mapping[str, Any]], words: Words) -> Iterator[Measured]:
    """Yield the figures of `geo evaluate --json` in words; each is a share of 1."""
    for figure in figures:
        on, _, name = str(figure["name"]).partition(".")
        value = f"{float(figure['value']):.1%}"
        yield Measured(words.name("measured_on", on), _name(name, words), value, figure["note"], bool(figure["floor"]))


_KEPT = ("annotated.kept", "annotated.new_kept")
"""Passages that nobody looked at while the rules were written: the fairest measure there is of what to expect."""
_SHORT = {
    "found": "recall",
    "real": "precision",
    "type": "sub_event_type.precision",
    "place": "place.precision",
    "day": "days.precision",
    "who": "actor1.precision",
}


def in_short(figures: Sequence[Mapping[str, Any]], words: Words) -> Iterator[Figure]:
    """Yield the few figures that say what to expect, each the lowest that was measured on texts kept unseen."""
    known = {figure["name"]: float(figure["value"]) for figure in figures}
    for key, name in _SHORT.items():
        values = [known[told] for kept in _KEPT if (told := f"{kept}.{name}") in known]
        if values:
            note = words(f"quality.short_{key}_note")
            yield Figure(f"short-{key}", words(f"quality.short_{key}"), f"{min(values):.0%}", note)


def _name(name: str, words: Words) -> str:
    if lowest := _LOWEST.search(name):
        # What was measured is said by the note, which names both ends.
        return words("quality.from_confidence", value=f"{int(lowest[1])} %")
    return ", ".join(words.name("measured", part) for part in name.split("."))


def measured_html(figures: Sequence[Measured], words: Words) -> str:
    """Return a table of figures by what they were measured on; nothing in it is cut."""
    heads = "".join(f'<th scope="col">{escape(words(f"quality.{name}"))}</th>' for name in ("figure", "value", "how"))
    rows = []
    for on, group in groupby(figures, key=lambda figure: figure.on):
        rows.append(f'<tr class="on"><th colspan="3" scope="colgroup">{escape(on)}</th></tr>')
        last = ""
        for figure in group:
            # What holds for the rows above is said once.
            how = "" if figure.how == last else figure.how
            last = figure.how
            cells = f"<td><bdi>{figure.value}</bdi></td><td dir='auto'>{escape(how)}</td>"
            rows.append(f'<tr><th scope="row">{escape(figure.name)}</th>{cells}</tr>')
    body = "".join(rows)
    return (
        f'<div class="ca-scroll"><table class="ca-measured"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody>'
        "</table></div>"
    )
