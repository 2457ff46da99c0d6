from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.extraction.language.sentences import LONGEST, split_sentences
from geo.extraction.language.words import PhraseTable, words_of


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Assad spoke. Rebels left.", ["Mr. Assad spoke.", "Rebels left."]),
        ("The U.S. struck. It said so.", ["The U.S. struck.", "It said so."]),
        ("the W. H. O. said so . Ten died .", ["the W. H. O. said so .", "Ten died ."]),
        ("it happened.  the army left.", ["it happened.", "the army left."]),
        ("A title\n\nA first sentence here.", ["A title", "A first sentence here."]),
        ("He paid 3.5 million. Then he left.", ["He paid 3.5 million.", "Then he left."]),
        ('"Stop the carnage now." He left.', ['"Stop the carnage now."', "He left."]),
        (
            "This line was wrapped by a wire service in the middle of a\nsentence. And on.",
            ["This line was wrapped by a wire service in the middle of a\nsentence.", "And on."],
        ),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_text_without_any_end_is_cut_at_spaces() -> None:
    text = "word and " * 20_000
    spans = split_sentences(text)
    assert all(0 < end - start <= LONGEST for start, end in spans)
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")


@given(st.text(max_size=400))
def test_spans_are_ordered_and_lose_only_space(text: str) -> None:
    spans = split_sentences(text)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in zip(spans, spans[1:], strict=False))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


def test_hyphens_and_lost_hyphens_read_alike() -> None:
    table = PhraseTable([("air strike", 1), ("WHO", 2)])
    for text in ("an air strike", "an air-strike", "an Air   strike"):
        assert [found.value for found in table.find(text, words_of(text))] == [1]
    assert not list(table.find("who said", words_of("who said")))
    assert not list(table.find("air, strike", words_of("air, strike")))
