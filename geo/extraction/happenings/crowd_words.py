"""What kind of people a word names in a sentence about a crowd: the crowd, the state's men, or other armed ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from geo.extraction.language.words import word_set

Doer = Literal["crowd", "state", "armed", ""]

PROTESTERS = word_set("protester protesters protestor protestors demonstrator demonstrators marchers strikers")
MOB = word_set(
    "mob mobs crowd crowds rioters rioter youths youth villagers supporters fans vigilantes hooligans devotees looters"
)
LOOSE_CROWD = word_set(
    "residents locals students inhabitants townspeople neighbours neighbors onlookers inmates "
    "activists people workers drivers farmers traders women men teachers miners taxi relatives parents commuters "
    "passers bystanders worshippers passengers shopkeepers vendors groups members"
)
"""People who are a crowd only in what crowds do: beat, stone, burn to death."""
STATE = word_set(
    "police policemen policeman officers officer forces force troops soldiers soldier army guards guard gendarmes "
    "authorities military agents marines government paramilitaries garrison navy"
)
ARMED = word_set(
    "militants militant rebels rebel gunmen gunman fighters insurgents militiamen militia terrorists bandits "
    "guerrillas separatists jihadists attackers assailants extremists individuals gang gangs cartel settlers herders "
    "pastoralists hitmen pirates raiders"
)
_BANDS = word_set("gang cartel militia")
"""Words before `members` that make them no crowd."""
_FACELESS = word_set("armed unidentified unknown masked hooded uniformed")
"""Words before people that make them no crowd."""


def _is_mounted(lows: list[str], at: int) -> bool:
    """Return whether men come as the armed do: `men on motorcycles`, `youths with rifles`."""
    return lows[at + 1 : at + 2] in (["on"], ["in"], ["with"], ["carrying"], ["wearing"]) and bool(
        _MOUNTS & set(lows[at + 2 : at + 5])
    )


_MOUNTS = word_set(
    "motorcycles motorbikes motorcycle motorbike horseback pickups pickup guns rifles kalashnikovs uniform uniforms "
    "camouflage fatigues camels weapons masks balaclavas"
)


def kind_of(lows: list[str], at: int, *, loose: bool) -> Doer:
    """Return what kind of people the word at a position names; `loose`: any people may be a crowd."""
    low = lows[at]
    if low in STATE:
        return "state"
    if low in ARMED or set(lows[max(0, at - 1) : at]) & (_FACELESS | _BANDS) or _is_mounted(lows, at):
        return "armed"
    if low in PROTESTERS or low in MOB or (loose and low in LOOSE_CROWD):
        return "crowd"
    return ""


_PROTEST = word_set(
    "protest protests protester protesters protestor protestors protesting protested demonstrator demonstrators "
    "demonstration demonstrations demonstrating demonstrated rally rallies rallying rallied march marches marchers "
    "marching marched strikers picket picketing sit-in vigil procession"
)
_DISPERSING = word_set("disperse dispersing dispersed")


def tells_protest(lows: list[str]) -> bool:
    """Return whether some word tells of a protest, or of a crowd that is broken up; the March of a date does not."""
    broken_up = not _DISPERSING.isdisjoint(lows) or ("break", "up") in zip(lows, lows[1:], strict=False)
    if broken_up and not MOB.isdisjoint(lows):
        return True
    return any(
        low in _PROTEST and not (low == "march" and (_is_month(lows, position) or is_forced(lows, position)))
        for position, low in enumerate(lows)
    )


def is_forced(lows: Sequence[str], position: int) -> bool:
    """Return whether people do not walk of their own will: `they were forced to march from village to village`."""
    return tuple(lows[max(0, position - 2) : position]) in _FORCED


_FORCED = frozenset((made, "to") for made in ("forced", "made", "ordered", "compelled", "obliged"))


def _is_month(lows: list[str], position: int) -> bool:
    beside = [*lows[max(0, position - 1) : position], *lows[position + 1 : position + 2]]
    return any(low[:1].isdigit() for low in beside) or "in" in beside[:1]
