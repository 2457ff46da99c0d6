"""Which older encoding a text of another alphabet is written in: the one by which its letters are the likeliest.

A byte says nothing of its alphabet, and nearly every encoding makes letters of nearly all bytes. What tells is which
letters: a text read by a wrong encoding has rare letters often, capitals amid words, and signs of other alphabets.
How often a letter comes is taken from its rank in a language, as charset-normalizer lists them; of the thousands of
signs of East Asia, the first level of each standard holds the common ones. Unlike that library's own choice, which
wants a paragraph, this holds for a headline.
"""

from __future__ import annotations

import codecs
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

_SAMPLE: Final = 8192
"""Bytes that are weighed."""
_NEVER: Final = 1e-6
"""Share of a sign that has no place in a language."""
_ASCII: Final = 0.03
_POINT: Final = 5e-3
"""Shares of a letter of ASCII, and of a sign that more than one language has."""
_RARE: Final = 2e-3
"""Share of a letter of the language's alphabet that is not among its common ones."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_TURN: Final = 0.003
"""How likely a word turns from small letters to capitals, or from one alphabet to another."""
_LOUD: Final = 0.5
"""How likely a capital follows on another one, beside a small letter."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A language in an encoding."""

    encoding: str
    name: str
    """As people call it."""
    alphabet: str
    """First word of its letters' names in Unicode."""
    languages: tuple[str, ...]
    """As charset-normalizer calls its lists of common letters."""
    weight: float = 1.0
    """How much more often it is met than Windows' encodings of other alphabets."""


@dataclass(frozen=True, slots=True)
class SignWriting:
    """A language of thousands of signs in an encoding."""

    encoding: str
    name: str
    languages: tuple[str, ...]
    """As charset-normalizer calls its lists of common signs."""
    standard: str
    """Encoding in which the first byte of a sign tells its level."""
    first_level: tuple[int, int]
    """First bytes of the common signs there, both included."""
    share: float
    """Of a sign of the first level that is not listed."""


_CYRILLIC: Final = ("Russian", "Ukrainian", "Bulgarian", "Serbian")
WRITINGS: Final = (
    Writing("cp1256", "Windows-1256 (Arabic)", "ARABIC", ("Arabic", "Farsi")),
    Writing("iso8859_6", "ISO 8859-6 (Arabic)", "ARABIC", ("Arabic",), 0.1),
    Writing("cp1251", "Windows-1251 (Cyrillic)", "CYRILLIC", _CYRILLIC),
    Writing("koi8_r", "KOI8-R (Cyrillic)", "CYRILLIC", ("Russian",), 0.1),
    Writing("koi8_u", "KOI8-U (Cyrillic)", "CYRILLIC", ("Ukrainian",), 0.1),
    Writing("iso8859_5", "ISO 8859-5 (Cyrillic)", "CYRILLIC", _CYRILLIC, 0.1),
    Writing("cp866", "CP 866 (Cyrillic)", "CYRILLIC", ("Russian",), 0.1),
    Writing("cp1253", "Windows-1253 (Greek)", "GREEK", ("Greek",)),
    Writing("cp1255", "Windows-1255 (Hebrew)", "HEBREW", ("Hebrew",)),
    Writing("cp874", "Windows-874 (Thai)", "THAI", ("Thai",)),
    Writing("cp1252", "Windows-1252", "LATIN", ("French", "German", "Spanish", "Portuguese", "Swedish"), 100.0),
)
SIGN_WRITINGS: Final = (
    SignWriting("gb18030", "GB 18030 (Chinese)", ("Chinese",), "gb2312", (0xB0, 0xD7), 1 / 3000),
    SignWriting("big5", "Big5 (Chinese)", ("Chinese",), "big5", (0xA4, 0xC6), 1 / 4000),
    SignWriting("cp932", "Shift JIS (Japanese)", ("Japanese——", "Japanese—", "Japanese"), "euc_jp", (0xB0, 0xCF), 2e-4),
    SignWriting("euc_jp", "EUC-JP (Japanese)", ("Japanese——", "Japanese—", "Japanese"), "euc_jp", (0xB0, 0xCF), 2e-4),
    SignWriting("cp949", "EUC-KR (Korean)", ("Korean",), "euc_kr", (0xB0, 0xC8), 1 / 1500),
)
_PUNCTUATION: Final = frozenset("\xa0،؛؟«»“”‘’„–—…·、。，：「」『』（）！？；《》№")


def likeliest_writing(content: bytes) -> Writing | SignWriting | None:
    """Return how a text was written whose bytes are no UTF-8; None where no writing makes likely letters of them."""
    sample = content[:_SAMPLE]
    weighed: dict[Writing | SignWriting, float] = {
        **{writing: _weight_of_letters(_read(sample, writing.encoding), writing) for writing in WRITINGS},
        **{writing: _weight_of_signs(_read(sample, writing.encoding), writing) for writing in SIGN_WRITINGS},
    }
    best = max(weighed, key=lambda writing: weighed[writing])
    return best if weighed[best] > len(sample) * math.log(_RARE) else None


def _read(sample: bytes, encoding: str) -> str:
    # Half a sign at the end of the sample is no fault.
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample, final=len(sample) < _SAMPLE)


def _weight_of_signs(text: str, writing: SignWriting) -> float:
    """Return the logarithm of how likely the signs of a text are."""
    return sum(count * math.log(_share_of_sign(char, writing)) for char, count in Counter(text).items())


def _weight_of_letters(text: str, writing: Writing) -> float:
    """Return the logarithm of how likely the letters of a text are; the best of the languages counts."""
    counts = Counter(text.lower())
    weights = (
        sum(count * math.log(_share(char, writing, language)) for char, count in counts.items())
        for language in writing.languages
    )
    return max(weights) + math.log(writing.weight) + sum(map(_word_weight, _WORD.findall(text)))


def _word_weight(word: str) -> float:
    """Return the logarithm of how likely a word turns to capitals, or between Latin and other letters, as it does."""
    if word.isascii():
        return 0.0
    capitals = sum(first.islower() and second.isupper() for first, second in pairwise(word))
    loud = sum(first.isupper() and second.isupper() for first, second in pairwise(word))
    latin = [unicodedata.name(letter, "").startswith("LATIN") for letter in word]
    mixed = sum(first != second for first, second in pairwise(latin))
    return (capitals + mixed) * math.log(_TURN) + loud * math.log(_LOUD)


def _share(char: str, writing: Writing, language: str) -> float:
    if ord(char) < 128:
        return _ASCII
    if char in _PUNCTUATION:
        return _POINT
    if (rank := _ranks(language).get(char)) is not None:
        return 0.11 * 0.9**rank
    return _RARE if unicodedata.name(char, "").startswith(writing.alphabet) else _NEVER


@cache
def _share_of_sign(char: str, writing: SignWriting) -> float:
    if ord(char) < 128:
        return _ASCII
    if char in _PUNCTUATION:
        return _POINT
    for language in writing.languages:
        if (rank := _ranks(language).get(char)) is not None:
            return 0.04 / (1 + rank / 4)
    try:
        first = char.encode(writing.standard)[0]
    except UnicodeEncodeError:
        return _NEVER / 10
    low, high = writing.first_level
    return writing.share if low <= first <= high else 10 * _NEVER


@cache
def _ranks(language: str) -> Mapping[str, int]:
    # Loads tables that only such texts should wait for.
    from charset_normalizer.constant import FREQUENCIES

    return {letter: rank for rank, letter in reversed(list(enumerate(FREQUENCIES[language])))}
