"""How sure an account is, as a stated function of its evidence.

A logistic sum: each sign of an account adds its weight (data/lexicon/confidence.csv) to the log-odds that the account
is right in its type, its place, and its actors or its days and dead. The weights are fitted on annotated sentences and
on whole short reports, and measured by `geo evaluate confidence`. That a happening is told again, that its place is
named, and that both sides are told were tried and left out: they foretold no better what is right in held-out reports.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from geo.extraction.accounts.threads import Thread
from geo.extraction.drafts.moments import Origin
from geo.vocabulary import EventType, Factuality

SIGNS = (
    "any_account",
    "own_day",
    "counted",
    "harm_only",
    "beside_others",
    "no_violence",
    "sourced",
    "armed",
)
"""In the order of their rows; `any_account` is the log-odds of an account without any other sign."""
_LEAST, _MOST = 0.02, 0.98
"""No reading is surer than this, either way."""
_QUIET = frozenset({EventType.STRATEGIC_DEVELOPMENTS, EventType.PROTESTS})


def signs_of(thread: Thread) -> tuple[float, ...]:
    """Return which of `SIGNS` what a document tells of a happening has, in that order: 1 or 0 for each."""
    return tuple(_strengths(thread))


def _strengths(thread: Thread) -> Iterator[float]:
    head, drafts = thread.head, thread.drafts
    yield 1.0
    yield float(any(draft.moment.origin is Origin.OWN for draft in drafts))
    yield float(thread.killed is not None or thread.injured is not None)
    yield float(all(draft.happening.only_harm for draft in drafts))
    yield float(bool(head.happening.rivals))
    yield float(head.happening.head.event_type in _QUIET)
    yield float(thread.factuality.value is not Factuality.ASSERTED)
    yield float(thread.weapon is not None)


def confidence_of(thread: Thread) -> float:
    """Return the probability that an account is right, in (0, 1), rounded to three digits."""
    weights = thread.head.sentence.reading.lexicon.confidence
    return probability(signs_of(thread), weights)


def probability(signs: tuple[float, ...], weights: Mapping[str, float]) -> float:
    """Return the logistic of the weighted sum of signs, rounded to three digits; a sign without a weight counts 0."""
    odds = sum(weights.get(name, 0.0) * strength for name, strength in zip(SIGNS, signs, strict=True))
    return round(min(_MOST, max(_LEAST, 1.0 / (1.0 + math.exp(-odds)))), 3)
