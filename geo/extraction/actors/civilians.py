"""The civilian people and sites that a happening befalls."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.actors.appositions import bears_arms
from geo.extraction.actors.civilian_phrases import is_armed_word, person_befallen
from geo.extraction.actors.finders import is_finder
from geo.extraction.actors.unarmed import names_unarmed
from geo.extraction.actors.voice import FORMER
from geo.extraction.happenings.happenings import Happening
from geo.extraction.language.words import word_set
from geo.extraction.reading import Reading, Sentence
from geo.model import Actor, Evidence, Mention, Quoted
from geo.vocabulary import MentionKind

CIVILIANS = Actor("civilians", "Civilians", "civilians")
_WITHIN = 12
"""Words between a trigger and those whom it befalls."""


def crowd_of(happening: Happening) -> Actor:
    """Return the crowd of the country that a document speaks of: rioters where it lynches, else protesters."""
    country = happening.sentence.reading.country
    name = "Rioters" if happening.head.trigger.sub_event_type == "mob_violence" else "Protesters"
    return Actor("", f"{name} ({country.name})" if country else name, "", country.code if country else "")


def people_of(reading: Reading, mention: Mention) -> Quoted[Actor]:
    """Return people who belong to no force, as who does something, under the words that name them."""
    country = reading.country
    return Quoted(Actor("", " ".join(mention.text.split()), "", country.code if country else ""), (mention.evidence,))


_ANYBODY = frozenset({"people", "person", "persons", "victim", "victims", "man", "men"})
"""Words that do not tell civilians from fighters."""
_COUNTING = word_set("others other more dozens scores hundreds several some many two three four five at least about of")
_INSTITUTIONS = word_set(
    "office offices building buildings station headquarters embassy ministry base bank hotel house houses home homes "
    "car cars bus buses vehicle vehicles convoy plane jets jet helicopter bridge court shop shops factory plant site "
    "server servers computer computers container containers launcher launchers generator generators transformer "
    "transformers tractor tractors trailers tankers banner banners poster posters barrier barriers order orders "
    "newspaper newspapers paper center centre tower shelter border river tanker trailer"
)


def _is_anybody(mention: Mention) -> bool:
    """Return whether words tell only that there were people: `people`, `15 others`, `dozens more`."""
    low = mention.text.lower()
    return low in _ANYBODY or all(word in _COUNTING | _ANYBODY or word.isdigit() for word in low.split())


def _is_institution(mention: Mention) -> bool:
    return mention.text.lower().split()[-1] in _INSTITUTIONS


def civilians_of(happening: Happening, *, besides: Quoted[Actor] | None = None) -> Quoted[Actor] | None:
    """Return civilians as those it befell, where the words name civilian people beside a trigger.

    `besides` is who does it: the same words are not whom it befalls.
    """
    doers = besides.evidence if besides else ()
    target = civilian_target(happening, persons_only=True, told_as=True, besides=doers)
    person = person_befallen(happening) or target
    named = _name_before(happening.sentence, target.evidence) if target else None
    if person and named and person.start < named.end and named.start < person.end:
        person = target  # the name, and the office that stands behind it
    words = person.evidence if person else None
    if words is None or any(doer.start < words.end and words.start < doer.end for doer in doers):
        return None
    actor = _civilians(happening.sentence, words)
    name_of_it = _name_before(happening.sentence, words)
    return Quoted(actor, (words,) if name_of_it is None else (name_of_it, words))


def as_civilians(sentence: Sentence, actor: Quoted[Actor] | None) -> Quoted[Actor] | None:
    """Return an actor that no list knows as civilians where its last word names them: `two youths`."""
    if actor is None or actor.value.actor_id or actor.value.side:
        return actor
    words = actor.evidence[-1]
    target = sentence.reading.lexicon.targets.get(words.text.split()[-1]) if words.text.split() else None
    if target is None or target.kind != "person" or not target.civilian or not names_unarmed(sentence, words):
        return actor
    return Quoted(_civilians(sentence, words), actor.evidence)


def _civilians(sentence: Sentence, told: Evidence) -> Actor:
    """Return civilians of the country that their own words name (`two Iraqis`), or else the document's."""
    words = sentence.words[sentence.at(told.start) : sentence.at(told.end - 1) + 1]
    lexicon, cased = sentence.reading.lexicon, sentence.reading.cased
    own = next(iter(lexicon.demonyms.find(sentence.text, words, cased=cased)), None)
    if own is not None and "ethnic" in {word.low for word in words[: own.first]} | {_before(sentence, words[0].start)}:
        own = None  # `two ethnic Albanians` are of the country that they live in
    country = own.value if own is not None else sentence.reading.country
    name = f"Civilians ({country.name})" if country else CIVILIANS.name
    return Actor(CIVILIANS.actor_id, name, CIVILIANS.side, country.code if country else "")


def _before(sentence: Sentence, start: int) -> str:
    return sentence.low(sentence.at(start) - 1)


