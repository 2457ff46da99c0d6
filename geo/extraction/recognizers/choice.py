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

from geo.extraction.language.sentences import is_lower_case
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
    town: float = CANDIDATE
    """Probability from which a name stands that is well known for a town, and is part of no longer one."""


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
_DETERMINED = re.compile(r"\b(?:the|an?|this|that|its|their|his|her|our|every|each) \Z", re.IGNORECASE)
_LISTED = re.compile(r"[\s,]*(?:and|or|&|,|as well as)[\s,]*(?:(?:in )?(?:the )?)?")


Listing = Callable[[str], float]
"""How sure the gazetteer is that a name is a place's, in [0, 1]; 0 where it does not list it."""


def gazetteer_lists(find: Callable[[str], Sequence[Mention]]) -> Listing:
    """Return how sure the gazetteer's finder is of a name that it marks as a whole; answers are kept."""

    @lru_cache(maxsize=50_000)
    def listed(name: str) -> float:
        # The preposition makes a place of a word that could be something else.
        return next((mark.score for mark in find(f"in {name}") if mark.start == 3 and mark.end == 3 + len(name)), 0.0)

    return listed


def chosen_names(
    text: str, candidates: Sequence[Span], *, listed: Listing, choice: NameChoice = USUAL_NAMES
) -> list[Span]:
    """Return the candidates that stand, with scores that count the same name elsewhere in the document."""
    whole = [one for span in candidates for one in _parted(text, _completed(text, _whole(text, span), listed), listed)]
    best: dict[tuple[str, str], float] = {}
    for span in whole:
        key = (span.label, text[span.start : span.end].lower())
        best[key] = max(best.get(key, 0.0), span.score)
    chosen: list[Span] = []
    persons = _Persons(text)
    for span in whole:
        name = text[span.start : span.end]
        if _is_common_noun(text, span):
            continue
        score = (1 - choice.elsewhere) * span.score + choice.elsewhere * best[span.label, name.lower()]
        if name and _is_sure(text, span, score, listed=listed, choice=choice, persons=persons):
            chosen.append(Span(span.start, span.end, span.label, round(score, 4)))
    return _apart(chosen)


def _is_common_noun(text: str, span: Span) -> bool:
    """Return whether words in lower case stand after an article, in a text that keeps upper case: `the spa town`."""
    before = max(0, span.start - _LONGEST_WORD)
    lower = text[span.start : span.end].islower() and _DETERMINED.search(text, before, span.start) is not None
    return lower and not is_lower_case(text)


def _is_sure(text: str, span: Span, score: float, *, listed: Listing, choice: NameChoice, persons: _Persons) -> bool:
    if score >= choice.unknown:
        return True
    known = listed(text[span.start : span.end])
    if not known or score >= choice.known:
        return bool(known)
    return score >= choice.town and known >= _WELL_KNOWN and _stands_by_itself(text, span, persons)


_KNOWN = 0.5
"""Listing of a town of some ten thousand people whose name is no ordinary word."""
_WELL_KNOWN = 0.7
"""Listing of a town of some thousand people whose name is no person's and no ordinary word."""
_NO_NAME = (
    "(?!(?:In|At|Near|From|To|Into|After|Before|The|A|On|As|When|While|If|But|And|Since|Outside|Around|Inside|Across"
    "|Between|Of|For|With|By|Until|Only|Even|Now|Then|That|Why|How|Where)[ ])"
)
"""What opens a sentence or a headline before a name, and is no part of it."""
_PART_OF_MORE = re.compile(rf"(?:[-/&]|(?<![\w’'-]){_NO_NAME}[^\W\d_a-z][\w’'.-]*)[ ]?\Z")
_GOES_ON = re.compile(r"[ -](?:of (?:the )?)?[^\W\d_a-z]|[/&$€£]|-\d")
_FIRST_NAME = re.compile(rf"(?<![\w’'-]){_NO_NAME}(?:[^\W\d_a-z]\.|[^\W\d_a-z][\w’'.-]*[^\W\d_])[ ]\Z")
_INTRODUCED_WITHIN = 5_000
"""Characters around a surname in which the person's full name is looked for, at least."""


