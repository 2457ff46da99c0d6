"""Words for places around toponyms, and words that point back to one (`the city`, `there`).

Only the span is chosen here; what it means on the ground is read by the places room.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.model import Mention, PlacePhrase
from geo.vocabulary import MentionKind

_DIRECTION = (
    r"(?:(?:north|south)(?:[\s-]?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?|central|upper|lower|inner|outer|old"
    r"|opposition[\s-]held|rebel[\s-]held|government[\s-]held|regime[\s-]held|besieged|rural|greater|downtown)"
)
_PART = (
    r"(?:half|part|parts|side|sector|sectors|section|district|districts|neighbou?rhoods?|quarters?|suburbs?|outskirts"
    r"|countryside|area|areas|edge|edges|enclave|pocket|end|portion|zone|region|fringes|front|frontline|front line)"
)
_UNIT = (
    r"(?:city|town|village|villages|province|governorate|district|region|neighbou?rhood|state|camp|port|area|suburb)"
)
_HELD = r"(?:[a-z]+[\s-](?:held|controlled)\s+)?"
_BEFORE = re.compile(
    r"(?<!\w)(?:"
    rf"(?:(?:the|a|an|its|their)\s+)?{_HELD}(?:{_DIRECTION}[\s-]+(?:and\s+{_DIRECTION}\s+)?)*(?:{_PART}|{_UNIT})\s+(?:of\s+)?"
    rf"(?:the\s+)?{_HELD}(?:{_DIRECTION}\s+)*(?:{_UNIT}\s+(?:of\s+)?)?"
    rf"|(?:the\s+)?{_HELD}(?:{_DIRECTION}\s+)+(?:{_UNIT}\s+of\s+)?"
    r"|(?:(?:some|about|around)\s+)?[\d,.]+\s*-?(?:km|kilomet(?:er|re)s?|miles?|metres|meters)\s+(?:to\s+the\s+)?"
    r"(?:(?:north|south|east|west|northeast|northwest|southeast|southwest|north-east|north-west|south-east|south-west)\s+(?:of|from)"
    r"|from|outside|off)\s+"
    # "the east of X" is a part of it, "east of X" and "to the east of X" lie outside.
    r"|(?:just\s+)?(?:(?:to\s+)?the\s+)?(?:north|south|east|west|northeast|northwest|southeast|southwest)\s+of\s+"
    r"|(?:near|outside|around|close\s+to|in\s+and\s+around|between(?:\s+the\s+(?:towns|cities|villages)\s+of)?)\s+"
    r")$",
    re.IGNORECASE,
)
_NARROWING = tuple(
    word_set(
        "north south east west ern central upper lower inner outer old held besieged rural greater downtown controlled "
        "half part parts side sector sectors section district districts hood hoods quarter quarters suburb suburbs "
        "outskirts countryside area areas edge edges enclave pocket end portion zone region fringes front line city "
        "town village villages province governorate state camp port of the from outside off near around to between"
    )
)
"""Ends of the last word of whatever `_BEFORE` matches: asked first, since most names have but `in` before them."""
_AFTER = re.compile(
    rf"(?:\s?['’]s\s+{_HELD}(?:{_DIRECTION}\s+)*(?:{_PART}|old\s+city)\b"
    rf"|\s+(?:{_UNIT}|countryside|suburbs|outskirts|airport)\b(?!\s+of\b)"
    r"|['’]?s?\s+(?:north|south|east|west)(?:ern)?\s+(?:countryside|suburbs|outskirts)\b"
    # The `-Hama road` of `the Homs-Hama road`: what lies between two places.
    r"|[-–][^\W\d_][\w’']*(?:\s[^\W\d_][\w’']*){0,2}\s(?:international\s)?"
    r"(?:road|highway|motorway|route|corridor|railway|border|axis|front)\b"
    # "…, which is held by the rebels" narrows the place to what they hold of it.
    r"|\s?,?\s+(?:(?:which|that)\s+(?:is|are|was|were|remains?)\s+)?(?:still\s+)?(?:held|controlled)\s+by\s+"
    r"(?:the\s+)?[a-z]+\b)",
    re.IGNORECASE,
)
_AND_OTHER = re.compile(
    r"\s+and\s+(?:the\s+)?[A-Z][\w'’-]*(?:\s(?:(?:d[aeou]s?|del|al|el|la|le|of)\s)?[A-Z][\w'’-]*){0,3}"
)
"""The second of two names that something lies between."""
_OFFICE = (
    r"\s(?:police\s)?(?:chief|head|council|councillors?|mayor|governor|administrator|commander|commissioner|officials?"
    r"|authorities|elders?|leaders?|spokes(?:man|woman|person))\b|\s\w+\sof\s[A-Z]"
)
"""Behind a word for a place: what makes it that of somebody, or of a name that follows, and no place pointed to."""
_ANAPHOR = re.compile(
    rf"\bthe\s+(?:city|town|village|province|region|district|neighbou?rhood|camp|capital)\b(?!{_OFFICE})\s?(?:['’]s\s+{_HELD}(?:{_DIRECTION}\s+)*{_PART}\b)?"
    rf"|\b(?:on\s+)?(?:the\s+)?(?:other\s+)?{_HELD}(?:{_DIRECTION}\s+)*{_PART}\s+of\s+the\s+(?:city|town|village|province|region)\b"
    rf"|\bthe\s+{_HELD}(?:{_DIRECTION}\s+)*{_PART}\b(?!\s+of\b|{_OFFICE})"
    rf"|\b{_HELD}(?:{_DIRECTION}\s+)+(?:{_PART})\b(?!\s+of\b)"
    r"|\b(?:elsewhere\s+in|(?:north|south|east|west)\s+of|outside|near)\s+the\s+(?:city|town|village|area|region)\b"
    r"|(?<=\bof\s)the\s+(?:north|south|east|west)\b(?!\s+(?:of|coast|bank|side)\b)"
    r"|(?<=\bin\s)the\s+(?:north|south|east|west)\b(?!\s+(?:of|coast|bank|side)\b)"
    r"|\bthe\s+(?:north|south|east|west)\s+of\s+the\s+(?:city|town|province)\b"
    r"|\bthere\b(?!\s+(?:is|was|are|were|had|has|have|will|would|would|may|might|could|can|been|be|'s|’s))",
    re.IGNORECASE,
)
_POINTING = word_set(
    "city town village province region district camp capital there elsewhere half part parts side sector sectors "
    "districts neighbourhood neighbourhoods neighborhood neighborhoods quarter quarters suburb suburbs outskirts "
    "countryside area areas edge edges enclave pocket end portion section sections zone fringes front frontline north "
    "south east west"
)
"""Some word of every anaphor: most sentences hold none, and the longer pattern is slow."""
_ANTECEDENT_WITHIN = 10_000
"""Characters: what stands further back is not pointed to; it also keeps long documents linear."""
_REGION_AFTER = re.compile(
    r"\s(?:region|province|state|governorate|county|oblast|department|division)\b", re.IGNORECASE
)
_LOOK_BEFORE = 90
_LOOK_AFTER = 60
_WORD_OF_CITY = re.compile(r"\b(?:city|town|village)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Whereabout:
    """Words for a place in a sentence."""

    phrase: PlacePhrase
    anaphor: bool
    """Whether the name itself stands elsewhere."""


@lru_cache(maxsize=64)
def toponym_phrase(text: str, toponym: Mention, *, start: int, end: int) -> PlacePhrase:
    """Return the words around a toponym that narrow it, within `[start, end)`."""
    floor = max(start, toponym.start - _LOOK_BEFORE)
    lead = text[floor : toponym.start]
    before = _BEFORE.search(lead) if lead.rstrip().lower().endswith(_NARROWING) else None
    following = _AND_OTHER if before and before.group().split()[0].lower() == "between" else _AFTER
    after = following.match(text, toponym.end, min(end, toponym.end + _LOOK_AFTER))
    first = floor + before.start() if before else toponym.start
    while text[first].isspace():
        first += 1
    last = after.end() if after else toponym.end
    return PlacePhrase(first, last, text[first:last], toponym)


@lru_cache(maxsize=32)
def whereabouts(sentence: Sentence) -> tuple[Whereabout, ...]:
    """Return the toponyms of a sentence with what narrows them, then its anaphors that have an antecedent."""
    text = sentence.text
    named: list[Whereabout] = []
    start = sentence.start
    for toponym in sentence.of_kind(MentionKind.TOPONYM):
        if opens_company(sentence, toponym):
            continue
        phrase = toponym_phrase(text, toponym, start=start, end=sentence.end)
        named.append(Whereabout(phrase, anaphor=False))
        # What narrows one name (`the Shaar district`) does not narrow the next (`of Aleppo`) too.
        start = phrase.end
    return (*named, *_capitals(sentence), *_anaphors(sentence, named))


def _capitals(sentence: Sentence) -> Iterator[Whereabout]:
    """Yield capitals told by their people alone: `the Somali capital`, and no `Somali capital, Mogadishu`."""
    if "capital" not in sentence.lows or not sentence.reading.cased:
        return
    for at, low in enumerate(sentence.lows):
        named = sentence.words[at + 1 + (sentence.low(at + 1) == ",") : at + 3][:1]
        if low != "capital" or any(word.capital for word in named) or sentence.low(at + 1) in ("of", "is", "was"):
            continue
        for first in (at - 1, at - 2):
            start, end = sentence.words[first].start, sentence.words[at].end
            people = sentence.text[start : sentence.words[at - 1].end]
            if first > 0 and sentence.reading.lexicon.demonyms.get(people) is not None:
                words = sentence.text[start:end]
                yield Whereabout(
                    PlacePhrase(start, end, words, Mention(start, end, words, MentionKind.TOPONYM)), anaphor=True
                )
                break


def scene_between(sentence: Sentence, first: int, last: int) -> int | None:
    """Return the word that sets another scene among words `[first, last)`: the Gao of `…, and in Gao a bomb wounded`.

    The last such word; None where there is none.
    """
    for placed in range(last - 2, first + 1, -1):
        if placed not in sentence.toponym_positions or sentence.low(placed - 1) != "in":
            continue
        at = placed - 2
        # The people of the other scene may stand before its place: `…, and police in Gao found two bodies`.
        while at > placed - 5 and at in sentence.actor_positions and not sentence.is_speaking(sentence.words[at].start):
            at -= 1
        joint = sentence.low(at)
        # The second place of `in Kumba, in Cameroon's southwest, …` only tells where the first one lies.
        joined = joint == ";" or (joint in ("and", "while", "but") and sentence.low(at - 1) in (",", ";"))
        behind = next((at for at in range(placed + 1, last) if not sentence.words[at].capital), last)
        if joined and behind < last and sentence.low(behind) not in (",", "and"):
            return placed
    return None


def words_of_scene(sentence: Sentence, at: int, lows: list[str]) -> list[str]:
    """Return words of a sentence, empty where they stand in another scene than the word at a position."""
    scene = scene_between(sentence, 0, len(lows))
    if scene is None:
        return lows
    return [low if (index >= scene) == (at >= scene) else "" for index, low in enumerate(lows)]


def opens_company(sentence: Sentence, toponym: Mention) -> bool:
    """Return whether what was taken for a place opens the name of a company or a paper: `the Gold Coast Group`."""
    if not sentence.start <= toponym.start < sentence.end or not sentence.reading.cased:
        return False
    at = sentence.at(toponym.end - 1) + 1
    for index in range(at, min(at + _LONGEST_COMPANY, len(sentence.words))):
        word = sentence.words[index]
        if not word.capital or sentence.text[sentence.words[index - 1].end : word.start] != " ":
            return False
        if word.low in _COMPANIES:
            return True
    return False


_LONGEST_COMPANY = 3
_COMPANIES = word_set(
    "group company bank corporation corp ltd limited plc inc holdings press times herald tribune foundation federation"
)


def _anaphors(sentence: Sentence, named: list[Whereabout]) -> Iterator[Whereabout]:
    if _POINTING.isdisjoint(sentence.lows):
        return
    for match in _ANAPHOR.finditer(sentence.text, sentence.start, sentence.end):
        if any(item.phrase.start < match.end() and match.start() < item.phrase.end for item in named):
            continue
        toponym = antecedent(sentence, match.start(), of_city=_WORD_OF_CITY.search(match.group()) is not None)
        if toponym is not None:
            words = match.group().rstrip()
            yield Whereabout(PlacePhrase(match.start(), match.start() + len(words), words, toponym), anaphor=True)


def antecedent(sentence: Sentence, offset: int, *, of_city: bool) -> Mention | None:
    """Return the toponym before an offset that `the city` or `there` stands for; None where there is none.

    A city is the name told most often so far, among those that are no countries and are not called a region where
    another is; other words take the latest name.
    """
    reading = sentence.reading
    earlier = [
        mention
        for mention in reading.mentions_between(max(0, offset - _ANTECEDENT_WITHIN), offset)
        if mention.kind is MentionKind.TOPONYM
        and reading.lexicon.countries.get(mention.text) is None
        and reading.lexicon.demonyms.get(mention.text) is None
    ]
    if not earlier:
        return None
    if not of_city:
        return earlier[-1]
    text = sentence.text
    earlier = [one for one in earlier if not _REGION_AFTER.match(text, one.end)] or earlier
    told = Counter(mention.text.lower() for mention in earlier)
    most = max(told.values())
    return next(mention for mention in reversed(earlier) if told[mention.text.lower()] == most)
