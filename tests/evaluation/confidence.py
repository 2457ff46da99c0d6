"""Whether events at a confidence of .8 are right in 80 of 100: reliability by cross-validation over documents.

What is right is judged by the annotated sentences (`annotated.py`) that development may read: both halves of the first
draw, the development half of the second, and the reports written for development. An account is right where it is
matched with a marked event, its sub-event type and its place agree with the mark, and no actor that it names is another
than the marked one; the reports mark no actors, but days and dead of every event, and an account of them is right only
where these agree too.

The logistic weights are fitted with a quadratic penalty; ten folds of documents, each predicted by the weights of the
other nine. `confidence.annotated.ece` is the expected calibration error of these predictions: the mean distance of a
bin's confidence from its share of right accounts, weighted by accounts. `confidence.new_kept.*` is the same table for
the confidences as shipped, on sentences that neither the rules nor the weights were fitted to.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.extraction.accounts.assembly import account_of, threads_of
from geo.extraction.accounts.confidence import SIGNS, signs_of
from geo.extraction.reading import Reading
from geo.model import Account, Document
from geo.pipeline import Plan
from geo.pipeline.coding import load_tools
from geo.settings import read_settings

from .annotated import NOT_SCORED, UNTOLD, agreement, marked_sentences, stated, told
from .measuring import Figure

BINS = (0.0, 0.4, 0.6, 0.8, 1.0)
FOLDS = 10
HALVES = ("development", "kept", "new_development", "reports")
ACTORS, COUNTED = ("actor1", "actor2"), ("days", "killed")
"""What must agree beside type and place: in sentences of news, and in reports of which no actors are marked."""
REPORT = "report-"
"""How the names of the reports begin."""
PENALTY = 3.0
"""Of the squared weights; that of every account is free. Of 1, 3 and 10 it had the least log-loss on held-out folds."""
EXPECTED = {"harm_only": -1.0}
"""Weights towards which the penalty draws, 0 for all others: few annotated accounts tell harm without its event, and
such an account is a part of another event more often than one that names what happened."""
Numbers = npt.NDArray[np.float64]
MEANINGS = {
    "any_account": "the start for every account",
    "own_day": "the day is told with the event",
    "counted": "killed or injured are counted",
    "harm_only": "only what came of an event is told",
    "beside_others": "its sentence tells other events too",
    "no_violence": "a strategic development or a protest",
    "sourced": "somebody is said to say it",
    "armed": "a weapon is named",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """An account's signs, the confidence that it ships with, and whether it is right."""

    document_id: str
    signs: tuple[float, ...]
    shipped: float
    right: bool


def figures_confidence() -> list[Figure]:
    """Return both reliability tables, and the expected calibration errors."""
    rows = judged_accounts(HALVES)
    right = np.array([float(row.right) for row in rows])
    predicted = cross_validated(rows)
    kept = judged_accounts(("new_kept",))
    shipped = np.array([row.shipped for row in kept])
    kept_right = np.array([float(row.right) for row in kept])
    error = calibration_error(predicted, right)
    note = f"1 - ECE; annotated sentences, {FOLDS}-fold over documents, n={len(rows)}"
    return [
        *_table("annotated", predicted, right),
        *_table("new_kept", shipped, kept_right),
        Figure("confidence.calibration", round(1.0 - error, 4), note=note),
        Figure(
            "confidence.new_kept.calibration",
            round(1.0 - calibration_error(shipped, kept_right), 4),
            note=f"1 - ECE of the shipped confidences on sentences never tuned to, n={len(kept)}",
        ),
    ]


def _table(name: str, predicted: Numbers, right: Numbers) -> list[Figure]:
    figures = []
    for low, high, members in _bins(predicted):
        if members.any():
            mean, count = predicted[members].mean(), int(members.sum())
            note = f"share right of {count} at confidence {low:.2f} to {high:.2f}, mean {mean:.3f}"
            figures.append(Figure(f"confidence.{name}.at_{low:.2f}", round(float(right[members].mean()), 4), note=note))
    error = calibration_error(predicted, right)
    return [
        *figures,
        Figure(f"confidence.{name}.ece", round(error, 4), note="expected calibration error: less is better"),
    ]


def _bins(predicted: Numbers) -> list[tuple[float, float, npt.NDArray[np.bool_]]]:
    edges = list(zip(BINS, BINS[1:], strict=False))
    return [(low, high, (predicted >= low) & ((predicted < high) | (high == BINS[-1]))) for low, high in edges]


