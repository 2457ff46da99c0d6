"""`geo extract`, `geo geoparse`, `geo locate`: JSON lines in, JSON lines out, without a store."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from geo.commands.console import close_with, existing, progress_bar, say
from geo.commands.options import Entities, Focus, Input, Jobs, Output, Recognizer
from geo.errors import Rejection, UsageError
from geo.settings import read_settings

if TYPE_CHECKING:
    from geo.model import Document

T = TypeVar("T")


def extract(source: Input, output: Output, recognizer: Recognizer = "", focus: Focus = "", jobs: Jobs = 0) -> None:
    """Find the events of each text: {"id", "events": \\[event record…], "warnings": […]}."""
    from geo.documents import read_documents
    from geo.pipeline import Plan, extracted

    plan = Plan.of(read_settings(), recognizer=recognizer, focus=focus)
    with _input(source) as file:
        documents = _Accepted(read_documents([str(file)], languages=None))
        _answer("Extracting events", extracted(documents, plan=plan, jobs=jobs), output, documents.rejections)


def geoparse(
    source: Input,
    output: Output,
    recognizer: Recognizer = "",
    focus: Focus = "",
    entities: Entities = False,
    jobs: Jobs = 0,
) -> None:
    """Find and place the names of places: {"id", "toponyms": [{start, end, surface, lon, lat, …}…]}."""
    from geo.documents import read_documents
    from geo.pipeline import Plan, geoparsed

    plan = Plan.of(read_settings(), recognizer=recognizer, focus=focus)
    with _input(source) as file:
        documents = _Accepted(read_documents([str(file)], languages=None))
        answers = geoparsed(documents, plan=plan, entities=entities, jobs=jobs)
        _answer("Placing names", answers, output, documents.rejections)


def locate(source: Input, output: Output, recognizer: Recognizer = "", jobs: Jobs = 0) -> None:
    """Find where the event of a given word happened: {"id", "locations": [{start, end, surface}…]}."""
    from geo.documents import read_records
    from geo.pipeline import Plan, located

    plan = Plan.of(read_settings(), recognizer=recognizer)
    if source.is_dir():
        raise UsageError(f"{source} is a folder: expected a file of JSON lines")
    with _input(source) as file:
        asked = _Accepted(item if isinstance(item, Rejection) else _with_trigger(*item) for item in read_records(file))
        _answer("Locating events", located(asked, plan=plan, jobs=jobs), output, asked.rejections)


class _Accepted(Iterable[T]):
    """Items without those that were refused, which are kept."""

    def __init__(self, items: Iterable[T | Rejection]) -> None:
        self._items = items
        self.rejections: list[Rejection] = []

    def __iter__(self) -> Iterator[T]:
        for item in self._items:
            if isinstance(item, Rejection):
                self.rejections.append(item)
            else:
                yield item


def _with_trigger(document: Document, fields: Mapping[str, Any]) -> tuple[Document, int, int] | Rejection:
    trigger = fields.get("trigger")
    start, end = (trigger.get("start"), trigger.get("end")) if isinstance(trigger, Mapping) else (None, None)
    inside = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(document.text)
    if not inside:
        expected = '{"start": 10, "end": 16}, offsets into the text'
        return Rejection(document.origin, f"trigger {trigger!r} marks no words of the text", expected=expected)
    assert isinstance(start, int)
    assert isinstance(end, int)
    return document, start, end


@contextmanager
def _input(source: Path) -> Iterator[Path]:
    """Give the file to read; `-` is what comes in, kept in a file for as long as it is read."""
    if str(source) != "-":
        yield existing(source, "file")
        return
    with tempfile.TemporaryDirectory(prefix="atlas-") as folder:
        kept = Path(folder) / "stdin.jsonl"
        with kept.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield kept


def _answer(what: str, answers: Iterable[Mapping[str, Any]], output: Path, rejections: Sequence[Rejection]) -> None:
    """Write the answers beside the file, then rename; a run that was cut short leaves no half file behind."""
    from geo.exports import whole_file

    done = 0
    output = Path("/dev/stdout") if str(output) == "-" else output
    with whole_file(output) as beside, beside.open("w", encoding="utf-8") as file, progress_bar(what) as progress:
        for done, answer in enumerate(answers, start=1):
            file.write(json.dumps(answer, ensure_ascii=False, allow_nan=False) + "\n")
            progress(what, done)
    say(f"{done} answer(s) in {output}.")
    close_with(rejections)
