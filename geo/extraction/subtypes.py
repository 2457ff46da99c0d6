"""The sub-event type of a happening, from its triggers, its weapons and its sides."""

from __future__ import annotations

from geo.extraction.actors import Roles
from geo.extraction.attribution import attribution_of
from geo.extraction.crowds import crowd_type
from geo.extraction.happenings import Happening
from geo.extraction.lexicon import TERRITORY, Weapon
from geo.extraction.reading import Sentence
from geo.extraction.words import word_set
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
    "shelling barrage salvo kill killing die death dead wound injure destroy damage assault raid ram fire drop launch "
    "land slam"
) | {"go off", "blow up", "crash into", "rain down"}
"""Words that take their sub-type from the weapon used."""
_STATE = frozenset({"government", "coalition"})
_ARMED_SIDES = frozenset({"civilians", "settlers"})
_WEAPON_REACH = 14
_WEAPON_RANK = {"chemical_weapon": 0, "suicide_bomb": 1}
"""A rocket that carried poison gas is a chemical weapon; otherwise the nearest weapon decides."""


def weapons_of(happening: Happening) -> list[tuple[Mention, Weapon]]:
    """Return the weapons near the triggers of a happening, nearest first."""
    sentence = happening.sentence
    found = []
    for mention in sentence.of_kind(MentionKind.WEAPON):
        known = sentence.reading.lexicon.weapons.get(mention.text)
        position = sentence.at(mention.start)
        gap = happening.distance(position)
        conditional = "if" in (sentence.low(index) for index in range(happening.head.last, position))
        if gap <= _WEAPON_REACH and happening.owns(position) and not conditional:
            found.append((gap, mention, known or Weapon(mention.text, mention.text.lower(), "")))
    return [(mention, weapon) for _, mention, weapon in sorted(found, key=lambda item: (item[0], item[1].start))]


def sub_type_of(happening: Happening, roles: Roles) -> Quoted[str]:
    """Return the sub-event type with the words it stands on."""
    events = [signal for signal in happening.signals if signal.trigger.role == "event"] or list(happening.signals)
    head = min(events, key=lambda signal: (_RANK.index(signal.trigger.sub_event_type), signal.first))
    others = [signal.mention.evidence for signal in happening.signals if signal is not head]
    evidence: tuple[Evidence, ...] = (head.mention.evidence, *others)
    sub_type = head.trigger.sub_event_type
    if head.trigger.lemma in _LOOSE or head.trigger.role != "event":
        for mention, weapon in sorted(
            weapons_of(happening), key=lambda item: _WEAPON_RANK.get(item[1].sub_event_type, 9)
        ):
            if weapon.sub_event_type and _weapon_decides(sub_type, weapon.sub_event_type, head.trigger.lemma):
                return Quoted(weapon.sub_event_type, (*evidence, mention.evidence))
    sub_type = _by_sides(happening, sub_type, head.trigger.lemma, roles)
    return Quoted(crowd_type(happening, sub_type), evidence)


def _weapon_decides(sub_type: str, by_weapon: str, lemma: str) -> bool:
    if sub_type == "air_drone_strike" and by_weapon == "shelling_artillery_missile_attack":
        return lemma in ("strike", "hit", "target")
    return SUB_EVENT_TYPES.get(sub_type) is not EventType.BATTLES


def _by_sides(happening: Happening, sub_type: str, lemma: str, roles: Roles) -> str:
    doer = roles.actor1.value if roles.actor1 else None
    victim = roles.actor2.value if roles.actor2 else None
    if sub_type == TERRITORY:
        return _of_territory(happening, doer, victim)
    if sub_type == "government_regains_territory" and doer is not None and doer.side not in (*_STATE, ""):
        return "non_state_actor_overtakes_territory"
    if sub_type == "non_state_actor_overtakes_territory" and doer is not None and doer.side in _STATE:
        return "government_regains_territory"
    if sub_type in ("air_drone_strike",) and lemma in ("bombing", "bomb") and _is_ground_bomb(happening, doer):
        return "remote_explosive_landmine_ied"
    if sub_type == "attack" and lemma not in ("rape",) and _is_armed(victim) and not happening.only_harm:
        return "armed_clash"
    if sub_type == "attack" and happening.only_harm and _is_armed(victim):
        return "armed_clash"
    if sub_type == "armed_clash" and lemma in ("raid", "assault", "storm", "ambush") and _are_civilians(victim):
        return "attack"
    if sub_type == "abduction_forced_disappearance" and doer is not None and doer.side in _STATE:
        return "abduction_forced_disappearance"
    return sub_type


def _is_armed(actor: Actor | None) -> bool:
    return (
        actor is not None and actor.side not in _ARMED_SIDES and not actor.name.startswith(("Civilians", "Protesters"))
    )


def _are_civilians(actor: Actor | None) -> bool:
    return actor is not None and actor.side == "civilians"


def _of_territory(happening: Happening, doer: Actor | None, victim: Actor | None) -> str:
    """Ground or people: `captured the town` is a battle, `captured a soldier` an arrest or an abduction."""
    sentence = happening.sentence
    ahead = range(happening.head.last + 1, happening.head.last + 7)
    people = {sentence.at(m.start) for m in sentence.of_kind(MentionKind.TARGET) if _is_person(sentence, m)}
    state = doer is not None and doer.side in _STATE
    if _captures_people(happening):
        return "arrests" if state or doer is None else "abduction_forced_disappearance"
    if people & set(ahead) and not _toponym_within(sentence, ahead):
        return "arrests" if state else "abduction_forced_disappearance"
    told_by_state = doer is None and victim is None and _state_tells(happening)
    if state or told_by_state or (doer is None and victim is not None and victim.side not in _STATE):
        return "government_regains_territory"
    return "non_state_actor_overtakes_territory"


def _state_tells(happening: Happening) -> bool:
    """Return whether a state's own voice reports the ground taken: `state media reported the district captured`."""
    told = attribution_of(happening)
    return told is not None and bool(_STATE_VOICES & set(told.value.lower().replace("-", " ").split()))


_STATE_VOICES = word_set("state government army military ministry governor")


def _captures_people(happening: Happening) -> bool:
    """Return whether the subject of a passive is people: `two suspects were captured`."""
    sentence, head = happening.sentence, happening.head
    auxiliary = next((i for i in range(head.first - 1, head.first - 4, -1) if sentence.low(i) in ("was", "were")), None)
    if auxiliary is None:
        return False
    return bool(_CAPTIVES & {sentence.low(index) for index in range(auxiliary - 3, auxiliary)})


_CAPTIVES = word_set(
    "suspects suspect man men woman women people person militants militant fighters fighter soldiers soldier gunmen "
    "gunman leader leaders commander commanders members member others insurgents insurgent rebels rebel terrorists he "
    "they she prisoners detainees"
)


def _is_person(sentence: Sentence, mention: Mention) -> bool:
    known = sentence.reading.lexicon.targets.get(mention.text)
    return known is not None and known.kind == "person"


def _toponym_within(sentence: Sentence, positions: range) -> bool:
    return any(sentence.at(m.start) in positions for m in sentence.of_kind(MentionKind.TOPONYM))


def _is_ground_bomb(happening: Happening, doer: Actor | None) -> bool:
    """Return whether bombing means a planted bomb: by no state, and no aircraft is told of in the document."""
    if doer is not None:
        return doer.side not in (*_STATE, "")
    reading = happening.sentence.reading
    if happening.head.trigger.part != "noun":
        return False
    return "air_drone_strike" not in reading.weapon_types and "remote_explosive_landmine_ied" in reading.weapon_types
