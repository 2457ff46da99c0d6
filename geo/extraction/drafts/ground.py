"""Ground that changes hands: who takes it decides the sub-type, and whether anybody fought for it.

`captured the town` is a battle, `captured a soldier` an arrest or an abduction; `took control … after the police
withdrew` changes hands without violence.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.drafts.attribution import attribution_of
from geo.extraction.happenings.happenings import Happening
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.model import Actor, Mention
from geo.vocabulary import MentionKind

STATE = frozenset({"government", "coalition"})
_HANDOVERS = frozenset(
    {"territory", "government_regains_territory", "non_state_actor_overtakes_territory", "armed_clash", "other"}
    | {"change_to_group_activity", "non_violent_transfer_of_territory"}
)
"""Sub-types that may turn out to be a transfer without violence."""
_PEACEFUL = frozenset({"peacefully", "unopposed", "bloodlessly", "unchallenged"})
_NOT_FOUGHT = word_set("fight fighting resistance combat clashes clash violence shot battle opposition incident")
_LEFT = word_set(
    "withdrew withdrawn withdrawal retreated retreat left abandoned abandoning vacated vacating evacuated departed "
    "fled relinquished withdraw leaving leave ceded handed surrendered withdrawing abandon"
)
_CAME = word_set("entered returned occupied moved deployed arrived came took take assumed gained regained control")
_FOUGHT = word_set(
    "clash clashes clashed battle battles fighting fought siege assault attack attacks offensive captured capturing "
    "seized overran stormed recaptured retook killed killing wounded shelling airstrikes airstrike bombardment combat "
    "overrun seize capture"
)
_CAPTIVES = word_set(
    "suspects suspect man men woman women people person militants militant fighters fighter soldiers soldier gunmen "
    "gunman leader leaders commander commanders members member others insurgents insurgent rebels rebel terrorists he "
    "they she prisoners detainees him chief emir spokesman deputy official officials"
)
_STATE_VOICES = word_set("state government army military ministry governor")
_GROUND = word_set(
    "town village city district area base positions position post hill villages towns areas territory camp airport "
    "checkpoint checkpoints neighbourhood neighborhood region province headquarters road stronghold"
)


def is_handed_over(happening: Happening, sub_type: str) -> bool:
    """Return whether ground changes hands without a fight: one side leaves, or the words say that nobody fought."""
    if sub_type not in _HANDOVERS:
        return False
    lows = happening.sentence.lows
    # What a taking only leaves behind has not left: `took the town, leaving the army with one base`.
    present = {low for at, low in enumerate(lows) if low != "leaving" or lows[at - 1] != ","}
    unfought = any(happening.owns(at) for at in _unfought_at(lows))
    comes = bool(present & _CAME) or sub_type in ("non_state_actor_overtakes_territory", "government_regains_territory")
    if unfought:
        return comes or bool(present & _LEFT)
    fought = present & _FOUGHT or ("pushed" in present and "out" in present)
    if fought or sub_type == "other" and "moved" not in present:
        return False
    leaves = bool(present & _LEFT) or bool(_PULLED & set(zip(lows, lows[1:], strict=False)))
    return leaves and bool(present & _CAME) and _two_sides(happening)


_PULLED = frozenset({("pulled", "out"), ("pulled", "back"), ("moved", "out"), ("pull", "out"), ("pulling", "out")})


def _unfought_at(lows: Sequence[str]) -> list[int]:
    """Return the positions of the words by which nobody fought: `without a fight`, `peacefully`."""
    return [
        index
        for index, low in enumerate(lows)
        if low in _PEACEFUL or (low in ("without", "no") and set(lows[index + 1 : index + 5]) & _NOT_FOUGHT)
    ]


def _two_sides(happening: Happening) -> bool:
    """Return whether two different parties are named: one that leaves, and one that comes."""
    names = {mention.text.lower() for mention in happening.sentence.of_kind(MentionKind.ACTOR)}
    return len(names) > 1


def taking_of(happening: Happening, doer: Actor | None, victim: Actor | None) -> str:
    """Return the sub-type of a taking: of ground by either side, or of people."""
    first = happening.head.trigger.lemma.split()[0]
    if first in _COMES_TO:
        doer, victim = victim or doer, None  # `fell to the rebels`
    elif first in ("lose", "lost"):
        doer, victim = victim, doer  # `lost the town to the rebels`
    state = doer is not None and doer.side in STATE
    if _takes_weapons(happening):
        return "disrupted_weapons_use"
    if _takes_people(happening):
        return "arrests" if state or doer is None else "abduction_forced_disappearance"
    told_by_state = doer is None and victim is None and _state_tells(happening)
    # Of a doer whose side nobody knows the side of the losers tells: who takes ground from rebels is no rebel.
    open_side = doer is None or not doer.side
    if state or told_by_state or (open_side and victim is not None and victim.side not in (*STATE, "civilians")):
        return "government_regains_territory"
    return "non_state_actor_overtakes_territory"


_COMES_TO = word_set("fall fell falling fallen pass passed come came slip slipped")
"""Words after which ground goes to whoever is named next."""


def _takes_people(happening: Happening) -> bool:
    sentence, head = happening.sentence, happening.head
    if not head.trigger.lemma.startswith(_HOLDS):
        return False
    if _captures_people(happening):
        return True
    if head.trigger.part == "verb" and _is_name_of_person(sentence, head.last + 1):
        return True
    ahead = range(head.last + 1, head.last + 7)
    people = {sentence.at(m.start) for m in sentence.of_kind(MentionKind.TARGET) if _is_person(sentence, m)}
    for index in ahead:
        low = sentence.low(index)
        owner = sentence.low(index + 1 + (sentence.low(index + 1) == "-")) in _HELD_BY
        if index in people:
            return not owner
        if low in _GROUND or low in _LEADS_AWAY or _toponym_within(sentence, range(index, index + 1)):
            return False
        if low in _CAPTIVES and not owner:
            return True
    return False


def _takes_weapons(happening: Happening) -> bool:
    """Return whether weapons are taken, and no ground: `seized from the enemy three rifles`."""
    sentence, head = happening.sentence, happening.head
    if head.trigger.part != "verb" or not head.trigger.lemma.startswith(("seiz", "captur")):
        return False
    ahead = range(head.last + 1, head.last + _ARMS_WITHIN)
    ahead = range(ahead.start, next((at for at in ahead if sentence.low(at) in _ENDS), ahead.stop))
    if {sentence.low(at) for at in ahead} & _GROUND or any(
        sentence.at(m.start) in ahead for m in sentence.of_kind(MentionKind.TOPONYM)
    ):
        return False
    return any(sentence.at(m.start) in ahead for m in sentence.of_kind(MentionKind.WEAPON))


_ARMS_WITHIN = 14
_ENDS = frozenset({".", ";", "in", "at", "near", "after", "during", "while"})


def _is_name_of_person(sentence: Sentence, first: int) -> bool:
    """Return whether what a verb takes is marked as a target by a name of two words or more: `captured Jane Roe`."""
    last = next((at for at in range(first, first + _OBJECT) if sentence.low(at) in _LEADS_ON), first + _OBJECT)
    marks = (m for m in sentence.of_kind(MentionKind.TARGET) if first <= sentence.at(m.start) < last)
    named = next((m for m in marks if " " in m.text and m.text.istitle()), None)
    return named is not None and not set(sentence.lows[first:last]) & _GROUND


_OBJECT = 7
_LEADS_ON = word_set("to into with near in at on from , . ;")
_LEADS_AWAY = frozenset({"from", "of", "after", "in", ","})
_HELD_BY = frozenset({"'s", "held", "controlled"})
"""Words after people that make them the owners of what is taken."""
_HOLDS = ("captur", "seiz", "take", "took", "hold", "held")


def _captures_people(happening: Happening) -> bool:
    """Return whether the subject of a passive is people: `two suspects were captured`, `most were captured in …`."""
    sentence, head = happening.sentence, happening.head
    if head.trigger.part != "verb" or not sentence.low(head.first).endswith(("ed", "en", "held")):
        return False
    auxiliary = next((at for at in range(head.first - 1, head.first - 4, -1) if sentence.low(at) in _PASSIVES), None)
    if auxiliary is None:
        return sentence.low(head.first - 1) in _CAPTIVES and not _takes_something(sentence, head.last + 1)
    if _CAPTIVES & {sentence.low(at) for at in range(auxiliary - 3, auxiliary)}:
        return True
    if sentence.low(auxiliary - 1) == "who":
        return True
    opens = max(0, auxiliary - _SUBJECT)
    clause = sentence.clauses[auxiliary]
    subject = [at for at in range(opens, auxiliary) if sentence.clauses[at] == clause]
    told = {sentence.low(at) for at in subject}
    if told & _SOMEBODY and not told & _GROUND:
        return True  # `a senior member of the group was captured at the scene`
    if _GROUND & told or any(_toponym_within(sentence, range(at, at + 1)) for at in subject):
        return False
    return bool(_ANY_PEOPLE & {sentence.low(at) for at in subject})


def _takes_something(sentence: Sentence, first: int) -> bool:
    """Return whether an object follows a verb, whose subject then stands before it: `soldiers captured a hill`."""
    return first not in sentence.day_ranges and sentence.low(first) not in _LEADS_ON | {"by", "after", "during", ""}


_PASSIVES = frozenset({"was", "were", "been", "being"})
_SUBJECT = 14
_SOMEBODY = (_CAPTIVES - {"he", "they", "she", "him", "people", "deputy"}) | word_set(
    "founder boss kingpin fugitive mastermind ringleader financier"
)
_ANY_PEOPLE = word_set("most some all several many others two three four five six seven eight nine ten dozens hundreds")
"""Words that stand for people where no thing is named beside them."""


def _state_tells(happening: Happening) -> bool:
    """Return whether a state's own voice reports the ground taken: `state media reported the district captured`."""
    told = attribution_of(happening)
    return told is not None and bool(_STATE_VOICES & set(told.value.lower().replace("-", " ").split()))


def _is_person(sentence: Sentence, mention: Mention) -> bool:
    known = sentence.reading.lexicon.targets.get(mention.text)
    return known is not None and known.kind == "person"


def _toponym_within(sentence: Sentence, positions: range) -> bool:
    return any(sentence.at(m.start) in positions for m in sentence.of_kind(MentionKind.TOPONYM))
