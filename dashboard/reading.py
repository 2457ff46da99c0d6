"""Reading reports that a person pastes or uploads: tried without a trace, or stored."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol

import geopandas as gpd

from dashboard.access import require
from dashboard.roles import Role
from dashboard.shared import shared
from geo.errors import Rejection, StoreError
from geo.model import Account, Document, digest
from geo.settings import read_settings

if TYPE_CHECKING:
    from geo.documents import Fetcher
    from geo.pipeline import CodedDocument, Explanation, Plan


_TOGETHER = 16
"""Documents that are read between two words about progress."""


class Upload(Protocol):
    """A file as the browser sent it."""

    name: str

    def getvalue(self) -> bytes:
        """Return its bytes."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document and what was found in it."""

    document: Document
    accounts: tuple[Account, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a batch of inputs."""

    documents: tuple[ReadDocument, ...]
    events: gpd.GeoDataFrame
    """By EVENT_COLUMNS: the events that the accounts of these documents alone make."""
    rejections: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a reading changed."""

    added: int
    known: int
    events: int
    """Events in the store afterwards."""
    rejections: tuple[Rejection, ...]


def pasted_document(text: str, *, title: str, published: date | None, source: str, url: str) -> Document:
    """Return a pasted text as a document; the same text gets the same identifier."""
    return Document(
        document_id=f"pasted-{digest(text)}",
        text=text,
        title=title,
        published=published,
        source=source,
        url=url,
        origin="pasted",
    )


def uploaded_documents(uploads: Sequence[Upload], *, published: date | None) -> list[Document | Rejection]:
    """Read uploaded files as if they lay in one folder."""
    from geo.documents import read_documents

    with tempfile.TemporaryDirectory(prefix="conflict-atlas-") as folder:
        for upload in uploads:
            # A browser may send a path; only its last part names the file.
            name = PurePath(upload.name.replace("\\", "/")).name or "upload.txt"
            (Path(folder) / name).write_bytes(upload.getvalue())
        paths = sorted(str(path) for path in Path(folder).iterdir())
        return list(read_documents(paths, published=published))


def fed_documents(
    url: str, *, published: date | None = None, fetcher: Fetcher | None = None
) -> list[Document | Rejection]:
    """Read a feed or a page of the web; what the server does not give, or may not be asked for, is a rejection.

    Private addresses are refused unless `fetcher` allows them: the server stands in another network than who asks.
    """
    from geo.documents import read_documents

    require(Role.EDITOR)
    address = url.strip()
    if not address.startswith(("http://", "https://")):
        # Anything else would be read as a path of the server's own disk.
        return [Rejection(address, "not an http or https address", expected="https://…")]
    return list(read_documents([address], published=published, fetcher=fetcher))


def read_events(
    inputs: Iterable[Document | Rejection], *, progress: Callable[[int, int], object] = lambda done, total: None
) -> Reading:
    """Find the events of documents, without touching any store.

    `progress` is told how many documents are read, and of how many.
    """
    from geo.matching import match_accounts
    from geo.pipeline import code_batch, controlled_events

    given = list(inputs)
    rejections = tuple(item for item in given if isinstance(item, Rejection))
    documents = [item for item in given if isinstance(item, Document)]
    plan = _plan()
    coded: list[CodedDocument] = []
    for at in range(0, len(documents), _TOGETHER):
        progress(at, len(documents))
        coded += code_batch(documents[at : at + _TOGETHER], plan=plan)
    read = tuple(ReadDocument(item.document, tuple(item.accounts), tuple(item.warnings)) for item in coded)
    found = match_accounts(account for item in read for account in item.accounts)
    # As they would stand in the store, on the ground that it knows.
    events, _ = controlled_events(found, _known_zones(read_settings().store))
    return Reading(read, events, rejections)


def explained(document: Document) -> Explanation:
    """Return how a document is read: everything recognised in it, and which words make no event, and why."""
    return _explained(document, _plan())


@shared(entries=64)
def _explained(document: Document, plan: Plan) -> Explanation:
    from geo.pipeline import explain_document

    return explain_document(document, plan=plan)


def _plan() -> Plan:
    from geo.pipeline import Plan

    settings = read_settings()
    # The store's own zones say what "rebel-held X" covers.
    return Plan.of(settings, store=settings.store)


def _known_zones(address: str) -> list[gpd.GeoDataFrame]:
    from geo.stores import open_store

    try:
        with open_store(address, read_only=True) as store:
            return [store.zones(name) for name in store.series()]
    except StoreError:
        # A text can be tried before there is any store.
        return []


def store_reading(reading: Reading, *, address: str) -> Stored:
    """Add the documents of a reading to the store and draw its events anew; raise `StoreError` where it may not."""
    from geo.pipeline import refresh_events
    from geo.stores import open_store

    require(Role.EDITOR)
    with open_store(address, create=True) as store:
        added = store.add_documents([(item.document, item.accounts, item.warnings) for item in reading.documents])
        events = refresh_events(store)
    return Stored(added.stored + added.revised, added.skipped, events, added.rejections)
