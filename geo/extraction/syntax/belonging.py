"""What words beside a name say of whom it is: a code in brackets, a group that somebody is taken for."""

from __future__ import annotations

import re

from geo.extraction.reading import Reading
from geo.model import Actor, Evidence, Mention, Quoted

_LONGEST_NAME = 6
"""Words among which the name of a group is sought."""
_TAKEN_FOR = re.compile(
    r"\s+(?:who\s+(?:were|was|are)\s+)?(?:widely\s+)?(?:believed|thought|suspected|presumed|understood)\s+to\s+"
    r"(?:be|belong\s+to|have\s+been)\s+(?:(?:members?|fighters?|militants?|gunmen|part|followers?|loyalists?)\s+"
    r"(?:of|from)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)


def by_its_code(reading: Reading, mention: Mention) -> Quoted[Actor] | None:
    """Return the actor whose code stands in brackets behind its name: `the National Liberation Army (ELN)`."""
    sentence = reading.sentence_at(mention.start)
    last = sentence.at(mention.end - 1)
    if sentence.low(last + 1) != "(" or sentence.low(last + 3) != ")":
        return None
    code = sentence.text[sentence.words[last + 2].start : sentence.words[last + 2].end]
    listed = reading.lexicon.actors.get(code) if code.isupper() or not reading.cased else None
    return None if listed is None else Quoted(listed, (mention.evidence,))


def taken_for(reading: Reading, mention: Mention) -> Quoted[Actor] | None:
    """Return the group that somebody is taken for: `men believed to be members of Abu Sayyaf`."""
    match = _TAKEN_FOR.match(reading.document.text, mention.end)
    if match is None:
        return None
    sentence = reading.sentence_at(mention.start)
    after = [word for word in sentence.words if match.end() <= word.start][:_LONGEST_NAME]
    found = next(iter(reading.lexicon.actors.find(sentence.text, after, cased=reading.cased)), None)
    if found is None or found.first:
        return None
    name = Evidence.of(sentence.text, after[0].start, after[found.last - 1].end)
    return Quoted(found.value, (mention.evidence, name))
