"""Names of capitals and states that stand for a government: `Moscow said`, `talks with Damascus`."""

from __future__ import annotations

import re

from geo.model import Mention, Place
from geo.places.kinds import KINDS, Extent

_SPEECH = re.compile(
    r"(?:\s+(?:has|have|had|also|again|itself|immediately|reportedly|repeatedly|flatly|later))*\s+"
    r"(?:said|says|denied|denies|deny|accuse[sd]?|announce[sd]?|reject(?:s|ed)|insist(?:s|ed)|claim(?:s|ed)|vow(?:s|ed)"
    r"|warn(?:s|ed)|condemn(?:s|ed)|urge[sd]|demand(?:s|ed)|agree[sd]|respond(?:s|ed)|call(?:s|ed) (?:for|on)"
    r"|maintain(?:s|ed)|argue[sd]|express(?:es|ed)|blame[sd]|refuse[sd]|want(?:s|ed)|believe[sd]|hope[sd])\b"
)


def is_metonym(text: str, mention: Mention, place: Place) -> bool:
    """Whether a country or a city stands for a government: "Damascus said", not "Damascus airport said"."""
    if KINDS[place.kind].extent is not Extent.AREA or place.population < 50_000:
        return False
    before = text[max(0, mention.start - 12) : mention.start]
    return bool(_SPEECH.match(text, mention.end)) and not re.search(r"\b(?:in|at|near|of|from|outside)\s\Z", before)
