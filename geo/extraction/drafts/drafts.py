"""What one sentence tells of one happening at one place: an account before its document is put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.extraction.actors.actors import Roles, roles_of
from geo.extraction.actors.civilians import civilian_target
from geo.extraction.casualties.casualties import Casualty
from geo.extraction.drafts.arms import is_held_off_from_air, weapons_of
from geo.extraction.drafts.attribution import attribution_of
from geo.extraction.drafts.counts import counted, is_total
from geo.extraction.drafts.factuality import is_mere_plan, is_told, judge
from geo.extraction.drafts.history import is_history, is_only_known
from geo.extraction.drafts.moments import Moment, Origin, moment_of
from geo.extraction.drafts.places import places_of
from geo.extraction.drafts.shares import shares_of
from geo.extraction.drafts.sides import is_armed
from geo.extraction.drafts.sites import facilities_of, tags_of
from geo.extraction.drafts.subtypes import sub_type_of
from geo.extraction.happenings.happenings import Happening, happenings_of, signals_of
from geo.extraction.happenings.signals import Signal
from geo.extraction.reading import Sentence
from geo.extraction.syntax.whereabouts import Whereabout, whereabouts
from geo.model import Count, Days, Mention, PlacePhrase, Quoted
from geo.vocabulary import Factuality


@dataclass(frozen=True, slots=True)
class Draft:
    """One happening at one place as one sentence tells it."""

    happening: Happening
    sub_type: Quoted[str]
    moment: Moment
    where: PlacePhrase | None
    where_origin: Origin
    roles: Roles
    factuality: Quoted[Factuality]
    attribution: Quoted[str] | None
    killed: Quoted[Count] | None
    injured: Quoted[Count] | None
    tags: tuple[Quoted[str], ...]
    civilian: Quoted[bool] | None
    weapon: Quoted[str] | None
    presupposed: bool
    """Whether it is only referred to: `condemned the attack`."""
    facilities: frozenset[str]
    """Lower-case words of the sites it befell."""

    @property
    def sentence(self) -> Sentence:
        """The sentence that tells it."""
        return self.happening.sentence


@dataclass(frozen=True, slots=True)
class News:
    """A happening that a sentence tells as news, before anybody asks where it was and who did it."""

    happening: Happening
    casualties: Sequence[Casualty]
    moment: Moment
    factuality: Quoted[Factuality]
    presupposed: bool
    attribution: Quoted[str] | None


def news_of(sentence: Sentence, before: Quoted[Days] | None) -> Iterator[News]:
    """Yield the happenings that are news: no plan, wish, end or history; `before` is the day told before it."""
    signals = [signal for signal in signals_of(sentence) if is_told(sentence, signal)]
    if not signals:
        return
    happenings = happenings_of(sentence, signals)
    for happening, casualties in zip(happenings, _counts_by_happening(sentence, happenings), strict=True):
        attribution = attribution_of(happening)
        judgement = judge(happening, attribution)
        moment = moment_of(happening, before)
        if judgement.factuality is None or happening.is_reason or moment.past or is_history(happening, moment):
            continue
        if is_mere_plan(judgement.factuality, moment):
            continue
        factuality = judgement.factuality
        if moment.future:
            factuality = Quoted(Factuality.ANNOUNCED, factuality.evidence)
        yield News(happening, casualties, moment, factuality, judgement.presupposed, attribution)


def drafts_of(sentence: Sentence, before: Quoted[Days] | None) -> Iterator[Draft]:
    """Yield what a sentence tells, one draft a happening and place; `before` is the day told before it."""
    for told in news_of(sentence, before):
        happening = told.happening
        places = whereabouts(sentence)
        chosen = places_of(happening, places)
        news = [casualty for casualty in told.casualties if not is_total(sentence, casualty)]
        if told.casualties and not news and happening.only_harm:
            continue
        roles = roles_of(happening)
        sub_type = _typed(happening, roles)
        for where, counts, shared in _told_at(sentence, chosen, news, places):
            yield Draft(
                happening=happening,
                sub_type=sub_type,
                moment=told.moment,
                where=where.phrase if where else None,
                where_origin=Origin.NONE if where is None else Origin.INHERITED if where.anaphor else Origin.OWN,
                roles=roles,
                factuality=told.factuality,
                attribution=told.attribution,
                killed=counted(sentence, counts, "killed", shared=shared),
                injured=counted(sentence, counts, "injured", shared=shared),
                tags=tags_of(happening),
                civilian=None if sub_type.value in _HARMLESS else _civilian(happening, roles),
                weapon=_weapon(happening),
                presupposed=told.presupposed or is_only_known(sentence, happening.head),
                facilities=facilities_of(happening),
            )


def _typed(happening: Happening, roles: Roles) -> Quoted[str]:
    """Return the sub-event type, that of arms stopped where air defences hold off what flies."""
    sub_type = sub_type_of(happening, roles)
    if sub_type.value == "armed_clash" and is_held_off_from_air(happening):
        return Quoted("disrupted_weapons_use", sub_type.evidence)
    return sub_type


def _told_at(
    sentence: Sentence, chosen: Sequence[Whereabout], news: Sequence[Casualty], places: Sequence[Whereabout]
) -> list[tuple[Whereabout | None, Sequence[Casualty], bool]]:
    """Return where something took place with the counts told there, and whether several places share them."""
    shares = shares_of(sentence, news, places)
    if shares:
        return [(where, counts, False) for where, counts in shares]
    return [(where, news, len(chosen) > 1) for where in chosen or (None,)]


def _counts_by_happening(sentence: Sentence, happenings: Sequence[Happening]) -> list[list[Casualty]]:
    """Give each count to the happening whose trigger stands nearest to its word of harm."""
    counts: list[list[Casualty]] = [[] for _ in happenings]
    for casualty in sentence.casualties:
        index = min(range(len(happenings)), key=lambda i: _distance(casualty, happenings[i].signals))
        counts[index].append(casualty)
    return counts


def _distance(casualty: Casualty, signals: Sequence[Signal]) -> int:
    return min(abs(casualty.anchor - signal.first) for signal in signals)


def _civilian(happening: Happening, roles: Roles) -> Quoted[bool] | None:
    target = civilian_target(happening, besides=roles.actor1.evidence if roles.actor1 else ())
    if target is None or (
        _is_unlisted(happening, target) and roles.actor2 is not None and is_armed(roles.actor2.value)
    ):
        return None  # the camp of soldiers who were killed there
    return Quoted(True, (target.evidence,))


def _is_unlisted(happening: Happening, target: Mention) -> bool:
    return happening.sentence.reading.lexicon.targets.get(target.text) is None


_HARMLESS = frozenset(
    {
        "peaceful_protest",
        "disrupted_weapons_use",
        "agreement",
        "headquarters_or_base_established",
        "change_to_group_activity",
        "non_violent_transfer_of_territory",
    }
)
"""What targets nobody, whoever stands beside it: a march of students, arms found in a school."""


def _weapon(happening: Happening) -> Quoted[str] | None:
    found = weapons_of(happening)
    return Quoted(found[0][1].name, (found[0][0].evidence,)) if found else None
