"""Pursuits of peace that look like deeds of a conflict: police impound a bus, a helicopter takes the wounded away."""

from __future__ import annotations

from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.model import Mention
from geo.vocabulary import MentionKind


def is_pursuit(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a verb tells what police, rescuers or people of a place do beside any conflict."""
    if signal.trigger.part != "verb":
        return False
    if _is_on_trial(sentence, signal):
        return True
    sub_type = signal.trigger.sub_event_type
    if sub_type == "disrupted_weapons_use":
        return _clears_up(sentence, signal)
    if sentence.low(signal.first) in _FINDING:
        return _finds_known_body(sentence, signal)
    if sub_type == "looting_property_destruction":
        return _impounds(sentence, signal)
    if sub_type == "headquarters_or_base_established":
        return _is_of_civilians(sentence, signal)
    return sub_type == "other" and (_carries_wounded(sentence, signal) or _had_hidden(sentence, signal))


def tells_wound(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a verb only tells of a wound, and no deed: `sustained bullet injuries`, `was hit in the leg`."""
    low, at = mention.text.lower(), sentence.at(mention.end - 1)
    if low in _SUFFERED:
        return not _WOUNDS.isdisjoint(sentence.low(index) for index in range(at + 1, at + 5))
    return low in ("hit", "struck") and sentence.low(at + 1) in ("in", "on") and sentence.low(at + 3) in _LIMBS


_SUFFERED = frozenset({"suffered", "sustained", "received"})
_WOUNDS = word_set("injury injuries wound wounds")
_LIMBS = word_set(
    "head face neck chest stomach abdomen back shoulder arm hand leg legs foot thigh knee eye hip jaw groin"
)


def _clears_up(sentence: Sentence, signal: Signal) -> bool:
    """Return whether arms lay where a fight told beside them took place: `recovered rifles from the scene of the …`."""
    ahead = sentence.lows[signal.last + 1 : signal.last + _SCENE_WITHIN]
    at = next((index for index, low in enumerate(ahead) if low in _SCENES), None)
    return at is not None and ahead[at + 1 : at + 3] == ["of", "the"] and not _FIGHTS.isdisjoint(ahead[at + 3 : at + 5])


_SCENE_WITHIN = 14
_SCENES = frozenset({"scene", "site", "spot"})
_FIGHTS = word_set(
    "clash clashes encounter firefight gunfight gunbattle battle fight fighting shootout ambush attack gun"
)


def _finds_known_body(sentence: Sentence, signal: Signal) -> bool:
    """Return whether those come who take away the dead just told of: `officers found the body already burnt`."""
    low, first, last = sentence.low, signal.first, signal.last
    taken = low(first - 1) in ("was", "were") and low(first - 2) in _BODIES and low(first - 3) in _KNOWN
    if not taken and (low(last + 1) not in _KNOWN or low(last + 2) not in _BODIES or low(last + 3) == "of"):
        return False
    if any(item.harm == "killed" and item.anchor < first - 3 for item in sentence.casualties):
        return True
    before = sentence.reading.sentences[max(0, sentence.index - _TOLD_BEFORE) : sentence.index]
    return any(item.harm == "killed" for one in before for item in one.casualties)


_TOLD_BEFORE = 3
"""Sentences before in which it was told who died."""
_FINDING = frozenset({"found", "recovered", "discovered", "retrieved", "collected", "removed"})
_KNOWN = frozenset({"the", "his", "her", "their"})
_BODIES = frozenset({"body", "bodies", "corpse", "corpses", "remains"})


def _had_hidden(sentence: Sentence, signal: Signal) -> bool:
    """Return whether people only stood under a roof where something befell them: `who had taken shelter in a barn`."""
    sheltered = sentence.low(signal.first) in _SHELTERING and sentence.low(signal.first + 1) in ("shelter", "refuge")
    return sheltered and not {"who", "where"}.isdisjoint(
        sentence.low(at) for at in range(signal.first - 5, signal.first)
    )


_SHELTERING = frozenset({"taken", "took", "sought", "taking"})


def _is_on_trial(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a deed only says who stands before a court: `men who broke into a bank were arraigned`."""
    if "who" not in (sentence.low(signal.first - 1), sentence.low(signal.first - 2)):
        return False
    ahead = sentence.lows[signal.last + 1 : signal.last + _TRIAL_WITHIN]
    at = next((index for index, low in enumerate(ahead) if low in _TRIED), 0)
    verdict = sentence.words[signal.last + 1 + at].start if at else 0
    if any(signal.mention.end <= day.start < verdict for day in sentence.every_day):
        return False  # of a day of its own, the deed may be news too
    return at > 0 and not {"was", "were", "been"}.isdisjoint(ahead[max(0, at - 2) : at])


_TRIAL_WITHIN = 16
_TRIED = word_set("arraigned charged sentenced convicted jailed remanded tried acquitted prosecuted hanged")


def _impounds(sentence: Sentence, signal: Signal) -> bool:
    """Return whether police take a vehicle away: `Police seized the bus`, `the lorry was impounded by police`."""
    if sentence.low(signal.first) not in _IMPOUNDING:
        return False
    before = {sentence.low(at) for at in range(signal.first - 5, signal.first)}
    after = {sentence.low(at) for at in range(signal.last + 1, signal.last + 6)}
    active = bool(before & _POLICE and after & _VEHICLES)
    return active or bool(before & _VEHICLES and "by" in after and after & _POLICE)


_IMPOUNDING = word_set("seized impounded towed confiscated seizing impounding")
_POLICE = word_set("police officers policemen cops constables patrol")
_VEHICLES = word_set(
    "vehicle vehicles bus buses truck trucks lorry lorries car cars van vans motorcycle motorcycles motorbike pickup "
    "tractor trailer tanker autorickshaw tricycle minibus"
)


def _is_of_civilians(sentence: Sentence, signal: Signal) -> bool:
    """Return whether people without arms are who digs or builds: `shot at villagers digging trenches`."""
    if not sentence.low(signal.first).endswith("ing"):
        return False
    targets = sentence.reading.lexicon.targets
    for mention in sentence.of_kind(MentionKind.TARGET):
        if sentence.at(mention.end - 1) == signal.first - 1:
            known = targets.get(mention.text)
            return known is not None and known.kind == "person" and known.civilian
    return False


def _carries_wounded(sentence: Sentence, signal: Signal) -> bool:
    """Return whether the hurt are brought to be treated: `was wounded and evacuated by helicopter`."""
    if sentence.low(signal.first) not in _CARRIED:
        return False
    near = [sentence.low(at) for at in range(signal.first - 8, signal.last + 6)]
    return not _HURT.isdisjoint(near) and not _TREATED.isdisjoint(near)


_CARRIED = word_set("evacuated evacuating airlifted transferred moved taken")
_HURT = word_set("wounded injured hit hurt shot injuries wounds wound casualties patients")
_TREATED = word_set("helicopter hospital hospitals clinic treatment surgery care ambulance air plane")
