"""Files, folders, archives, pages and feeds as documents; what cannot be read as the reason why."""

from __future__ import annotations

import gzip
import os
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath
from typing import Any

from geo.documents.decoding import text_fault
from geo.documents.drafts import Blob, Draft, Item, Skipped
from geo.documents.folders import Found, found_in
from geo.documents.formats import SUFFIXES, load_reader
from geo.documents.formats.lines import bounded_lines, read_line, too_long
from geo.documents.languages import READ_LANGUAGES, guess_language
from geo.documents.manifests import (
    ABOUT_FOLDER,
    MANIFEST_NAME,
    NEIGHBOURS,
    Description,
    Manifest,
    day_of,
    read_manifest,
    read_neighbour,
)
from geo.documents.online import web_drafts
from geo.documents.portions import Portion, lines_of
from geo.documents.web import Fetcher
from geo.errors import DocumentError, Rejection, UnknownFormatError
from geo.evidence import Document, digest

UNDATED = "No day of publication is known: relative dates such as 'on Saturday' stay unresolved."
LONGEST_TEXT = 4_000_000
"""Characters of one report."""
_REMEMBERED = 100_000
"""Identifiers of reports that were read just now."""


def read_documents(
    paths: Iterable[str | Portion],
    *,
    published: date | None = None,
    manifest: Path | None = None,
    fetcher: Fetcher | None = None,
    languages: tuple[str, ...] | None = READ_LANGUAGES,
    within: Path | None = None,
    skipped: Counter[str] | None = None,
) -> Iterator[Document | Rejection]:
    """Yield each report under the paths and addresses, in order of their names, or why it was left out.

    `published` dates the reports that give no day themselves; `manifest` describes reports by id or file name (columns
    id, published, source, url, title). A file that gives no id is named by its path without the suffix. Texts clearly
    in other languages than `languages` (ISO 639-1) are left out with that reason; None keeps them. A second report
    under the same id is left out too: silently where its text is the same, with a `Rejection` where it differs. Only
    the last 100,000 ids are remembered for it, so that memory stays flat; a store knows the others.

    `within` is the folder in which single files are named, as if the folder itself had been given. `skipped` counts by
    reason what lies among reports and is none: an archive's answers without a page, a store, an exported map.

    Raises `DocumentError` for a `manifest` that cannot be read: everything after it would be wrong.
    """
    described = read_manifest(Blob.of_file(manifest)) if manifest else Manifest()
    web = fetcher or Fetcher()
    seen: dict[str, str] = {}
    for path in paths:
        for item in _drafts(path, described, web, within):
            if isinstance(item, Skipped):
                if skipped is not None:
                    skipped[item.reason] += 1
                continue
            ready = item if isinstance(item, Rejection) else _document(item, published, languages)
            if isinstance(ready, Document):
                text, earlier = digest(ready.text), seen.get(ready.document_id)
                if earlier == text:
                    continue
                if earlier is not None:
                    ready = _clash(ready)
                else:
                    seen[ready.document_id] = text
                    if len(seen) > _REMEMBERED:
                        del seen[next(iter(seen))]
            yield ready


def read_records(path: Path) -> Iterator[tuple[Document, Mapping[str, Any]] | Rejection]:
    """Yield each object of a JSON lines file as a document, with all of its fields beside it.

    For commands that ask something about each text; nothing is left out for its language.
    """
    with path.open("rb") as stream:
        for number, line in enumerate(bounded_lines(stream), start=1):
            if line is None:
                yield too_long(str(path), number)
                continue
            if not line.strip():
                continue
            draft, fields = read_line(line, origin=str(path), number=number, stem=path.stem)
            document = draft if isinstance(draft, Rejection) else _document(draft, None, None)
            yield document if isinstance(document, Rejection) else (document, fields)


