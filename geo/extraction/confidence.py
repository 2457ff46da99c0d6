"""How sure an account is, as a stated function of its evidence.

A logistic sum: each piece of evidence adds its weight to the log-odds that the account is right as a whole.
"""

from __future__ import annotations

import math

from geo.extraction.merging import Thread
from geo.extraction.moments import Origin
from geo.vocabulary import Factuality

BASE = -1.2
_PLACE = {Origin.OWN: 1.1, Origin.INHERITED: 0.5, Origin.ASSUMED: 0.0, Origin.NONE: -0.3}
_DAY = {Origin.OWN: 0.8, Origin.INHERITED: 0.2, Origin.ASSUMED: -0.2, Origin.NONE: -0.4}
_TRIGGER = 1.4
"""For a trigger score of 1; less for a lower one."""
_HARM_ONLY = -0.4
_COUNTED = 0.4
_DOER = 0.4
_AGAIN = 0.3
"""For each further sentence that tells it, up to three."""
_UNPLACED = -0.8


def confidence_of(thread: Thread, *, placed: bool) -> float:
    """Return the probability that an account is right as a whole, in (0, 1), rounded to three digits."""
    head = thread.head
    odds = BASE + _TRIGGER * max(signal.mention.score for signal in head.happening.signals)
    odds += max(_PLACE[draft.where_origin] for draft in thread.drafts)
    odds += max(_DAY[draft.moment.origin] for draft in thread.drafts)
    odds += _HARM_ONLY if all(draft.happening.only_harm for draft in thread.drafts) else 0.0
    odds += _COUNTED if thread.killed or thread.injured else 0.0
    odds += _DOER if thread.actor1 else 0.0
    odds += _AGAIN * min(3, len(thread.drafts) - 1)
    odds += 0.0 if placed else _UNPLACED
    odds += -0.3 if thread.factuality.value is not Factuality.ASSERTED else 0.0
    return round(1.0 / (1.0 + math.exp(-odds)), 3)
