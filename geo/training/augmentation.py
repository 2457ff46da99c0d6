"""Passages changed so that the tagger learns what matters: other names, other letter case, lost hyphens and words."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from geo.training.corpora import Mark, Passage, PlaceLink

_ONSETS = re.findall(r"\w+", "b d f g h j k l m n r s t z sh kh gh th dh br dr kr tr st ch v p w y")
_VOWELS = re.findall(r"\w+", "a e i o u aa ai ou ei")
_CODAS = ["", *re.findall(r"\w+", "n r l m s t b d q k z f ng rt sk")]
_PREFIXES = ("al-", "Al-", "Tell ", "Kafr ", "Bab al-", "Deir ", "Sheikh ", "San ", "New ", "Upper ", "Novo", "Umm ")
_SUFFIXES = ("abad", "ville", "ton", "grad", "stan", "iya", "pur", "burg", "ovka", "awi", "kale", "dorf")


def invented_name(dice: random.Random) -> str:
    """Return a name of a place that no gazetteer knows."""
    syllables = dice.choice((2, 2, 3))
    name = "".join(dice.choice(_ONSETS) + dice.choice(_VOWELS) + dice.choice(_CODAS) for _ in range(syllables))
    if dice.random() < 0.25:
        name += dice.choice(_SUFFIXES)
    name = name.capitalize()
    return dice.choice(_PREFIXES) + name if dice.random() < 0.3 else name


def varied(passage: Passage, dice: random.Random, *, names: Sequence[str]) -> Passage:
    """Return the passage, or a variant of it; `names` are toponyms that may stand in for others."""
    if dice.random() < 0.35:
        passage = edited(passage, _other_names(passage, dice, names=names))
    if dice.random() < 0.08:
        passage = edited(passage, [(at.start(), at.end(), " ") for at in re.finditer(r"(?<=\w)-(?=\w)", passage.text)])
    if dice.random() < 0.08:
        passage = edited(passage, _lost_words(passage, dice))
    if dice.random() < 0.12:
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in passage.text)
        passage = replace(passage, text=lowered)
    return passage


def edited(passage: Passage, edits: Sequence[tuple[int, int, str]]) -> Passage:
    """Replace stretches of the text and move every offset along; a mark inside a replaced stretch grows with it."""
    if not edits:
        return passage
    edits = sorted(edits)
    pieces: list[str] = []
    moves: list[tuple[int, int, int, int]] = []
    old = new = 0
    for start, end, text in edits:
        pieces += [passage.text[old:start], text]
        new += start - old
        moves.append((start, end, new, new + len(text)))
        new += len(text)
        old = end
    pieces.append(passage.text[old:])

    def moved(span: tuple[int, int]) -> tuple[int, int]:
        return _moved(span[0], moves, at_end=False), _moved(span[1], moves, at_end=True)

    return replace(
        passage,
        text="".join(pieces),
        marks=tuple(Mark(*moved((mark.start, mark.end)), mark.label) for mark in passage.marks),
        links=tuple(
            PlaceLink(
                moved(link.trigger), tuple(moved(place) for place in link.places), moved(link.scope), link.link_id
            )
            for link in passage.links
        ),
    )


def _moved(offset: int, moves: Sequence[tuple[int, int, int, int]], *, at_end: bool) -> int:
    shift = 0
    for start, end, new_start, new_end in moves:
        if offset < start or (offset == start and (at_end or start < end)):
            return offset + shift if offset != start or at_end else new_start
        if offset < end or (offset == end and at_end):
            return new_end if at_end else new_start
        shift = new_end - end
    return offset + shift


def _other_names(passage: Passage, dice: random.Random, *, names: Sequence[str]) -> list[tuple[int, int, str]]:
    """Give each name of a place in the passage another one, the same one wherever it stands."""
    others: dict[str, str] = {}
    edits: dict[tuple[int, int], str] = {}
    for mark in passage.marks:
        name = passage.text[mark.start : mark.end]
        # The locations of re3d are wider than names: `the camp` stays what it is.
        if mark.label not in _PLACES or not all(word[0].isupper() for word in name.split()):
            continue
        if any(_breaks(mark, other) for other in passage.marks):
            continue
        if name not in others:
            others[name] = invented_name(dice) if dice.random() < 0.4 or not names else dice.choice(names)
        edits[mark.start, mark.end] = others[name]
    return [(start, end, name) for (start, end), name in edits.items()]


_PLACES = frozenset({"toponym", "location", "location_inner"})


def _breaks(mark: Mark, other: Mark) -> bool:
    """Tell whether giving `mark` other words would break `other`, which begins or ends inside it."""
    return mark.start < other.start < mark.end or mark.start < other.end < mark.end


def _lost_words(passage: Passage, dice: random.Random) -> list[tuple[int, int, str]]:
    """Drop some words that carry no label, as a bad scan does."""
    kept = [(mark.start, mark.end) for mark in passage.marks]
    kept += [link.trigger for link in passage.links]
    edits = []
    for word in re.finditer(r"\S+\s", passage.text):
        if dice.random() < 0.06 and all(word.end() <= start or word.start() >= end for start, end in kept):
            edits.append((word.start(), word.end(), ""))
    return edits
