"""Which place a trigger's event happened at, told by the words between them.

Every place of the sentence gets a score: what stands before it (`in`, `near`; `from` speaks against it), whether it is
the object of the verb (`shelled Aleppo`), how far it stands and over how many borders of clauses, and what speaks
against a place at all (a dateline, `the Syria government`, `X said`). The best one above a floor wins, with those
listed beside it. The weights were set on the training sentences of event_location (ahalterman/event_location, MIT).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.extraction.language.clauses import SPEECH
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.whereabouts import Whereabout
from geo.model import Mention

_WITHIN = word_set("in at near inside outside across throughout around within off along")
_TOWARDS = word_set("on over into of through toward towards against between")
_AWAY = frozenset({"from"})
_ARTICLES = word_set("the a an of city town village district province region capital")
_CONTAINER_LINKS = word_set(", in of near ( outside the province district city")
_LIST_LINKS = word_set(", and or as well both in the &")
_PERSONS = word_set(
    "government officials official president minister ministry police army forces troops soldiers spokesman "
    "spokeswoman authorities residents resident native citizen citizens ambassador embassy war conflict "
    "correspondent reuters ap afp university hospital agency news time"
)
FLOOR = -1.6
"""A place whose score is lower is none: the sentence does not say where."""
_DATELINE_WORDS = 8
_LIST_MARGIN = 0.6


@dataclass(frozen=True, slots=True)
class ScoredPlace:
    """A place of the sentence and how well it fits a trigger."""

    where: Whereabout
    score: float


def score_places(sentence: Sentence, start: int, end: int, places: Sequence[Whereabout]) -> list[ScoredPlace]:
    """Return the places with their scores for the trigger at `[start, end)`, in the order given."""
    return [ScoredPlace(where, _score(sentence, start, end, where)) for where in places]


def choose_places(sentence: Sentence, start: int, end: int, places: Sequence[Whereabout]) -> tuple[Whereabout, ...]:
    """Return the places at which the event of the trigger at `[start, end)` happened; empty where none fits."""
    scored = [item for item in score_places(sentence, start, end, places) if item.score >= FLOOR]
    scored = [item for item in scored if not _is_container(sentence, item.where, scored)]
    if not scored:
        return ()
    best = max(scored, key=lambda item: item.score)
    listed = _listed_with(sentence, best, scored)
    return tuple(item.where for item in sorted(listed, key=lambda item: item.where.phrase.start))


def _score(sentence: Sentence, start: int, end: int, where: Whereabout) -> float:
    trigger, last_of_trigger = sentence.at(start), sentence.at(end - 1)
    first, last = sentence.at(where.phrase.start), sentence.at(where.phrase.end - 1)
    after = first > last_of_trigger
    gap = first - last_of_trigger - 1 if after else trigger - last - 1
    borders = abs(sentence.clauses[first] - sentence.clauses[trigger])
    lead = sentence.low(first - 1)
    if where.phrase.start < where.phrase.toponym.start:
        inner = sentence.low(sentence.at(where.phrase.toponym.start) - 1)
        lead = lead if lead in _WITHIN | _TOWARDS | _AWAY else "in" if inner in ("of", "near", "outside") else lead
        if sentence.low(first) in _WITHIN:
            lead = sentence.low(first)
    score = -0.09 * min(gap, 25) - 0.55 * borders
    if after:
        score += 0.35
    if lead in _WITHIN:
        score += 1.6
    elif lead in _TOWARDS:
        score += 0.9
    elif lead in _AWAY:
        score -= 1.0
    elif lead == "to":
        score -= 0.2
    elif after and gap <= 2:
        score += 1.0  # the object: `shelled western Aleppo`
    else:
        score -= 0.9
    if first <= 1 and lead in _WITHIN:
        score += 1.2  # `In Aleppo, …` covers the whole sentence
    if where.anaphor:
        score -= 0.5
    if sentence.is_speaking(where.phrase.toponym.start):
        score -= 1.2  # `Medics in eastern Aleppo accused …`: where they speak, not where it happened
    return score - _against(sentence, first, last, lead)


def _against(sentence: Sentence, first: int, last: int, lead: str) -> float:
    """Return what speaks against a stretch of words as a place at all."""
    following, second = sentence.low(last + 1), sentence.low(last + 2)
    against = 3.0 if is_dateline(sentence, first, last) else 0.0
    if following in _PERSONS or (following == "'s" and second in _PERSONS):
        against += 1.4
    if following in SPEECH and lead not in _WITHIN:
        against += 1.5
    if following == "-" and second in ("based", "born", "backed", "led", "held", "registered", "area"):
        against += 1.0
    return against


def is_dateline(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether the words `[first, last]` say where a report was filed: `BEIRUT, Lebanon (Reuters) —`."""
    if last >= _DATELINE_WORDS or sentence.low(first - 1) in _WITHIN:
        return False
    if first > 0 and any(sentence.words[index].low not in _DATELINE_MARKS for index in range(first) if index != 0):
        return False
    capitals = sentence.text[sentence.words[first].start : sentence.words[last].end].isupper()
    if first == 0 and capitals and sentence.reading.cased and sentence.low(last + 1) == ":":
        return True  # `RAWALPINDI: Security forces …`
    window = [sentence.low(index) for index in range(last + 1, last + 8)]
    border = next((index for index, low in enumerate(window) if low in _DASHES), None)
    if border is not None:
        return all(
            low in _DATELINE_MARKS or low.isdigit() or sentence.words[last + 1 + i].capital
            for i, low in enumerate(window[:border])
        )
    return window[:1] == ["("] and bool({"reuters", "afp", "ap", "xinhua"} & set(window[:4]))


