"""One person killed, told without a number: `was shot dead`, `killed Jane Roe`, `the mayor was assassinated`.

The subject of a passive, or the object of an active verb, counts as one where it is singular: it starts with `a` or
`another`, is a person's office after `the`, or is a name of two words or more.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.language.words import Word, word_set

_PASSIVE = word_set("killed murdered assassinated executed beheaded slain lynched martyred")
_ACTIVE = (_PASSIVE - {"slain", "martyred"}) | {"killing"}
_ENDINGS = {
    "found": ("dead", "strangled", "stabbed", "shot", "hanged", "decapitated", "lifeless"),
    "shot": ("dead", "and"),
    "gunned": ("down",),
    "stabbed": ("to",),
    "hacked": ("to",),
    "beaten": ("to",),
}
_BORDERS = word_set('. ; : — – while whereas but when after before that where as because who which said says " ( )')
_GROUPS = word_set(
    "family group team crew couple number convoy patrol unit total dozen few handful pair third quarter half majority "
    "band gang people persons none nobody dog vehicle"
)
_UNNAMED = word_set("he she it they him her them we i you this one nobody someone")
_ORGANISATIONS = word_set(
    "army forces force police state front party brigade brigades battalion militia movement group government air navy "
    "guard council union states nations taliban islamic defence defense liberation command company corps"
)
_AFTER_NAME = word_set(", . ; in on at and outside near during inside as when while after with by before -")
_ONE = frozenset({"him", "her", "himself", "herself"})
_PARTS_OF_NAMES = frozenset({"-", "'", "al", "bin", "de", "el", "von", "van", "da", "abu", "ibn"})
_SUBJECT = 18
"""Words that a singular subject may have."""


def single_victims(words: Sequence[Word], persons: frozenset[str]) -> list[tuple[int, int, int]]:
    """Return each person killed as its first word, the word past its last, and the word of harm; `persons` are nouns
    for one person.
    """
    lows = [word.low for word in words]
    found = []
    for position, low in enumerate(lows):
        victim = None
        if low in _PASSIVE or low in _ACTIVE or _ends_in_death(lows, position):
            victim = _subject(words, lows, position, persons) or _object(words, lows, position, persons)
        elif low in _BLOWS:
            victim = _between(words, lows, position)
        elif low == "died":
            victim = _fatality(lows, position, persons)
        if victim is not None:
            found.append((*victim, position))
    return found


def _ends_in_death(lows: Sequence[str], position: int) -> bool:
    endings = _ENDINGS.get(lows[position], ())
    if lows[position] == "shot" and lows[position + 1 : position + 2] == ["and"]:
        return lows[position + 2 : position + 3] in (["killed"], ["dead"])
    fatal = lows[position] == "shot" and lows[position - 1 : position] == ["fatally"]
    ahead = lows[position + 1 : position + 18]
    if lows[position] in ("shot", "stabbed", "beaten") and any(
        ahead[index : index + 2] == ["and", "died"] for index in range(len(ahead))
    ):
        return True
    if ahead[:2] == ["to", "death"]:
        return True
    return fatal or lows[position + 1 : position + 2] in [[ending] for ending in endings]


def _subject(words: Sequence[Word], lows: Sequence[str], harm: int, persons: frozenset[str]) -> tuple[int, int] | None:
    """Return the singular subject of a passive: `a technician of the network was also killed`."""
    auxiliary = next((i for i in range(harm - 1, max(-1, harm - 5), -1) if lows[i] in ("was", "is", "been")), None)
    if auxiliary is None or any(lows[i] in _BORDERS for i in range(auxiliary, harm)):
        return _elided(words, lows, harm)
    while lows[auxiliary - 1 : auxiliary] in (["has"], ["had"], ["have"]):
        auxiliary -= 1
    if auxiliary and lows[auxiliary] == "have":
        return None
    first = auxiliary
    while first > max(0, auxiliary - _SUBJECT) and lows[first - 1] not in _BORDERS:
        first -= 1
    inside = [i for i in range(first, auxiliary) if lows[i] == ","]
    starts = [first, *(i + 1 for i in inside), *(i + 1 for i in range(first, auxiliary) if lows[i] == "and")]
    for start in sorted(starts):
        if _is_singular(words, lows, start, auxiliary, persons):
            return start, auxiliary
    return (first, auxiliary) if _is_one(lows[first:auxiliary]) else None


def _is_one(subject: Sequence[str]) -> bool:
    """Return whether the subject of `was killed` is some person, told by a name in lower case or an office."""
    opens = subject[0] if subject else ""
    named = bool(opens) and opens.isalpha() and opens not in _OPENING and len(subject) <= 12
    counted = any(low[0].isdigit() for low in subject[:1]) or any(low in _NUMBERS for low in subject[:2])
    return named and not counted and not set(subject) & (_GROUPS | _UNNAMED | _ORGANISATIONS)


_OPENING = word_set("in on at after before during for by to of from and or as it there nobody everyone no not what")
_NUMBERS = word_set("one two three four five six seven eight nine ten many several some most least all")


def _elided(words: Sequence[Word], lows: Sequence[str], harm: int) -> tuple[int, int] | None:
    """Return a name that opens a headline: `Jane Roe, mayor of …, fatally shot at her home`."""
    name = _name_end(words, lows, 0)
    before = lows[harm - 1 : harm] if lows[harm - 1 : harm] != ["fatally"] else lows[harm - 2 : harm - 1]
    follows = lows[harm + 1 : harm + 2] in (["at"], ["in"], ["on"], ["by"], ["near"], ["outside"], ["dead"])
    return (0, name) if name and follows and before == [","] and lows[name : name + 1] == [","] else None


def _is_singular(words: Sequence[Word], lows: Sequence[str], start: int, end: int, persons: frozenset[str]) -> bool:
    subject = lows[start:end]
    ages = {index for index in range(1, len(subject) - 1) if subject[index - 1] == subject[index + 1] == ","}
    counted = any(low[0].isdigit() for index, low in enumerate(subject) if index not in ages)
    if not subject or _GROUPS & set(subject) or counted:
        return False
    if subject[0] in ("a", "an", "another"):
        return len(subject) > 1
    name = _name_end(words, lows, start)
    if name and (name == end or lows[name] == ","):
        return True
    return subject[0] == "the" and len(subject) < 6 and subject[-1] in persons


def _object(words: Sequence[Word], lows: Sequence[str], harm: int, persons: frozenset[str]) -> tuple[int, int] | None:
    """Return the singular object of an active verb: `killed Jane Roe`, `murdered, at gunpoint, a soldier`."""
    if any(low in ("was", "were", "been", "being", "are", "is") for low in lows[max(0, harm - 4) : harm]):
        return None
    start = harm + 1
    if lows[harm] not in _ACTIVE:
        start += 2 if lows[start : start + 1] == ["and"] else 1
    if lows[start : start + 1] == [","]:
        closing = next((i for i in range(start + 1, min(start + 6, len(lows))) if lows[i] == ","), start)
        start = closing + 1
    if start >= len(lows):
        return None
    name = _name_end(words, lows, start)
    if name and (name == len(lows) or lows[name] in _AFTER_NAME):
        return start, name
    if lows[start] in _ONE and (start + 1 == len(lows) or lows[start + 1] in _AFTER_NAME - {"-"}):
        return start, start + 1  # `dragged the mayor from her car and killed her`
    if lows[start].isdigit() and lows[start + 1 : start + 5] == ["-", "year", "-", "old"]:
        named = start + 5 < len(words) and words[start + 5].capital
        return (start, start + 6) if named else None  # `shot dead 17-year-old Jane Roe`
    if lows[start] not in ("a", "an", "another", "the", "its", "their", "his", "her"):
        return None
    for index in range(start + 1, min(start + 6, len(lows))):
        if lows[index] in _AFTER_NAME or lows[index] in _BORDERS or lows[index] in _GROUPS:
            return None
        following = lows[index + 1] if index + 1 < len(lows) else "."
        spread = _name_end(words, lows, index + 1) if lows[index] in persons else 0
        if spread:
            return start, spread  # `killing its leader Jane Roe`
        if lows[index] in persons and (
            following in _AFTER_NAME or following in _BORDERS or following in ("of", "from")
        ):
            return start, index + 1
    return None


def _between(words: Sequence[Word], lows: Sequence[str], blow: int) -> tuple[int, int] | None:
    """Return the one person between a blow and what made it deadly: `hacked a former village head to death`."""
    first = blow + 1
    end = next((i for i in range(first + 1, min(first + _LONGEST, len(lows))) if _is_deadly(lows, i)), None)
    if end is None or {"was", "were", "been", "being"} & set(lows[max(0, blow - 2) : blow]):
        return None
    phrase = lows[first:end]
    own = (
        phrase[0] in ("his", "her", "its", "their") and len(phrase) > 1 and not phrase[-1].endswith(("s", "ren", "men"))
    )
    single = (
        own
        or phrase[0] in ("a", "an", "another")
        or phrase in (["him"], ["her"])
        or _name_end(words, lows, first) == end
    )
    plain = not any(low in _BORDERS or low in _GROUPS or low in (",", "and") or low[0].isdigit() for low in phrase)
    return (first, end) if single and plain else None


def _fatality(lows: Sequence[str], died: int, persons: frozenset[str]) -> tuple[int, int] | None:
    """Return the one person who died of violence just told: `The driver died on the spot`."""
    ahead = list(lows[died + 1 : died + 6])
    sudden = ahead[:1] in (["instantly"], ["immediately"]) or any(tuple(ahead[: len(one)]) == one for one in _SUDDENLY)
    first = next((i for i in range(died - 2, max(-1, died - 6), -1) if lows[i] in _OWN), None)
    if first is None or not sudden or lows[died - 1] not in persons or {",", "and"} & set(lows[first:died]):
        return None
    return first, died


_OWN = word_set("the his her its their")
_SUDDENLY = (
    ("on", "the", "spot"),
    ("at", "the", "scene"),
    ("at", "the", "site"),
    ("on", "the", "way"),
    ("on", "impact"),
    ("on", "site"),
    ("in", "the", "blast"),
    ("in", "the", "explosion"),
    ("in", "the", "attack"),
    ("of", "his", "wounds"),
    ("of", "his", "injuries"),
    ("from", "his", "wounds"),
    ("from", "his", "injuries"),
    ("of", "her", "wounds"),
    ("of", "her", "injuries"),
)


def _is_deadly(lows: Sequence[str], at: int) -> bool:
    return lows[at] == "dead" or tuple(lows[at : at + 2]) == ("to", "death")


_BLOWS = word_set("shot stabbed hacked beat beaten clubbed bludgeoned stoned burned knifed trampled strangled tortured")
_LONGEST = 9
"""Words that the object of a blow may have."""


def _name_end(words: Sequence[Word], lows: Sequence[str], start: int) -> int:
    """Return where a name of two capitalised words or more ends, 0 where none starts here."""
    end = start
    while end < len(words) and (words[end].capital or (end > start and lows[end] in _PARTS_OF_NAMES)):
        if lows[end] in _ORGANISATIONS or lows[end] in _UNNAMED:
            return 0
        end += 1
    while end > start and not words[end - 1].capital:
        end -= 1
    capitals = sum(words[index].capital for index in range(start, end))
    return end if capitals > 1 else 0