def _drafts(path: str | Portion, manifest: Manifest, fetcher: Fetcher, within: Path | None) -> Iterator[Item]:
    if isinstance(path, Portion):
        return _portion_drafts(path, manifest, fetcher)
    if "://" in path:
        return _guarded(path, web_drafts(path, fetcher))
    found = Path(path)
    if found.is_dir():
        lying = sorted(found_in(found), key=lambda each: each.path)
        return _tree_drafts([_lying(each, found) for each in lying], manifest, origin=path)
    blob = Blob.of_file(found, name=PurePosixPath(found.relative_to(within).as_posix()) if within else None)
    if blob.suffix == ".zip":
        folder = PurePosixPath(blob.stem) if within else PurePosixPath()
        return _guarded(path, _archive_drafts(blob, manifest, folder=folder))
    beside = [found.with_suffix(suffix) for suffix in NEIGHBOURS] if blob.suffix == ".txt" else []
    neighbour = next((Blob.of_file(file) for file in beside if file.is_file()), None)
    return _guarded(path, _beside_manifest(blob, neighbour, _nearby(found), manifest))


def _lying(found: Found, folder: Path) -> Blob | Rejection | Skipped:
    if found.fault:
        remedy = "let this user read it, or take it out of the folder"
        return Rejection(str(found.path), f"cannot be looked at ({found.fault})", remedy=remedy)
    if found.other:
        return Skipped(found.other)
    return Blob.of_file(found.path, name=PurePosixPath(found.path.relative_to(folder).as_posix()))


def _portion_drafts(portion: Portion, manifest: Manifest, fetcher: Fetcher) -> Iterator[Item]:
    if not portion.end:
        folder = Path(portion.within) if portion.within else None
        for path in portion.paths:
            yield from _drafts(path, manifest, fetcher, folder)
        return
    file = Path(portion.paths[0])
    blob = replace(Blob.of_file(file, name=portion.name), stored=partial(lines_of, portion), first_line=portion.line)
    yield from _guarded(str(file), _beside_manifest(blob, None, _nearby(file), manifest))


def _nearby(file: Path) -> Blob | None:
    local = file.parent / MANIFEST_NAME
    return Blob.of_file(local) if local.is_file() and local != file else None


@lru_cache(maxsize=8)
def _rows_of(path: str, size: int, changed: int) -> Manifest:
    """Read a manifest once, however many files it stands beside, until it changes."""
    return read_manifest(Blob.of_file(Path(path)))


def _local(nearby: Blob | None) -> Manifest:
    if nearby is None:
        return Manifest()
    about = os.stat(nearby.origin)
    known = _rows_of(nearby.origin, about.st_size, about.st_mtime_ns)
    return Manifest(known.origin, known.rows)


def _beside_manifest(blob: Blob, neighbour: Blob | None, nearby: Blob | None, manifest: Manifest) -> Iterator[Item]:
    yield from _file_drafts(blob, neighbour, (_local(nearby), manifest))


def _guarded(origin: str, drafts: Iterator[Item]) -> Iterator[Item]:
    """Turn the errors that one input may end with into its `Rejection`."""
    try:
        yield from drafts
    except DocumentError as error:
        yield error.rejection
    except UnknownFormatError as error:
        expected = f"one of {', '.join((*SUFFIXES, '.zip'))}"
        remedy = "save its text as .txt, or take it out of the folder"
        yield Rejection(origin, f"nothing here reads files ending in {error.name!r}", expected=expected, remedy=remedy)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        reason = f"it is packed and ends early or is damaged ({error})"
        yield Rejection(origin, reason, expected="a whole file", remedy="fetch it again")
    except OSError as error:
        yield Rejection(origin, f"cannot be read ({error.strerror or error})", remedy="see that it is there to be read")


def _file_drafts(blob: Blob, neighbour: Blob | None, manifests: tuple[Manifest, ...]) -> Iterator[Item]:
    """Read one file; what its neighbour and the manifests know fills what it leaves open, the first to know wins."""
    known = [read_neighbour(neighbour)] if neighbour else []
    for draft in load_reader(blob.suffix)(blob):
        if not isinstance(draft, Draft):
            yield draft
            continue
        names = [
            name for name in (draft.given_id, draft.fallback_id, str(blob.name), blob.name.stem, blob.name.name) if name
        ]
        # A file of many reports is never described as a whole: its reports go by their own ids.
        names = names if draft.fallback_id == blob.stem else names[:1]
        rows = [row for manifest in manifests if (row := manifest.find(names))]
        for description in (*known, *rows):
            draft = _filled(draft, description)
        yield draft


