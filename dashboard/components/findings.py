"""What was found in one document, event by event, and what of it stayed open and why."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from dashboard.i18n import Words
from geo.model import Account, Evidence, Resolved, Unresolved

if TYPE_CHECKING:
    from geo.extraction import Refusal


def findings_html(accounts: Sequence[Account], words: Words) -> str:
    """Return a list of what a document tells; each place or day that is not known with the reason."""
    if not accounts:
        return f"<p>{escape(words('documents.none_here'))}</p>"
    items = "".join(f"<li>{_finding(account, words)}</li>" for account in accounts)
    return f'<p>{escape(words("documents.found_here", n=len(accounts)))}</p><ul class="ca-findings">{items}</ul>'


def refusals_html(text: str, refusals: Sequence[Refusal], accounts: Sequence[Account], words: Words) -> str:
    """Return a folded list of the words that could tell an event and make none, each with the reason.

    Words that an account quotes for something else are no refusal.
    """
    quoted = [quote for account in accounts for _, quote in account.quotations()]
    left = [
        item
        for item in refusals
        if not any(quote.start < item.evidence.end and item.evidence.start < quote.end for quote in quoted)
    ]
    if not left:
        return ""
    items = "".join(
        f'<li dir="auto"><q>{_in_context(text, item.evidence)}</q> – {escape(words.name("refused", item.reason))}</li>'
        for item in left
    )
    said = escape(words("documents.refused", n=len(left)))
    return f'<details class="ca-considered"><summary>{said}</summary><ul class="ca-findings">{items}</ul></details>'


def _in_context(text: str, quote: Evidence) -> str:
    """Return quoted words with a few around them, so that one `attack` is told from another."""
    first = max(text.rfind(" ", 0, max(0, quote.start - _AROUND)), text.rfind("\n", 0, quote.start)) + 1
    ends = [at for sign in " \n" if (at := text.find(sign, quote.end + _AROUND)) >= 0]
    line = text.find("\n", quote.end)
    last = min([*ends, len(text)] + ([line] if line >= 0 else []))
    before, after = text[first : quote.start], text[quote.end : last]
    return f"{escape(before)}<strong>{escape(quote.text)}</strong>{escape(after)}"


_AROUND = 24
"""Characters around quoted words, at least."""


def open_questions(accounts: Sequence[Account]) -> int:
    """Count the accounts whose place or day is not known."""
    return sum(
        isinstance(account.resolution, Unresolved) or isinstance(account.when, Unresolved) for account in accounts
    )


def _finding(account: Account, words: Words) -> str:
    quoted = escape(account.sub_event_type.evidence[0].text)
    name = escape(words.name("sub_type", account.sub_event_type.value))
    return f"<strong>{name}</strong> (<q>{quoted}</q>): {_place(account, words)}; {_day(account, words)}"


def _place(account: Account, words: Words) -> str:
    found = account.resolution
    if isinstance(found, Resolved):
        return f"<bdi>{escape(found.place_name)}</bdi>"
    return f"<em>{escape(words('card.not_placed'))}</em> – <span dir='auto'>{escape(found.reason)}</span>"


def _day(account: Account, words: Words) -> str:
    if isinstance(account.when, Unresolved):
        said = escape(words("list.undated"))
        return f"<em>{said}</em> – <span dir='auto'>{escape(account.when.reason)}</span>"
    days = account.when.value
    last = "" if days.start == days.end else f" – {escape(words.day(days.end))}"
    return escape(words.day(days.start)) + last
