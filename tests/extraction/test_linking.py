"""Two readings of where an event happened, put together."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geo.errors import ConfigurationError
from geo.extraction.recognizers.decoding import Span
from geo.extraction.recognizers.linking import is_sure, together
from geo.extraction.recognizers.model import TaggerModel
from geo.settings import read_settings


def _place(start: int, end: int, score: float) -> Span:
    return Span(start, end, "place", score)


def test_what_one_reading_alone_finds_counts_half() -> None:
    both = together([_place(0, 5, 0.9), _place(30, 36, 0.8)], [_place(0, 5, 0.5), _place(10, 14, 0.6)])
    assert both == (_place(0, 5, 0.7), _place(10, 14, 0.3), _place(30, 36, 0.4))


def test_ends_are_told_by_the_first_reading_and_a_span_is_matched_once() -> None:
    both = together([_place(0, 5, 0.8), _place(6, 12, 0.8)], [_place(3, 12, 0.4)])
    assert both == (_place(0, 5, 0.6), _place(6, 12, 0.4))
    assert together([], []) == ()


def test_the_second_reading_is_asked_where_the_first_is_in_doubt() -> None:
    assert is_sure([])
    assert is_sure([_place(0, 5, 0.8)])
    assert not is_sure([_place(0, 5, 0.79)])
    assert not is_sure([_place(0, 5, 0.9), _place(10, 14, 0.9)])


def test_a_trigger_is_linked_alike_alone_and_beside_others() -> None:
    text = "Shells hit Zarqash on Monday, while a convoy left Upper Bellin and rebels seized Dravno."
    triggers = [(text.index(word), text.index(word) + len(word)) for word in ("hit", "left", "seized")]
    model = TaggerModel(read_settings().models / "tagger", threads=1)
    (together_asked,) = model.tag([text], triggers=[triggers])
    for number, trigger in enumerate(triggers):
        (alone,) = model.tag([text], triggers=[[trigger]])
        spans = [
            [(place.start, place.end) for place in each.places]
            for each in (alone.links[0], together_asked.links[number])
        ]
        assert spans[0] == spans[1]
    best = [max(linked.places, key=lambda place: place.score) for linked in together_asked.links]
    assert [text[place.start : place.end] for place in best] == ["Zarqash", "Upper Bellin", "Dravno"]


@pytest.mark.parametrize("graph", ["link_head.onnx.gz", "link_reader.onnx.gz"])
def test_a_reading_that_is_missing_is_named(graph: str, tmp_path: Path) -> None:
    shutil.copytree(read_settings().models / "tagger", tmp_path / "tagger")
    (tmp_path / "tagger" / graph).unlink()
    with pytest.raises(ConfigurationError, match=rf"no whole {graph} in .*geo train tagger"):
        TaggerModel(tmp_path / "tagger").tag(["Shells fell on Homs."])
