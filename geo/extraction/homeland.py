"""What the country of its place says of an account: whose army and police it was, and whether a state fought abroad."""

from __future__ import annotations

import re
from dataclasses import replace

from geo.extraction.language.words import words_of
from geo.extraction.lexicon.lexicon import Country, Lexicon
from geo.model import Account, Actor, Quoted

_POLICE = ".police_forces"
_OF_THE_PLACE = (_POLICE, ".unidentified_armed_group", ".gang", ".bandits", ".vigilantes")
"""Ends of the ids of those whom no words call another country's, and who then are of the place."""
_REGAINED = "government_regains_territory"
_OVERTAKEN = "non_state_actor_overtakes_territory"


def at_home(account: Account, country: str, lexicon: Lexicon, *, text: str) -> Account:
    """Return an account as the country (ISO 3166-1 alpha-2) that its place lies in makes it.

    A force of no known country is the place's, and so are civilians and crowds, whoever struck them, and police that no
    words call a state's, even where the report is mostly about another one: an army may fight abroad, they do not. A
    state that takes ground in another country overtakes it, as a group would (ACLED codebook, "non-state actor
    overtakes territory", which counts foreign states in), if the report's `text` names that country: a place may be
    taken for one abroad.
    """
    state = lexicon.by_code.get(country)
    if state is None:
        return account
    actor1, actor2 = _local(account.actor1, state, lexicon), _local(account.actor2, state, lexicon)
    sub_type = account.sub_event_type
    against_state = account.actor2 is None or account.actor2.value.side in _STATE
    abroad = _is_foreign_state(actor1, state) and _is_named(state, text) and not _fights_beside(actor1, state, text)
    if sub_type.value == _REGAINED and against_state and abroad:
        sub_type = Quoted(_OVERTAKEN, sub_type.evidence)
    if actor1 is account.actor1 and actor2 is account.actor2 and sub_type is account.sub_event_type:
        return account
    return replace(account, actor1=actor1, actor2=actor2, sub_event_type=sub_type)


def _is_named(state: Country, text: str) -> bool:
    return re.search(rf"\b(?:{_names_of(state)})\b", text, re.IGNORECASE) is not None


def _names_of(state: Country) -> str:
    return "|".join(re.escape(name) for name in (state.name, *state.aliases, *state.demonyms))


def _fights_beside(actor: Quoted[Actor] | None, state: Country, text: str) -> bool:
    """Return whether a foreign army is named together with the state's own: `Rwandan and Mozambican soldiers`."""
    names, joint = _names_of(state), r"(?: \w+)?,? (?:and|alongside|with|backing) (?:the )?"
    for words in actor.evidence if actor is not None else ():
        own = re.escape(words.text)
        if re.search(rf"\b(?:{own}{joint}(?:{names})|(?:{names}){joint}{own})\b", text, re.IGNORECASE):
            return True
    return False


_STATE = frozenset({"government", "coalition", ""})
"""Sides from which a foreign army takes ground for itself; what it takes from rebels is the state's again."""


def _is_foreign_state(actor: Quoted[Actor] | None, state: Country) -> bool:
    return (
        actor is not None
        and actor.value.side == "government"
        and bool(actor.value.country)
        and actor.value.country != state.code
    )


def _local(actor: Quoted[Actor] | None, state: Country, lexicon: Lexicon) -> Quoted[Actor] | None:
    if actor is None or actor.value.country == state.code:
        return actor
    told = actor.value
    if (people := _PEOPLE.match(told.name)) is not None:
        # Whoever struck them, people are of the place, unless their own words name a people.
        own = _people_of(actor.evidence[-1].text, lexicon) or state
        return Quoted(replace(told, name=f"{people[1]} ({own.name})", country=own.code), actor.evidence)
    if told.country and not told.actor_id.endswith(_OF_THE_PLACE):
        return actor
    text = actor.evidence[0].text
    words = words_of(text)
    owned = [*lexicon.demonyms.find(text, words, cased=False), *lexicon.countries.find(text, words, cased=False)]
    force = next((one.value for one in reversed(list(lexicon.forces.find(text, words, cased=False)))), None)
    if force is None or owned or (not told.country and told.name != force.of(None).name):
        return actor
    # A people without a state has no army: troops in the West Bank are Israel's.
    owner = lexicon.country_of("IL") if state.code == "PS" and force.name.startswith("Military") else state
    made = force.of(owner)
    return Quoted(lexicon.actors.get(made.name) or made, actor.evidence)


_PEOPLE = re.compile(r"(Civilians|Protesters|Rioters)(?: \(.*\))?\Z")


def _people_of(text: str, lexicon: Lexicon) -> Country | None:
    """Return the country whose people words name: `two Iraqis`, `Turkish civilians`."""
    if "ethnic" in text.lower().split():
        return None  # a people, wherever it lives
    singular = re.sub(r"(?<=[a-z]{3})s\b", "", text)
    found = (
        *lexicon.demonyms.find(text, words_of(text), cased=False),
        *lexicon.demonyms.find(singular, words_of(singular), cased=False),
    )
    return found[0].value if found else None
