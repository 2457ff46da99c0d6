"""Which actor of the project's list a mention names, or the one that its words make."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from geo.extraction.language.words import Found, word_set, words_of
from geo.extraction.lexicon.lexicon import Country, Force
from geo.extraction.reading import Reading, Sentence
from geo.extraction.syntax.belonging import (
    BRANCHES,
    by_its_code,
    of_no_state,
    of_shared_force,
    spread_mark,
    taken_for,
)
from geo.model import Actor, Mention, Quoted
from geo.vocabulary import MentionKind


@lru_cache(maxsize=64)
def quoted_actor(reading: Reading, mention: Mention | None) -> Quoted[Actor] | None:
    """Return the actor that a mention names with its words; None without a mention."""
    if mention is None:
        return None
    told = by_its_code(reading, mention) or taken_for(reading, mention) or of_shared_force(reading, mention)
    return told or Quoted(actor_of(reading, mention), (mention.evidence,))


def whole_name(sentence: Sentence, mention: Mention) -> Mention:
    """Return a mark with the rest of its name: all of `National Liberation Army`, where only `Army` was marked."""
    words, first = sentence.words, sentence.at(mention.start)
    owner = _owner_before(sentence, first)
    owner = _adjective_before(sentence, first, mention) if owner is None else owner
    spread = _with_country(sentence, mention) or _with_group(sentence, mention) or _with_commander(sentence, mention)
    spread = spread or spread_mark(sentence, mention)
    if spread is not None:
        return spread
    if owner is not None and sentence.reading.lexicon.actors.get(mention.text) is None:
        return replace(mention, start=words[owner].start, text=sentence.text[words[owner].start : mention.end])
    if not sentence.reading.cased or not mention.text[0].isupper() or mention.text.lower() not in _ENDS_OF_NAMES:
        return mention
    start = first
    while start > 0 and words[start - 1].capital and sentence.text[words[start - 1].end : words[start].start] == " ":
        start -= 1
    while start < first and words[start].low in _NO_NAMES:
        start += 1
    if start == first or not _FIGHTING & {word.low for word in words[start:first]}:
        return mention
    return replace(
        mention, start=words[start].start, text=sentence.text[words[start].start : mention.end], label=REBEL_NAME
    )


def _with_country(sentence: Sentence, mention: Mention) -> Mention | None:
    """Return a force's mark with the state that it is said to be of: `Mali's army`, `troops from Chad`; else None."""
    words, lexicon = sentence.words, sentence.reading.lexicon
    first, last = sentence.at(mention.start), sentence.at(mention.end - 1)
    owned, spread = sentence.low(first - 1) == "'s", sentence.low(last + 1) in ("of", "from")
    if not (owned or spread) or lexicon.forces.get(mention.text) is None:
        return None
    cased = sentence.reading.cased
    if owned:
        before = words[max(0, first - 1 - _LONGEST_STATE) : first - 1]
        tables = (lexicon.countries, lexicon.capitals)  # `Syria's army`, `Moscow's troops`
        states = (found for table in tables for found in table.find(sentence.text, before, cased=cased))
        named = next((found for found in states if found.last == len(before)), None)
        return None if named is None else _between(sentence, mention, before[named.first].start, mention.end)
    after = words[last + 2 : last + 3 + _LONGEST_STATE]
    named = next(iter(lexicon.countries.find(sentence.text, after, cased=cased)), None)
    if named is None or named.first > (1 if after[0].low == "the" else 0):
        return None
    return _between(sentence, mention, mention.start, after[named.last - 1].end)


def _with_group(sentence: Sentence, mention: Mention) -> Mention | None:
    """Return a general word's mark with the name of its group: `fighters of the Furqan Brigades`; else None."""
    words, lexicon = sentence.words, sentence.reading.lexicon
    last = sentence.at(mention.end - 1)
    if not sentence.reading.cased or sentence.low(last) not in _MEMBERS or lexicon.actors.get(mention.text) is not None:
        return None
    first = last + (3 if sentence.low(last + 2) == "the" else 2)
    if any(sentence.at(one.start) == first and lexicon.actors.get(one.text) for one in sentence.of_kind(_ACTOR)):
        return None  # the name after it is an actor of its own: `gunmen of the Sinaloa cartel`
    end = first
    while end < len(words) and words[end].capital and end - first < _LONGEST_STATE:
        end += 1
    toponyms = sentence.of_kind(MentionKind.TOPONYM)
    placed = any(sentence.at(toponym.start) < end and first <= sentence.at(toponym.end - 1) for toponym in toponyms)
    if sentence.low(last + 1) not in ("of", "from") or end == first or placed:
        return None
    return _between(sentence, mention, mention.start, words[end - 1].end)


def _with_commander(sentence: Sentence, mention: Mention) -> Mention | None:
    """Return a general word's mark with the name of its leader or cause: `forces loyal to General Roe`; else None."""
    words, lexicon = sentence.words, sentence.reading.lexicon
    last = sentence.at(mention.end - 1)
    if sentence.low(last + 1) not in _FOLLOWING or sentence.low(last + 2) not in ("to", "by"):
        return None
    if lexicon.actors.get(mention.text) is not None or lexicon.forces.get(words[last].low) is None:
        return None
    first = last + 3
    found = next(iter(lexicon.actors.find(sentence.text, words[first : first + 7], cased=sentence.reading.cased)), None)
    if found is None or any(
        word.is_mark or not (word.capital or word.low in _OFFICES) for word in words[first : first + found.first]
    ):
        return None
    return _between(sentence, mention, mention.start, words[first + found.last - 1].end)


_ACTOR = MentionKind.ACTOR
_FOLLOWING = frozenset({"loyal", "led", "commanded", "headed", "answering", "faithful"})
_OFFICES = word_set("the a general field marshal commander warlord strongman renegade former leader eastern president")
_MEMBERS = frozenset({
    "members", "rebels", "fighters", "militants", "militia", "militias", "militiamen", "units", "gunmen", "elements",
    "insurgents", "terrorists", "guerrillas", "combatants", "extremists", "jihadists", "forces", "troops",
})  # fmt: skip
_LONGEST_STATE = 5
"""Words that the name of a state has at most, among those that forces are told of."""


def _between(sentence: Sentence, mention: Mention, start: int, end: int) -> Mention:
    return replace(mention, start=start, end=end, text=sentence.text[start:end])


def _owner_before(sentence: Sentence, first: int) -> int | None:
    """Return the position of a state's adjective that a make parts from its force: `a U.S. Chinook helicopter`."""
    words, lexicon = sentence.words, sentence.reading.lexicon
    if first < 2 or not sentence.reading.cased or not words[first - 1].capital or words[first - 1].is_mark:
        return None
    owner, make = words[first - 2], words[first - 1]
    if any(lexicon_of.get(make.low) is not None for lexicon_of in (lexicon.demonyms, lexicon.countries)):
        return None
    name = sentence.text[owner.start : owner.end]
    joined = sentence.text[owner.end : make.start].isspace() and sentence.text[make.end : words[first].start].isspace()
    if not joined or not owner.capital:
        return None
    known = lexicon.demonyms.get(name) or (lexicon.countries.get(name) if name.isupper() else None)
    return first - 2 if known is not None else None


def _adjective_before(sentence: Sentence, first: int, mention: Mention) -> int | None:
    """Return the position of a state's adjective right before its force or weapon: the `US` of `US warplanes`."""
    words, lexicon = sentence.words, sentence.reading.lexicon
    force = words[first].low in OF_FORCES or lexicon.forces.get(words[first].low) is not None
    while force and sentence.low(first - 1) in BRANCHES:
        first -= 1
    if first < 1 or not sentence.reading.cased or not words[first - 1].capital or words[first].is_mark:
        return None
    name = sentence.text[words[first - 1].start : words[first - 1].end]
    joined = sentence.text[words[first - 1].end : words[first].start].isspace()
    force = force or lexicon.weapons.get(mention.text.split()[-1]) is not None
    known = lexicon.demonyms.get(name) or (lexicon.countries.get(name) if name.isupper() else None)
    return first - 1 if joined and force and known is not None else None


OF_FORCES = word_set(
    "positions position posts post trenches servicemen serviceman units unit troops forces soldiers soldier units "
    "brigades brigade battalion battalions lines stronghold strongholds bases base outposts outpost convoy convoys "
    "armour artillery paratroopers conscripts border tanks frigate warship warships patrol patrols"
)
"""Nouns that behind a state's adjective tell of its forces."""


def is_reporting(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a mark is the name, or a part of the name, of an agency or a monitor that reports."""
    lexicon = sentence.reading.lexicon
    if lexicon.actors.get(mention.text) is not None or lexicon.forces.get(mention.text) is not None:
        return False
    first, last = sentence.at(mention.start), sentence.at(mention.end - 1)
    start = max(0, first - _LONGEST_SOURCE)
    near = sentence.words[start : last + 1 + _LONGEST_SOURCE]
    found = lexicon.sources.find(sentence.text, near, cased=sentence.reading.cased)
    return any(source.first + start <= first and last < source.last + start for source in found)


_LONGEST_SOURCE = 7
"""Words that the name of who reports has at most."""
REBEL_NAME = "rebel name"
STATE_FORCES = "state forces"
"""Labels of marks that their words alone do not tell."""
_ENDS_OF_NAMES = frozenset({"army", "forces", "force", "guerrillas", "rebels", "militia"})
_NO_NAMES = frozenset({"the", "a", "an"})
_FIGHTING = frozenset({"liberation", "resistance", "revolutionary", "people's", "peoples", "salvation", "independence"})
"""Words that states seldom give to their armies, and those who fight them do."""


def actor_of(reading: Reading, mention: Mention) -> Actor:
    """Return the actor of the project's list that a mention names, or one with the words as its name."""
    lexicon, text = reading.lexicon, mention.text
    listed = lexicon.actors.get(text) or (lexicon.actors.get(text[:-1]) if _is_plural_code(text) else None)
    if listed is not None:
        return listed
    words = words_of(text)
    # A short code (`RSF fighters`) is known by its case alone.
    named = (f for cased in (True, False) for f in lexicon.actors.find(text, words, cased=cased) if len(words) > 1)
    found = next(named, None)
    if found is not None:
        return found.value
    if (stateless := of_no_state(reading, text)) is not None:
        return stateless
    if mention.label == STATE_FORCES and (state_of := lexicon.demonyms.get(text) or lexicon.countries.get(text)):
        armed = lexicon.forces.get(_ARMED)
        forces = armed.of(state_of) if armed is not None else Actor("", text, "government", state_of.code)
        return lexicon.actors.get(forces.name) or forces
    if mention.label == REBEL_NAME:
        fought = reading.country
        return Actor("", " ".join(text.split()), "rebels", fought.code if fought else "")
    # An acronym of two letters (`US drones`) is known by its case alone.
    demonym = next((f for cased in (False, True) for f in lexicon.demonyms.find(text, words, cased=cased)), None)
    force = _last_force(reading, text)
    of_forces = demonym is not None and demonym.last < len(words) and words[demonym.last].low in OF_FORCES
    if force is None and demonym is not None and (of_forces or _is_of_weapon(reading, mention)):
        force = lexicon.forces.get(_ARMED)  # `Russian missiles`: those of the state's forces
    if force is not None:
        tables = (lexicon.countries, lexicon.capitals)  # `Riyadh's jets`
        named_state = (f for table in tables for cased in (False, True) for f in table.find(text, words, cased=cased))
        state = None if demonym else next(named_state, None)
        owner = demonym or state or _said_of_its_own(reading, mention)
        home: Country | None = owner.value if owner else _home_of(reading, mention, force)
        made = force.of(home)
        return lexicon.actors.get(made.name) or made
    country = lexicon.countries.get(text) or lexicon.capitals.get(text)
    if country is not None:
        return Actor(f"{country.code.lower()}.government", f"Government of {country.name}", "government", country.code)
    return Actor("", " ".join(text.split()), "", "")


