"""Work on batches spread over processes of this machine; what comes out is in order.

At any moment only a few batches are on their way, so memory stays flat however many come.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from geo.errors import AtlasError

T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[list[T]], R]

_AHEAD = 4
"""Batches on their way for each process."""
_GIVEN = 2
"""Batches that a helper holds: the one that it works on, and the next."""
_MOST_LOSSES = 3
"""Helpers that may die one after the other on the same batches."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


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


def over_processes(
    batches: Iterable[list[T]], work: Work[T, R], *, helpers: int, joins_in: bool = False
) -> Iterator[R]:
    """Yield what `work` makes of each batch, in order; batches are taken as they are needed.

    `helpers` processes do the work, and with `joins_in` this one too, from the first batch on, while they start. With
    none, or for a single batch, this process works alone: starting others costs more than a batch does. Helpers that
    die are replaced; AtlasError where they die again and again over the same batches.
    """
    coming = iter(batches)
    first = list(islice(coming, 2))
    coming = chain(first, coming)
    if not helpers or len(first) < 2:
        yield from map(work, coming)
        return
    with _Pool(helpers) as pool:
        yield from _Crew(work, pool, joins_in=joins_in).results(coming)


@dataclass(eq=False, slots=True)
class _Task(Generic[T, R]):
    batch: list[T]
    given: Future[R] | None = None
    """To a helper, or done here."""


class _Crew(Generic[T, R]):
    """Helpers, and this process where it joins in, at work on tasks in order."""

    def __init__(self, work: Work[T, R], pool: _Pool, *, joins_in: bool) -> None:
        self._work = work
        self._pool = pool
        self._joins_in = joins_in
        self._waiting: deque[_Task[T, R]] = deque()
        self._losses = 0

    def results(self, batches: Iterator[list[T]]) -> Iterator[R]:
        """Yield the result of each batch."""
        ahead = _AHEAD * (self._pool.helpers + self._joins_in)
        while True:
            self._waiting.extend(_Task(batch) for batch in islice(batches, ahead - len(self._waiting)))
            if not self._waiting:
                return
            try:
                self._give()
                oldest = self._waiting[0].given
                if self._joins_in and (oldest is None or not oldest.done()) and self._did_one():
                    continue
                assert oldest is not None
                result = oldest.result()
            except BrokenProcessPool as error:
                self._mend(error)
                continue
            self._losses = 0
            self._waiting.popleft()
            yield result

    def _give(self) -> None:
        """Give helpers what they can take; this process, where it joins in, keeps what is wanted first."""
        busy = sum(1 for task in self._waiting if task.given is not None and not task.given.done())
        free = [task for task in self._waiting if task.given is None]
        kept = 1 if self._joins_in and self._waiting[0].given is None else 0
        for task in free[kept : kept + max(0, _GIVEN * self._pool.helpers - busy)]:
            task.given = self._pool.submit(self._work, task.batch)

    def _did_one(self) -> bool:
        """Work on the first task that nobody has; tell whether there was one."""
        task = next((task for task in self._waiting if task.given is None), None)
        if task is None:
            return False
        done: Future[R] = Future()
        done.set_result(self._work(task.batch))
        task.given = done
        return True

    def _mend(self, error: BrokenProcessPool) -> None:
        """Start other helpers, and again what those that are gone had."""
        self._losses += 1
        if self._losses > _MOST_LOSSES:
            named = _named(self._waiting[0].batch)
            raise AtlasError(f"worker processes died {self._losses} times over {named}") from error
        self._pool.restart()
        for task in self._waiting:
            task.given = task.given if task.given is not None and _is_whole(task.given) else None


def _is_whole(given: Future[Any]) -> bool:
    return given.done() and not given.cancelled() and given.exception() is None


def _named(batch: Sequence[Any]) -> str:
    return ", ".join(str(getattr(item, "document_id", item)) for item in batch)


class _Pool:
    """Helper processes that are replaced when one of them dies."""

    def __init__(self, helpers: int) -> None:
        self.helpers = helpers
        self._executor = self._started()

    def _started(self) -> ProcessPoolExecutor:
        # Forked children would inherit the threads of the model's runtime in mid-step.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.helpers, mp_context=context, initializer=_end_with_parent)

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
    """Let this helper end with the program that started it: one that was killed can tell nobody."""
    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_outlived, args=(parent,), daemon=True).start()


def _outlived(parent: Any) -> None:
    parent.join()
    os._exit(1)
