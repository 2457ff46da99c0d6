"""One event: what is known of it, how well, why, and the words of every source."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import pandas as pd

from dashboard.components.event_words import count_in_words, days_in_words, is_stored_language, sentence
from dashboard.components.marked_text import Mark, excerpt_html, marked_html
from dashboard.i18n import Words
from geo.exports import COARSENED
from geo.layers.escaping import safe_url
from geo.model import Account, Candidate, Document
from geo.tables import JOIN
from geo.vocabulary import CONTESTED, UNCERTAIN, UNKNOWN

_UNSURE = frozenset({CONTESTED, UNCERTAIN, UNKNOWN})


@dataclass(frozen=True, slots=True)
class Telling:
    """One account of an event, as it stands in the event record."""

    document_id: str
    source: str
    url: str
    published: date | None
    attribution: str
    marks: tuple[Mark, ...]
    quotes: Mapping[str, tuple[str, ...]]
    """Field of the event record to the words that it was read from."""
    key: str = ""
    """The whole account as the record has it, to tell it from others."""


def read_tellings(accounts: str) -> tuple[Telling, ...]:
    """Read the `accounts` column of one event."""
    return tuple(_telling(item) for item in json.loads(accounts or "[]"))


def _telling(item: Mapping[str, Any]) -> Telling:
    quotes: dict[str, tuple[str, ...]] = {}
    for words in item["evidence"]:
        quotes[words["field"]] = (*quotes.get(words["field"], ()), words["text"])
    return Telling(
        document_id=item["document_id"],
        source=item["source"],
        url=item["url"],
        published=date.fromisoformat(item["published"]) if item["published"] else None,
        attribution=item["attribution"],
        marks=tuple(Mark(words["start"], words["end"], words["field"]) for words in item["evidence"]),
        quotes=quotes,
        key=json.dumps(item, sort_keys=True),
    )


def card_html(
    row: Mapping[str, Any],
    words: Words,
    *,
    controllers: Mapping[str, str],
    considered: Sequence[Candidate] = (),
    decided: str = "",
) -> str:
    """Return the card of an event: its facts, how well they are known, and why.

    `controllers` gives the name of each controller in words; `considered` are the other places that it could have been;
    `decided` is what a person decided about it, in a line.
    """
    facts = "".join(
        f'<div class="fact"><dt>{escape(term)}</dt><dd dir="auto">{value}</dd></div>'
        for term, value in _facts(row, words, controllers, considered)
    )
    badges = [words.name("factuality", row["factuality"]), words.name("review_state", row["review"])]
    if row["gazetteer"] == COARSENED:
        badges.append(words("card.coarsened"))
    if row["civilian_targeting"]:
        badges.append(words("card.civilians"))
    badges += [words.name("tag", tag) for tag in str(row["tags"]).split(JOIN) if tag]
    review = f'<p class="ca-decided" dir="auto">{escape(decided)}</p>' if decided else ""
    chips = "".join(f'<span class="chip">{escape(badge)}</span>' for badge in badges)
    return (
        f'<article class="ca-card" data-event="{escape(row["event_id"])}" aria-label="{escape(words("card.label"))}">'
        f'<header><span class="ca-mark {escape(row["event_type"])}"></span>'
        f"<h2>{escape(words.name('sub_type', row['sub_event_type']))}</h2></header>"
        f'<p class="ca-note" dir="auto">{escape(sentence(row, words))}</p><p class="ca-chips">{chips}</p>{review}'
        f"<dl>{facts}</dl></article>"
    )


def considered_places(accounts: Sequence[Account]) -> tuple[Candidate, ...]:
    """Return the places that the accounts' words could have meant too, each once, the likeliest first."""
    found: dict[tuple[str, str], Candidate] = {}
    for account in accounts:
        for candidate in account.resolution.runners_up:
            key = (candidate.place.gazetteer, candidate.place.gazetteer_id)
            if key not in found or candidate.score > found[key].score:
                found[key] = candidate
    return tuple(sorted(found.values(), key=lambda candidate: -candidate.score))


def _facts(
    row: Mapping[str, Any], words: Words, controllers: Mapping[str, str], considered: Sequence[Candidate]
) -> list[tuple[str, str]]:
    actors = [escape(row["actor1"] or words("card.actor_not_said"))]
    if row["actor2"]:
        actors.append(escape(row["actor2"]))
    facts = [
        (words("card.when"), escape(days_in_words(row, words))),
        (words("card.where"), _place(row, words) + _considered(considered, words)),
        (words("card.control"), _control(row, words, controllers)),
        (words("card.who"), " → ".join(actors)),
        (words("card.killed"), escape(count_in_words(row, "fatalities", words))),
        (words("card.injured"), escape(count_in_words(row, "injured", words))),
    ]
    if row["weapon"]:
        facts.append((words("card.weapon"), escape(row["weapon"])))
    if row["attribution"]:
        facts.append((words("card.said_by"), escape(row["attribution"])))
    facts.append((words("card.confidence"), _confidence(row["confidence"], words)))
    return facts