def calibration_error(predicted: Numbers, right: Numbers) -> float:
    """Return the expected calibration error over `BINS`."""
    gaps = [
        members.sum() * abs(predicted[members].mean() - right[members].mean())
        for _, _, members in _bins(predicted)
        if members.any()
    ]
    return float(sum(gaps) / max(1, len(predicted)))


def cross_validated(rows: Sequence[Judged]) -> Numbers:
    """Return each account's confidence by weights fitted without its fold of documents."""
    folds = np.array([zlib.crc32(row.document_id.encode()) % FOLDS for row in rows])
    signs, right = np.array([row.signs for row in rows]), np.array([float(row.right) for row in rows])
    predicted = np.zeros(len(rows))
    for fold in range(FOLDS):
        held = folds == fold
        predicted[held] = _logistic(signs[held] @ fitted(signs[~held], right[~held]))
    return predicted


def fitted(signs: Numbers, right: Numbers, *, penalty: float = PENALTY) -> Numbers:
    """Return the weights of `SIGNS` by Newton's method."""
    expected = np.array([EXPECTED.get(name, 0.0) for name in SIGNS])
    weights = np.zeros(signs.shape[1])
    shrink = np.full(signs.shape[1], penalty)
    shrink[0] = 1e-3
    for _ in range(30):
        chance = _logistic(signs @ weights)
        slope = signs.T @ (chance - right) + shrink * (weights - expected)
        curve = (signs * (chance * (1 - chance))[:, None]).T @ signs + np.diag(shrink)
        weights = weights - np.linalg.solve(curve, slope)
    return np.asarray(weights)


def _logistic(odds: Numbers) -> Numbers:
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def judged_accounts(halves: Sequence[str]) -> list[Judged]:
    """Return the accounts of the annotated sentences of some halves, judged."""
    found = []
    sentences = [sentence for half in halves for sentence in marked_sentences(half)]
    for sentence, told_of in zip(sentences, _read([s.document for s in sentences]), strict=True):
        matched = _matched(sentence.events, [account for account, _ in told_of])
        for index, (account, signs) in enumerate(told_of):
            held = COUNTED if account.document_id.startswith(REPORT) else ACTORS
            right = index in matched and _is_right(matched[index], account, held)
            found.append(Judged(account.document_id, signs, account.confidence, right))
    return found


def _read(documents: Sequence[Document]) -> list[list[tuple[Account, tuple[float, ...]]]]:
    tools = load_tools(Plan.of(read_settings()))
    found = []
    for document, marks in zip(documents, tools.recognizer.recognize(documents), strict=True):
        reading = Reading(document, marks, tools.lexicon)
        pairs = []
        for thread in threads_of(reading):
            account = account_of(reading, thread)
            pairs.append((account, signs_of(thread)))
        found.append(pairs)
    return found


def _matched(events: Sequence[dict[str, Any]], accounts: Sequence[Account]) -> dict[int, dict[str, Any]]:
    """Return the marked event of each account that has one: the assignment with the most agreeing fields."""
    pairs = [(agreement(event, account), i, j) for i, event in enumerate(events) for j, account in enumerate(accounts)]
    taken: set[int] = set()
    matched: dict[int, dict[str, Any]] = {}
    for agreeing, i, j in sorted(pairs, key=lambda pair: (-len(pair[0] or ()), pair[1:])):
        if agreeing is not None and i not in taken and j not in matched:
            taken.add(i)
            matched[j] = events[i]
    return matched


def _is_right(event: dict[str, Any], account: Account, held: Sequence[str] = ACTORS) -> bool:
    """Return whether type and place agree with the mark, and nothing held beside them is another than marked."""
    agreeing = agreement(event, account) or frozenset()
    for field in ("sub_event_type", "place", *held):
        marked, filled = stated(event, field), told(account, field) is not None
        untold = marked == UNTOLD and (field != "place" or held is COUNTED)
        if marked == NOT_SCORED or field in agreeing or untold:
            continue
        if filled or (marked != UNTOLD and field not in ACTORS):
            return False
    return True


def write_weights(path: Path | None = None) -> None:
    """Fit the weights on all judged accounts and write them, as data/lexicon/confidence.csv is read."""
    rows = judged_accounts(HALVES)
    weights = fitted(np.array([row.signs for row in rows]), np.array([float(row.right) for row in rows]))
    with (path or read_settings().lexicon / "confidence.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["sign", "weight", "meaning"])
        for name, weight in zip(SIGNS, weights, strict=True):
            writer.writerow([name, round(float(weight), 3), MEANINGS[name]])
