"""Which actor of the project's list a mention names, or the one that its words make."""

from __future__ import annotations

from geo.extraction.lexicon import Country, Force
from geo.extraction.reading import Reading
from geo.extraction.words import words_of
from geo.model import Actor, Mention, Quoted


def quoted_actor(reading: Reading, mention: Mention | None) -> Quoted[Actor] | None:
    """Return the actor that a mention names with its words; None without a mention."""
    return None if mention is None else Quoted(actor_of(reading, mention), (mention.evidence,))


def actor_of(reading: Reading, mention: Mention) -> Actor:
    """Return the actor of the project's list that a mention names, or one with the words as its name."""
    lexicon, text = reading.lexicon, mention.text
    listed = lexicon.actors.get(text)
    if listed is not None:
        return listed
    words = words_of(text)
    named = next(iter(lexicon.actors.find(text, words, cased=False)), None) if len(words) > 1 else None
    if named is not None:
        return named.value
    demonym = next(iter(lexicon.demonyms.find(text, words, cased=False)), None)
    force = _last_force(reading, text)
    if force is not None:
        country: Country | None = demonym.value if demonym else reading.country
        made = force.of(country)
        return lexicon.actors.get(made.name) or made
    state = lexicon.countries.get(text)
    if state is not None:
        return Actor(f"{state.code.lower()}.government", f"Government of {state.name}", "government", state.code)
    return Actor("", " ".join(text.split()), "", "")


def _last_force(reading: Reading, text: str) -> Force | None:
    found = list(reading.lexicon.forces.find(text, words_of(text), cased=False))
    return found[-1].value if found else None