def _place(row: Mapping[str, Any], words: Words) -> str:
    reason = _reason(row["place_reason"], words)
    if pd.isna(row["lon"]):
        return f"{escape(words('card.not_placed'))}{reason}"
    known = dict.fromkeys(name for name in (row["place_name"], row["place_name_local"]) if name)
    names = " ".join(f"<bdi>{escape(name)}</bdi>" for name in (reversed(known) if words.right_to_left else known))
    precision = words(f"geo_precision.p{int(row['geo_precision'])}")
    how_well = words("card.precision", precision=precision, km=f"{row['uncertainty_km']:.1f}")
    return f"{names}{_small(how_well)}{reason}"


def _considered(candidates: Sequence[Candidate], words: Words) -> str:
    if not candidates:
        return ""
    items = "".join(f'<li dir="auto">{escape(candidate.reason)}</li>' for candidate in candidates)
    said = f"{escape(words('card.also_considered'))} ({len(candidates)})"
    return f'<details class="ca-considered"><summary>{said}</summary><ul>{items}</ul></details>'


def _control(row: Mapping[str, Any], words: Words, controllers: Mapping[str, str]) -> str:
    name = row["control"]
    said = words.name("control", name) if name in _UNSURE else controllers.get(name) or words.name("control", name)
    front = "" if pd.isna(row["frontline_km"]) else words("card.front", km=f"{row['frontline_km']:.1f}")
    return f"{escape(said)}{_small(front)}{_reason(row['control_reason'], words)}"


def _confidence(value: float, words: Words) -> str:
    if pd.isna(value):
        return escape(words("card.not_said"))
    return f'<meter min="0" max="1" value="{value:.2f}"></meter> {value:.0%}{_small(words("card.confidence_help"))}'


def _reason(stored: str, words: Words) -> str:
    """Return why a value is what it is; reasons are kept in English, and folded for who reads another language."""
    if not stored or is_stored_language(words):
        return _small(stored)
    said = f'<span dir="auto" lang="en">{escape(stored)}</span>'
    return f'<details class="ca-considered"><summary>{escape(words("card.reason"))}</summary>{said}</details>'


def _small(text: str) -> str:
    return f'<small dir="auto">{escape(text)}</small>' if text else ""


def source_head(telling: Telling, words: Words) -> str:
    """Return the head of a source's column: its name and day."""
    return f'<th scope="col" dir="auto">{escape(_source(telling, words))}{_small(_day(telling, words))}</th>'


def telling_html(telling: Telling, find: Callable[[str], Document | None], words: Words) -> str:
    """Return one source's telling: who published it and when, and its text with the quoted words marked.

    `find` gives a document by its identifier.
    """
    document = find(telling.document_id)
    head = _telling_head(telling, document, words)
    if document is None:
        quotes = "".join(f"<li>“{escape(text)}”</li>" for texts in telling.quotes.values() for text in texts)
        return (
            f'<section class="ca-telling">{head}<p>{escape(words("card.no_document"))}</p><ul>{quotes}</ul></section>'
        )
    excerpt = excerpt_html(document.text, telling.marks, words)
    whole = marked_html(document.text, telling.marks, words)
    written = f'dir="auto" lang="{escape(document.language)}"'
    return (
        f'<section class="ca-telling">{head}<blockquote {written}>{excerpt}</blockquote>'
        f"<details><summary>{escape(words('card.whole_text'))}</summary>"
        f'<div class="ca-text" {written}>{whole}</div></details></section>'
    )


def _telling_head(telling: Telling, document: Document | None, words: Words) -> str:
    published = _day(telling, words)
    said = f" · {escape(words('card.according_to', who=telling.attribution))}" if telling.attribution else ""
    name = escape(_source(telling, words))
    # Only the web's own schemes become links: a report's `javascript:` address stays text.
    address = safe_url(telling.url)
    if address:
        name = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{name}</a>'
    title = (
        f'<div class="ca-doc-title" dir="auto">{escape(document.title)}</div>' if document and document.title else ""
    )
    return f'<header><strong dir="auto">{name}</strong> <small>{escape(published)}{said}</small>{title}</header>'


def _day(telling: Telling, words: Words) -> str:
    return words.day(telling.published) if telling.published else words("card.no_publication")


def _source(telling: Telling, words: Words) -> str:
    return telling.source or telling.document_id or words("card.no_source")
