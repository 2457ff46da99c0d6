"""Text on its way into the page."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.layers.escaping import html_text, safe_colour, safe_url, script_json, valid_text
from tests.layers.hostile import CORPUS


@pytest.mark.parametrize("name", CORPUS)
def test_json_of_a_hostile_text_spells_no_markup_and_is_still_the_text(name: str) -> None:
    written = script_json({CORPUS[name]: [CORPUS[name]]})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {CORPUS[name]: [CORPUS[name]]}


@given(st.text(alphabet=st.characters(codec=None)))
def test_json_of_any_text_can_be_written_as_utf_8(text: str) -> None:
    assert json.loads(script_json(text).encode("utf-8")) == valid_text(text)


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert valid_text("a\ud83db") == "a\ufffdb"
    assert html_text('<a title="x">\ud800') == "&lt;a title=&quot;x&quot;&gt;\ufffd"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)//http://x", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/x", False),
        ("/etc/passwd", False),
        ("https:///nohost", False),
        ("https://[broken", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, kept: bool) -> None:
    assert safe_url(url) == (url if kept else "")


def test_only_six_digits_are_a_colour() -> None:
    assert safe_colour("#A0b1C2", otherwise="#000000") == "#A0b1C2"
    for bad in ("red", "#fff", "#12345g", "#123456;background:url(x)", "url(#123456)"):
        assert safe_colour(bad, otherwise="#000000") == "#000000"
