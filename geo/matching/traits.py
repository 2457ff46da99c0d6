"""What of an account is compared, worked out once an account."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from geo.matching.weights import read_weights
from geo.model import Account, Actor, Count, Days, Quoted, Resolved, Unresolved
from geo.vocabulary import SUB_EVENT_TYPES, EventType, Factuality

REMEMBERED: Final = 8_192
"""Accounts whose traits are kept: those of a piece of an archive, which are asked for at every step of its drawing."""
_COMMON_WORDS = """
the a an of and to in on at was were is are be been by for with from has have had that this it its as he she they their
his her said says say according after before who which into over one also not but or more than about
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_DURATION = re.compile(
    r"\bsince\b|^\W*(?:(?:in|over|during|for|within|throughout)\s+)?(?:the\s+)?(?:past|last)\b", re.IGNORECASE
)
"""Words for days that sum up what happened on each of them: `since Thursday`, `over the past three days`."""
_TOLL_DAYS = 3
_SHARP_KM = 25.0
"""A town with its surroundings; places with more doubt are districts and provinces."""


@dataclass(frozen=True, eq=False)
class Traits:
    """The comparable side of one account."""

    account: Account
    account_id: str
    sub_type: str
    place: Resolved | None
    lost_name: str
    """Name of a place that is on no map, folded; empty where the place is known or not told."""
    days: Days | None
    actors: tuple[Actor, ...]
    """The sides named; civilians are none."""
    doer: Actor | None
    """Who did it; None in a battle, which both sides fight."""
    tags: frozenset[str]
    killed: Count | None
    injured: Count | None
    words: frozenset[str]
    announced: bool
    toll: bool
    """Whether it counts the people harmed over several days, and tells no single event of them."""
    register: str = ""
    """Publisher that lists each event once, of whose list this is a row; empty for all others."""

    @cached_property
    def is_blurred(self) -> bool:
        """Whether its day or place is too vague for it to hold other accounts together; see `groups`."""
        if self.days is None or self.place is None:
            return True
        return self.days.end > self.days.start or self.place.uncertainty_km > _SHARP_KM

    @cached_property
    def sphere(self) -> tuple[float, float, float]:
        """The place on a sphere of radius 1; without one, where nothing is."""
        if self.place is None:
            return 0.0, 0.0, 0.0
        lon, lat = math.radians(self.place.lon), math.radians(self.place.lat)
        return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)

    @cached_property
    def spelling(self) -> str:
        """The place's name as its text writes it, folded; empty without a place."""
        return self.place.toponym.casefold() if self.place else ""

    @cached_property
    def place_key(self) -> str:
        """Identifier of the place or of the part of it; empty without one."""
        if self.place is None:
            return ""
        return f"{self.place.place.gazetteer}/{self.place.region_id or self.place.place.gazetteer_id}"


class _Same:
    """An account as itself: to compare all that it holds would cost more than what is remembered of it."""

    __slots__ = ("account",)

    def __init__(self, account: Account) -> None:
        self.account = account

    def __hash__(self) -> int:
        return id(self.account)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.account is other.account


def traits_of(account: Account) -> Traits:
    """Return what of an account is compared."""
    return _traits(_Same(account))


@lru_cache(maxsize=REMEMBERED)
def _traits(same: _Same) -> Traits:
    account = same.account
    sub_type = account.sub_event_type.value
    return Traits(
        account=account,
        account_id=account.account_id,
        sub_type=sub_type,
        place=account.resolution if isinstance(account.resolution, Resolved) else None,
        lost_name=account.resolution.toponym.casefold() if isinstance(account.resolution, Unresolved) else "",
        days=account.when.value if isinstance(account.when, Quoted) else None,
        actors=tuple(
            actor.value
            for actor in (account.actor1, account.actor2)
            if actor is not None and actor.value.side != "civilians"
        ),
        doer=account.actor1.value if account.actor1 and SUB_EVENT_TYPES[sub_type] is not EventType.BATTLES else None,
        tags=frozenset(tag.value for tag in account.tags),
        killed=account.fatalities.value if account.fatalities else None,
        injured=account.injured.value if account.injured else None,
        words=frozenset(telling_words(account.sentence.text)),
        announced=account.factuality.value is Factuality.ANNOUNCED,
        toll=_is_toll(account),
        register=_register(account),
    )


def _register(account: Account) -> str:
    """Return whose coded row an account is: one that its publisher placed, under the publisher's name."""
    publisher = account.resolution.place.gazetteer if isinstance(account.resolution, Resolved) else ""
    listed = publisher in read_weights().registers and account.document_id.startswith(f"{publisher}-")
    return publisher if listed else ""


def _is_toll(account: Account) -> bool:
    if not isinstance(account.when, Quoted) or (account.fatalities is None and account.injured is None):
        return False
    days = account.when.value
    if (days.end - days.start).days + 1 < _TOLL_DAYS:
        return False
    return any(_DURATION.search(words.text) for words in account.when.evidence)


def telling_words(text: str) -> list[str]:
    """Return the words of a sentence without the commonest, in lower case."""
    return [word for word in re.findall(r"\w+", text.casefold()) if word not in _COMMON]


def arrival(account: Account) -> tuple[date, str, int, str]:
    """Order accounts by publication, document and place in the text; undated ones come last."""
    start = account.sub_event_type.evidence[0].start
    return account.published or date.max, account.document_id, start, account.account_id
