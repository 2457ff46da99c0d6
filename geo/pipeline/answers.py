"""Documents in, JSON-ready answers out: what `extract`, `geoparse` and `locate` write, without a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar

from geo.errors import ConfigurationError
from geo.extraction import EntityFinder, TriggerReader, locate_trigger
from geo.matching import match_accounts
from geo.model import Document, Event, Mention, Resolved, Unresolved
from geo.pipeline.coding import code_batch, load_tools
from geo.pipeline.engines import BATCH_SIZE
from geo.pipeline.grounds import series_periods, shipped_series, why_unjoined
from geo.pipeline.plan import Plan
from geo.pipeline.processes import batched, cores, over_processes
from geo.records import event_record
from geo.vocabulary import MentionKind

T = TypeVar("T")
R = TypeVar("R")
Answer = dict[str, Any]
_JOINED: Final = 128
"""Documents whose events are laid on zones at once: tables cost as much for one event as for a hundred."""


def extracted(documents: Iterable[Document], *, plan: Plan, jobs: int = 1) -> Iterator[Answer]:
    """Yield id, events (as event records) and warnings of each document; events of different ones stay apart.

    `jobs` counts the processes that read, this one among them; 0 for one a core.
    """
    told = _answered(documents, partial(_told, plan=plan), jobs=jobs)
    for group in batched(told, _JOINED):
        records = iter(_records([event for one in group for event in one.events], plan))
        for one in group:
            events = [next(records) for _ in one.events]
            yield {"id": one.document_id, "events": events, "warnings": list(one.warnings)}


@dataclass(frozen=True, slots=True)
class _Told:
    document_id: str
    events: Sequence[Event]
    warnings: tuple[str, ...]


def _told(documents: Sequence[Document], *, plan: Plan) -> list[_Told]:
    coded = code_batch(documents, plan=plan)
    return [_Told(item.document.document_id, match_accounts(item.accounts), item.warnings) for item in coded]


def _answered(items: Iterable[T], answers: Callable[[list[T]], list[R]], *, jobs: int) -> Iterator[R]:
    """Yield the answer to each item, in order, worked out by this process and others beside it."""
    helpers = (jobs or cores()) - 1
    for batch in over_processes(batched(items, BATCH_SIZE), answers, helpers=helpers, joins_in=True):
        yield from batch


def _records(events: Sequence[Event], plan: Plan) -> list[Answer]:
    """Return the record of each event, with the control of the series that ship.

    Zones are built, and the libraries of tables loaded, for events of their days alone: that is half of the start.
    """
    periods = series_periods(plan)
    reasons = [why_unjoined(event, periods) for event in events]
    joined: Iterator[Answer] = iter(())
    if not all(reasons):
        from geo.pipeline.rebuilding import grounds_of

        asked = [event for event, reason in zip(events, reasons, strict=True) if not reason]
        joined = iter(grounds_of(asked, shipped_series(plan)))
    return [
        event_record(event, {"control_reason": reason} if reason else next(joined))
        for event, reason in zip(events, reasons, strict=True)
    ]


def geoparsed(documents: Iterable[Document], *, plan: Plan, entities: bool = False, jobs: int = 1) -> Iterator[Answer]:
    """Yield id and toponyms of each document; one that could not be placed has null coordinates and a reason.

    With `entities`, also its locations and organisations, wider than names; ConfigurationError where the plan's
    recogniser marks none. `jobs` as for `extracted`.
    """
    return _answered(documents, partial(_geoparsed, plan=plan, entities=entities), jobs=jobs)


def _geoparsed(documents: Sequence[Document], *, plan: Plan, entities: bool) -> list[Answer]:
    tools = load_tools(plan)
    finder = tools.recognizer
    if entities and not isinstance(finder, EntityFinder):
        raise ConfigurationError(f"the recogniser {plan.recognizer!r} marks no entities; choose `tagger`")
    answers: list[Answer] = []
    for document in documents:
        (recognition,) = finder.recognize([document])
        toponyms = recognition.of_kind(MentionKind.TOPONYM)
        found = tools.resolver.resolve_toponyms(document, toponyms)
        rows = [_toponym(mention, where) for mention, where in zip(toponyms, found, strict=True)]
        answer: Answer = {"id": document.document_id, "toponyms": rows}
        if entities and isinstance(finder, EntityFinder):
            (found_entities,) = finder.recognize_entities([document])
            answer["entities"] = [_entity(mention) for mention in found_entities]
        answers.append(answer)
    return answers


Asked = tuple[Document, int, int]
"""A document and the half-open span of the word that tells its event."""


def located(asked: Iterable[Asked], *, plan: Plan, jobs: int = 1) -> Iterator[Answer]:
    """Yield id and locations for each document and the word that tells its event; `jobs` as for `extracted`."""
    return _answered(asked, partial(_located, plan=plan), jobs=jobs)


def _located(asked: Sequence[Asked], *, plan: Plan) -> list[Answer]:
    recognizer = load_tools(plan).recognizer
    documents = [document for document, _, _ in asked]
    if isinstance(recognizer, TriggerReader):
        found = recognizer.recognize_given(documents, [[(start, end)] for _, start, end in asked])
    else:
        found = recognizer.recognize(documents)
    answers: list[Answer] = []
    for (document, start, end), recognition in zip(asked, found, strict=True):
        spans = locate_trigger(document, start, end, recognition)
        rows = [{"start": span.start, "end": span.end, "surface": span.text} for span in spans]
        answers.append({"id": document.document_id, "locations": rows})
    return answers


def _entity(mention: Mention) -> Answer:
    span = {"start": mention.start, "end": mention.end, "surface": mention.text}
    return {**span, "label": mention.label, "score": round(mention.score, 4)}


def _toponym(mention: Mention, where: Resolved | Unresolved) -> Answer:
    span = {"start": mention.start, "end": mention.end, "surface": mention.text}
    if isinstance(where, Unresolved):
        nothing = dict.fromkeys(("lon", "lat", "gazetteer_id", "geo_precision", "uncertainty_km"))
        return {**span, **nothing, "score": round(mention.score, 4), "reason": where.reason}
    return {
        **span,
        "lon": round(where.lon, 6),
        "lat": round(where.lat, 6),
        "gazetteer_id": where.region_id or where.place.gazetteer_id,
        "geo_precision": int(where.geo_precision),
        "uncertainty_km": round(where.uncertainty_km, 3),
        "score": round(where.score, 4),
        "gazetteer": where.place.gazetteer,
        "name": where.place_name,
        "reason": where.reason,
        "runners_up": [
            {
                "gazetteer_id": one.place.gazetteer_id,
                "lon": one.place.lon,
                "lat": one.place.lat,
                "score": one.score,
                "reason": one.reason,
            }
            for one in where.runners_up
        ],
    }
