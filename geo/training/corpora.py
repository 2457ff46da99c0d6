"""The corpora that the tagger learns from, each read into the same shape.

A corpus annotates only some of the labels. A passage therefore says which labels it annotates (`known`); for the
others nothing is learnt from it, neither that a word carries the label nor that it does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LABELS = (
    "toponym",
    "demonym",
    "location",
    "location_inner",
    "organisation",
    "organisation_inner",
    "weapon",
    "actor",
    "victim",
    "target",
    "trigger",
    "lgl_toponym",
    "geovirus_toponym",
)
"""What the tagger marks; each label has begin/inside/outside of its own, so that labels may overlap.

`toponym` is learnt from every corpus that marks names of places; `lgl_toponym` and `geovirus_toponym` each from one,
because the two disagree (adjectives of nations, places inside the names of organisations).

`location` and `organisation` are re3d's, wider than names ("northern Iraq", "the camp"); `_inner` are those nested
inside another. `actor`, `victim` and `target` are MUC's perpetrators, victims and physical targets.
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled stretch of a passage, half-open in characters."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A trigger, and the places where its event happened (empty: the text does not say)."""

    trigger: tuple[int, int]
    places: tuple[tuple[int, int], ...]
    scope: tuple[int, int]
    """The stretch in which places may lie: the trigger's sentence."""
    link_id: str = ""
    """Identifier of the trigger's row in the corpus."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One document or sentence of a corpus."""

    passage_id: str
    corpus: str
    text: str
    marks: tuple[Mark, ...]
    known: frozenset[str]
    """Labels that are annotated throughout the passage."""
    partial: frozenset[str] = frozenset()
    """Labels of which only the marked stretches are sure, and the words in lower case are sure not to be."""
    links: tuple[PlaceLink, ...] = ()
    entities: tuple[Mark, ...] = ()
    """Every entity that re3d's annotators marked, nested and crossing ones too, with their label in lower case."""


def fold_of(text: str, folds: int) -> int:
    """Return the fold that a text belongs to: by its words alone, so that a sentence told twice stays in one."""
    words = "".join(character for character in text.lower() if character.isalnum())
    return int.from_bytes(hashlib.sha256(words.encode("utf-8", "replace")).digest()[:4], "big") % folds


def read_corpora(folder: Path) -> list[Passage]:
    """Read every corpus below `folder` (the layout that README.md beside the corpora describes)."""
    demonyms = _demonyms()
    passages: list[Passage] = []
    for name in ("lgl", "geovirus"):
        passages += _toponym_passages(folder / "geoparsing" / f"{name}.jsonl", corpus=name, demonyms=demonyms)
    passages += _location_passages(folder / "event_location" / "train.jsonl")
    passages += _re3d_passages(folder / "re3d" / "train.jsonl")
    for name in ("train", "dev"):
        passages += _muc_passages(folder / "muc4" / f"{name}.json")
    return passages


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _demonyms() -> frozenset[str]:
    words = (Path(__file__).parent / "demonyms.txt").read_text(encoding="utf-8").split("\n")
    names = {word.strip().lower() for word in words if word.strip() and not word.startswith("#")}
    return frozenset(names | {name + "s" for name in names})


def _toponym_passages(path: Path, *, corpus: str, demonyms: frozenset[str]) -> Iterator[Passage]:
    """Read LGL or GeoVirus. Names without coordinates are no toponyms, as the leaderboard's rule has it."""
    for row in _rows(path):
        placed = [gold for gold in row["toponyms"] if gold.get("lat") is not None]
        marks = [
            Mark(gold["start"], gold["end"], "demonym" if gold["surface"].lower() in demonyms else "toponym")
            for gold in placed
        ]
        own = f"{corpus}_toponym"
        marks += [Mark(gold["start"], gold["end"], own) for gold in placed]
        # GeoVirus leaves the adjectives of nations unmarked, LGL marks them.
        known = {"toponym", "demonym", own} if corpus == "lgl" else {"toponym", own}
        yield Passage(row["id"], corpus, row["text"], tuple(marks), frozenset(known))


def _location_passages(path: Path) -> Iterator[Passage]:
    """Read event_location; a sentence that stands there for several triggers becomes one passage."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(path):
        groups.setdefault(row["text"], []).append(row)
    for text, rows in groups.items():
        links, marks = [], []
        for row in rows:
            trigger = (row["trigger"]["start"], row["trigger"]["end"])
            places = tuple((place["start"], place["end"]) for place in row["locations"])
            links.append(PlaceLink(trigger, places, (0, len(text)), row["id"]))
            marks += [Mark(start, end, "toponym") for start, end in places]
        yield Passage(
            rows[0]["id"],
            "event_location",
            text,
            tuple(dict.fromkeys(marks)),
            frozenset(),
            partial=frozenset({"toponym"}),
            links=tuple(links),
        )


def _re3d_passages(path: Path) -> Iterator[Passage]:
    names = {"MilitaryPlatform": "weapon", "Weapon": "weapon"}
    known = {"location", "location_inner", "organisation", "organisation_inner", "weapon"}
    for row in _rows(path):
        marks = []
        for label in ("Location", "Organisation"):
            spans = {(entity["start"], entity["end"]) for entity in row["entities"] if entity["label"] == label}
            outer = _outermost(spans)
            marks += [Mark(*span, label.lower()) for span in sorted(outer)]
            marks += [Mark(*span, f"{label.lower()}_inner") for span in sorted(_outermost(spans - outer))]
        weapons = {(entity["start"], entity["end"]) for entity in row["entities"] if entity["label"] in names}
        marks += [Mark(*span, "weapon") for span in sorted(_outermost(weapons))]
        entities = sorted({(entity["start"], entity["end"], entity["label"].lower()) for entity in row["entities"]})
        everything = tuple(Mark(*entity) for entity in entities)
        yield Passage(row["id"], "re3d", row["text"], tuple(marks), frozenset(known), entities=everything)


def _outermost(spans: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the spans that lie in no other and cross no earlier one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return set(kept)


def _muc_passages(path: Path) -> Iterator[Passage]:
    """Read MUC-4. A report without fillers is left out: it is about something else, not free of such words."""
    labels = {"PerpInd": "actor", "PerpOrg": "actor", "Target": "target", "Victim": "victim", "Weapon": "weapon"}
    for row in _rows(path):
        text = row["doctext"]
        marks: list[Mark] = []
        for field, label in labels.items():
            names = {name for entity in row["extracts"][field] for name, _ in entity if len(name) > 2}
            spans = {span for name in names for span in _occurrences(text, name)}
            marks += [Mark(*span, label) for span in sorted(_outermost(spans))]
        if marks:
            yield Passage(row["docid"], "muc", text, tuple(marks), frozenset(labels.values()))


def _occurrences(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Find a filler wherever it stands as whole words: the gold gives one occurrence of each."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        whole = not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum()
        if whole:
            yield at, end
        at = text.find(name, end)
