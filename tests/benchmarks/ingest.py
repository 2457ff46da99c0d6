"""Documents a second of `geo ingest` end to end, matching included: 1 and 2 processes, and a Dask cluster of 2 workers.

Documents are sentences of the sample reports, recombined, twenty for each day: an archive of more reports is one of
more days, and a day of it is as full as before. The sentences speak of days by name alone (`on Monday`), so that what
they tell moves with their report; the hundred and fifty of them return every other day, as wire copies do.
`CONFLICT_BENCH_DOCUMENTS` lists the numbers of documents (1000,10000,100000 without it: hours on two cores).
What was measured is kept in the cache folder, by the code and the data that it was measured with: a run that was cut
short goes on with what is missing. `CONFLICT_BENCH_FRESH=1` measures all of it again.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from geo.documents import read_documents
from geo.evidence import digest
from geo.model import Document
from geo.settings import read_settings

from .measuring import Measurement

ROOT = Path(__file__).resolve().parents[2]
ENGINES = {"1 process": ("local", 1), "2 processes": ("local", 2), "dask, 2 workers": ("dask", 2)}
"""Engine, and how many processes."""
_PER_DAY = 20
_FIRST = date(2016, 11, 1)
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
        before, started = time.process_time(), time.perf_counter()
        report = ingest([path], plan=plan, store=opened, engine=engine, jobs=int(jobs),
                        progress=lambda step, done: steps.setdefault(step, time.perf_counter() - started))
        total = time.perf_counter() - started
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    peak = max(each.ru_maxrss for each in used) / 1024
    processor = sum(each.ru_utime + each.ru_stime for each in used) - before
    assert report.stored + report.skipped == report.read
    print(json.dumps({"total": total, "drawing": total - steps["Drawing events"], "peak": peak,
                      "processor": processor, "stored": report.stored, "events": report.events}))
"""


def run() -> list[Measurement]:
    """Measure every engine at every number of documents."""
    counts = [int(n) for n in os.environ.get("CONFLICT_BENCH_DOCUMENTS", "1000,10000,100000").split(",")]
    kept = _Kept(read_settings().cache / "bench" / f"ingest-{_version()}.json")
    told: dict[tuple[str, int, int], dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # Spawned workers import their main module, so the work has to be a file.
        script = folder / "work.py"
        script.write_text(_WORK, encoding="utf-8")
        for count in counts:
            for engine, jobs in ENGINES.values():
                name = f"{count}.{engine}{jobs}"
                if name not in kept.told:
                    path = folder / f"{count}.jsonl"
                    path = path if path.exists() else write_documents(path, count)
                    kept.keep(name, _measured(script, path, folder / f"{name}.gpkg", engine=engine, jobs=jobs))
                told[engine, jobs, count] = kept.told[name]
    measured = [_measurements(*key, figures) for key, figures in told.items()]
    return [item for items in (*measured, _growth(told)) for item in items]


def write_documents(path: Path, count: int) -> Path:
    """Write `count` recombined reports as JSON lines, the same ones every time."""
    dice = random.Random(count)
    reports = [item for item in read_documents([str(ROOT / "data" / "reports")]) if isinstance(item, Document)]
    sentences = [part.strip() for report in reports for part in report.text.replace("\n", " ").split(". ")]
    sentences = [sentence for sentence in sentences if len(sentence) > 30]
    days = max(count // _PER_DAY, 1)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            fields = {
                "id": f"bench-{number}",
                "text": ". ".join(dice.sample(sentences, 4)) + f". Report {number}.",
                "published": str(_FIRST + timedelta(days=dice.randrange(days))),
                "source": f"Source {number % _SOURCES}",
            }
            file.write(json.dumps(fields) + "\n")
    return path


class _Kept:
    """Figures by name, in a file that is written after each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        fresh = os.environ.get("CONFLICT_BENCH_FRESH") or not path.exists()
        self.told: dict[str, dict[str, float]] = {} if fresh else json.loads(path.read_text(encoding="utf-8"))

    def keep(self, name: str, figures: dict[str, float]) -> None:
        self.told[name] = figures
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(self.told, indent=1), encoding="utf-8")


def _version() -> str:
    """Return a digest of all that decides how fast an ingest is."""
    paths = [
        *sorted((ROOT / "geo").rglob("*.py")),
        *sorted(path for path in (ROOT / "data").rglob("*") if path.is_file()),
    ]
    return digest(*(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths))


def _measured(script: Path, path: Path, store: Path, *, engine: str, jobs: int) -> dict[str, float]:
    command = [sys.executable, str(script), str(path), str(store), engine, str(jobs)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    store.unlink()
    return figures


def _measurements(engine: str, jobs: int, count: int, told: dict[str, float]) -> list[Measurement]:
    label, note = f"ingest.{count}.{engine}{jobs}", f"{engine}, {jobs} at once, {count:,} documents"
    return [
        Measurement(f"{label}.rate", count / told["total"], "documents/s", f"{note}, matching included"),
        Measurement(f"{label}.each", 1000 * told["total"] / count, "ms/document", note),
        Measurement(f"{label}.processor", 1000 * told["processor"] / count, "ms/document", "of all its processes"),
        Measurement(f"{label}.drawing", told["drawing"], "s", f"matching and control of {told['events']:,.0f} events"),
        Measurement(f"{label}.peak", told["peak"], "MB", "largest process"),
    ]


def _growth(told: dict[tuple[str, int, int], dict[str, float]]) -> list[Measurement]:
    """Say how much more a document takes, and memory, at the largest number than at the smallest."""
    found = []
    counts = sorted({count for _, _, count in told})
    few, many = counts[0], counts[-1]
    for engine, jobs in ENGINES.values() if few < many else ():
        small, large = told[engine, jobs, few], told[engine, jobs, many]
        label, note = f"ingest.{engine}{jobs}", f"{many:,} documents against {few:,}"
        each = (large["total"] / many) / (small["total"] / few)
        processor = (large["processor"] / many) / (small["processor"] / few)
        found += [
            Measurement(f"{label}.growth", each, "×", f"time a document, {note}"),
            Measurement(f"{label}.processor_growth", processor, "×", f"processor time a document, {note}"),
            Measurement(f"{label}.memory_growth", large["peak"] / small["peak"], "×", note),
        ]
    return found
