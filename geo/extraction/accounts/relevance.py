"""Whether a happening is news of a conflict at all: newspapers also tell of pickups that strike and viruses that kill.

Signs of conflict are marks of actors and weapons, counts of people harmed, and other triggers. A happening whose own
sentence has next to none, in a text with next to none, is a word that looks like one. People whom a disease, an
accident or the weather killed were not attacked. Short texts are told for the sake of what they tell, and pass.
"""

from __future__ import annotations

from geo.extraction.accounts.statistics import is_of_weeks, is_statistic
from geo.extraction.accounts.threads import Thread, is_displacement
from geo.extraction.drafts.drafts import Draft
from geo.extraction.happenings.signals import type_of
from geo.extraction.language.words import word_set
from geo.extraction.reading import Reading, Sentence
from geo.vocabulary import EventType, MentionKind

_SHORT = 5
"""Sentences of a text below which it is about what it tells."""
_ALONE = 0.2
"""Share of sentences with a sign below which a text is about something else, for a trigger alone in its sentence."""
_NEARLY_ALONE = 0.15
"""The same for a trigger with one sign beside it."""
_OTHERWISE = 0.3
"""The same for deaths in a text that tells of misfortunes."""
_MISFORTUNES = word_set(
    "virus viruses viral flu influenza h1n1 h5n1 epidemic epidemics pandemic cholera ebola malaria dengue zika measles "
    "typhus typhoid polio plague meningitis pneumonia sars mers disease diseases infection infections infected "
    "contagious vaccine vaccines illness cancer fever overdose crash crashed collision collided derailed capsized "
    "shipwreck drowned drowning earthquake quake aftershock tsunami flood floods flooding hurricane cyclone typhoon "
    "tornado storm shaft landslide landslides mudslide avalanche wildfire wildfires drought lightning stampede "
    "accident accidents accidental accidentally ravine gorge skidded veered swerved sank capsizing lava volcano "
    "eruption erupts smugglers trafficker traffickers"
)


def is_of_conflict(reading: Reading, thread: Thread) -> bool:
    """Return whether a happening is one of conflict, by its own sentences and by the rest of the text."""
    if _is_misfortune(reading, thread) or all(is_statistic(draft) or is_of_weeks(draft) for draft in thread.drafts):
        return False
    if is_short(reading) or len(thread.drafts) > 1:
        return True
    beside = _signs_beside(thread)
    share = len(reading.signed) / len(reading.sentences)
    return share >= (_ALONE if beside == 0 else _NEARLY_ALONE if beside == 1 else 0.0)


def is_short(reading: Reading) -> bool:
    """Return whether a text is so short that it is about whatever it tells."""
    return len(reading.sentences) < _SHORT


def speaks_of_conflict(reading: Reading) -> bool:
    """Return whether a text is so full of conflict that hardly a happening in it is refused."""
    full = len(reading.signed) >= _ALONE * len(reading.sentences)
    return full and not any(_tells_misfortune(sentence) for sentence in reading.sentences)


def _signs_beside(thread: Thread) -> int:
    """Return how many signs of conflict stand in a happening's sentence beside its own trigger."""
    head = thread.head
    own = head.happening.head.mention
    marks = [
        mention
        for mention in head.sentence.mentions
        if mention.kind in _SIGNS and (mention.end <= own.start or own.end <= mention.start)
    ]
    return len(marks) + len(head.sentence.casualties)


_SIGNS = frozenset({MentionKind.ACTOR, MentionKind.WEAPON, MentionKind.TRIGGER})


