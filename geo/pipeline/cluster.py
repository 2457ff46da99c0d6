"""Reports read by Dask workers where they lie: a worker is told the names of files, and the client sees what they tell.

Each portion goes three ways: a worker reads it and keeps the documents; the client hears their digests alone and says
which its store knows; the same worker codes the others. With a folder for parts, a worker also writes what it coded
there as GeoParquet, and a portion whose part is there already is not coded again. What a worker held that dies is
read and coded again by another one.
"""

from __future__ import annotations

import hashlib
import importlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

from geo.documents import Portion, read_documents
from geo.errors import AtlasError, ConfigurationError, Rejection
from geo.evidence import Document, digest
from geo.pipeline.coding import CodedDocument, code_batch
from geo.pipeline.plan import Plan

AHEAD: Final = 3
"""Portions on their way for each worker."""
RETRIES: Final = 3
_BATCH: Final = 16
_PATIENCE_S: Final = 30
"""For the first worker to join a scheduler."""
_PROJECT: Final = Path(__file__).resolve().parents[2]

Known = Callable[[Iterable[str]], set[str]]
"""Tells which content digests a store holds."""


@dataclass(frozen=True, slots=True)
class ReadPortion:
    """The reports of a portion, on the worker that read them."""

    documents: tuple[Document, ...]
    rejections: tuple[Rejection, ...] = ()
    passed_over: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class CodedPortion:
    """What a portion tells, as far as a store does not know it."""

    coded: tuple[CodedDocument, ...]
    read: int
    known: int = 0
    rejections: tuple[Rejection, ...] = ()
    passed_over: Counter[str] = field(default_factory=Counter)


@contextmanager
def cluster_client(*, workers: int, scheduler: str) -> Iterator[Any]:
    """Give a client of the scheduler at an address, or of a cluster on this machine where none is named."""
    try:
        # Untyped, and no part of the requirements of who never asks for it.
        dask: Any = importlib.import_module("distributed")
    except ImportError:
        raise ConfigurationError("the dask engine is not installed. Run: pip install 'dask[distributed]'") from None
    if scheduler:
        try:
            client = dask.Client(scheduler, timeout="15s")
        except (OSError, ValueError) as error:
            raise ConfigurationError(f"no Dask scheduler answers at {scheduler}: {error}") from None
        with client:
            _check_workers(client, scheduler)
            yield client
        return
    options = {"threads_per_worker": 1, "dashboard_address": None, "silence_logs": 40}
    with dask.LocalCluster(n_workers=workers, processes=True, **options) as cluster, dask.Client(cluster) as client:
        yield client


def _check_workers(client: Any, scheduler: str) -> None:
    """Raise `ConfigurationError` where nobody works, or with other programs than these: they would read otherwise."""
    start = f"start each with PYTHONPATH={_PROJECT}, the folder of this project there, and the same packages"
    try:
        client.wait_for_workers(1, timeout=_PATIENCE_S)
        # The scheduler takes a task apart too, before any worker does.
        client.submit(programs_version, pure=False).result()
        versions = client.run(programs_version)
    except TimeoutError:
        raise ConfigurationError(f"no worker has joined the Dask scheduler at {scheduler}; {start}") from None
    except (ImportError, AttributeError, RuntimeError) as error:
        reason = f"the Dask scheduler at {scheduler}, or a worker of it, cannot load this project"
        raise ConfigurationError(f"{reason}; {start}") from error
    if others := sorted(name for name, version in versions.items() if version != programs_version()):
        raise ConfigurationError(f"the Dask worker(s) {', '.join(others)} run another version of this project; {start}")


@lru_cache(maxsize=1)
def programs_version() -> str:
    """Return a digest of all programs of this project, as they lie where this is called."""
    files = sorted((_PROJECT / "geo").rglob("*.py"))
    return digest(*(hashlib.sha256(path.read_bytes()).hexdigest() for path in files))


