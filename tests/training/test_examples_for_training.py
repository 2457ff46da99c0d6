"""What the tagger is trained on: offsets survive every variation, and the rules of counting are the field's."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.training.augmentation import edited, invented_name, varied
from geo.training.corpora import LABELS, Mark, Passage, PlaceLink, fold_of, read_corpora
from geo.training.out_of_fold import OutOfFold
from geo.training.scoring import exact, matched_score, overlapping_half, same_name_nearby, total
from geo.training.synthesis import KNOWN, synthetic_passages

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
needs_corpora = pytest.mark.skipif(not SHARED.exists(), reason=f"the corpora are not beside the project, in {SHARED}")

TEXT = "Rebels shelled rebel-held Homs and Idlib."
PASSAGE = Passage(
    "1",
    "event_location",
    TEXT,
    (Mark(26, 30, "toponym"), Mark(35, 40, "toponym")),
    frozenset({"toponym"}),
    links=(PlaceLink((7, 14), ((26, 30), (35, 40)), (0, len(TEXT))),),
)


def test_edits_move_every_offset_along() -> None:
    longer = edited(PASSAGE, [(26, 30, "Upper Zarqash"), (20, 21, " ")])
    assert longer.text == "Rebels shelled rebel held Upper Zarqash and Idlib."
    assert [longer.text[mark.start : mark.end] for mark in longer.marks] == ["Upper Zarqash", "Idlib"]
    (link,) = longer.links
    assert longer.text[slice(*link.trigger)] == "shelled"
    assert [longer.text[slice(*place)] for place in link.places] == ["Upper Zarqash", "Idlib"]
    assert link.scope == (0, len(longer.text))


@given(seed=st.integers(0, 10_000))
def test_a_variation_keeps_the_trigger_and_marks_whole_words(seed: int) -> None:
    variant = varied(PASSAGE, random.Random(seed), names=["Aleppo", "Deir ez-Zor"])
    (link,) = variant.links
    assert variant.text[slice(*link.trigger)] == "shelled"
    for mark in variant.marks:
        words = variant.text[mark.start : mark.end]
        assert words == words.strip() != ""
    assert [(mark.start, mark.end) for mark in variant.marks] == list(link.places)


def test_invented_names_differ() -> None:
    dice = random.Random(7)
    assert len({invented_name(dice) for _ in range(500)}) > 450


def test_templates_mark_what_they_say() -> None:
    passages = synthetic_passages(400, names=["Aleppo"], seed=1)
    for passage in passages:
        assert not set("[]{}") & set(passage.text)
        assert {mark.label for mark in passage.marks} <= KNOWN <= set(LABELS)
        names = {(mark.start, mark.end) for mark in passage.marks if mark.label == "toponym"}
        for link in passage.links:
            assert set(link.places) <= names
    assert any(not link.places for passage in passages for link in passage.links)


def test_a_sentence_told_twice_stays_in_one_fold() -> None:
    again = Passage("2", "event_location", TEXT.upper() + "\n", (), frozenset())
    assert fold_of(PASSAGE.text, 3) == fold_of(again.text, 3)


def test_out_of_fold_spans_survive_the_file(tmp_path: Path) -> None:
    kept = OutOfFold({"folds": 3}, {"lgl": {"lgl-0": [[0, 5, "toponym", 0.9]]}})
    kept.write(tmp_path / "spans.json.gz")
    first = (tmp_path / "spans.json.gz").read_bytes()
    assert OutOfFold.read(tmp_path / "spans.json.gz") == kept
    kept.write(tmp_path / "spans.json.gz")
    assert (tmp_path / "spans.json.gz").read_bytes() == first


@pytest.mark.gold
@needs_corpora
def test_marks_lie_on_the_words_of_the_corpora() -> None:
    passages = read_corpora(SHARED / "data")
    assert {passage.corpus for passage in passages} == {"lgl", "geovirus", "event_location", "re3d", "muc"}
    for passage in passages:
        for mark in passage.marks:
            assert 0 <= mark.start < mark.end <= len(passage.text)
            assert mark.label in LABELS
            assert mark.label in passage.known | passage.partial | {"demonym"}


@pytest.mark.gold
@needs_corpora
def test_counting_agrees_with_the_scorers() -> None:
    dice = random.Random(3)
    geoparsing, location = _scorer("score_geoparsing"), _scorer("score_event_location")
    rows = [json.loads(line) for line in (SHARED / "data/geoparsing/lgl.jsonl").open(encoding="utf-8")][:80]
    guesses = {row["id"]: [_shaken(span, dice) for span in row["toponyms"] if dice.random() < 0.8] for row in rows}
    predicted = {
        row["id"]: {"toponyms": [{"start": s, "end": e, "surface": row["text"][s:e]} for s, e in guesses[row["id"]]]}
        for row in rows
    }
    theirs = geoparsing.score({row["id"]: row for row in rows}, predicted)
    gold = {
        row["id"]: [(each["start"], each["end"]) for each in row["toponyms"] if each["lat"] is not None] for row in rows
    }
    ours = total(matched_score(gold[row["id"]], guesses[row["id"]], same_name_nearby(row["text"])) for row in rows)
    assert theirs["f1"] == pytest.approx(ours.f1, abs=1e-4)
    assert 0.3 < ours.f1 < 0.95

    places = {key: {"locations": [{"start": s, "end": e} for s, e in spans]} for key, spans in gold.items()}
    answers = {key: {"locations": [{"start": s, "end": e} for s, e in spans]} for key, spans in guesses.items()}
    theirs = location.score(places, answers)
    ours = total(matched_score(gold[key], guesses[key], overlapping_half) for key in gold)
    assert theirs["f1"] == pytest.approx(ours.f1, abs=1e-4)


def test_exact_counts_each_span_once() -> None:
    score = matched_score([(0, 5), (9, 12)], [(0, 5), (0, 5), (9, 13)], exact)
    assert (score.right, score.false, score.missed) == (1, 2, 1)
    assert score.f1 == pytest.approx(0.4)


def _shaken(span: dict[str, int], dice: random.Random) -> tuple[int, int]:
    shift = dice.choice((0, 0, 0, 1, 4, 12))
    return span["start"] + shift, span["end"] + shift


def _scorer(name: str):
    spec = importlib.util.spec_from_file_location(name, SHARED / "eval" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
