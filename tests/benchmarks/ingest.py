"""Documents a second of `geo ingest` end to end, matching included: 1 and 2 processes, and a Dask cluster of 2 workers.

Documents are sentences of the sample reports, recombined; days and sources grow with their number, as an archive's do.
`CONFLICT_BENCH_DOCUMENTS` lists the numbers of documents (1000 without it; the full series is 1000,10000,100000).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from geo.documents import read_documents
from geo.model import Document

from .measuring import Measurement

ROOT = Path(__file__).resolve().parents[2]
ENGINES = {"1 process": ("local", 1), "2 processes": ("local", 2), "dask, 2 workers": ("dask", 2)}
_PER_DAY = 20
_SOURCES = 40

_WORK = """
import json, resource, sys, time
from geo.pipeline import Plan, ingest, load_tools
from geo.settings import read_settings
from geo.stores import open_store
if __name__ == "__main__":
    path, store, engine, jobs = sys.argv[1:]
    plan = Plan.of(read_settings())
    load_tools(plan)
    steps = {}
    with open_store(store, create=True) as opened:
        started = time.perf_counter()
        report = ingest([path], plan=plan, store=opened, engine=engine, jobs=int(jobs),
                        progress=lambda step, done: steps.setdefault(step, time.perf_counter() - started))
        total = time.perf_counter() - started
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(json.dumps({"total": total, "drawing": total - steps["Drawing events"], "peak": peak,
                      "stored": report.stored, "events": report.events}))
"""


def run() -> list[Measurement]:
    """Measure every engine at every number of documents."""
    counts = [int(count) for count in os.environ.get("CONFLICT_BENCH_DOCUMENTS", "1000").split(",")]
    found: list[Measurement] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # Spawned workers import their main module, so the work has to be a file.
        script = folder / "work.py"
        script.write_text(_WORK, encoding="utf-8")
        for count in counts:
            path = write_documents(folder / f"{count}.jsonl", count)
            for name, (engine, jobs) in ENGINES.items():
                store = folder / f"{count}-{engine}-{jobs}.gpkg"
                found += _measured(script, path, store, engine=engine, jobs=jobs, name=name, count=count)
                store.unlink()
    return found


def write_documents(path: Path, count: int) -> Path:
    """Write `count` recombined reports as JSON lines, the same ones every time."""
    dice = random.Random(count)
    reports = [item for item in read_documents([str(ROOT / "data" / "reports")]) if isinstance(item, Document)]
    sentences = [part.strip() for report in reports for part in report.text.replace("\n", " ").split(". ")]
    sentences = [sentence for sentence in sentences if len(sentence) > 30]
    days = 30 + count // _PER_DAY
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            base = dice.choice(reports).published
            assert base is not None
            fields = {
                "id": f"bench-{number}",
                "text": ". ".join(dice.sample(sentences, 4)) + f". Report {number}.",
                "published": str(base + timedelta(days=dice.randrange(days))),
                "source": f"Source {number % _SOURCES}",
            }
            file.write(json.dumps(fields) + "\n")
    return path


def _measured(
    script: Path, path: Path, store: Path, *, engine: str, jobs: int, name: str, count: int
) -> list[Measurement]:
    command = [sys.executable, str(script), str(path), str(store), engine, str(jobs)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["stored"] == count
    label, note = f"ingest.{count}.{engine}{jobs}", f"{name}, {count:,} documents"
    return [
        Measurement(f"{label}.rate", count / told["total"], "documents/s", f"{note}, matching included"),
        Measurement(f"{label}.each", 1000 * told["total"] / count, "ms/document", note),
        Measurement(f"{label}.drawing", told["drawing"], "s", f"matching and control of {told['events']:,} events"),
        Measurement(f"{label}.peak", told["peak"], "MB", "largest process"),
    ]