def _home_of(reading: Reading, mention: Mention, force: Force) -> Country | None:
    """Return the country whose force is meant where no words say it: the one that the document speaks of most.

    A people without a state has no army: `the army` in a report from Gaza or the West Bank is Israel's.
    """
    country = reading.country
    own = _told_in_sentence(reading, mention) if mention.text.lower() in ("army", "military") else None
    if own is not None:
        return own
    if country is not None and country.code == "PS" and force.name.startswith("Military"):
        return reading.lexicon.country_of("IL")
    return country


def _told_in_sentence(reading: Reading, mention: Mention) -> Country | None:
    """Return the state whose forces open the sentence, as in `Israeli troops crossed … in what the army calls`."""
    sentence = reading.sentence_at(mention.start)
    first = sentence.at(mention.start)
    if sentence.low(first - 1) != "the" or first < 3:
        return None
    words = sentence.words[:_OPENING]
    found = next(iter(reading.lexicon.demonyms.find(sentence.text, words, cased=reading.cased)), None)
    if found is None or found.first or found.last >= len(words) or found.last >= first - 1:
        return None
    known = reading.lexicon.forces.get(words[found.last].low)
    return found.value if known is not None and known.side == "government" else None


_OPENING = 3


def _is_plural_code(text: str) -> bool:
    """Return whether a name is the plural of a code: `PDFs`."""
    return text.endswith("s") and len(text) > 3 and text[:-1].isupper() and text[:-1].isalpha()


