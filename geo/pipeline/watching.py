"""Folders that are watched: what arrives is ingested, for as long as the caller wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from geo.documents import WatchedFolder
from geo.errors import StoreError
from geo.evidence import digest
from geo.pipeline.ingesting import IngestReport

Ingest = Callable[[list[str], Path], IngestReport]
"""Ingests files that are named in a folder."""


def watch(
    folders: Sequence[Path],
    ingest: Ingest,
    *,
    wait: Callable[[], bool],
    state: Path | None = None,
    bear: Callable[[StoreError], bool] = lambda error: False,
) -> Iterator[IngestReport]:
    """Yield what came of each ingest, until `wait` says that it is enough.

    A file that arrives is taken at the second look that finds it unchanged. `wait` pauses between two looks and returns
    False to end; `state` is the folder in which it is remembered what was taken from each folder, so that a later watch
    goes on where this one ended. A file is remembered only when its reports are stored. `bear` is asked whether a
    store that failed, such as a server that is started again, is asked once more after the next look.
    """
    watched = [WatchedFolder(folder, memory=_memory(folder, state)) for folder in map(Path.resolve, folders)]
    while True:
        for each in watched:
            if not (paths := each.due()):
                continue
            try:
                report = _taken(each, paths, ingest)
            except StoreError as error:
                if not bear(error):
                    raise
            else:
                yield report
        if not wait():
            return


def _taken(watched: WatchedFolder, paths: list[Path], ingest: Ingest) -> IngestReport:
    report = ingest([str(path) for path in paths], watched.folder)
    watched.took(paths)
    return report


def _memory(folder: Path, state: Path | None) -> Path | None:
    return state / f"watched-{digest(str(folder))}.json" if state else None
