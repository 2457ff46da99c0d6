"""What a billion articles would cost: each step's processor time a document, matching's growth, room, memory.

One process, processor time alone, so that what else runs on the machine does not count. The documents are those of the
benchmark `ingest`. `CONFLICT_BENCH_SCALE` is their number (1000 without it); docs/SCALE.md says what follows.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from geo.documents import read_documents
from geo.model import Document
from geo.pipeline import CodedDocument, Plan, code_batch, load_tools, refresh_events
from geo.pipeline.engines import batched
from geo.settings import read_settings
from geo.stores import Store, open_store
from tests.postgres import find_server, running_server

from .ingest import write_documents
from .measuring import Measurement

ARCHIVE = 1_000_000_000
T = TypeVar("T")


def run() -> list[Measurement]:
    """Measure each step on the same documents, then say what a billion of them take."""
    count = int(os.environ.get("CONFLICT_BENCH_SCALE", "1000"))
    plan = Plan.of(read_settings())
    tools = load_tools(plan)
    with tempfile.TemporaryDirectory() as scratch:
        path = write_documents(Path(scratch) / "documents.jsonl", count)
        documents, read = _timed(lambda: [i for i in read_documents([str(path)]) if isinstance(i, Document)])
        _, marked = _timed(lambda: [tools.recognizer.recognize(batch) for batch in batched(documents, 16)])
        coded, coding = _timed(lambda: [i for batch in batched(documents, 16) for i in code_batch(batch, plan=plan)])
        with open_store(str(Path(scratch) / "store.gpkg"), create=True) as store:
            kept, drawn = _kept(store, coded)
            store.compact()
        room = (Path(scratch) / "store.gpkg").stat().st_size
        packed = path.stat().st_size
    accounts = sum(len(item.accounts) for item in coded)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    steps = {"read": read, "recognise": marked, "reason": coding - marked, "store": kept}
    each = {name: 1000 * value / count for name, value in steps.items()}
    return [
        *(Measurement(f"scale.{name}", value, "ms/document", "processor time") for name, value in each.items()),
        Measurement("scale.documents_a_core_second", 1000 / sum(each.values()), "documents/s", "all of these steps"),
        *_matching(drawn),
        Measurement("scale.accounts", accounts / count, "per document"),
        Measurement(
            "scale.room", room / count / 1024, "KiB/document", f"GeoPackage; the text is {packed // count} bytes"
        ),
        *_postgis(coded),
        Measurement("scale.peak", peak, "MB", "one process with models and gazetteer"),
        *_archive(sum(each.values()), accounts / count, drawn, room / count),
    ]


def _kept(store: Store, coded: list[CodedDocument]) -> tuple[float, list[tuple[int, float]]]:
    """Store the documents in four steps by day; return the time for it, and (accounts so far, time to draw) of each."""
    kept, drawn, told = 0.0, [], 0
    by_day = sorted(coded, key=lambda item: str(item.document.published))
    for part in batched(by_day, max(len(coded) // 4, 1)):
        _, seconds = _timed(lambda part=part: store.add_documents([(i.document, i.accounts, i.warnings) for i in part]))
        kept += seconds
        told += sum(len(item.accounts) for item in part)
        _, drawing = _timed(lambda: refresh_events(store))
        drawn.append((told, drawing))
    return kept, drawn


def _matching(drawn: list[tuple[int, float]]) -> list[Measurement]:
    """Say what a new account costs when few and when many are there."""
    found = []
    before = 0
    for told, seconds in drawn:
        if told > before:
            note = f"{told - before:,} new ones beside {before:,}"
            found.append(Measurement(f"scale.draw_{told}", 1000 * seconds / (told - before), "ms/account", note))
        before = told
    return found


def _postgis(coded: list[CodedDocument]) -> list[Measurement]:
    programs = find_server()
    if programs is None:
        return []
    with running_server(programs) as server, open_store(server.new_database(), create=True) as store:
        work = lambda: store.add_documents([(i.document, i.accounts, i.warnings) for i in coded])  # noqa: E731
        _, kept = _timed(work)
    return [Measurement("scale.store_postgis", 1000 * kept / len(coded), "ms/document", "the client's processor time")]


def _archive(each_ms: float, told: float, drawn: list[tuple[int, float]], room: float) -> list[Measurement]:
    last, seconds = drawn[-1]
    before = drawn[-2][0] if len(drawn) > 1 else 0
    draw_ms = 1000 * seconds / max(last - before, 1) * told
    hours = ARCHIVE / 3_600_000
    return [
        Measurement("scale.archive.coding", each_ms * hours, "core-hours", f"{ARCHIVE:,} documents, all but matching"),
        Measurement(
            "scale.archive.drawing", draw_ms * hours, "core-hours", "if an account cost no more than the last did"
        ),
        Measurement("scale.archive.room", room * ARCHIVE / 1e12, "TB"),
        Measurement("scale.archive.days", each_ms * hours / 24 / 1000, "days", "coding on 1,000 cores"),
    ]


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.process_time()
    result = work()
    return result, time.process_time() - started
