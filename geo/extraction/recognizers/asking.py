"""What the link head is asked: for each trigger the words among which the place of its event may stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.extraction.recognizers.decoding import FloatArray
from geo.extraction.recognizers.sections import Window

_ALIKE = 4
"""Pieces by which questions that go through together may differ in length: the shorter are padded to the longest."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One trigger with its scope, in one row of a batch of windows."""

    row: int
    window: Window
    trigger: tuple[int, int, int, int]
    """As in `Window.triggers`."""

    @property
    def width(self) -> int:
        """Pieces of the scope."""
        _, _, low, high = self.trigger
        return high - low

    @property
    def columns(self) -> slice:
        """The scope in the rows that the encoder gave, which start with a mark of their own."""
        _, _, low, high = self.trigger
        return slice(1 + low - self.window.low, 1 + high - self.window.low)

    @property
    def position(self) -> int:
        """The trigger's first piece, counted from the start of the scope."""
        _, first, low, _ = self.trigger
        return first - low


def link_batches(
    windows: Sequence[Window], names: FloatArray, *, nameless: float, pieces: int
) -> Iterator[list[Asked]]:
    """Yield the triggers of the windows in batches of like length and at most about `pieces` word pieces.

    `names` holds the probability (windows, pieces) that a piece belongs to the name of a place; triggers in whose
    scope none reaches `nameless` are left out.
    """
    asked = [Asked(row, window, trigger) for row, window in enumerate(windows) for trigger in window.triggers]
    asked = [one for one in asked if names[one.row, one.columns].max() >= nameless]
    asked.sort(key=lambda one: one.width)
    batch: list[Asked] = []
    for one in asked:
        if batch and (one.width > batch[0].width + _ALIKE or one.width * (len(batch) + 1) > pieces):
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch
