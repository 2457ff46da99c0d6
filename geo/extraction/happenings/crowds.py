"""What a happening with a crowd in it amounts to: a protest, one broken up or shot at, a riot, or a mob's deed.

Who does what decides: a crowd that burns and throws stones riots, in a protest or without one; whoever shoots at
protesters uses excessive force; whoever disperses or arrests them intervenes.
"""

from __future__ import annotations

from geo.extraction.casualties.words_of_harm import nobody_harmed
from geo.extraction.happenings.crowd_words import ARMED, LOOSE_CROWD, MOB, STATE, Doer, kind_of, tells_protest
from geo.extraction.happenings.distances import news_words
from geo.extraction.happenings.happenings import Happening
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.subjects import subject_of
from geo.extraction.syntax.whereabouts import words_of_scene
from geo.vocabulary import SUB_EVENT_TYPES, EventType

_OPEN = frozenset(
    {"attack", "armed_clash", "looting_property_destruction", "arrests", "peaceful_protest", "mob_violence", "other"}
    | {"protest_with_intervention", "violent_demonstration", "excessive_force_against_protesters"}
)
"""Sub-types that a crowd may change."""
_BORDERS = word_set('. ; : " “ ” but while whereas')
_LETHAL = word_set(
    "shot shoot shooting shoots killed kill killing kills died dead gunned fired opened firing massacred gunfire "
    "ammunition slain murdered wounded injured bullet bullets"
)
_LIVE_FIRE = frozenset({"live"})
_ROUNDS = word_set("ammunition rounds round bullets bullet fire")
_NOT_LETHAL = word_set("tear teargas water rubber pepper stun smoke sound plastic gas warning air blank")
_INTERVENTION = word_set(
    "teargas dispersed disperse dispersing disperses batons baton dragged detained arrested arresting detaining "
    "arrests custody suppressed pepper truncheons beat beaten kettled evicted"
)
_RIOT = word_set(
    "riot riots rioted rioting rioters rioter vandalised vandalized vandalising vandalizing torched ransacked "
    "molotov barricaded"
)
_HEAVY_HANDS = word_set(
    "threw throwing hurled hurling pelted pelting burned burnt burning torched torching set setting looted looting "
    "smashed smashing vandalised vandalized stormed storming ransacked attacked attacking clashed clashing rioted "
    "destroyed destroying damaged damaging fought fighting beat beating assaulted stoned stoning lynched lynching "
    "killed killing overturned beaten burnt wrecked wrecking trashed trashing flung flinging tossed tossing lobbed "
    "smashing torch wreck stoned stabbed stabbing hacked hacking scuffled broke raided burn"
)
_RIVAL = word_set("rival rivals other")
_AUTHORITY = word_set(
    "police officers officer policemen soldiers troops forces station parliament hall council palace ministry "
    "government court prefecture municipality congress barracks governor checkpoint authorities mosque-state embassy"
)
_POLITICAL = word_set("supporters opposition election elections president candidate government party")
_REACH, _NEAR = 16, 9
"""Words before a verb in which its subject is sought: in a protest, and elsewhere."""
_PRONOUNS = frozenset({"they", "who", "some", "others", "participants", "several"})


def crowd_type(happening: Happening, sub_type: str) -> str:
    """Return the sub-type of a happening as the crowd in its sentence makes it; the one given where there is none."""
    if sub_type not in _OPEN and sub_type != "grenade":
        return sub_type
    lows = words_of_scene(happening.sentence, happening.head.first, news_words(happening.sentence))
    present = set(lows)
    protest = any(_is_crowd_signal(signal) for signal in happening.signals) or tells_protest(lows)
    if not protest and not present & MOB and not present & LOOSE_CROWD:
        return sub_type
    if sub_type == "grenade":
        shot_at = protest and _force_on_protesters(happening, lows) is not None
        return "excessive_force_against_protesters" if shot_at else sub_type
    violent = _violence_of_crowd(happening, lows, protest=protest)
    if protest:
        return _of_protest(happening, sub_type, lows, violent)
    if violent is None:
        return "mob_violence" if sub_type == "armed_clash" and _is_among_people(lows) else sub_type
    if _RIOTERS & present:
        return "violent_demonstration"
    return "violent_demonstration" if _against_authority(lows, violent) else "mob_violence"


_RIOTERS = frozenset({"rioters", "rioter", "rioting", "rioted"})
_FIGHTS = word_set("clash clashes clashed fighting fight fights brawl brawls scuffle scuffles violence")


def _is_among_people(lows: list[str]) -> bool:
    """Return whether people without arms fight each other: `clashes between Hindu and Muslim residents`."""
    if set(lows) & (STATE | ARMED):
        return False
    return any(
        low in _FIGHTS
        and lows[at + 1 : at + 2] == ["between"]
        and set(lows[at + 2 : at + 12]) & (MOB | LOOSE_CROWD | _COMMUNITIES)
        for at, low in enumerate(lows)
    )


_COMMUNITIES = word_set("villages communities families clans supporters fans tribes neighbours gangs-of-youths")


