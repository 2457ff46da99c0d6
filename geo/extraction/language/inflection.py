"""English verb and noun forms, made by spelling rules and a list of irregular verbs."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

_VOWELS = "aeiou"


def verb_forms(lemma: str, irregular: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    """Return the forms of a verb; of a phrase (`take control of`) the first word is inflected.

    `irregular` gives past and participle by base form.
    """
    head, _, tail = lemma.partition(" ")
    past, participle = irregular.get(head, ("", ""))
    regular = _with_ed(head)
    forms = (head, _with_s(head), past or regular, participle or regular, _with_ing(head))
    return tuple(dict.fromkeys(f"{form} {tail}".strip() for form in forms))


def noun_forms(lemma: str) -> tuple[str, ...]:
    """Return singular and plural of a noun; of a phrase (`car bomb`) the last word is inflected."""
    head, _, last = lemma.rpartition(" ")
    forms = (last, _PLURALS.get(last) or _with_s(last))
    return tuple(dict.fromkeys(f"{head} {form}".strip() for form in forms))


_PLURALS = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "persons",
    "family": "families",
    "fisherman": "fishermen",
    "cameraman": "cameramen",
    "passerby": "passersby",
    "people": "people",
    "children": "children",
    "aircraft": "aircraft",
    "artillery": "artillery",
    "barracks": "barracks",
    "headquarters": "headquarters",
    "knife": "knives",
}


def _with_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _with_ed(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return _doubled(word) + "ed"


def _with_ing(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "ye", "oe")):
        return word[:-1] + "ing"
    return _doubled(word) + "ing"


def _doubled(word: str) -> str:
    """Double the last consonant of a short word with one short vowel: stab, stabbed."""
    if len(word) < 3 or word[-1] in _VOWELS + "wxyhk" or word[-2] not in _VOWELS or word[-3] in _VOWELS:
        return word
    syllables = sum(b in _VOWELS and a not in _VOWELS for a, b in pairwise("." + word))
    return word + word[-1] if syllables == 1 or word in _STRESSED_LAST else word


_STRESSED_LAST = frozenset(
    {"repel", "rebel", "abut", "deter", "refer", "expel", "kidnap", "transfer", "commit", "propel", "compel", "patrol"}
)
