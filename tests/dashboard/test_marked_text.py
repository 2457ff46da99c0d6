from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.marked_text import Mark, excerpt_html, marked_html
from dashboard.i18n import load_words

WORDS = load_words("en")
MARKS = st.lists(
    st.builds(Mark, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(["event_type", "place_name", "tags"]))
)


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<small>.*?</small>", "", html)))


@given(st.text(max_size=50), MARKS)
def test_marks_never_change_the_text(text: str, marks: list[Mark]) -> None:
    assert text_of(marked_html(text, marks, WORDS)) == text


@given(st.text(alphabet="<>&\"'/ script", max_size=50), MARKS)
def test_no_markup_of_the_text_survives(text: str, marks: list[Mark]) -> None:
    tags = set(re.findall(r"<(/?[a-z]+)", marked_html(text, marks, WORDS)))
    assert tags <= {"mark", "/mark", "small", "/small"}


def test_a_mark_holds_exactly_its_words_and_says_what_they_stand_for() -> None:
    html = marked_html("A hospital was bombed.", [Mark(15, 21, "event_type")], WORDS)
    assert html == 'A hospital was <mark class="field-event_type" title="event">bombed<small>event</small></mark>.'


def test_overlapping_marks_share_their_stretch() -> None:
    html = marked_html("eastern Aleppo", [Mark(0, 14, "place_name"), Mark(8, 14, "tags")], WORDS)
    assert 'title="place">eastern ' in html
    assert 'title="place, concerns">Aleppo' in html


def test_an_excerpt_is_cut_between_words() -> None:
    text = "word " * 200 + "bombed" + " word" * 200
    html = excerpt_html(text, [Mark(1000, 1006, "event_type")], WORDS)
    assert html.startswith("… word")
    assert html.endswith("word …")
    assert len(text_of(html)) < 600


def test_offsets_count_code_points() -> None:
    text = "🚑 مستشفى hit"
    start = text.index("hit")
    assert ">hit<" in marked_html(text, [Mark(start, start + 3, "event_type")], WORDS)


def test_what_no_event_quotes_is_underlined_with_its_reason_and_without_a_label() -> None:
    html = marked_html("jets could bomb it", [Mark(11, 15, "trigger", "event: no event: only feared")], WORDS)
    assert html == 'jets could <mark class="seen field-trigger" title="event: no event: only feared">bomb</mark> it'