def _of_protest(happening: Happening, sub_type: str, lows: list[str], violent: int | None) -> str:
    force = _force_on_protesters(happening, lows)
    if violent is not None and (force is None or violent < force):
        return sub_type if sub_type == "mob_violence" else "violent_demonstration"
    if force is not None:
        return "excessive_force_against_protesters"
    if sub_type == "violent_demonstration":
        return sub_type
    if sub_type in ("looting_property_destruction", "armed_clash", "other", "mob_violence"):
        return sub_type
    told = {signal.trigger.sub_event_type for signal in happening.signals}
    if told & {"arrests", "protest_with_intervention"} or _is_met(happening, lows):
        return "protest_with_intervention"
    if sub_type == "attack":
        return sub_type
    if "looting_property_destruction" in told and not tells_protest(lows) and _are_armed(happening):
        return "looting_property_destruction"  # `gunmen set fire to a shop and blocked the road with burning lorries`
    if sub_type == "peaceful_protest" and any(one.trigger.lemma == "clash" for one in happening.signals):
        return "violent_demonstration"  # `clashes broke out after they tried to march on the palace`
    return sub_type if sub_type == "arrests" else "peaceful_protest"


def _are_armed(happening: Happening) -> bool:
    """Return whether those who do what a happening tells are armed or masked men."""
    verbs = (signal.first for signal in happening.signals if signal.trigger.part == "verb")
    return any(doer_at(happening.sentence, first) == "armed" for first in verbs)


def _is_crowd_signal(signal: Signal) -> bool:
    """Return whether a trigger tells of a crowd; tear gas alone does not."""
    name = signal.trigger.sub_event_type
    return name != "protest_with_intervention" and SUB_EVENT_TYPES.get(name) in (EventType.PROTESTS, EventType.RIOTS)


def _violence_of_crowd(happening: Happening, lows: list[str], *, protest: bool) -> int | None:
    """Return where a crowd is first told to be violent, None where it is not."""
    # Of harm only told (`13 people were killed`) a crowd is seldom the doer.
    dead = {signal.first for signal in happening.signals if signal.trigger.role == "harm"}
    for position, low in enumerate(lows):
        if low in _RIOT and lows[position + 1 : position + 2] not in (["police"], ["gear"], ["squad"], ["officers"]):
            if low in _HEAVY_HANDS and doer_at(happening.sentence, position) in ("state", "armed"):
                continue  # `soldiers torched 200 houses`
            return position
        if low == "violent" and {"turned", "protest", "protests", "demonstration", "demonstrations", "became"} & set(
            lows[max(0, position - 2) : position + 3]
        ):
            return position
        if low in ("set", "setting") and not _FLAMES & set(lows[position + 1 : position + 9]):
            continue
        if (low == "broke" and lows[position + 1 : position + 2] == ["up"]) or _burns_itself(lows, position):
            continue  # `the rally broke up`, `fifty people burned to death`
        if low not in _HEAVY_HANDS or lows[position - 1] in _NO_DEED or not _is_told(happening, position):
            continue
        if protest and _clashes_with_state(happening.sentence, position):
            return position  # `fishermen clashed with riot police amid protests`
        reach = _REACH if protest else _NEAR
        loose = protest or (low in _MOB_DEEDS and position not in dead)
        if doer_at(happening.sentence, position, loose=loose, reach=reach) == "crowd":
            return position
    return None


def _clashes_with_state(sentence: Sentence, position: int) -> bool:
    """Return whether somebody who is neither a force nor armed clashes with one."""
    lows = sentence.lows
    clashes = lows[position].startswith("clash") and lows[position + 1 : position + 2] == ["with"]
    return clashes and bool(STATE & set(lows[position + 2 : position + 6])) and doer_at(sentence, position) == ""


def _burns_itself(lows: list[str], position: int) -> bool:
    """Return whether people burned to death, and nobody burned them."""
    fatal = lows[position + 1 : position + 3] in (["to", "death"], ["alive"])
    return lows[position].startswith("burn") and fatal and set(lows[position + 3 : position + 4]) <= _AFTER_DEATH


_AFTER_DEATH = frozenset({".", ",", ";", "in", "when", "at", "on", "after", "as", "near", "inside", "and"})
_FLAMES = frozenset({"fire", "alight", "ablaze", "flames"})
_NO_DEED = frozenset({"against", "of", "for", "to", "a", "the", "over", "about"})
"""Words before a verb that is no deed of the subject: `protested against destroying …`."""
_MOB_DEEDS = word_set(
    "beat beaten beating lynched lynching stoned stoning burned burnt attacked fought clashed hacked killed threw "
    "hurled pelted set assaulted stormed"
)


def _is_told(happening: Happening, position: int) -> bool:
    """Return whether a word for violence belongs to the happening, and to no other of its sentence."""
    return happening.owns(position)


