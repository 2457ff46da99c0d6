"""The two sides of what goes on between them: `clashes broke out between X and Y`."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.actors.states import state_at
from geo.extraction.happenings.signals import Signal
from geo.extraction.reading import Sentence
from geo.model import Mention


def opponents_of(sentence: Sentence, signal: Signal, after: Sequence[Mention]) -> tuple[Mention, Mention | None] | None:
    """Return the two sides of `clashes broke out between X and Y`."""
    between = next((i for i in range(signal.last + 1, signal.last + 18) if sentence.low(i) == "between"), None)
    if between is None:
        return None
    first = next((m for m in after if between < sentence.at(m.start) <= between + 12), None)
    state = state_at(sentence, between + 1)
    first = state if state is not None and (first is None or state.end < first.start) else first
    if first is None:
        return None
    last = sentence.at(first.end - 1)
    joint = next((i for i in range(last + 1, last + 10) if sentence.low(i) in ("and", "with")), None)
    if joint is None:
        return (first, None)
    second = next((m for m in after if joint < sentence.at(m.start) <= joint + 5), None)
    second = second or state_at(sentence, joint + 1)
    return (first, second)