def is_launch_site(sentence: Sentence, toponym: Mention) -> bool:
    """Return whether a name says where fire came from, not where it hit: `fired from positions in X`."""
    if not sentence.start <= toponym.start < sentence.end:
        return False
    place = sentence.at(toponym.start)
    for index in range(place - 1, max(0, place - 1 - _LAUNCH_REACH), -1):
        if sentence.low(index) == "from":
            return sentence.low(index - 1) in _LAUNCHED
        if sentence.low(index) in _LAUNCH_BORDERS:
            break
    return False


_LAUNCHED = word_set("fired launched shot flown flying coming originating came firing launching off")
_LAUNCH_BORDERS = word_set(", ; . on at and into towards toward that which who hit struck")
_LAUNCH_REACH = 7
"""Words between `from` and the name: `from a base near the town of X`."""
_DASHES = frozenset({"—", "–", "--", "-"})
_DATELINE_MARKS = frozenset({",", "(", ")", "/"})


def _is_container(sentence: Sentence, where: Whereabout, scored: Sequence[ScoredPlace]) -> bool:
    """Return whether a place only says in what another one lies: the Syria of `Aleppo, Syria`."""
    first = sentence.at(where.phrase.toponym.start)
    for item in scored:
        other = item.where.phrase
        if other.toponym == where.phrase.toponym or other.toponym.start >= where.phrase.toponym.start:
            continue
        between = [sentence.low(index) for index in range(sentence.at(other.toponym.end - 1) + 1, first)]
        if not between or len(between) > 4 or "and" in between or between.count(",") > 1:
            continue
        if all(low in _CONTAINER_LINKS or low.endswith("ern") or low in _COMPASS for low in between):
            return not _starts_list(sentence, where, scored) or between[0] in ("in", "of", "near")
    return False


_COMPASS = word_set("north south east west northeast northwest southeast southwest rural")


def _starts_list(sentence: Sentence, where: Whereabout, scored: Sequence[ScoredPlace]) -> bool:
    """Return whether `and NAME` follows soon: then the commas before it part a list, not a place and its country."""
    last = sentence.at(where.phrase.end - 1)
    ahead = [sentence.low(index) for index in range(last + 1, last + 3)]
    if "and" not in ahead and ahead[:1] != [","]:
        return False
    return any(0 < sentence.at(item.where.phrase.start) - last <= 4 for item in scored) and "and" in [
        sentence.low(index) for index in range(last + 1, last + 10)
    ]


def _listed_with(sentence: Sentence, best: ScoredPlace, scored: Sequence[ScoredPlace]) -> list[ScoredPlace]:
    """Return the best place and those listed with it: `in Idlib, Hama and Homs`."""
    listed = [best]
    ordered = sorted(scored, key=lambda item: item.where.phrase.start)
    position = ordered.index(best)
    for step in (1, -1):
        edge = best
        index = position + step
        while 0 <= index < len(ordered) and _beside(sentence, edge.where, ordered[index].where):
            edge = ordered[index]
            listed.append(edge)
            index += step
    return listed


def _beside(sentence: Sentence, one: Whereabout, other: Whereabout) -> bool:
    left, right = sorted((one.phrase, other.phrase), key=lambda phrase: phrase.start)
    between = [sentence.low(index) for index in range(sentence.at(left.end - 1) + 1, sentence.at(right.start))]
    return (
        0 < len(between) <= 4
        and all(low in _LIST_LINKS for low in between)
        and "," in between
        or between[:1] == ["and"]
    )
