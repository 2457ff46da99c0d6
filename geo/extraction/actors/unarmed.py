"""Whether words that are marked as a target name people who bear no arms.

A number or an article names nobody; `People` may be a part of a group's name; `his men` and `men of` a group are its
fighters.
"""

from __future__ import annotations

from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.model import Evidence, Mention
from geo.vocabulary import MentionKind

_NO_NOUNS = word_set(
    "a an the of in on at by to from for with and or one two three four five six seven eight nine ten eleven twelve "
    "dozen dozens scores hundred hundreds thousand thousands several some many most all both others other another more "
    "least about around nearly over up than half his her its their"
)
"""Words that tell how many or of whom, and not who."""
_MEN = word_set("man men woman women person people persons member members youths boys individuals personnel")
UNDER_ARMS = word_set("armed masked uniformed hooded gun-wielding")
_OWN = word_set("his her their its 's")
_UNARMED_SIDES = frozenset({"civilians", "settlers"})
_REACH = 4
"""Words between men and the group that they are of."""


def names_unarmed(sentence: Sentence, target: Mention | Evidence) -> bool:
    """Return whether a target's words can name people or places without arms."""
    first, last = sentence.at(target.start), sentence.at(target.end - 1)
    lows = [sentence.low(at) for at in range(first, last + 1)]
    if all(low in _NO_NOUNS or not any(char.isalpha() for char in low) for low in lows):
        return False
    return not _is_in_a_name(sentence, target) and not (lows[-1] in _MEN and _are_fighters(sentence, first, last))


def _is_in_a_name(sentence: Sentence, target: Mention | Evidence) -> bool:
    """Return whether words are a part of a group's name, and not its last: the `People` of `New People's Army`."""
    for actor in sentence.of_kind(MentionKind.ACTOR):
        if actor.start <= target.start and target.end < actor.end:
            known = sentence.reading.lexicon.actors.get(actor.text)
            head = sentence.text[target.end : actor.end].split()[-1:]
            # `Tuareg civilians of the north`: a phrase, no name, has its noun before `of`.
            named = known is not None or target.text[:1].isupper() or not any(word.islower() for word in head)
            if named and (known is None or known.side not in _UNARMED_SIDES):
                return True
    # `Workers' Party`
    last = sentence.at(target.end - 1)
    owner = sentence.low(last + 1) in ("'", "’", "'s", "’s") and last + 2 < len(sentence.words)
    return owner and sentence.reading.cased and sentence.words[last].capital and sentence.words[last + 2].capital


def _are_fighters(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether men are armed, or the men of somebody: `five of his men`, `two men of the Gulf Clan`."""
    before = [sentence.low(first - 1), sentence.low(first - 2)]
    if UNDER_ARMS & {*before, *(sentence.low(at) for at in range(first, last))}:
        return True
    if before[0] in _OWN and sentence.low(last) in ("men", "man", "personnel"):
        return True
    if sentence.low(last + 1) not in ("of", "from"):
        return False
    for actor in sentence.of_kind(MentionKind.ACTOR):
        if last < sentence.at(actor.end - 1) and sentence.at(actor.start) <= last + _REACH:
            known = sentence.reading.lexicon.actors.get(actor.text)
            return known is None or known.side not in _UNARMED_SIDES
    return False
