"""A light guess at a text's language: enough to leave out what the readers of text here cannot read.

By script first, then by the commonest function words. Only a clear answer counts: short texts, headlines and lists of
names come out as unknown, and are read as English.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

READ_LANGUAGES = ("en", "ar")
"""ISO 639-1 codes of the languages that events are extracted from."""

_FUNCTION_WORDS = {
    "en": "the of and to in was were that said by for with on from have has been are is it at as his their who",
    "fr": "le la les des du et une dans est pour que qui sur au aux par avec ont été sont ce cette selon mais",
    "es": "el los las del una que por con para se su fue han está como más pero sus según entre desde y",
    "de": "der die das und den dem ein eine ist nicht mit von auf für im sich des wurde wurden nach bei als",
    "it": "il gli della dei delle che di una per con sono nel nella dal è stato anche più secondo ha hanno",
    "pt": "os das dos uma que em para com não por foi são mais segundo pelo pela ao também seu sua",
    "nl": "het een van en dat niet op zijn voor met zij werd door werden bij aan ook maar naar uit",
    "tr": "ve bir bu için ile da de olarak olan daha sonra göre kadar çok ise gibi olduğu ancak",
}
_WORDS = {code: frozenset(words.split()) for code, words in _FUNCTION_WORDS.items()}
_TELLING = {
    "ARABIC": (("ur", "ٹڈڑںے"), ("ps", "ټډړښځڅ"), ("ku", "ڕڵۆێڤ"), ("fa", "پچژگ")),
    "CYRILLIC": (("uk", "іїєґ"), ("be", "ў"), ("sr", "ђћџљњ")),
    "CJK": (("ja", "のにはをがでとしたいるアイスントル"),),
}
"""Letters that one language of a script has and its commonest one lacks; the first that has enough of them counts."""
_SCRIPTS = {
    "ARABIC": "ar",
    "CYRILLIC": "ru",
    "HEBREW": "he",
    "GREEK": "el",
    "CJK": "zh",
    "THAI": "th",
    "HANGUL": "ko",
}
_SAMPLE = 4000
_CLEAR_LETTERS = 0.01
_FEWEST_WORDS = 30
_CLEAR_SHARE = 0.12
"""Share of a text's words that must be function words of a language before it is named."""


def guess_language(text: str) -> str:
    """Return an ISO 639-1 code, or empty where the text does not show it clearly."""
    sample = text[:_SAMPLE]
    scripts = Counter(_script(char) for char in sample if char.isalpha())
    total = sum(scripts.values())
    if not total:
        return ""
    # A Japanese text is written in three scripts at once.
    scripts["CJK"] += sum(scripts.pop(name, 0) for name in ("HIRAGANA", "KATAKANA"))
    script, count = scripts.most_common(1)[0]
    if script != "LATIN":
        return _by_letters(script, sample) if count > 0.6 * total else ""
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < _FEWEST_WORDS:
        return ""
    shares = {code: sum(word in known for word in words) / len(words) for code, known in _WORDS.items()}
    best = max(shares, key=lambda code: shares[code])
    clear = shares[best] >= _CLEAR_SHARE and (best == "en" or shares[best] > 2 * shares["en"])
    return best if clear else ""


def _script(char: str) -> str:
    return unicodedata.name(char, "UNKNOWN").split(" ", 1)[0]


def _by_letters(script: str, sample: str) -> str:
    letters = Counter(char for char in sample.lower() if char.isalpha())
    for language, telling in _TELLING.get(script, ()):
        if sum(letters[char] for char in telling) > _CLEAR_LETTERS * letters.total():
            return language
    return _SCRIPTS.get(script, "und")
