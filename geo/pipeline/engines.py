"""The engine is the caller's map: in this process or over processes here, over a Dask cluster in `cluster`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Literal

from geo.model import Document
from geo.pipeline.coding import CodedDocument, code_batch
from geo.pipeline.plan import Plan
from geo.pipeline.processes import batched, cores, over_processes

Engine = Literal["local", "dask"]

BATCH_SIZE = 16
"""Documents in one call: enough to keep a process busy, few enough to show progress."""


def code_documents(documents: Iterable[Document], *, plan: Plan, jobs: int = 0) -> Iterator[CodedDocument]:
    """Yield what each document tells, in order; documents are taken as they are needed.

    `jobs` counts processes beside this one, 0 for one a core; 1 is this one alone.
    """
    workers = jobs or cores()
    work = partial(code_batch, plan=plan)
    batches = batched(documents, BATCH_SIZE)
    for coded in over_processes(batches, work, helpers=workers if workers > 1 else 0):
        yield from coded
