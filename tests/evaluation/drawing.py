"""How the second part of the annotated sentences was drawn: a seed, three corpora, and nothing that was drawn before.

Run `python -m tests.evaluation.drawing` to see the same draw again: one line for each passage, in the order in which it
was annotated, with the half that the seed gave it. A passage of event_location is its one sentence. A passage of MUC is
the opening (two or three sentences) of a report in which its annotators found a perpetrator, a victim or a target; of
re3d, two neighbouring sentences of any place. (A first draw took MUC's from any place too, as the first annotated part
did: two in thirty told an event, which measures no actors.) Drawn, split and annotated before any rule was read or
changed for it.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .annotated import ROWS
from .gold import gold_rows

SEED = 20161122
DRAWN = {"event_location/train.jsonl": 76, "muc4/train.json": 26, "muc4/dev.json": 8, "re3d/train.jsonl": 14}
PUBLISHED = {"muc4": "1989-11-30"}
"""The day that a corpus's passages are taken to be published; every other corpus: 2016-11-21."""
KEPT_SHARE = 0.4
_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"')\]]*(?=\s|$)|(?=\n\s*\n)|$)", re.S)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one corpus's text, with the half it fell into."""

    corpus: str
    document_id: str
    start: int
    end: int
    text: str
    half: str

    @property
    def row(self) -> dict[str, object]:
        """The line of `annotated_sentences.jsonl`, before its events are marked."""
        return {
            "corpus": self.corpus,
            "id": self.document_id,
            "start": self.start,
            "end": self.end,
            "published": PUBLISHED.get(self.corpus.split("/")[0], "2016-11-21"),
            "digest": hashlib.sha256(self.text.encode()).hexdigest()[:12],
            "half": self.half,
        }


def drawn_passages() -> list[Passage]:
    """Return the passages of the second draw, in order."""
    chance = random.Random(SEED)
    rows = [json.loads(line) for line in ROWS.read_text(encoding="utf-8").splitlines()]
    seen = {row["digest"] for row in rows if row.get("draw", 1) == 1}
    taken = {(row["corpus"], row["id"]) for row in rows if row.get("draw", 1) == 1}
    found: list[tuple[str, str, int, int, str]] = []
    for corpus, number in DRAWN.items():
        candidates = [
            (corpus, name, start, end, text)
            for name, start, end, text in _stretches(corpus)
            if (corpus, name) not in taken and hashlib.sha256(text.encode()).hexdigest()[:12] not in seen
        ]
        # One passage of a document, and one trigger of a sentence that the corpus holds several times.
        chance.shuffle(candidates)
        names: set[str] = set()
        for candidate in candidates:
            if len(names) < number and candidate[1] not in names and candidate[4] not in {row[4] for row in found}:
                names.add(candidate[1])
                found.append(candidate)
    chance.shuffle(found)
    kept = set(chance.sample(range(len(found)), round(KEPT_SHARE * len(found))))
    return [Passage(*row, half="new_kept" if i in kept else "new_development") for i, row in enumerate(found)]


def _stretches(corpus: str) -> Iterator[tuple[str, int, int, str]]:
    for row in gold_rows(f"data/{corpus}"):
        if corpus.startswith("event_location"):
            yield row["id"], 0, len(row["text"]), row["text"]
            continue
        text = row.get("doctext") or row["text"]
        spans = [match.span() for match in _SENTENCE.finditer(text) if match.end() - match.start() > 20]
        if corpus.startswith("re3d"):
            ranges = [(start, end) for (start, _), (_, end) in zip(spans[::2], spans[1::2], strict=False)]
        elif any(row["extracts"][slot] for slot in ("PerpInd", "PerpOrg", "Victim", "Target")):
            ranges = [(spans[0][0], spans[min(2, len(spans) - 1)][1]), (spans[0][0], spans[min(1, len(spans) - 1)][1])]
        else:
            ranges = []
        fitting = [(start, end) for start, end in ranges if 60 < end - start < 600]
        for start, end in fitting if corpus.startswith("re3d") else fitting[:1]:
            yield row.get("docid") or row["id"], start, end, text[start:end]


def main() -> None:
    """Write the draw's rows to standard output, with the text, as they were annotated."""
    for number, passage in enumerate(drawn_passages()):
        print(json.dumps({"number": number, **passage.row, "text": passage.text}, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main()
