"""Place names made comparable: over scripts, diacritics, articles, abbreviations and ways of transliterating.

`fold` is exact matching's key: two spellings with the same fold are the same name. `skeleton` is the key of fuzzy
matching: it keeps the consonants that survive transliteration, and proposes names whose likeness `similarity` then
measures. Nothing here ever matches a part of a name: `Assad` is not in `ambassador`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "ng",
    "ə": "a", "ğ": "g", "ґ": "г", "ё": "е", "ї": "і", "ў": "у",
    "آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ؤ": "و", "ئ": "ي",
    "ـ": "", "ء": "",
    "&": " and ", ".": "", ",": " ", "/": " ", "_": " ", "(": " ", ")": " ", '"': " ",
    "'": "", "’": "", "‘": "", "`": "", "´": "", "ʿ": "", "ʾ": "", "ʼ": "", "ʻ": "", "ʹ": "", "ʺ": "", "′": "",
    "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "",
}  # fmt: skip
_TABLE = str.maketrans(_LETTERS)
_MARKED_SCRIPTS = re.compile(r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")
"""Marks that may be dropped without changing the word: Latin, Cyrillic, Hebrew and Arabic; Indic vowels are letters."""
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_POSSESSIVE_ENDS = frozenset(("s", "S", "'", "’"))
_SUN_ARTICLE = re.compile(r"\b(a|e)(dh|th|sh|[dnrstz])[- ](?=\2)")
"""`ash-Shaar`, `Ar Raqqah`: the article's l takes the sound of the letter that follows."""
_ARTICLE = re.compile(r"\b(?:[aeu]l-|el )(?=\w)")
_MAY_HAVE_ARTICLE = re.compile(r"\b[aeu](?:[ldnrstz]|dh|th|sh)[- ]")
_ARABIC_ARTICLE = re.compile(r"(?:(?<=\s)|^)ال(?=\w{2})")
_NUMBERED = re.compile(r"\b([a-z])[- ](?=\d)")
"""`T-4`, `T 4`, `M-5`: stations and roads that a letter and a number name."""
_ABBREVIATED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point", "twp": "township"}


def _words(text: str) -> list[str]:
    words = text.replace("-", " ").split()
    if len(words) > 1:
        words = [_ABBREVIATED.get(word, word) for word in words[:-1]] + words[-1:]
        if words[-1] in ("co", "cty"):
            words[-1] = "county"
    return words


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return the key under which a name is found; empty for a name without a letter or digit.

    Case, diacritics, apostrophes, dots and hyphens do not count, nor does a leading "the" or a possessive ending; an
    Arabic article is written `al` in Latin and left out in Arabic script.
    """
    name = name.strip()
    return folded(_POSSESSIVE.sub("", name) if name[-1:] in _POSSESSIVE_ENDS else name)


def folded(name: str) -> str:
    """`fold` without the possessive and without its cache, for compiling millions of names."""
    text = name.casefold()
    if text.isascii() and text.isalpha():
        return text
    if text.isascii():
        text = text.translate(_TABLE)
    else:
        text = unicodedata.normalize("NFKC", text).translate(_TABLE)
        text = _MARKED_SCRIPTS.sub("", unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", text).translate(_TABLE)
        if "ال" in text:
            text = _ARABIC_ARTICLE.sub("", text)
    if text.startswith("the ") and len(text) > 6:
        text = text[4:]
    if not text.isalpha():
        text = _NUMBERED.sub(r"\1", text)
    if _MAY_HAVE_ARTICLE.search(text):
        text = _SUN_ARTICLE.sub("al ", text)
        text = _ARTICLE.sub("al ", text)
    return " ".join(_words(text))


_GLUED_ARTICLE = re.compile(r"(?:^|(?<= ))al(?=[b-df-hj-np-tv-z][a-z]{3,})")


def parted_article(key: str) -> str:
    """Return a folded name with Arabic articles written apart (`khan alshih` → `khan al shih`), or empty."""
    parted = _GLUED_ARTICLE.sub("al ", key)
    return parted if parted != key else ""


def without_article(key: str) -> str:
    """Return a folded name without its Arabic articles (`al bab` → `bab`), or empty where nothing would change."""
    words = key.split()
    kept = [word for word in words if word != "al"]
    return " ".join(kept) if kept and len(kept) < len(words) else ""


_SOUNDS = {
    "tsch": "s", "tch": "s", "sch": "s", "sh": "s", "ch": "s", "kh": "", "gh": "k", "dh": "d", "th": "t", "ph": "f",
    "zh": "k", "dj": "k", "ck": "k", "q": "k", "c": "k", "g": "k", "x": "ks", "v": "", "w": "", "z": "s", "j": "k",
    "h": "", "a": "", "e": "", "i": "", "o": "", "u": "", "y": "", " ": "",
}  # fmt: skip
_DIGRAPH = re.compile("|".join(sound for sound in _SOUNDS if len(sound) > 1))
_LETTER_SOUNDS = str.maketrans({sound: letter for sound, letter in _SOUNDS.items() if len(sound) == 1})
_DOUBLE = re.compile(r"(.)\1+")


def skeleton(key: str) -> str:
    """Return what survives transliteration of a folded name: its consonants by class, vowels and doubling left out.

    Empty where fewer than two consonants are left, which would propose anything.
    """
    if not key.isascii():
        return ""
    text = key
    if "al " in key:
        text = without_article(key) or key
    head = "a" if text[:1] in "aeiouyh" else ""
    text = _DIGRAPH.sub(lambda match: _SOUNDS[match.group()], text).translate(_LETTER_SOUNDS)
    text = head + _DOUBLE.sub(r"\1", text)
    return text if len(text) >= 2 else ""


_VOWEL_CLASSES = str.maketrans({"e": "a", "o": "u", "y": "i", "q": "k", "w": "u", "c": "k"})
_ENDING = re.compile(r"(?:ah|eh|at|et)\b")


@lru_cache(maxsize=4096)
def _loose(key: str) -> str:
    text = (without_article(key) or key).replace("ou", "u").replace("oo", "u").replace("ee", "i").replace("ch", "sh")
    text = _ENDING.sub("a", text).translate(_VOWEL_CLASSES)
    return _DOUBLE.sub(r"\1", text).replace(" ", "")


def similarity(first: str, second: str) -> float:
    """Return the likeness of two folded names in [0, 1], spellings of one sound counted as the same."""
    return float(OSA.normalized_similarity(_loose(first), _loose(second)))
