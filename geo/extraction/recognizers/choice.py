"""Which of the model's candidates stand: names of places of a document, and the places of a trigger.

How sure the model must be is measured on documents that it has not seen, and stands in `config.json` beside the
weights.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from geo.extraction.recognizers.decoding import Span, whole_name
from geo.model import Mention

CANDIDATE = 0.2
"""Probability from which a name is considered."""


@dataclass(frozen=True, slots=True)
class NameChoice:
    """How sure the model must be of a name."""

    known: float = 0.4
    """Probability from which a name stands that the gazetteer lists."""
    unknown: float = 0.65
    """Probability from which any other name stands."""
    elsewhere: float = 0.4
    """Weight of the same name's best mention in the document against the mention at hand."""


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """How sure the model must be of the place of a trigger."""

    likeliest: float = 0.4
    """Probability from which the likeliest place stands, and those that are listed with it."""
    further: float = 0.7
    """Probability from which any other place stands."""


USUAL_NAMES, USUAL_PLACES = NameChoice(), PlaceChoice()
_DATELINE = re.compile(
    r"^[ \t]*[“\"]?(?:(?:[^\W\d_a-z][\w’'.-]*|\d{1,2}),?[ \t]+){1,6}(?:\([^()\n]{1,40}\)[ \t]*)?(?:—|–|--|-)[ \t]",
    re.MULTILINE,
)
_LISTED = re.compile(r"[\s,]*(?:and|or|&|,|as well as)[\s,]*(?:(?:in )?(?:the )?)?")


def gazetteer_lists(find: Callable[[str], Sequence[Mention]]) -> Callable[[str], bool]:
    """Return a test whether the gazetteer's finder marks a name as a whole; answers are kept."""

    @lru_cache(maxsize=50_000)
    def listed(name: str) -> bool:
        # The preposition makes a place of a word that could be something else.
        return any(mark.start == 3 and mark.end == 3 + len(name) for mark in find(f"in {name}"))

    return listed


def chosen_names(
    text: str, candidates: Sequence[Span], *, listed: Callable[[str], bool], choice: NameChoice = USUAL_NAMES
) -> list[Span]:
    """Return the candidates that stand, with scores that count the same name elsewhere in the document."""
    whole = [_completed(text, _whole(text, span), listed) for span in candidates]
    best: dict[tuple[str, str], float] = {}
    for span in whole:
        key = (span.label, text[span.start : span.end].lower())
        best[key] = max(best.get(key, 0.0), span.score)
    chosen: list[Span] = []
    for span in whole:
        name = text[span.start : span.end]
        score = (1 - choice.elsewhere) * span.score + choice.elsewhere * best[span.label, name.lower()]
        if name and score >= choice.known and (score >= choice.unknown or listed(name)):
            chosen.append(Span(span.start, span.end, span.label, round(score, 4)))
    return _apart(chosen)


_WORD_BEFORE = re.compile(r"(?<![\w’'-])[^\W\d_a-z][\w’'-]+[ ]\Z")


def _completed(text: str, span: Span, listed: Callable[[str], bool]) -> Span:
    """Return a mark with the word before it where the gazetteer lists the two as one name: `Tariq al-Bab`."""
    before = _WORD_BEFORE.search(text, max(0, span.start - 20), span.start)
    if span.end <= span.start or before is None or not listed(text[before.start() : span.end]):
        return span
    return replace(span, start=before.start())


def datelines(text: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches that say where a report was written: `BEIRUT, Lebanon (AP) — `."""
    return tuple(match.span() for match in _DATELINE.finditer(text))


def chosen_places(
    text: str,
    candidates: Sequence[Span],
    *,
    choice: PlaceChoice = USUAL_PLACES,
    apart_from: Sequence[tuple[int, int]] = (),
) -> list[Span]:
    """Return the places of a trigger: the likeliest, those listed with it, and others that are nearly sure.

    None lies in `apart_from`, stretches in order, such as the datelines of the text.
    """
    whole = _apart([span for span in (_whole(text, span) for span in candidates) if span.end > span.start])
    standing = [span for span in whole if span.score >= choice.likeliest and not _lies_in(span, apart_from)]
    if len(standing) < 2:
        return standing
    likeliest = max(standing, key=lambda span: span.score)
    near = [
        any(_LISTED.fullmatch(text, one.end, other.start) for one, other in _neighbours(standing, index))
        for index in range(len(standing))
    ]
    return [
        span
        for span, listed in zip(standing, near, strict=True)
        if span is likeliest or span.score >= choice.further or listed
    ]


def _lies_in(span: Span, stretches: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(stretches, (span.start, span.end))
    return any(start <= span.start and span.end <= end for start, end in stretches[max(0, at - 1) : at + 1])


def _neighbours(spans: Sequence[Span], index: int) -> list[tuple[Span, Span]]:
    before = [(spans[index - 1], spans[index])] if index else []
    after = [(spans[index], spans[index + 1])] if index + 1 < len(spans) else []
    return before + after


def _whole(text: str, span: Span) -> Span:
    start, end = whole_name(text, span.start, span.end)
    return span if (start, end) == (span.start, span.end) else Span(start, end, span.label, span.score)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Join spans of one label that overlap, as two halves of a name do once each is made whole."""
    joined: list[Span] = []
    for span in sorted(spans):
        last = joined[-1] if joined else None
        if last and last.label == span.label and span.start < last.end:
            joined[-1] = replace(last, end=max(last.end, span.end), score=max(last.score, span.score))
        else:
            joined.append(span)
    return joined
