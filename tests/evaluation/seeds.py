"""The two seed reports, read from end to end, against what a careful reader finds in them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from .gold import SHARED, gold_rows, scorer
from .measuring import Figure

_ROOT = Path(__file__).resolve().parents[2]


def figures_seeds() -> list[Figure]:
    """Run `geo extract` on the seeds, as another program would, and score its events."""
    gold = gold_rows("eval/seeds_gold.jsonl")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "seeds.jsonl", Path(folder) / "events.jsonl"
        lines = [json.dumps({"id": row["id"], "published": row["published"], "text": _text(row["id"])}) for row in gold]
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "geo", "extract", str(source), "-o", str(target)]
        subprocess.run(command, check=True, cwd=_ROOT, capture_output=True)
        score = scorer("score_events")
        result = score.score({row["id"]: row for row in gold}, score.read(target))
    return [
        Figure("seeds.recall", result["recall"]),
        Figure("seeds.precision", result["precision"]),
        Figure("seeds.fields", result["fields"] or 0.0),
        Figure("seeds.without_forbidden", float(not result["forbidden"]), note="1 where no forbidden event is found"),
    ]


def _text(identifier: str) -> str:
    return (SHARED / "data" / "seeds" / f"{identifier}.txt").read_text(encoding="utf-8")