def _is_misfortune(reading: Reading, thread: Thread) -> bool:
    """Return whether only harm is told, nobody did it, and the text names a misfortune that may have done it."""
    if all(_is_of_nature(draft) for draft in thread.drafts):
        return True
    if any(draft.roles.actor1 for draft in thread.drafts):
        return False
    if _is_of_gas(thread.drafts[0]) or all(_is_collision(draft) for draft in thread.drafts):
        return True
    if any(draft.weapon for draft in thread.drafts):
        return False
    blasts = all(_is_of_blasts(draft) for draft in thread.drafts)
    if _is_accident(thread.drafts[0]) or (blasts and any(_is_accident(draft) for draft in thread.drafts)):
        return True
    if _is_collapse(reading, thread):
        return True
    told = [draft for draft in thread.drafts if draft.happening.head.trigger.role == "event"]
    if not all(_is_fate(draft) or is_displacement(draft) for draft in told):
        return False
    if _came_of_misfortune(reading, thread):
        return True
    if any(_tells_misfortune(draft.sentence) for draft in thread.drafts):
        return True
    unlucky = sum(_tells_misfortune(sentence) for sentence in reading.sentences)
    return unlucky > (len(reading.sentences) >= _SHORT) and len(reading.signed) < _OTHERWISE * len(reading.sentences)


def _is_collapse(reading: Reading, thread: Thread) -> bool:
    """Return whether a building came down by itself: no weapon and no blow is told of in the whole text."""
    signals = [signal for draft in thread.drafts for signal in draft.happening.signals]
    if not any(one.trigger.lemma == "collapse" for one in signals) or any(
        one.trigger.role == "event" for one in signals
    ):
        return False
    blows = (m for m in reading.recognition.of_kind(MentionKind.TRIGGER) if type_of(m.label) is EventType.EXPLOSIONS)
    return not reading.recognition.of_kind(MentionKind.WEAPON) and next(blows, None) is None


def _is_fate(draft: Draft) -> bool:
    """Return whether people only burned, were crushed or found dead, and nobody did it to them."""
    if draft.sentence.low(draft.happening.head.first) in _FOUND and not _BODIES.isdisjoint(draft.sentence.lows):
        return True
    return draft.sentence.low(draft.happening.head.first) in _FATES and draft.sentence.low(
        draft.happening.head.first + 1
    ) in ("to", "alive", "in", "when", "under")


_FOUND = frozenset({"found", "recovered", "retrieved", "pulled"})
_BODIES = frozenset({"bodies", "body", "corpses"})
_FATES = word_set("burned burnt crushed trampled buried")


def _came_of_misfortune(reading: Reading, thread: Thread) -> bool:
    """Return whether what was told last before the harm is an accident or a disaster, and no violence."""
    head = thread.drafts[0].happening.head
    first = thread.drafts[0].sentence.index
    fatal = _HAPPENED | _DISEASES if thread.drafts[0].sentence.low(head.first) in _DIED else _HAPPENED
    for index in range(first, max(-1, first - 1 - _BEFORE), -1):
        sentence = reading.sentences[index]
        if not fatal.isdisjoint(sentence.lows):
            return not sentence.of_kind(MentionKind.WEAPON)
        if index < first and any(mark.kind in (MentionKind.WEAPON, MentionKind.ACTOR) for mark in sentence.mentions):
            return False
    return False


_BEFORE = 4
"""Sentences before harm in which the accident stands that did it."""
_HAPPENED = word_set(
    "collided collision crashed derailed derailment capsized overturned sank skidded veered swerved plunged stampede "
    "earthquake landslide mudslide avalanche flood floods flooding cyclone hurricane typhoon tornado wildfire drowned "
    "plummeted toppled collapsed-roof leak firedamp"
)
"""Words of accidents and disasters that are nothing else."""
_DISEASES = word_set("epidemic pandemic cholera ebola malaria dengue measles typhus typhoid meningitis")
_DIED = word_set("died dead die deaths dying")
"""Words of those whom nobody need have killed: an epidemic took them where one was told of just before."""


def _is_of_nature(draft: Draft) -> bool:
    """Return whether what struck is no one's weapon: `lightning struck a hut`, `a pickup struck a cyclist`."""
    head, sentence = draft.happening.head, draft.sentence
    if sentence.low(head.first - 1) in _STRIKING and sentence.low(head.first) in _STRUCK:
        deeds = (one for one in draft.happening.signals if one is not head and one.trigger.role == "event")
        return next(deeds, None) is None  # whoever else the sentence names
    if draft.roles.actor1 or draft.weapon:
        return False
    if sentence.low(head.first) in _STRUCK and sentence.low(head.first - 1) in _NATURE:
        return True
    first = min(signal.first for signal in draft.happening.signals)
    if head.trigger.part == "verb" and not _WEATHER.isdisjoint(sentence.lows[max(0, head.first - 4) : head.first]):
        return True  # `the storm had already battered Thatta`
    burns = sentence.low(first - 1) in _FLAMES and sentence.low(first - 2) not in _GUNS
    by_beast = sentence.low(head.first + 1) == "by" and not _BEASTS.isdisjoint(
        sentence.lows[head.first + 2 : head.first + 5]
    )
    return burns or by_beast or sentence.low(first - 1) in _BEASTS