def _filled(draft: Draft, known: Description) -> Draft:
    return replace(
        draft,
        published=draft.published or known.published,
        source=known.source or draft.source,
        url=draft.url or known.url,
        title=known.title or draft.title,
        language=draft.language or known.language,
    )


def _tree_drafts(blobs: Sequence[Blob | Rejection | Skipped], manifest: Manifest, *, origin: str) -> Iterator[Item]:
    files = {blob.name: blob for blob in blobs if isinstance(blob, Blob)}
    manifests: dict[PurePosixPath, Manifest] = {}
    for name, blob in files.items():
        if name.name == MANIFEST_NAME:
            try:
                manifests[name.parent] = read_manifest(blob)
            except DocumentError as error:
                yield error.rejection
    used = {name for name in files if name.name == MANIFEST_NAME or name.stem.upper() in ABOUT_FOLDER}
    neighbours = {
        text: files[beside]
        for text in files
        if text.suffix.lower() == ".txt"
        for beside in (text.with_suffix(suffix) for suffix in NEIGHBOURS)
        if beside in files
    }
    used |= {blob.name for blob in neighbours.values()}
    yield from (blob for blob in blobs if not isinstance(blob, Blob))
    if not files:
        yield Rejection(origin, "holds no file", expected="reports")
    for name, blob in files.items():
        if blob.suffix == ".zip":
            yield from _guarded(blob.origin, _archive_drafts(blob, manifest, folder=PurePosixPath(blob.stem)))
        elif name not in used:
            local = manifests.get(name.parent, Manifest())
            yield from _guarded(blob.origin, _file_drafts(blob, neighbours.get(name), (local, manifest)))
    for local in manifests.values():
        yield from local.unused()


def _archive_drafts(blob: Blob, manifest: Manifest, *, folder: PurePosixPath) -> Iterator[Item]:
    """Read an archive as the folder that it would be unpacked to."""
    from geo.documents.formats import archives

    with archives.opened(blob) as members:
        files = [replace(file, name=folder / file.name) if isinstance(file, Blob) else file for file in members]
        yield from _tree_drafts(files, manifest, origin=blob.origin)


def _document(draft: Draft, published: date | None, languages: tuple[str, ...] | None) -> Document | Rejection:
    fault = text_fault(draft.text) or text_fault(f"-{draft.title}{draft.given_id}{draft.source}{draft.url}")
    if fault:
        return Rejection(draft.origin, fault, place=draft.place, expected="running text")
    if len(draft.text) > LONGEST_TEXT:
        reason = f"a text of {len(draft.text):,} characters"
        expected = f"at most {LONGEST_TEXT:,}, which is a thick novel"
        return Rejection(draft.origin, reason, place=draft.place, expected=expected, remedy="split it into its reports")
    try:
        given = day_of(draft.published, origin=draft.origin, place=draft.place)
        found = day_of(draft.found_date, origin=draft.origin, place=draft.place)
    except DocumentError as error:
        return error.rejection
    warnings = draft.warnings
    if not (given or published) and found:
        warnings += (f"The day of publication, {found}, was inferred from the page.",)
    day = given or published or found
    if day is None:
        warnings += (UNDATED,)
    language = draft.language.lower()[:2] or guess_language(draft.text)
    if languages is not None and language and language not in languages:
        reason = f"its language is {language!r}, which is not read"
        return Rejection(draft.origin, reason, place=draft.place, expected=f"one of {', '.join(languages)}")
    return Document(
        document_id=draft.given_id or draft.fallback_id,
        text=draft.text,
        title=draft.title,
        published=day,
        source=draft.source,
        url=draft.url,
        language=language or "en",
        origin=f"{draft.origin}, {draft.place}" if draft.place else draft.origin,
        warnings=warnings,
    )


def _clash(document: Document) -> Rejection:
    return Rejection(
        document.origin,
        f"the id {document.document_id!r} stands for another text already",
        expected="one text an id",
        remedy="give it an id of its own",
    )
