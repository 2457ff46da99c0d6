from __future__ import annotations

import json
import re
import string
from datetime import date

import pytest

from dashboard.i18n import load_words
from dashboard.state import LANGUAGES
from geo.tables import EVENT_COLUMNS
from geo.vocabulary import SUB_EVENT_TYPES, TAGS, EventType, Factuality, MentionKind, Review
from tests.dashboard.sample_store import ROOT

VOCABULARIES = {
    "type": list(EventType),
    "sub_type": list(SUB_EVENT_TYPES),
    "factuality": list(Factuality),
    "review_state": list(Review),
    "tag": list(TAGS),
    "mention": list(MentionKind),
}


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: str) -> None:
    english, words = load_words("en").sentences, load_words(language).sentences
    assert set(words) == set(english)
    assert {key: fields(text) for key, text in words.items()} == {key: fields(text) for key, text in english.items()}
    assert not [key for key, text in words.items() if not text.strip()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", VOCABULARIES)
def test_every_code_of_a_vocabulary_has_a_word(language: str, group: str) -> None:
    words = load_words(language).sentences
    assert not [code for code in VOCABULARIES[group] if f"{group}.{code}" not in words]


def test_every_quoted_field_has_a_word() -> None:
    quoted = {"event_type", "tags", "date_start", "place_name", "actor1", "actor2", "weapon", "attribution"}
    assert quoted <= {column.name for column in EVENT_COLUMNS}
    words = load_words("en").sentences
    assert not [name for name in quoted if f"field.{name}" not in words]


def test_every_key_in_the_code_exists_and_none_is_left_over() -> None:
    sources = "\n".join(path.read_text() for path in (ROOT / "dashboard").rglob("*.py"))
    known = set(load_words("en").sentences)
    used = set(re.findall(r'words\(\s*"([a-z_0-9.]+)"', sources)) | set(
        re.findall(r"words\(\s*'([a-z_0-9.]+)'", sources)
    )
    assert used <= known, f"keys without words: {sorted(used - known)}"
    # Keys of vocabularies and keys that are put together at run time are found by their group.
    groups = set(re.findall(r"""words\.name\(\s*["']([a-z_]+)["']""", sources))
    groups |= {key.split(".")[0] for key in re.findall(r'words\(f"([a-z_.]+)\{', sources)} | {"mention", "field"}
    groups |= {key.split(".")[0] for key in re.findall(r"words\(f'([a-z_.]+)\{", sources)} | {"months", "months_short"}
    left = {key for key in known - used if key.split(".")[0] not in groups}
    assert not left, f"words that nothing uses: {sorted(left)}"


def test_days_are_said_in_the_language() -> None:
    assert load_words("en").day(date(2016, 11, 20)) == "20 November 2016"
    assert load_words("ar").day(date(2016, 11, 20)) == "20 نوفمبر 2016"


def test_an_unknown_code_is_said_in_plain_letters() -> None:
    assert load_words("en").name("control", "some_new_side") == "some new side"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("group", "prefix"), [("type", "type"), ("sub_type", "sub"), ("tag", "tag")])
def test_the_pages_and_the_map_call_a_thing_by_one_name(language: str, group: str, prefix: str) -> None:
    path = ROOT / "geo" / "layers" / "assets" / "words" / f"{language}.json"
    of_the_map = json.loads(path.read_text(encoding="utf-8"))
    words = load_words(language)
    other = {code: words(f"{group}.{code}") for code in VOCABULARIES[group]}
    assert other == {code: of_the_map[f"{prefix}.{code}"] for code in VOCABULARIES[group]}
