"""What the text says a name lies in, in so many words: `X (Y region)`, `X, in C's Y province`, `X in Y township`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo.model import Mention
from geo.places.names import fold
from geo.vocabulary import MentionKind

_PART = (
    r"(?:neighbou?rhood|district|quarter|suburb|area|village|town|city|township|commune|sector|camp|locality|hamlet"
    r"|settlement|municipality|county|island|valley|ward|base|airport|hotel|market|community)"
)
_DIVISION = r"(?:LGA|local\sgovernment(?:\sarea)?|upazila|tehsil|taluka?|block|sub-?division|sub-?county|constituency)"
"""What lies `of` its state or district: `Roe LGA of Doe State`."""
_REGION = (
    r"(?:region|province|state|governorate|county|oblast|department|district|township|prefecture|municipality|division"
    r"|republic|territory|sector|commune|area|valley)"
)
_WIND = r"(?:(?:north|south)?[\s-]?(?:east|west|north|south)(?:ern)?|central|upper|lower|rural)"
_INSIDE = (
    rf"(?i:(?:\s{_PART})?,?\sin\s(?:the\s)?(?:{_WIND}\s)?(?:{_PART}\sof\s)?|(?:\s{_PART})?,\s(?:the\s)?{_WIND}\s"
    rf"|(?:\s{_DIVISION}|(?<=lga))\sof\s)"
)
_IN = re.compile(_INSIDE)
"""Between a name and what holds it."""
_COMMA = re.compile(rf"(?:\s{_PART})?,\s(?:the\s)?")
_OWNS = re.compile(r"['’]s\s(?:[a-z-]+\s){0,2}")
_REGION_AFTER = re.compile(rf"\s(?i:{_REGION})\b")
_PLAIN = re.compile(r",\s")
_LED = re.compile(r"\b(?:in|at|near|outside|of|from)\s\Z")
_ENDS = re.compile(r"(?:,(?!\s(?:and|or|as)\b)|[.;)]|\s[-–—]|\s(?:on|late|early|overnight|this|last)\b)")
"""After `X, Y`: it is no list, and nobody of Y is about to act."""
_OPENS = re.compile(rf"(?:\s(?i:{_PART}|{_REGION}))?\s\(")
_BRACKET = re.compile(r"[^()]{1,120}\)")
_TELLS_PLACE = re.compile(rf"(?:[\s,;]|\b(?i:{_PART}|{_REGION}|{_WIND}|in|of|the|and)\b|[A-Z][\w'’.-]*)*\)")
"""What a bracket holds that only says where: names, and nouns for kinds of places."""
_UNMARKED = re.compile(
    rf"(?:{_INSIDE}|{_COMMA.pattern}|{_OPENS.pattern})"
    rf"(?P<name>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){{0,2}}?)(?={_REGION_AFTER.pattern})"
)


def with_unmarked(text: str, toponyms: Sequence[Mention]) -> list[Mention]:
    """Return the names of places, and those beside them that a recogniser missed but the text calls a region."""
    taken = {at for mention in toponyms for at in range(mention.start, mention.end)}
    found: dict[int, Mention] = {}
    for mention in toponyms:
        match = _UNMARKED.match(text, mention.end)
        if match is not None and taken.isdisjoint(range(*match.span("name"))):
            start, end = match.span("name")
            found[start] = Mention(start, end, match["name"], MentionKind.TOPONYM)
    return sorted([*toponyms, *found.values()], key=lambda mention: (mention.start, mention.end))


def stated_containers(text: str, toponyms: Sequence[Mention]) -> dict[str, list[str]]:
    """Return for folded names the folded names of what the text says they lie in, the innermost first.

    What holds a container holds what is in it: `X in Y township, Z region`.
    """
    links: dict[str, list[str]] = {}
    for inner, outer in (*_prepositional(text, toponyms), *_bracketed(text, toponyms)):
        name, holder = fold(toponyms[inner].text), fold(toponyms[outer].text)
        if name != holder and holder not in links.setdefault(name, []):
            links[name].append(holder)
    return {name: _chain(name, links) for name in links}


def _chain(name: str, links: dict[str, list[str]]) -> list[str]:
    found: list[str] = []
    asked = [name]
    while asked:
        for holder in links.get(asked.pop(0), ()):
            if holder != name and holder not in found:
                found.append(holder)
                asked.append(holder)
    return found


def _prepositional(text: str, toponyms: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    for at in range(len(toponyms) - 1):
        name, first = toponyms[at], toponyms[at + 1]
        owner = at + 2 < len(toponyms) and _OWNS.fullmatch(text, first.end, toponyms[at + 2].start)
        last = at + 2 if owner else at + 1
        named_region = _REGION_AFTER.match(text, toponyms[last].end)
        inside = _IN.fullmatch(text, name.end, first.start)
        inside = inside or (named_region and _COMMA.fullmatch(text, name.end, first.start))
        if not inside and not _is_plainly_in(text, name, first, toponyms):
            if _is_chained(text, toponyms[at : at + 4]):
                yield at, at + 1
                yield at + 1, at + 2
            continue
        yield at, last
        if owner:
            yield last, at + 1


def _is_plainly_in(text: str, name: Mention, holder: Mention, toponyms: Sequence[Mention]) -> bool:
    """Return whether two names stand side by side where no list is: `in X, Y, on Monday`."""
    if not _PLAIN.fullmatch(text, name.end, holder.start) or not _LED.search(text[max(0, name.start - 8) : name.start]):
        return False
    listed = any(_PLAIN.fullmatch(text, holder.end, other.start) for other in toponyms if other.start > holder.end)
    return not listed and _ENDS.match(text, holder.end) is not None


def _is_chained(text: str, names: Sequence[Mention]) -> bool:
    """Return whether three names stand one in the other, as addresses do: `in Roe village, Doe, Poe province on …`."""
    if len(names) < 3 or not _LED.search(text[max(0, names[0].start - 8) : names[0].start]):
        return False
    one, two, three = names[:3]
    if not (_COMMA.fullmatch(text, one.end, two.start) and _COMMA.fullmatch(text, two.end, three.start)):
        return False
    listed = len(names) > 3 and _PLAIN.fullmatch(text, three.end, names[3].start)
    return not listed and _ENDS.match(text, three.end) is not None


def _bracketed(text: str, toponyms: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    for at in range(len(toponyms) - 1):
        # Recognisers may take the bracket into the name.
        opened = _OPENS.match(text, toponyms[at].start + len(toponyms[at].text.rstrip(" (")))
        if opened is None or not _TELLS_PLACE.match(text, opened.end()):
            continue
        bracket = _BRACKET.match(text, opened.end())
        closes = bracket.end() if bracket else opened.end()
        for other in range(at + 1, len(toponyms)):
            if toponyms[other].end > closes:
                break
            yield at, other