_STRUCK = frozenset({"struck", "hit", "strikes", "hits"})
_STRIKING = word_set("lightning earthquake quake tremor cyclone hurricane typhoon tornado")
_FLAMES = word_set("fire blaze inferno wildfire bushfire")
_GUNS = word_set(
    "artillery mortar rocket shell tank gun sniper cross friendly enemy return israeli russian rebel small arms"
)
_BEASTS = word_set(
    "elephant elephants buffalo buffaloes crocodile crocodiles hippo hippos lion lions leopard leopards shark sharks "
    "snake snakes bear bears wolf wolves dog dogs bees tiger tigers monkeys baboons"
)
_WEATHER = word_set(
    "storm cyclone hurricane typhoon tornado flood floods flooding landslide avalanche earthquake quake monsoon winds"
)
_NATURE = _WEATHER | word_set("lightning tremor wave pickup truck lorry bus train tram taxi suv motorcyclist driver")


def _is_accident(draft: Draft) -> bool:
    """Return whether something blew up by itself: `a petrol tanker overturned and exploded`, `a gas cylinder blast`."""
    signals = draft.happening.signals
    gas = any(draft.sentence.low(one.first - 1) in ("gas", "boiler", "propane") for one in signals)
    return _is_of_blasts(draft) and (gas or not _BLOWING_UP.isdisjoint(draft.sentence.lows))


def _is_of_gas(draft: Draft) -> bool:
    """Return whether what blew up stands in every kitchen: `a gas cylinder exploded`; no other weapon is told."""
    lows = draft.sentence.lows
    kitchen = any(low in _FUELS and lows[at + 1] in _HOLDERS for at, low in enumerate(lows[:-1]))
    own = draft.weapon is None or _FUELS & set(draft.weapon.evidence[0].text.lower().split())
    return kitchen and bool(own) and _DROPPED.isdisjoint(lows)


_FUELS = frozenset({"gas", "propane", "butane", "boiler"})
_HOLDERS = word_set("cylinder cylinders canister canisters bottle bottles explosion blast leak stove tank tanker")
_DROPPED = word_set("dropped barrel toxic chlorine rigged attached planted detonated")


def _is_collision(draft: Draft) -> bool:
    """Return whether what struck is a vehicle on the road: `lost control of his pickup and struck a tree`."""
    blow = draft.sentence.low(draft.happening.head.first) in ("struck", "hit") and draft.weapon is None
    return blow and not _ON_THE_ROAD.isdisjoint(draft.sentence.lows)


_ON_THE_ROAD = word_set("crash crashed collision collided skidded veered swerved dui lane windshield steering")


def _is_of_blasts(draft: Draft) -> bool:
    events = [signal for signal in draft.happening.signals if signal.trigger.role == "event"]
    blasts = [signal for signal in events if signal.trigger.lemma in _BLASTS]
    others = {draft.sentence.low(signal.first) for signal in events if signal not in blasts}
    return bool(blasts) and others <= _BURNED


_BLASTS = frozenset({"explode", "explosion", "blast", "exploded", "blew", "blow up"})
_BURNED = frozenset({"burning", "burned", "burnt", "roasting", "roasted", "death"})
_BLOWING_UP = word_set(
    "overturned overturn collided collision cylinder cylinders boiler boilers methane leak leaked leaking firedamp "
    "colliery miners transformer fireworks firecracker firecrackers pyrotechnic pyrotechnics stove fertiliser "
    "fertilizer distillery tanker shaft accident accidental accidentally"
)


def _tells_misfortune(sentence: Sentence) -> bool:
    return not _MISFORTUNES.isdisjoint(sentence.lows)
