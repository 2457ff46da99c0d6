"""What was found in one document, event by event, and what of it stayed open and why."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboard.i18n import Words
from geo.model import Account, Resolved, Unresolved


def findings_html(accounts: Sequence[Account], words: Words) -> str:
    """Return a list of what a document tells; each place or day that is not known with the reason."""
    if not accounts:
        return f"<p>{escape(words('documents.none_here'))}</p>"
    items = "".join(f"<li>{_finding(account, words)}</li>" for account in accounts)
    return f'<p>{escape(words("documents.found_here", n=len(accounts)))}</p><ul class="ca-findings">{items}</ul>'


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
