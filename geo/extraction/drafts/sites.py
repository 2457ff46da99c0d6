"""The sites and people that a happening befell, and the tags that they give it."""

from __future__ import annotations

import re

from geo.extraction.happenings.happenings import Happening
from geo.extraction.language.clauses import SPEECH
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.model import Evidence, Mention, Quoted
from geo.vocabulary import MentionKind

_REACH = 12
"""Words between a site and a trigger, at most."""
_TRIGGER_TAGS = {
    "evacuation": re.compile(r"\bevacuat|\bsafe passage\b", re.IGNORECASE),
    "siege": re.compile(r"\bbesieg|\bsiege\b|\bblockad|\bencircl", re.IGNORECASE),
    "displacement": re.compile(r"\bdisplac|\bfled\b|\bflee(?:ing)?\b|\brefugees?\b", re.IGNORECASE),
    "aid": re.compile(r"\b(?:aid|relief|humanitarian) (?:convoy|workers?|deliver\w+|trucks?|corridor)", re.IGNORECASE),
}


def tags_of(happening: Happening) -> tuple[Quoted[str], ...]:
    """Return the tags of a happening: those of the sites and people it befell, and those that its words tell."""
    sentence = happening.sentence
    tags: dict[str, Quoted[str]] = {}
    for mention in _targets(happening):
        known = sentence.reading.lexicon.targets.get(mention.text)
        named = known.tags if known else tuple(tag for tag in mention.label.split(";") if tag)
        for tag in named:
            tags.setdefault(tag, Quoted(tag, (mention.evidence,)))
    first = sentence.words[max(0, min(s.first for s in happening.signals) - _REACH)].start
    last = sentence.words[min(len(sentence.words), max(s.last for s in happening.signals) + _REACH) - 1].end
    for tag, pattern in _TRIGGER_TAGS.items():
        match = pattern.search(sentence.text, first, last)
        if match:
            tags.setdefault(tag, Quoted(tag, (Evidence.of(sentence.text, match.start(), match.end()),)))
    return tuple(tags.values())


def _targets(happening: Happening) -> list[Mention]:
    """Return the sites and people that stand near the triggers of a happening, not nearer to another one."""
    sentence = happening.sentence
    return [
        mention
        for mention in sentence.of_kind(MentionKind.TARGET)
        if happening.distance(sentence.at(mention.start)) <= _REACH
        and happening.owns(sentence.at(mention.start))
        and not _is_refuge(sentence, mention)
        and not sentence.is_speaking(mention.start)
    ]


def _is_refuge(sentence: Sentence, mention: Mention) -> bool:
    first = sentence.at(mention.start)
    window = [sentence.low(index) for index in range(max(0, first - 5), first)]
    taken = not _CARRIED.isdisjoint(window)
    following = sentence.low(sentence.at(mention.end - 1) + 1)
    return taken or following in ("officials", "official", "sources", "source", "director", "said", "system")


_CARRIED = word_set("taken took rushed transported brought carried ferried flown evacuated admitted treated died")


def facilities_of(happening: Happening) -> frozenset[str]:
    """Return lower-case words of the sites that a happening befell."""
    lexicon = happening.sentence.reading.lexicon
    found: set[str] = set()
    for mention in _targets(happening):
        known = lexicon.targets.get(mention.text)
        if known is not None and known.kind == "facility" and not _tells(happening.sentence, mention):
            found.update(known.tags or (known.word,))
    return frozenset(found - {"children", "displacement"})


def _tells(sentence: Sentence, site: Mention) -> bool:
    """Return whether a site only says who tells it: `an ambulance crew told us`."""
    last = sentence.at(site.end - 1)
    words = [sentence.low(index) for index in range(last + 1, last + 4)]
    spoken = next((place for place, low in enumerate(words) if low in SPEECH), None)
    return spoken is not None and "," not in words[:spoken]
