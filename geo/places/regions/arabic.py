"""Reading Arabic words around a toponym: `ريف حلب الشمالي`, `أحياء حلب الشرقية`, `20 كم شمال حماة`."""

from __future__ import annotations

import re

from geo.places.regions.relations import Relation, RelationKind
from geo.places.regions.words import TOPONYM as T

_STEMS = {"شمال": 0.0, "شرق": 90.0, "جنوب": 180.0, "غرب": 270.0}
_STEM = "|".join(_STEMS)
_ADJECTIVE = rf"ال(?:{_STEM})(?:ية|يه|ي)?(?: ال(?:{_STEM})(?:ية|يه|ي)?)?"
_SIDE = rf"(?:{_STEM})ي?(?: (?:{_STEM})ي?)?"
_ONE = re.compile(rf"(?:{_STEM})")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_KM = r"(?:كم|كلم|كيلومترا?|كيلو متر|كيلومترات)"
_PARTS = r"(?:ال)?(?:أحياء|احياء|مناطق|القسم|الجزء|الشطر|ضواحي|جهة|أجزاء)"

_PATTERNS = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rf"(?P<number>\d+(?:[.,]\d+)?) ?{_KM} (?:إلى |الى )?(?:ال)?(?P<side>{_SIDE}) (?:من |مدينة |بلدة )*{T}",
         RelationKind.OFFSET),
        (rf"(?:ال)?ريف {T} (?P<side>{_ADJECTIVE})", RelationKind.COUNTRYSIDE),
        (rf"ريف (?:محافظة |مدينة )?{T}", RelationKind.COUNTRYSIDE),
        (rf"{_PARTS} (?:مدينة )?{T} (?P<side>{_ADJECTIVE})", RelationKind.PART),
        (rf"{_PARTS} (?P<side>{_ADJECTIVE}) (?:من|في|ل) ?(?:مدينة )?{T}", RelationKind.PART),
        (rf"{T} (?P<side>{_ADJECTIVE})", RelationKind.PART),
        (rf"(?:وسط|مركز) (?:مدينة )?{T}", RelationKind.PART),
        (rf"(?:أطراف|اطراف|مشارف|تخوم) (?:مدينة |بلدة )?{T}", RelationKind.OUTSKIRTS),
        (rf"(?P<side>{_SIDE}) (?:محافظة |مدينة )?{T}", RelationKind.PART),
        (rf"(?:محافظة) {T}", RelationKind.PROVINCE),
        (rf"(?:قرب|بالقرب من|محيط|جوار) (?:مدينة |بلدة )?{T}", RelationKind.NEAR),
        (rf"بين (?:مدينة )?{T} و ?(?P<other>[\u0600-\u06ff]+(?: ال[\u0600-\u06ff]+)?)", RelationKind.BETWEEN),
        (rf"طريق {T} ?(?:-|–|ـ) ?(?P<other>[\u0600-\u06ff]+)", RelationKind.ROAD),
    )
)  # fmt: skip


def _bearings(side: str) -> tuple[float, ...]:
    stems = [_STEMS[stem] for stem in _ONE.findall(side)]
    if len(stems) < 2:
        return tuple(stems)
    north_or_south, east_or_west = sorted(stems[:2], key=lambda bearing: bearing % 180.0)
    if (north_or_south, east_or_west) == (0.0, 270.0):
        return (315.0,)
    return ((north_or_south + east_or_west) / 2,)


def parse_arabic(text: str) -> Relation | None:
    """Read the relation of Arabic words to the toponym, which `TOPONYM` stands for; None where they state none."""
    if not re.search(r"[\u0600-\u06ff]", text):
        return None
    text = text.translate(_DIGITS)
    for pattern, kind in _PATTERNS:
        match = pattern.search(text)
        if match is None:
            continue
        groups = match.groupdict()
        bearings = _bearings(groups.get("side") or "")
        distance = float(groups["number"].replace(",", ".")) if groups.get("number") else None
        return Relation(
            kind,
            bearings=bearings,
            central=kind is RelationKind.PART and not bearings,
            distance_km=distance,
            distance_doubt_km=round(max(0.05, 0.15 * distance), 3) if distance is not None else 0.0,
            others=(groups["other"],) if groups.get("other") else (),
            level="province" if kind is RelationKind.PROVINCE else "",
        )
    return None
