"""Whether a text can be read at all, and in which language; the reason where it cannot."""

from __future__ import annotations

import re
from collections import Counter

from geo.model import Document

SAMPLE = 4_000
"""Characters looked at: enough to know a language."""

_FUNCTION_WORDS = {
    "English": "the of and to in a is that for was on with by at from were said has have an it after as",
    "French": "le la les des et du une dans que pour est sur au qui par ont été aux avec ce",
    "Spanish": "el los las de y en un una que por con del se para su fue al como más han",
    "German": "der die das und den von zu mit ist im nicht ein eine auf dem sich des wurde bei nach",
    "Portuguese": "o os as de e em um uma que por com do da para não foi no na dos ao",
    "Italian": "il di e la che un una per in del della con sono gli nel è dei alla le dal",
    "Turkish": "ve bir bu da de için ile olarak olan çok daha sonra kadar ise gibi göre",
    "Dutch": "de het een en van in is dat op te met voor zijn niet aan door bij naar ook",
}
_WORDS = {name: frozenset(words.split()) for name, words in _FUNCTION_WORDS.items()}
_TOKEN = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"[^.!?…\n]+")
LONGEST_SENTENCE = 10_000
"""Characters: no writer's sentence is longer."""
_ODD = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff]")


def unreadable(document: Document) -> str:
    """Return why the English rules cannot read a document, as a sentence that names it; empty where they can."""
    text = document.text
    name = document.document_id
    if not text.strip():
        return f"{name}: the text is empty."
    sample = text[:SAMPLE]
    told = Counter(sample)
    letters = sum(count for character, count in told.items() if character.isalpha())
    if letters < 0.2 * (len(sample) - told[" "]):
        return f"{name}: hardly any letters in the text; it was not read."
    latin = sum(count for one, count in told.items() if one.isalpha() and "a" <= one.lower() <= "ɏ")
    if latin < 0.5 * letters:
        return f"{name}: not written in Latin letters; only English is read."
    language = _language(sample)
    if language not in ("", "English"):
        return f"{name}: written in {language}; only English is read."
    return ""


def control_characters(document: Document) -> str:
    """Return a warning where a text holds control characters or lone surrogates; empty where it does not."""
    odd = len(_ODD.findall(document.text[:SAMPLE]))
    return f"{document.document_id}: {odd} control characters or broken code points in the text." if odd else ""


def endless_sentence(document: Document) -> str:
    """Return a warning where the marks that end sentences seem to be lost; empty where they are not."""
    text = document.text
    longest = 0 if len(text) <= LONGEST_SENTENCE else max((len(run[0]) for run in _RUN.finditer(text)), default=0)
    if longest <= LONGEST_SENTENCE:
        return ""
    name = document.document_id
    return f"{name}: {longest:,} characters without the end of a sentence; what belongs together is guessed."


def _language(sample: str) -> str:
    words = _TOKEN.findall(sample.lower())
    if len(words) < 12:
        return ""
    told = Counter(words)
    counts = Counter({name: sum(told[word] for word in known & told.keys()) for name, known in _WORDS.items()})
    (best, most), *_ = counts.most_common(1)
    # A language is named only where it clearly beats English: names of people and places are no evidence.
    return best if most >= 0.12 * len(words) and most > 1.5 * counts["English"] else ""
