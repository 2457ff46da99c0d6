"""The sub-event type of a happening, from its triggers, its weapons and its sides."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.actors.actors import Roles
from geo.extraction.drafts.arms import is_single_bombing, weapons_of
from geo.extraction.drafts.ground import STATE, is_handed_over, taking_of
from geo.extraction.drafts.sides import (
    are_civilians,
    befalls_person,
    hits_forces,
    is_armed,
    is_between_forces,
    killed_people,
    names_civilians,
)
from geo.extraction.happenings.crowds import crowd_type
from geo.extraction.happenings.happenings import Happening
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import word_set
from geo.extraction.lexicon.lexicon import TERRITORY, Weapon
from geo.model import Actor, Evidence, Mention, Quoted
from geo.vocabulary import SUB_EVENT_TYPES, EventType, MentionKind

_RANK = (
    "chemical_weapon",
    "suicide_bomb",
    "sexual_violence",
    "mob_violence",
    "violent_demonstration",
    "excessive_force_against_protesters",
    "protest_with_intervention",
    "peaceful_protest",
    "grenade",
    "remote_explosive_landmine_ied",
    "air_drone_strike",
    "shelling_artillery_missile_attack",
    "abduction_forced_disappearance",
    "government_regains_territory",
    "non_state_actor_overtakes_territory",
    TERRITORY,
    "armed_clash",
    "disrupted_weapons_use",
    "arrests",
    "agreement",
    "headquarters_or_base_established",
    "non_violent_transfer_of_territory",
    "attack",
    "change_to_group_activity",
    "looting_property_destruction",
    "other",
)
"""Of several triggers of one happening the one that stands first here names it: the more telling before the vaguer."""
_LOOSE = word_set(
    "attack strike hit target explosion blast explode detonate detonation pound bombing bomb bombardment bombard "
    "raid shelling barrage salvo kill killing die death dead wound injure destroy damage assault raid ram fire drop "
    "launch land slam shoot"
) | {"go off", "blow up", "crash into", "rain down", "fire on", "open fire", "lost", "lose", "loses", "losing"}
"""Words that take their sub-type from the weapon used."""
_AIMED = frozenset({"fire on", "open fire", "shoot", "land"})
"""Deeds of men with guns, unless an aircraft does them."""
_WEAPON_RANK = {"chemical_weapon": 0, "suicide_bomb": 1}
"""A rocket that carried poison gas is a chemical weapon; otherwise the nearest weapon decides."""


def sub_type_of(happening: Happening, roles: Roles) -> Quoted[str]:
    """Return the sub-event type with the words it stands on."""
    events = [signal for signal in happening.signals if signal.trigger.role == "event"] or list(happening.signals)
    armed = weapons_of(happening)
    head = min(events, key=lambda signal: _tells_least(signal, armed))
    others = [signal.mention.evidence for signal in happening.signals if signal is not head]
    evidence: tuple[Evidence, ...] = (head.mention.evidence, *others)
    sub_type = _of_guns(head, roles, armed)
    if sub_type == "attack" and happening.only_harm and (bomb := _bomb_before(happening)) is not None:
        return Quoted("remote_explosive_landmine_ied", (*evidence, bomb.evidence))
    if head.trigger.lemma in _LOOSE or head.trigger.role != "event":
        for mention, weapon in sorted(
            () if _is_fought_close(armed) else armed, key=lambda item: _weapon_rank(happening, *item)
        ):
            if weapon.sub_event_type and _weapon_decides(sub_type, weapon.sub_event_type, head.trigger.lemma):
                return Quoted(weapon.sub_event_type, (*evidence, mention.evidence))
        sub_type = _of_report(happening, sub_type) if not armed and head.trigger.lemma in _BLASTS else sub_type
    sub_type = _by_sides(happening, sub_type, head.trigger.lemma, roles)
    if sub_type == "abduction_forced_disappearance" and _kills_captive(happening):
        return Quoted("attack", evidence)
    if is_handed_over(happening, sub_type):
        return Quoted("non_violent_transfer_of_territory", evidence)
    doer = roles.actor1.value if roles.actor1 else None
    alone = head.trigger.part == "verb" and len(happening.signals) == 1 and roles.actor2 is None
    alone = alone and "peacefully" not in happening.sentence.lows
    if alone and head.trigger.lemma in ("march", "parade") and doer is not None and doer.side == "government":
        return Quoted("change_to_group_activity", evidence)  # soldiers who march are no protest
    return Quoted(crowd_type(happening, sub_type), evidence)


def _kills_captive(happening: Happening) -> bool:
    """Return whether somebody is killed as soon as taken: `dragged her from the car and shot her`."""
    sentence = happening.sentence
    return any(
        signal.trigger.part == "verb"
        and sentence.low(signal.first) in _KILLED
        and sentence.low(signal.first - 1) in ("and", "then", "later")
        and {sentence.low(signal.last + 1), sentence.low(signal.last + 2)} & {"him", "her", "them"}
        for signal in happening.signals
    )


_KILLED = word_set("shot killed executed beheaded murdered")


def _bomb_before(happening: Happening) -> Mention | None:
    """Return the bomb that is the subject of a verb of harm: `a bomb wounded two soldiers`."""
    sentence, head = happening.sentence, happening.head
    if head.trigger.part != "verb":
        return None
    marks = (m for m in sentence.of_kind(MentionKind.WEAPON) if sentence.at(m.end - 1) == head.first - 1)
    found = next(marks, None)
    known = sentence.reading.lexicon.weapons.get(found.text) if found is not None else None
    return found if known is not None and known.name == "bomb" else None


def _tells_least(signal: Signal, armed: Sequence[tuple[Mention, Weapon]]) -> tuple[bool, int, int]:
    """Order triggers, the most telling first: `hit` and `struck` say nothing of how, where no weapon is named."""
    lemma = signal.trigger.lemma
    vague = (lemma in _ANY_BLOW or (lemma == "strike" and signal.trigger.part == "verb")) and not armed
    return vague, _RANK.index(signal.trigger.sub_event_type), signal.first


_ANY_BLOW = frozenset({"hit", "target"})


def _of_guns(head: Signal, roles: Roles, armed: Sequence[tuple[Mention, Weapon]]) -> str:
    """Return what a trigger speaks for: `fired` and `hit` tell of shells and of aircraft only where these are told."""
    sub_type, lemma = head.trigger.sub_event_type, head.trigger.lemma
    guns = any(weapon.name == "firearm" for _, weapon in armed)
    if guns and lemma in _BY_GUN and not any(weapon.sub_event_type not in ("", "grenade") for _, weapon in armed):
        return "attack"
    doer = roles.actor1.value if roles.actor1 else None
    irregular = doer is not None and doer.side not in (*STATE, "")
    return "attack" if lemma in _ANY_BLOW and irregular and not armed else sub_type


def _of_report(happening: Happening, sub_type: str) -> str:
    """Return what several blasts were where only another sentence names what flew: `Explosions were heard in …`."""
    several = happening.head.mention.text.lower().endswith("s")
    flown = happening.sentence.reading.weapon_types & _FLOWN
    planted = "remote_explosive_landmine_ied" in happening.sentence.reading.weapon_types
    return next(iter(flown)) if several and len(flown) == 1 and not planted else sub_type


_BLASTS = frozenset({"explosion", "blast"})
_FLOWN = frozenset({"air_drone_strike", "shelling_artillery_missile_attack"})
_BY_GUN = frozenset({"fire", "hit", "target", "strike", "kill", "die", "dead", "death", "wound", "injure"})


def _weapon_rank(happening: Happening, mention: Mention, weapon: Weapon) -> int:
    """Order weapons, the telling first; what flies tells more than what it drops: `a bomb from a drone`."""
    sentence = happening.sentence
    before = {sentence.low(index) for index in range(sentence.at(mention.start) - 3, sentence.at(mention.start))}
    flies = weapon.sub_event_type == "air_drone_strike" and before & _WIELDED
    return 2 if flies else _WEAPON_RANK.get(weapon.sub_event_type, 9)


def _is_fought_close(armed: Sequence[tuple[Mention, Weapon]]) -> bool:
    """Return whether grenades are but one arm among rifles: `fought with rifles and grenades`."""
    names = {weapon.name for _, weapon in armed}
    return "firearm" in names and names <= {"firearm", "machete", "knife", "grenade", "rocket-propelled grenade"}


_WIELDED = frozenset({"by", "from", "with", "using"})


def _weapon_decides(sub_type: str, by_weapon: str, lemma: str) -> bool:
    if lemma in _AIMED or lemma == "raid":
        return by_weapon == "air_drone_strike"
    if sub_type == "air_drone_strike" and by_weapon == "remote_explosive_landmine_ied" and lemma == "crash into":
        return False  # `drones laden with explosives crashed into a parade`
    if sub_type == "air_drone_strike" and by_weapon == "shelling_artillery_missile_attack":
        return lemma in ("strike", "hit", "target")
    return SUB_EVENT_TYPES.get(sub_type) is not EventType.BATTLES


def _by_sides(happening: Happening, sub_type: str, lemma: str, roles: Roles) -> str:
    doer = roles.actor1.value if roles.actor1 else None
    victim = roles.actor2.value if roles.actor2 else None
    if sub_type == TERRITORY:
        return taking_of(happening, doer, victim)
    if sub_type == "government_regains_territory" and doer is not None and doer.side not in (*STATE, ""):
        return "non_state_actor_overtakes_territory"
    if sub_type == "non_state_actor_overtakes_territory" and doer is not None and doer.side in STATE:
        return "government_regains_territory"
    if sub_type in ("air_drone_strike",) and lemma in ("bombing", "bomb") and _is_ground_bomb(happening, doer):
        return "remote_explosive_landmine_ied"
    fought = is_between_forces(happening)
    if sub_type == "attack" and not befalls_person(happening):
        hits = not happening.only_harm and hits_forces(happening)
        fights = is_armed(victim) and not (victim is not None and not victim.side and names_civilians(happening))
        return "armed_clash" if hits or fought or fights else sub_type
    raided = sub_type == "armed_clash" and lemma in ("raid", "assault", "storm", "ambush", "invade")
    if raided and not fought and (are_civilians(victim) or (victim is None and killed_people(happening))):
        return "attack"
    if sub_type == "abduction_forced_disappearance" and doer is not None and doer.side in STATE:
        return "arrests" if lemma in _HELD_BY_LAW else sub_type
    return sub_type


_HELD_BY_LAW = frozenset({"seize", "capture", "nab", "grab", "hold", "catch"})
"""Words that tell an arrest where a state does it, an abduction where anybody else does."""


def _is_ground_bomb(happening: Happening, doer: Actor | None) -> bool:
    """Return whether bombing means a planted bomb: by no state, and no aircraft is told of in the document."""
    reading = happening.sentence.reading
    if doer is not None:
        return doer.side not in STATE and (doer.side != "" or "air_drone_strike" not in reading.weapon_types)
    if "air_drone_strike" in reading.weapon_types:
        return False
    planted = happening.head.trigger.part == "noun" and "remote_explosive_landmine_ied" in reading.weapon_types
    return planted or is_single_bombing(happening)
