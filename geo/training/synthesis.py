"""Sentences made from hand-written templates, marked for every label that the templates speak of."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from geo.training.augmentation import invented_name
from geo.training.corpora import Mark, Passage, PlaceLink

KNOWN = frozenset({"toponym", "actor", "victim", "target", "weapon", "trigger"})
_MARKED = re.compile(r"\[(\w+):([^\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")


def synthetic_passages(count: int, *, names: Sequence[str], seed: int) -> list[Passage]:
    """Return `count` sentences; places get one of `names` or an invented one, half and half."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    slots, templates = _templates(Path(__file__).with_name("templates.txt"))
    found = []
    for number in range(count):
        template = dice.choice(templates)
        places = {slot: [invented_name(dice) if dice.random() < 0.5 else dice.choice(names)] for slot in _PLACES}
        found.append(_passage(f"synthetic-{number}", _tidy(_filled(template, slots | places, dice))))
    return found


_PLACES = ("place", "place2")


def _filled(template: str, slots: Mapping[str, Sequence[str]], dice: random.Random) -> str:
    return _SLOT.sub(lambda match: dice.choice(slots[match[1]]), template)


def _templates(path: Path) -> tuple[dict[str, list[str]], list[str]]:
    slots: dict[str, list[str]] = {}
    templates: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        definition = re.fullmatch(r"(\w+) = (.*)", line)
        if definition:
            slots[definition[1]] = [choice.strip() for choice in definition[2].split("|")]
        else:
            templates.append(line)
    return slots, templates


def _tidy(sentence: str) -> str:
    """Take out the double spaces of empty slots, and start with a capital."""
    sentence = re.sub(r" {2,}", " ", sentence)
    letters = (index for index, character in enumerate(sentence) if character.isalpha())
    first = next(index for index in letters if not _in_tag(sentence, index))
    return sentence[:first] + sentence[first].upper() + sentence[first + 1 :]


def _in_tag(sentence: str, index: int) -> bool:
    """Tell whether a character belongs to the name of a label rather than to the sentence."""
    opened = sentence.rfind("[", 0, index)
    return opened >= 0 and ":" not in sentence[opened:index]


def _passage(passage_id: str, marked: str) -> Passage:
    text = ""
    marks: list[Mark] = []
    triggers: dict[str, tuple[int, int]] = {}
    places: dict[str, list[tuple[int, int]]] = {}
    at = 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        span = (len(text), len(text) + len(match[2]))
        text += match[2]
        at = match.end()
        label = match[1].rstrip("12")
        if label == "trigger":
            triggers[match[1][7:]] = span
        elif label == "at":
            places.setdefault(match[1][2:], []).append(span)
        marks.append(Mark(*span, "toponym" if label == "at" else label))
    text += marked[at:]
    links = []
    for number, trigger in triggers.items():
        # A second trigger without a place of its own happened where the first did.
        where = places.get(number, places.get("1", []))
        links.append(PlaceLink(trigger, tuple(where), (0, len(text))))
    return Passage(passage_id, "synthetic", text, tuple(marks), KNOWN, links=tuple(links))