def code_portions(
    portions: Iterable[Portion],
    client: Any,
    *,
    plan: Plan,
    known: Known,
    published: date | None = None,
    manifest: Path | None = None,
    parts: Path | None = None,
) -> Iterator[CodedPortion]:
    """Yield what each portion tells, in order; only a few are on their way at any moment."""
    read = partial(read_portion, published=published, manifest=manifest)
    reading: deque[tuple[Portion, Any, Any]] = deque()
    coding: deque[Any] = deque()
    for portion in portions:
        # Not pure to Dask: it would keep every result by its key.
        found = client.submit(read, portion, pure=False, retries=RETRIES)
        reading.append((portion, found, client.submit(_digests, found, pure=False, retries=RETRIES)))
        # Counted anew each time: workers may join a running cluster.
        ahead = AHEAD * max(len(client.scheduler_info(n_workers=-1)["workers"]), 1)
        if len(reading) >= ahead:
            coding.append(_submitted(*reading.popleft(), client, plan=plan, known=known, parts=parts))
        if len(coding) >= ahead:
            yield _result(coding.popleft(), parts)
    while reading:
        coding.append(_submitted(*reading.popleft(), client, plan=plan, known=known, parts=parts))
    while coding:
        yield _result(coding.popleft(), parts)


def read_portion(portion: Portion, *, published: date | None, manifest: Path | None) -> ReadPortion:
    """Read a portion; runs on a worker."""
    passed: Counter[str] = Counter()
    items = list(read_documents([portion], published=published, manifest=manifest, skipped=passed))
    documents = tuple(item for item in items if isinstance(item, Document))
    return ReadPortion(documents, tuple(item for item in items if isinstance(item, Rejection)), passed)


def code_read(found: ReadPortion, *, known: frozenset[str], plan: Plan) -> CodedPortion:
    """Code the documents of a portion that no store knows; runs on a worker."""
    fresh = [document for document in found.documents if document.content_digest not in known]
    coded = [
        item for first in range(0, len(fresh), _BATCH) for item in code_batch(fresh[first : first + _BATCH], plan=plan)
    ]
    left = len(found.documents) - len(fresh)
    return CodedPortion(tuple(coded), len(found.documents), left, found.rejections, found.passed_over)


def code_to_part(found: ReadPortion, *, name: str, folder: Path, plan: Plan) -> str:
    """Code a whole portion and write what it tells as a part, unless it is there; runs on a worker."""
    from geo.pipeline.parts import part_exists, write_part

    if not part_exists(folder, name):
        told = code_read(found, known=frozenset(), plan=plan)
        write_part(folder, name, told.coded, told.rejections)
    return name


@lru_cache(maxsize=2)
def reading_version(plan: Plan) -> str:
    """Return a digest of whatever reads a report by a plan: programs, word lists and models, by what is in them, and
    gazetteers by their sizes. What another version wrote as a part is not taken for what this one would."""
    words = sorted(path for folder in (plan.settings.lexicon, plan.settings.models) for path in folder.rglob("*"))
    places = sorted(path for path in (plan.data / "gazetteer").rglob("*") if path.is_file())
    contents = [hashlib.sha256(path.read_bytes()).hexdigest() for path in words if path.is_file()]
    return digest(programs_version(), *contents, *(f"{path.name} {path.stat().st_size}" for path in places))


def _digests(found: ReadPortion) -> tuple[str, ...]:
    return tuple(document.content_digest for document in found.documents)


def _submitted(
    portion: Portion, found: Any, digests: Any, client: Any, *, plan: Plan, known: Known, parts: Path | None
) -> Any:
    contents = _answer(digests)
    if parts is not None:
        name = digest(repr(portion), *contents, repr(plan), reading_version(plan))
        return client.submit(
            partial(code_to_part, name=name, folder=parts, plan=plan), found, pure=False, retries=RETRIES
        )
    there = frozenset(known(contents))
    return client.submit(partial(code_read, known=there, plan=plan), found, pure=False, retries=RETRIES)


def _result(coded: Any, parts: Path | None) -> CodedPortion:
    answer = _answer(coded)
    if parts is None:
        return answer
    from geo.pipeline.parts import read_part

    told, rejections = read_part(parts, answer)
    return CodedPortion(tuple(told), len(told), rejections=tuple(rejections))


def _answer(future: Any) -> Any:
    """Return a future's result; raise `AtlasError` where workers died over it again and again."""
    # Known by name: whoever never asks for Dask need not have it.
    from distributed.scheduler import KilledWorker

    try:
        return future.result()
    except KilledWorker as error:
        raise AtlasError(f"Dask workers died again and again over the same reports: {error}") from error
