"""Pages and feeds as drafts; a feed's teasers are followed to their pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from geo.documents.drafts import Draft, Item, Skipped
from geo.documents.web import Fetcher
from geo.errors import DocumentError
from geo.evidence import digest

_SHORT_ENTRY = 400
"""Characters; a feed's entry with less is a teaser, and its page is read."""


def web_drafts(url: str, fetcher: Fetcher) -> Iterator[Item]:
    """Yield what an address gives: the entries of a feed, or one page; nothing where a feed has nothing new."""
    from geo.documents.formats import feeds, pages

    answer = fetcher.fetch(url)
    if answer.unchanged:
        return
    if not feeds.looks_like_feed(answer.content):
        yield pages.page_draft(
            answer.content, origin=url, fallback_id=answer.url, url=answer.url, charset=answer.charset
        )
        return
    for draft in feeds.feed_drafts(answer.content, origin=url):
        teaser = isinstance(draft, Draft) and draft.url and len(draft.text) < _SHORT_ENTRY
        yield _full_entry(draft, fetcher) if teaser and isinstance(draft, Draft) else draft


def _full_entry(draft: Draft, fetcher: Fetcher) -> Item:
    """Return the entry with the text of its page; with its own words and a warning where the page gives none.

    A page that is safe is not asked for again, however often the feed tells of it, until it tells of it in other words.
    """
    from geo.documents.formats import pages

    mark = digest(draft.given_id, draft.title, draft.text, draft.published)
    if fetcher.was_read(draft.url, mark):
        return Skipped("an entry of a feed whose page was read before")
    try:
        answer = fetcher.fetch(draft.url, anew=True)
        page = pages.page_draft(answer.content, origin=draft.url, url=draft.url, charset=answer.charset)
    except DocumentError as error:
        return replace(
            draft, warnings=(*draft.warnings, f"Only the feed's own words were read: {error.rejection.reason}.")
        )
    fetcher.note_read(draft.url, mark)
    longer = page.text if len(page.text) > len(draft.text) else draft.text
    return replace(draft, text=longer, found_date=page.found_date, warnings=(*draft.warnings, *page.warnings))
