"""The civilian people and sites that a happening befalls."""

from __future__ import annotations

from geo.extraction.happenings import Happening
from geo.extraction.reading import Reading, Sentence
from geo.extraction.words import word_set
from geo.model import Actor, Mention, Quoted
from geo.vocabulary import MentionKind

CIVILIANS = Actor("civilians", "Civilians", "civilians")
_WITHIN = 12
"""Words between a trigger and those whom it befalls."""


def crowd_of(reading: Reading) -> Actor:
    """Return the protesters of the country that a document speaks of."""
    country = reading.country
    return Actor("", f"Protesters ({country.name})" if country else "Protesters", "", country.code if country else "")


_ANYBODY = frozenset({"people", "person", "persons", "victim", "victims", "man", "men", "driver", "worker", "workers"})
"""Words that do not tell civilians from fighters."""
_COUNTING = word_set("others other more dozens scores hundreds several some many two three four five at least about of")
_INSTITUTIONS = word_set(
    "office offices building buildings station headquarters embassy ministry base bank hotel house houses home homes "
    "car cars bus buses vehicle vehicles convoy plane jets jet helicopter bridge court shop shops factory plant site"
)


def _is_anybody(mention: Mention) -> bool:
    """Return whether words tell only that there were people: `people`, `15 others`, `dozens more`."""
    low = mention.text.lower()
    return low in _ANYBODY or all(word in _COUNTING | _ANYBODY or word.isdigit() for word in low.split())


def _is_institution(mention: Mention) -> bool:
    return mention.text.lower().split()[-1] in _INSTITUTIONS


def civilians_of(happening: Happening) -> Quoted[Actor] | None:
    """Return civilians as those it befell, where the words name civilian people beside a trigger."""
    target = civilian_target(happening, persons_only=True, told_as=True)
    if target is None:
        return None
    country = happening.sentence.reading.country
    name = f"Civilians ({country.name})" if country else CIVILIANS.name
    actor = Actor(CIVILIANS.actor_id, name, CIVILIANS.side, country.code if country else "")
    return Quoted(actor, (target.evidence,))


def civilian_target(happening: Happening, *, persons_only: bool = False, told_as: bool = False) -> Mention | None:
    """Return the civilian people, or (unless `persons_only`) site, that a happening befalls; None for none.

    `told_as` asks for words that tell who they are, more than `15 others`. Of several it is the one nearest to a
    trigger.
    """
    sentence = happening.sentence
    targets = sentence.reading.lexicon.targets
    best: tuple[int, Mention] | None = None
    for mention in sentence.of_kind(MentionKind.TARGET):
        known = targets.get(mention.text)
        if known is not None and (not known.civilian or (persons_only and known.kind != "person")):
            continue
        if told_as and (_is_anybody(mention) or (known is None and _is_institution(mention))):
            continue
        gap = happening.distance(sentence.at(mention.start))
        if sentence.is_speaking(mention.start) or not happening.owns(sentence.at(mention.start)):
            continue
        if gap <= _WITHIN and (best is None or gap < best[0]) and not _is_refuge(sentence, mention):
            best = (gap, mention)
    return best[1] if best else None


def _is_refuge(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a site is only where people were taken or speak from: `taken to hospital`."""
    first = sentence.at(mention.start)
    window = [sentence.low(index) for index in range(max(0, first - 5), first)]
    return "to" in window and any(low in ("taken", "rushed", "transported", "brought", "admitted") for low in window)