def _is_of_weapon(reading: Reading, mention: Mention) -> bool:
    """Return whether a state's adjective stands before a weapon, inside its mark or right behind it."""
    sentence = reading.sentence_at(mention.start)
    last = sentence.at(mention.end - 1)
    words = sentence.words[sentence.at(mention.start) : last + 3]
    weapons = reading.lexicon.weapons.find(sentence.text, words, cased=False)
    return any(found.first <= last - sentence.at(mention.start) + 1 for found in weapons)


_ARMED = "military"


def _said_of_its_own(reading: Reading, mention: Mention) -> Found[Country] | None:
    """Return the state whose own force is meant: that of `Turkey said its forces had crossed the border`."""
    sentence = reading.sentence_at(mention.start)
    first = sentence.at(mention.start)
    if sentence.low(first - 1) != "its":
        return None
    before, cased = sentence.words[: first - 1], reading.cased
    found = [
        *reading.lexicon.countries.find(sentence.text, before, cased=cased),
        *reading.lexicon.demonyms.find(sentence.text, before, cased=cased),
        *reading.lexicon.capitals.find(sentence.text, before, cased=cased),
    ]
    return min(found, key=lambda one: one.first, default=None)


def _last_force(reading: Reading, text: str) -> Force | None:
    found = list(reading.lexicon.forces.find(text, words_of(text), cased=False))
    return found[-1].value if found else None
