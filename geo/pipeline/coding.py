"""From documents to placed accounts: one pure function over a batch, the same in every process and on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from geo.documents import UNDATED
from geo.extraction import EventReader, Lexicon, Recognizer, at_home, extract_accounts, load_lexicon, load_recognizer
from geo.model import Account, Days, Document, PlacePhrase, Quoted, Recognition, Resolved, Unresolved
from geo.pipeline.grounds import known_ground
from geo.pipeline.plan import Plan
from geo.places import Gazetteer, Resolver, open_gazetteer
from geo.places.second_opinion import second_opinion
from geo.vocabulary import MentionKind

NO_PLACE = Unresolved("The report does not say where.")


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """A document, what it tells, and what had to be left open."""

    document: Document
    accounts: tuple[Account, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Tools:
    """What a plan names, loaded."""

    lexicon: Lexicon
    gazetteer: Gazetteer
    recognizer: Recognizer
    resolver: Resolver


@lru_cache(maxsize=2)
def load_tools(plan: Plan) -> Tools:
    """Load what a plan names, once a process."""
    lexicon = load_lexicon(plan.settings.lexicon)
    gazetteer = open_gazetteer(plan.settings)
    recognizer = load_recognizer(
        plan.recognizer, lexicon=lexicon, find_toponyms=gazetteer.find_toponyms, models=plan.settings.models
    )
    resolver = Resolver(
        gazetteer,
        focus=plan.focus,
        held_ground=known_ground(plan),
        second_opinion=second_opinion(plan.second_opinion, cache=plan.cache),
    )
    return Tools(lexicon, gazetteer, recognizer, resolver)


def code_batch(documents: Sequence[Document], *, plan: Plan) -> list[CodedDocument]:
    """Return what each document tells, in the same order; depends on nothing but its arguments and the plan's files."""
    tools = load_tools(plan)
    recognizer = tools.recognizer
    read = recognizer.recognize_events if isinstance(recognizer, EventReader) else recognizer.recognize
    return [_coded(document, found, tools) for document in documents for found in read([document])]


def _coded(document: Document, recognition: Recognition, tools: Tools) -> CodedDocument:
    accounts = extract_accounts(document, recognition, lexicon=tools.lexicon)
    placed = [
        at_home(account, account.resolution.place.country, tools.lexicon, text=document.text)
        if isinstance(account.resolution, Resolved)
        else account
        for account in _placed(document, recognition, accounts, tools)
    ]
    # Two readings of the same words for the same place are one account.
    once = {account.account_id: account for account in reversed(placed)}
    warnings = tuple(dict.fromkeys((*document.warnings, *_undated(document), *recognition.warnings)))
    return CodedDocument(document, tuple(reversed(once.values())), warnings)


def _placed(document: Document, recognition: Recognition, accounts: Sequence[Account], tools: Tools) -> list[Account]:
    toponyms, told = recognition.of_kind(MentionKind.TOPONYM), _homes_of_groups(recognition, tools.lexicon)
    asked: list[tuple[PlacePhrase, date | None]] = [
        (account.where, _first_day(account)) for account in accounts if account.where is not None
    ]
    phrases, days = [phrase for phrase, _ in asked], [day for _, day in asked]
    answers = iter(tools.resolver.resolve_phrases(document, toponyms, phrases, days=days, told=told))
    return [replace(account, resolution=next(answers) if account.where else NO_PLACE) for account in accounts]


def _homes_of_groups(recognition: Recognition, lexicon: Lexicon) -> frozenset[str]:
    """Return the countries of the groups that a text names; states and their forces act abroad too."""
    named = (lexicon.actors.get(mention.text) for mention in recognition.of_kind(MentionKind.ACTOR))
    return frozenset(actor.country for actor in named if actor and actor.country and actor.side not in _OF_STATES)


_OF_STATES = frozenset({"government", "coalition", "peacekeepers"})


def _first_day(account: Account) -> date | None:
    return (
        account.when.value.start if isinstance(account.when, Quoted) and isinstance(account.when.value, Days) else None
    )


def _undated(document: Document) -> tuple[str, ...]:
    return () if document.published else (UNDATED,)