def _force_on_protesters(happening: Happening, lows: list[str]) -> int | None:
    """Return where somebody is first told to shoot at or kill protesters, None where nobody is."""
    sentence = happening.sentence
    live = next((i for i, low in enumerate(lows) if low in _LIVE_FIRE and set(lows[i + 1 : i + 2]) & _ROUNDS), None)
    denied = nobody_harmed(lows)
    for position, low in enumerate(lows):
        if denied is not None and denied[0] <= position <= denied[1]:
            continue  # `but nobody was killed`
        if low not in _LETHAL or (low in _ROUNDS and set(lows[max(0, position - 3) : position]) & _NOT_LETHAL):
            continue
        if low in ("fired", "firing", "opened", "shoot", "shot") and not _is_gunfire(lows, position):
            continue
        if low in ("wounded", "injured") and live is None:
            continue
        doer = doer_at(sentence, position)
        if doer in ("state", "armed"):
            return position
        if doer == "crowd" and low in ("died", "dead", "bullet", "bullets") and set(lows) & STATE:
            return position  # who died were protesters
        if doer != "crowd" and live is not None:
            return live
        if low in ("killed", "died", "dead", "bullet", "bullets") and set(lows) & STATE and doer == "":
            return position
        if low == "shot" and doer == "" and {"was", "were"} & set(lows[max(0, position - 2) : position]):
            return position  # `a man was shot dead during a protest`
    return live


def _is_gunfire(lows: list[str], position: int) -> bool:
    ahead = lows[position + 1 : position + 5]
    if set(ahead) & _NOT_LETHAL:
        return False
    return lows[position] not in ("fired", "opened", "firing") or bool(
        set(ahead) & {"fire", "on", "at", "into", "live", "bullets", "upon", "shots", "indiscriminately", "gunshots"}
    )


def _is_met(happening: Happening, lows: list[str]) -> bool:
    """Return whether a protest is broken up: dispersed, gassed, beaten, its people arrested."""
    if set(lows) & (_INTERVENTION - {"dispersed"}) or ("dispersed" in lows and not _goes_home(lows)):
        return True
    pairs = set(zip(lows, lows[1:], strict=False))
    if pairs & {("tear", "gas"), ("water", "cannon"), ("rubber", "bullets"), ("broken", "up")} or _is_broken_up(lows):
        return True
    hindered = [i for i, low in enumerate(lows) if low in ("prevented", "blocked", "stopped", "pushed", "halted")]
    return any(doer_at(happening.sentence, position) == "state" for position in hindered)


def _is_broken_up(lows: list[str]) -> bool:
    """Return whether somebody breaks a protest up, which does not do so by itself: `police broke up the rally`."""
    return any(
        lows[at : at + 2] == ["broke", "up"] and lows[at + 2 : at + 3] in (["the"], ["a"], ["their"], ["protests"])
        for at in range(len(lows))
    )


def _goes_home(lows: list[str]) -> bool:
    at = lows.index("dispersed")
    by_others = {"was", "were", "police", "forces", "officers", "soldiers", "troops", "gas"} & set(
        lows[max(0, at - 4) : at]
    )
    return not by_others and lows[at + 1 : at + 2] not in (["by"], ["the"], ["with"], ["protesters"], ["a"])


def _against_authority(lows: list[str], violent: int) -> bool:
    ahead = lows[violent + 1 : violent + 9]
    if "to" in ahead and "death" in ahead:
        return False
    political = set(lows) & _POLITICAL or {"barricaded", "barricades", "tyres", "tires"} & set(lows)
    return bool(set(ahead) & _AUTHORITY or political) and not set(lows) & _RIVAL


def doer_at(sentence: Sentence, position: int, *, loose: bool = True, reach: int = _REACH) -> Doer:
    """Return what kind of people do what the verb at a position tells; empty where the words do not say.

    The subject of an active verb, the words after `by` of a passive one. `loose`: any people may be a crowd.
    """
    lows = sentence.lows
    auxiliary = {"was", "were", "been", "being"} & set(lows[max(0, position - 3) : position])
    if auxiliary or lows[position + 1 : position + 2] == ["by"]:
        by = next((i for i in range(position + 1, min(len(lows), position + 12)) if lows[i] == "by"), None)
        if by is None:
            return ""
        steps = range(by + 1, min(len(lows), by + 8))
    else:
        subject = subject_of(sentence, position)
        # What stands before `and` is mostly the object of another deed: `shot 11 farmers and torched their barns`.
        if subject is not None and (position - subject.first > _NEAR or lows[position - 1] == "and"):
            told = [kind_of(lows, at, loose=loose) for at in range(subject.first, subject.head)]
            named: list[Doer] = [one for one in told if one]
            if named:
                return named[0]
        steps = range(position - 1, max(-1, position - 1 - reach), -1)
    for at in steps:
        low = lows[at]
        if low in _BORDERS:
            break
        kind = kind_of(lows, at, loose=loose)
        if not kind and at in sentence.actor_positions:
            # `upper-caste neighbours`: the noun of the phrase tells what they are.
            ahead = range(at + 1, min(at + 4, position if at < position else len(lows)))
            kind = next((k for k in (kind_of(lows, i, loose=loose) for i in ahead) if k), "armed")
        if kind:
            return kind
    return ""
