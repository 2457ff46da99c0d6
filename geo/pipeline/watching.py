"""Folders and feeds that are watched: what arrives is ingested, for as long as the caller wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from geo.documents import WatchedFeeds, WatchedFolder
from geo.errors import StoreError
from geo.evidence import digest
from geo.pipeline.ingesting import IngestReport

Ingest = Callable[[list[str], Path | None], IngestReport]
"""Ingests files that are named in a folder, or addresses, which lie in none."""


def watch(
    folders: Sequence[Path],
    ingest: Ingest,
    *,
    wait: Callable[[], bool],
    feeds: WatchedFeeds | None = None,
    state: Path | None = None,
    bear: Callable[[StoreError], bool] = lambda error: False,
) -> Iterator[IngestReport]:
    """Yield what came of each ingest, until `wait` says that it is enough.

    A file that arrives is taken at the second look that finds it unchanged, and `feeds` are asked for when it is time.
    `wait` pauses between two looks and returns False to end; `state` is the folder in which it is remembered what was
    taken from each folder, so that a later watch goes on where this one ended. A file is remembered only when its
    reports are stored. `bear` is asked whether a store that failed, such as a server that is started again, is asked
    once more after the next look.
    """
    watched = [WatchedFolder(folder, memory=_memory(folder, state)) for folder in map(Path.resolve, folders)]
    takers: list[Callable[[], IngestReport | None]] = [partial(_from_folder, each, ingest) for each in watched]
    takers += [partial(_from_feeds, feeds, ingest)] if feeds else []
    while True:
        for take in takers:
            try:
                report = take()
            except StoreError as error:
                if not bear(error):
                    raise
            else:
                if report is not None:
                    yield report
        if not wait():
            return


def _from_folder(watched: WatchedFolder, ingest: Ingest) -> IngestReport | None:
    if not (paths := watched.due()):
        return None
    report = ingest([str(path) for path in paths], watched.folder)
    watched.took(paths)
    return report


def _from_feeds(feeds: WatchedFeeds, ingest: Ingest) -> IngestReport | None:
    if not (addresses := feeds.due()):
        return None
    report = ingest(addresses, None)
    # Most of the time a feed has nothing new.
    return report if report.stored or report.revised or report.rejected else None


def _memory(folder: Path, state: Path | None) -> Path | None:
    return state / f"watched-{digest(str(folder))}.json" if state else None
