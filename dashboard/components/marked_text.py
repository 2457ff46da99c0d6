"""A document's text with the quoted words marked, as HTML in which everything from outside is escaped."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from dashboard.i18n import Words
from geo.model import Account
from geo.vocabulary import MentionKind

if TYPE_CHECKING:
    from geo.pipeline import Explanation

_CONTEXT = 240
"""Characters shown before the first and after the last mark of an excerpt, at least."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch `[start, end)` of a text, in code points, and what it stands for."""

    start: int
    end: int
    field: str
    """A field of the event record, or a kind of mention."""
    note: str = ""
    """What is said of a stretch that no event quotes; such a one is underlined and carries no label."""


def marked_html(text: str, marks: Iterable[Mark], words: Words) -> str:
    """Return the text as HTML with its marks; stretches that several marks share carry all their names."""
    inside = sorted({mark for mark in marks if 0 <= mark.start < mark.end <= len(text)})
    return _marked(text, inside, 0, len(text), words)


def excerpt_html(text: str, marks: Iterable[Mark], words: Words) -> str:
    """Return the part of the text around its marks, cut between words, with an ellipsis where text is left out."""
    inside = sorted({mark for mark in marks if 0 <= mark.start < mark.end <= len(text)})
    if not inside:
        return _marked(text, inside, 0, min(len(text), 2 * _CONTEXT), words)
    start = _word_border(text, inside[0].start - _CONTEXT)
    end = _word_border(text, max(mark.end for mark in inside) + _CONTEXT)
    before, after = ("… " if start > 0 else ""), (" …" if end < len(text) else "")
    return before + _marked(text, inside, start, end, words).rstrip() + after


def marks_of(accounts: Sequence[Account], explanation: Explanation, words: Words) -> tuple[Mark, ...]:
    """Return the words of a document that its accounts quote, and everything else that was recognised in it."""
    quoted = [Mark(quote.start, quote.end, field) for account in accounts for field, quote in account.quotations()]
    refused = {
        (item.evidence.start, item.evidence.end): words.name("refused", item.reason) for item in explanation.refusals
    }
    seen = []
    for mention in explanation.mentions:
        if any(mark.start < mention.end and mention.start < mark.end for mark in quoted):
            continue
        reason = refused.get((mention.start, mention.end), "")
        said = words("documents.no_event", reason=reason) if reason else words("documents.only_seen")
        seen.append(Mark(mention.start, mention.end, mention.kind, f"{field_name(mention.kind, words)}: {said}"))
    return (*quoted, *seen)


def field_name(field: str, words: Words) -> str:
    """Return the short word for a field of the event record or a kind of mention."""
    group = "mention" if field in list(MentionKind) else "field"
    return words.name(group, field)


def _marked(text: str, marks: Sequence[Mark], start: int, end: int, words: Words) -> str:
    borders = {start, end} | {point for mark in marks for point in (mark.start, mark.end) if start < point < end}
    cuts = sorted(borders)
    parts: list[str] = []
    waiting, here = deque(marks), list[Mark]()
    for left, right in zip(cuts, cuts[1:], strict=False):
        while waiting and waiting[0].start <= left:
            here.append(waiting.popleft())
        here = [mark for mark in here if right <= mark.end]
        piece = escape(text[left:right])
        if not here:
            parts.append(piece)
            continue
        names = list(dict.fromkeys(mark.field for mark in here))
        notes = list(dict.fromkeys(mark.note for mark in here if mark.note))
        if notes:
            title = escape("; ".join(notes))
            parts.append(f'<mark class="seen field-{escape(names[0])}" title="{title}">{piece}</mark>')
            continue
        said = escape(", ".join(field_name(name, words) for name in names))
        # The name stands once, where the mark ends; a mark cut in two by another repeats no label.
        label = escape(", ".join(field_name(mark.field, words) for mark in here if mark.end == right))
        chip = f"<small>{label}</small>" if label else ""
        parts.append(f'<mark class="field-{escape(names[0])}" title="{said}">{piece}{chip}</mark>')
    return "".join(parts)


def _word_border(text: str, point: int) -> int:
    if point <= 0:
        return 0
    space = text.rfind(" ", 0, min(point, len(text)))
    return len(text) if point >= len(text) else max(space + 1, 0)
