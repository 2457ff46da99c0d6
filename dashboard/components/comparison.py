"""The accounts of one event side by side: what each tells, with its words, and in what they differ."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape

from dashboard.components.event_card import Telling, source_head
from dashboard.components.event_words import days_in_words, number_in_words
from dashboard.components.marked_text import field_name
from dashboard.i18n import Words
from geo.model import Account, Quoted, Resolved
from geo.records import account_record


def comparison_html(tellings: Sequence[Telling], words: Words, *, accounts: Sequence[Account] = ()) -> str:
    """Return a table by field, one column a source: what it tells, and the quoted words.

    `accounts` are those of the event; the values that they hold tell which rows differ. Where they may not be seen,
    the quoted words themselves are compared.
    """
    fields = list(dict.fromkeys(field for telling in tellings for field in telling.quotes))
    by_key = {json.dumps(account_record(account), sort_keys=True): account for account in accounts}
    values = [_values(by_key[telling.key], words) if telling.key in by_key else {} for telling in tellings]
    heads = "".join(source_head(telling, words) for telling in tellings)
    head = f'<tr><th scope="col">{escape(words("card.field"))}</th>{heads}</tr>'
    rows = "".join(_row(field, tellings, values, words) for field in fields)
    return f'<div class="ca-scroll"><table class="ca-compare"><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def _row(field: str, tellings: Sequence[Telling], values: Sequence[Mapping[str, str]], words: Words) -> str:
    quotes = ["; ".join(dict.fromkeys(telling.quotes.get(field, ()))) for telling in tellings]
    told = [value.get(field, "") for value in values]
    # What is told decides, not the words: “four” and “4” are one count.
    compared = told if any(told) else [quote.casefold() for quote in quotes]
    differ = len({cell for cell in compared if cell}) > 1
    cells = "".join(_cell(value, quote) for value, quote in zip(told, quotes, strict=True))
    sign = f' <span class="chip">{escape(words("card.differ"))}</span>' if differ else ""
    name = f'<th scope="row">{escape(field_name(field, words))}{sign}</th>'
    return f'<tr class="{"differ" if differ else ""}">{name}{cells}</tr>'


def _cell(value: str, quote: str) -> str:
    quoted = f"“{escape(quote)}”" if quote else "–"
    if not value:
        return f'<td dir="auto">{quoted}</td>'
    return f'<td dir="auto">{escape(value)}<small dir="auto">{quoted}</small></td>'


def _values(account: Account, words: Words) -> dict[str, str]:
    """Return what an account tells in each field, in words."""
    told = {
        "event_type": words.name("sub_type", account.sub_event_type.value),
        "factuality": words.name("factuality", account.factuality.value),
        "place_name": account.resolution.place_name if isinstance(account.resolution, Resolved) else "",
        "actor1": account.actor1.value.name if account.actor1 else "",
        "actor2": account.actor2.value.name if account.actor2 else "",
        "weapon": account.weapon.value if account.weapon else "",
        "tags": ", ".join(dict.fromkeys(words.name("tag", tag.value) for tag in account.tags)),
        "civilian_targeting": words("card.civilians") if account.civilian_targeting else "",
        "attribution": account.attribution.value if account.attribution else "",
    }
    if isinstance(account.when, Quoted):
        days = account.when.value
        row = {"date_start": days.start, "date_end": days.end, "time_precision": int(days.precision)}
        told["date_start"] = days_in_words(row, words)
    for field, count in (("fatalities_best", account.fatalities), ("injured_best", account.injured)):
        if count is not None:
            told[field] = number_in_words(count.value.low, count.value.best, count.value.high, words)
    return told
