"""Named people whom the words beside their name make fighters: `killed Jane Roe, a commander of the Furqan Brigade`.

A name alone tells nobody's side; the office behind its comma or before it does.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.phrases import Phrase
from geo.model import Mention

_OPENS = word_set("a an the its their one who commander commanders leader head chief deputy")
_ARMS = word_set(
    "commander commanders fighter fighters officer soldier captain lieutenant sergeant colonel major corporal gunman "
    "militant insurgent emir warlord brigadier guerrilla rebel jihadist bomber operative policeman constable trooper "
    "sniper militiaman conscript general marshal admiral"
)
_OFFICES = _ARMS | word_set("leader leaders chief head member members official deputy founder spokesman figure aide")
"""Words that with the name of an armed group make somebody one of it."""
_CLOSES = frozenset({",", ".", ";", "–", "—"})
_LONGEST = 14
_BEFORE = 3
"""Words before a name in which its rank stands."""


def apposed_actor(sentence: Sentence, phrase: Phrase | None, actors: Sequence[Mention]) -> Mention | None:
    """Return the group that the words behind a name's comma put somebody in; None where they name none."""
    inside = None if phrase is None else _apposition(sentence, _name_end(sentence, phrase))
    if inside is None or not any(sentence.low(at) in _OFFICES for at in inside):
        return None
    return next((one for one in actors if sentence.at(one.start) in inside), None)


def bears_arms(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether the rank before the name at `[first, last)`, or the office behind its comma, is a fighter's."""
    ranks = {sentence.low(at) for at in range(max(0, first - _BEFORE), first)}
    if not ranks.isdisjoint(_ARMS) and sentence.words[first].capital:
        return True
    inside = _apposition(sentence, last)
    if inside is None:
        return False
    lows = {sentence.low(at) for at in inside}
    member = not lows.isdisjoint(_OFFICES) and any(at in sentence.actor_positions for at in inside)
    return (not lows.isdisjoint(_ARMS) or member) and lows.isdisjoint(_ONCE)


_ONCE = frozenset({"former", "ex", "retired", "police-reporter"})


def _name_end(sentence: Sentence, phrase: Phrase) -> int:
    return next((at for at in range(phrase.first, phrase.last) if sentence.low(at) == ","), phrase.last)


def _apposition(sentence: Sentence, comma: int) -> range | None:
    """Return the words behind a comma up to the next mark, where they open as an apposition does."""
    if sentence.low(comma) != "," or sentence.low(comma + 1) not in _OPENS:
        return None
    end = next(
        (at for at in range(comma + 2, comma + _LONGEST) if sentence.low(at) in _CLOSES or not sentence.low(at)), None
    )
    return None if end is None else range(comma + 1, end)


def believed_to_be(sentence: Sentence, mention: Mention, actors: Sequence[Mention]) -> Mention:
    """Return the group that men are held to be of, else the mark itself: `gunmen suspected to be Boko Haram`."""
    at = sentence.at(mention.end - 1) + 1
    told = sentence.low(at) in _HELD_TO_BE and {sentence.low(at + 1), sentence.low(at + 2)} & {"be", "being", "from"}
    named = next((m for m in actors if 0 < sentence.at(m.start) - at <= _NAMED_WITHIN), None)
    return named if told and named is not None and sentence.reading.lexicon.actors.get(named.text) else mention


_HELD_TO_BE = word_set("suspected believed thought presumed said")
_NAMED_WITHIN = 4
