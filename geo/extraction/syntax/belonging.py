"""What words beside a name say of whom it is: a code in brackets, a group that somebody is taken for."""

from __future__ import annotations

import re
from dataclasses import replace

from geo.extraction.language.words import word_set
from geo.extraction.reading import Reading, Sentence
from geo.model import Actor, Evidence, Mention, Quoted


def of_shared_force(reading: Reading, mention: Mention) -> Quoted[Actor] | None:
    """Return the force of an adjective that shares its noun: the American one of `American and Afghan troops`."""
    lexicon = reading.lexicon
    state = lexicon.demonyms.get(mention.text)
    if state is None:
        return None
    sentence = reading.sentence_at(mention.start)
    last = sentence.at(mention.end - 1)
    other = sentence.words[last + 2 : last + 3]
    if sentence.low(last + 1) != "and" or not other:
        return None
    force = lexicon.forces.get(sentence.low(last + 3))
    if force is None or lexicon.demonyms.get(sentence.text[other[0].start : other[0].end]) is None:
        return None
    made = force.of(state)
    return Quoted(lexicon.actors.get(made.name) or made, (mention.evidence,))


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


def _with_its_branch(sentence: Sentence, mention: Mention) -> Mention | None:
    """Return a state's adjective with its force, between which the branch is told: `Iraqi counter-terrorism troops`."""
    lexicon, last = sentence.reading.lexicon, sentence.at(mention.end - 1)
    if lexicon.demonyms.get(mention.text) is None:
        return None
    at = last + 1
    while sentence.low(at) in BRANCHES:
        at += 1
    if at == last + 1 or lexicon.forces.get(sentence.low(at)) is None:
        return None
    end = sentence.words[at].end
    return replace(mention, end=end, text=sentence.text[mention.start : end])


def _with_its_backer(sentence: Sentence, mention: Mention) -> Mention | None:
    """Return a force's mark with who leads or backs it: all of `Kurdish-led forces`; None where nobody is told to."""
    first = sentence.at(mention.start)
    people = sentence.reading.lexicon.demonyms.get(mention.text.split(" ")[0])
    if people is not None and first > 1 and (sentence.low(first - 2), sentence.low(first - 1)) == ("pro", "-"):
        start = sentence.words[first - 2].start  # `pro-Russian gunmen` are no Russians
        return replace(mention, start=start, text=sentence.text[start : mention.end])
    if first < 3 or sentence.low(first - 1) not in _SUPPORTED or sentence.low(first - 2) != "-":
        return None
    if sentence.reading.lexicon.actors.get(mention.text) is not None:
        return None
    start = sentence.words[first - 3].start
    return replace(mention, start=start, text=sentence.text[start : mention.end])


def spread_mark(sentence: Sentence, mention: Mention) -> Mention | None:
    """Return a force's mark with what of its name stands beside it; None where nothing does."""
    return (
        _with_its_backer(sentence, mention)
        or _with_its_branch(sentence, mention)
        or _with_its_people(sentence, mention)
    )


def _with_its_people(sentence: Sentence, mention: Mention) -> Mention | None:
    """Return a mark with what makes its adjective that of a people: `ethnic Serb rebels`, `Bosnian Serb army`."""
    first, lexicon = sentence.at(mention.start), sentence.reading.lexicon
    if first < 1 or not mention.text[0].isupper() or lexicon.actors.get(mention.text) is not None:
        return None
    before = sentence.words[first - 1]
    if before.low != "ethnic" and lexicon.demonyms.get(sentence.text[before.start : before.end]) is None:
        return None
    own = lexicon.demonyms.get(sentence.text[sentence.words[first].start : sentence.words[first].end])
    if own is None or sentence.text[before.end : mention.start] != " ":
        return None
    return replace(mention, start=before.start, text=sentence.text[before.start : mention.end])


def of_no_state(reading: Reading, text: str) -> Actor | None:
    """Return a force that is no state's own: `US-backed forces`, `Bosnian Serb forces`; None for any other words."""
    match = _OF_BACKER.match(text)
    if match is not None and match[1].lower() not in _STATE_ITSELF:
        return Actor("", " ".join(text.split()), "", "")
    words, lexicon = text.split(), reading.lexicon
    sided = _OF_FRIENDS.match(text)
    if sided is not None and lexicon.demonyms.get(sided[1]) is not None:
        return Actor("", " ".join(words), "rebels" if sided[2].lower() in _REBELS else "", "")
    if len(words) < 3 or lexicon.demonyms.get(words[1]) is None:
        return None
    home = lexicon.demonyms.get(words[0])
    if home is None and words[0].lower() != "ethnic":
        return None
    force = lexicon.forces.get(" ".join(words[2:]))
    country = home or reading.country
    if force is None or force.side == "government":
        return Actor("", " ".join(words), "", country.code if country else "")
    return force.of(country)


_OF_BACKER = re.compile(
    r"(?:the\s+)?([\w.]+)\s?-\s?(?:led|backed|supported|trained|funded|sponsored|dominated)\s+"
    r"(?:forces|troops|fighters|soldiers|units|militia|militias|militiamen|gunmen)\Z",
    re.IGNORECASE,
)
_OF_FRIENDS = re.compile(r"pro\s?-\s?([\w.]+)\s+(\w+)\Z", re.IGNORECASE)
_REBELS = word_set("rebels separatists insurgents militants")
_SUPPORTED = word_set("led backed supported trained funded sponsored dominated")
_STATE_ITSELF = word_set("government regime state army military")


BRANCHES = word_set(
    "- counter terrorism counterterrorism special elite air defence defense border coast naval marine paramilitary "
    "riot military security federal interior operations rapid response artillery infantry armoured armored mountain "
    "airborne reserve presidential national ground missile anti counterinsurgency"
)
"""Words between a state's adjective and its force."""


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
