"""The engine is the caller's map: in this process or over processes here, over a Dask cluster in `cluster`.

At any moment only a few batches are on their way, so memory stays flat however many documents come.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from typing import Any, Literal, TypeVar

from geo.errors import AtlasError
from geo.model import Document
from geo.pipeline.coding import CodedDocument, code_batch
from geo.pipeline.plan import Plan

Engine = Literal["local", "dask"]
T = TypeVar("T")

BATCH_SIZE = 16
"""Documents in one call: enough to share a model's cost, few enough to show progress."""
_AHEAD = 3
"""Batches on their way for each worker."""
_MOST_LOSSES = 3
"""Workers that may die one after the other on the same batches."""


def code_documents(documents: Iterable[Document], *, plan: Plan, jobs: int = 0) -> Iterator[CodedDocument]:
    """Yield what each document tells, in order; documents are taken as they are needed.

    `jobs` counts processes, 0 for one a core.
    """
    workers = jobs or os.cpu_count() or 1
    return _flattened(_over_processes(batched(documents, BATCH_SIZE), plan=plan, workers=workers))


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of at most `size` items."""
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _flattened(batches: Iterable[list[CodedDocument]]) -> Iterator[CodedDocument]:
    for batch in batches:
        yield from batch


def _over_processes(batches: Iterator[list[Document]], *, plan: Plan, workers: int) -> Iterator[list[CodedDocument]]:
    first = list(islice(batches, 2))
    if workers == 1 or len(first) < 2:
        # Starting processes costs more than a batch does.
        for batch in chain(first, batches):
            yield code_batch(batch, plan=plan)
        return
    with _Pool(workers) as pool:
        yield from _windowed(chain(first, batches), partial(code_batch, plan=plan), pool, ahead=workers * _AHEAD)


class _Pool:
    """Worker processes that are replaced when one of them dies."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._executor = self._started()

    def _started(self) -> ProcessPoolExecutor:
        # Forked children would inherit the threads of the model's runtime in mid-step.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, mp_context=context, initializer=_end_with_parent)

    def submit(self, work: Callable[[Any], Any], item: Any) -> Future[Any]:
        return self._executor.submit(work, item)

    def restart(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._started()

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """Let this worker end with the program that started it: one that was killed can tell nobody."""
    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_outlived, args=(parent,), daemon=True).start()


def _outlived(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _windowed(
    batches: Iterator[list[Document]],
    work: Callable[[list[Document]], list[CodedDocument]],
    pool: _Pool,
    *,
    ahead: int,
) -> Iterator[list[CodedDocument]]:
    waiting: deque[tuple[list[Document], Future[list[CodedDocument]]]] = deque()
    losses = 0
    for batch in batches:
        waiting.append((batch, pool.submit(work, batch)))
        if len(waiting) < ahead:
            continue
        losses = yield from _oldest(waiting, work, pool, losses)
    while waiting:
        losses = yield from _oldest(waiting, work, pool, losses)


def _oldest(
    waiting: deque[tuple[list[Document], Future[list[CodedDocument]]]],
    work: Callable[[list[Document]], list[CodedDocument]],
    pool: _Pool,
    losses: int,
) -> Any:
    """Yield the oldest batch's result; where a worker died, start all waiting batches again. Return the losses."""
    while True:
        try:
            result = waiting[0][1].result()
        except BrokenProcessPool as error:
            losses += 1
            if losses > _MOST_LOSSES:
                names = ", ".join(document.document_id for document in waiting[0][0])
                raise AtlasError(f"worker processes died {losses} times over the documents {names}") from error
            pool.restart()
            again = [(batch, pool.submit(work, batch)) for batch, _ in waiting]
            waiting.clear()
            waiting.extend(again)
            continue
        waiting.popleft()
        yield result
        return 0