class _Persons:
    """Names that a text uses as surnames: a first name stands before them somewhere near."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._told: dict[tuple[str, int], bool] = {}

    def have(self, name: str, at: int) -> bool:
        """Tell whether a name at an offset is a person's; asked once a name and stretch, so that work stays linear."""
        block = at // _INTRODUCED_WITHIN
        if (name, block) not in self._told:
            low, high = max(0, block - 1) * _INTRODUCED_WITHIN, (block + 2) * _INTRODUCED_WITHIN
            self._told[name, block] = self._is_introduced(name, low, high)
        return self._told[name, block]

    def _is_introduced(self, name: str, low: int, high: int) -> bool:
        text = self._text
        at = text.find(name, low, high)
        while at >= 0:
            end = at + len(name)
            if not text[end : end + 1].isalnum() and _FIRST_NAME.search(text, max(0, at - _LONGEST_WORD), at):
                return True
            at = text.find(name, end, high)
        return False


def _stands_by_itself(text: str, span: Span, persons: _Persons) -> bool:
    """Tell whether a name is capitalised, and no part of an organisation's or a person's longer name."""
    name = text[span.start : span.end]
    before = max(0, span.start - _LONGEST_WORD)
    if name.islower() or _GOES_ON.match(text, span.end) or _PART_OF_MORE.search(text, before, span.start):
        return False
    return not persons.have(name, span.start)


_UNDER_FIRE = re.compile(
    r"(?<![\w’'.-])([^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+)?) (?:(?:has|have|had|again|also) ){0,2}"
    r"c[ao]mes? under (?:[\w-]+ ){0,3}(?:fire|shelling|bombardment|bombing|attack)\b"
)


def under_fire(text: str, *, listed: Listing, choice: NameChoice = USUAL_NAMES) -> list[Span]:
    """Return the towns that a text says came under fire, where a model may think of forces: `Goma came
    under rocket fire`.
    """
    spans = (match.span(1) for match in _UNDER_FIRE.finditer(text))
    return [Span(*span, "toponym", choice.known) for span in spans if listed(text[slice(*span)]) >= _KNOWN]


_WORD_BEFORE = re.compile(r"(?<![\w’'-])[^\W\d_a-z][\w’'-]+[ -]\Z")
_WORD_AFTER = re.compile(
    # The Minnesota of `Minnesota State Police` is the name.
    r"[ -](?!(?:State|City|Town|Village|County|Province|District|Region|Governorate)\b)[^\W\d_a-z][\w’'-]+"
)
_LONGEST_WORD = 20


def _completed(text: str, span: Span, listed: Listing) -> Span:
    """Return a mark with the words beside it where the gazetteer lists them as one name: `Tariq al-Bab`."""
    start, end = span.start, span.end
    if end <= start:
        return span
    before = _WORD_BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
    if before is not None and listed(text[before.start() : end]):
        start = before.start()
    after = _WORD_AFTER.match(text, end, end + _LONGEST_WORD)
    if after is not None and listed(text[start : after.end()]):
        end = after.end()
    return span if (start, end) == (span.start, span.end) else replace(span, start=start, end=end)


_WAYS = r"(?: (?:road|highway|motorway|route|axis|corridor|border|railway|pipeline|line)s?\b)"
_BETWEEN_NAMES = re.compile(rf"([^\W\d_a-z][\w’' ]*\w)([-–/])([^\W\d_a-z][\w’' ]*?\w){_WAYS}?")
_WAY = re.compile(_WAYS)
_COMMON_NOUN = re.compile(
    r" (?!(?:\w*port|\w*base|airfield|camp|crossing|hospital|prison|dam|river|valley|mountains?|hills|islands?|desert"
    r"|road|street|square|bridge|district|province|governorate|county|region|neighbou?rhood|city|town|village)\b)"
    r"[a-z]{3,}\Z"
)


def _parted(text: str, span: Span, listed: Listing) -> tuple[Span, ...]:
    """Return the names of a mark that the gazetteer does not list as one: both of `the Homs-Hama road`, one of
    `Homs market`.
    """
    name = text[span.start : span.end]
    both = _BETWEEN_NAMES.fullmatch(name)
    if both and (both[2] == "/" or _WAY.match(text, span.start + both.end(3))) and not listed(name):
        (_, first), (last, end) = both.span(1), both.span(3)
        if listed(both[1]) and listed(both[3]):
            return replace(span, end=span.start + first), replace(span, start=span.start + last, end=span.start + end)
    noun = _COMMON_NOUN.search(name)
    if noun is not None and listed(name[: noun.start()]) >= _WELL_KNOWN and not listed(name):
        return (replace(span, end=span.start + noun.start()),)
    return (span,)


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
    sure = (span for span in whole if span.score >= choice.likeliest and not _is_common_noun(text, span))
    standing = [span for span in sure if not _lies_in(span, apart_from)]
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