def _name_before(sentence: Sentence, office: Evidence) -> Evidence | None:
    """Return the name to which an office stands in apposition: `Jane Roe, the first elected mayor of …`."""
    comma = sentence.at(office.start) - 1
    while comma > 0 and sentence.at(office.start) - comma < 6 and sentence.low(comma) != ",":
        comma -= 1
    first = comma
    while first > 0 and sentence.words[first - 1].capital:
        first -= 1
    if sentence.low(comma) != "," or not 2 <= comma - first <= 4 or not sentence.reading.cased:
        return None
    if first and not sentence.words[first - 1].is_mark:
        return None
    return Evidence.of(sentence.text, sentence.words[first].start, sentence.words[comma - 1].end)


def civilian_target(
    happening: Happening, *, persons_only: bool = False, told_as: bool = False, besides: Sequence[Evidence] = ()
) -> Mention | None:
    """Return the civilian people, or (unless `persons_only`) site, that a happening befalls; None for none.

    `told_as` asks for words that tell who they are, more than `15 others`; `besides` are words that name who does it.
    Of several it is the one nearest to a trigger.
    """
    sentence = happening.sentence
    targets = sentence.reading.lexicon.targets
    best: tuple[int, Mention] | None = None
    for mention in sentence.of_kind(MentionKind.TARGET):
        if not names_unarmed(sentence, mention) or is_finder(happening, mention):
            continue
        known = targets.get(mention.text)
        if known is not None and (not known.civilian or (persons_only and known.kind != "person")):
            continue
        if (known is None and _is_armed(sentence, mention)) or _serves(sentence, mention):
            continue
        if told_as and (_is_anybody(mention) or (known is None and not _may_be_people(mention))):
            continue
        if persons_only and (_is_attribute(sentence, mention) or _is_of_site(sentence, mention)):
            continue
        if any(words.start < mention.end and mention.start < words.end for words in besides):
            continue
        gap = happening.distance(sentence.at(mention.start))
        if sentence.is_speaking(mention.start) or not happening.owns(sentence.at(mention.start)):
            continue
        if gap <= _WITHIN and (best is None or gap < best[0]) and not _is_refuge(sentence, mention):
            best = (gap, mention)
    return best[1] if best else None


def _is_armed(sentence: Sentence, mention: Mention) -> bool:
    """Return whether words that no list knows whole name those who bear arms: `two soldiers`, not `ex-soldiers`."""
    last = sentence.at(mention.end - 1)
    if bears_arms(sentence, sentence.at(mention.start), last + 1):
        return True
    if mention.text.lower() in _COUNTING or mention.text.isdigit():
        return last + 1 in sentence.actor_positions  # the `two` of `two Turkish soldiers`
    before = {sentence.low(index) for index in range(sentence.at(mention.start) - 1, last)}
    return is_armed_word(sentence, sentence.low(last)) and not before & FORMER


def _serves(sentence: Sentence, mention: Mention) -> bool:
    """Return whether people are of an armed force by the word before them: `army engineers`, `a military doctor`."""
    return sentence.low(sentence.at(mention.start) - 1) in ("army", "navy", "military", "naval")


def _may_be_people(mention: Mention) -> bool:
    """Return whether words that no list knows can name people: a name, or a noun of an agent, and no building."""
    words = [word for word in mention.text.split() if not word.isdigit() and word.lower() not in _COUNTING]
    if (
        not words
        or _is_institution(mention)
        or not all(word.replace("-", "").replace("'", "").isalpha() for word in words)
    ):
        return False
    return all(word[0].isupper() for word in words) or words[-1].lower().endswith(_AGENTS)


_AGENTS = (
    "er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "man", "men", "woman", "women", "child", "children",
    "people", "folk", "ants", "ees", "ee", "chief", "youths", "official", "officials",
)  # fmt: skip


def _is_of_site(sentence: Sentence, mention: Mention) -> bool:
    """Return whether people only give a site or a body its name: `infant health centre`, `the doctors' union`."""
    first, last = sentence.at(mention.start), sentence.at(mention.end - 1)
    if sentence.low(first - 1) in ("of", "for") and sentence.low(first - 2) in _OFFICES:
        return True
    return {sentence.low(last + 1), sentence.low(last + 2)} & _BODIES != set() and not {",", "and", "in", "at"} & {
        sentence.low(last + 1)
    }


_BODIES = word_set(
    "union unions association society health hospital college syndicate federation council committee "
    "congress ministry policy policies programme program office bureau affairs"
)
_OFFICES = word_set("ministry minister ministers department secretary office league federation union council")


def _is_attribute(sentence: Sentence, mention: Mention) -> bool:
    """Return whether `civilian` only describes: `in civilian clothes`, `civilian and police targets`."""
    if mention.text.lower() != "civilian":
        return False
    first = sentence.at(mention.start)
    return not {"a", "another", "one", "each", "every", "this"} & {sentence.low(first - 1), sentence.low(first - 2)}


def _is_refuge(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a site is only where people were taken or speak from: `taken to hospital`."""
    first = sentence.at(mention.start)
    window = [sentence.low(index) for index in range(max(0, first - 5), first)]
    return "to" in window and any(low in ("taken", "rushed", "transported", "brought", "admitted") for low in window)
