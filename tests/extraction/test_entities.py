"""Locations and organisations wider than names: both readings together, and what of them stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geo.errors import ConfigurationError
from geo.extraction import EntityFinder
from geo.extraction.lexicon.lexicon import load_lexicon
from geo.extraction.recognizers import load_recognizer
from geo.extraction.recognizers.decoding import Span
from geo.extraction.recognizers.entities import EntityReader, standing
from geo.extraction.recognizers.model import TaggerModel
from geo.model import Document
from geo.settings import read_settings
from geo.vocabulary import MentionKind

REPORT = (
    "The Red Crescent left the village of Azaz on Sunday, the ministry said. "
    "Islamic State fighters pulled out of the town of Tabqa and into the mountains."
)


@pytest.fixture(scope="module")
def finder() -> EntityFinder:
    settings = read_settings()
    recognizer = load_recognizer(
        "tagger", lexicon=load_lexicon(settings.lexicon), find_toponyms=lambda text: (), models=settings.models
    )
    assert isinstance(recognizer, EntityFinder)
    return recognizer


def _spans(text: str, words: str, score: float, *, label: str = "location") -> list[Span]:
    starts = [at for at in range(len(text)) if text.startswith(words, at)]
    return [Span(start, start + len(words), label, score) for start in starts]


def _words(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_places_and_organisations_are_marked_nested_ones_too(finder: EntityFinder) -> None:
    ((*mentions,),) = finder.recognize_entities([Document("r", REPORT)])
    found = {(mention.label, mention.text) for mention in mentions}
    assert {("location", "Azaz"), ("location", "the village of Azaz")} <= found
    assert {("location", "Tabqa"), ("location", "the town of Tabqa"), ("location", "the mountains")} <= found
    assert {("organisation", "The Red Crescent"), ("organisation", "Islamic State fighters")} <= found
    assert all(REPORT[one.start : one.end] == one.text and one.kind is MentionKind.ENTITY for one in mentions)
    assert mentions == sorted(mentions, key=lambda one: (one.start, one.end))


def test_a_text_is_marked_alike_alone_and_in_company_and_far_into_a_long_one(finder: EntityFinder) -> None:
    long = "The council met again in the evening and nothing was decided. " * 60 + REPORT
    alone, beside, far = (
        finder.recognize_entities([Document("r", REPORT)])[0],
        finder.recognize_entities([Document("l", long), Document("r", REPORT)])[1],
        finder.recognize_entities([Document("l", long)])[0],
    )
    assert beside == alone
    shift = len(long) - len(REPORT)
    late = {(one.start - shift, one.end - shift) for one in far if one.start >= shift}
    assert len(late & {(one.start, one.end) for one in alone}) >= 0.7 * len(alone)


def test_another_language_and_no_words_have_no_entities(finder: EntityFinder) -> None:
    arabic = "قصفت قوات النظام حي الشعار شرق مدينة حلب يوم الأحد وقتل سبعة مدنيين بينهم طفلان"
    assert finder.recognize_entities([Document("a", arabic), Document("e", " \n")]) == [[], []]


def test_words_that_are_sure_elsewhere_stand_where_they_are_doubted() -> None:
    text = "The camp was hit. Nobody knew who had held the camp, or why the camp was left."
    sure, *doubted = _spans(text, "he camp", 0.4)
    candidates = [Span(sure.start, sure.end, "location", 0.9), *doubted]
    assert len(standing(text, candidates, label="location", least=0.6)) == 3
    assert standing(text, doubted, label="location", least=0.6) == []
    assert standing(text, candidates, label="organisation", least=0.6) == []


def test_an_entity_stands_once_and_no_article_alone() -> None:
    text = "the town (of Azaz)"
    twice = [Span(0, 17, "location", 0.7), *_spans(text, "the", 0.9), *_spans(text, "(of Azaz", 0.8)]
    stand = standing(text, [*twice, Span(0, 18, "location", 0.8)], label="location", least=0.5)
    assert _words(text, stand) == ["the town (of Azaz)", "of Azaz"]


@pytest.mark.parametrize("left", [None, 0, 1_000, 2_000_000])
def test_a_graph_that_is_not_whole_is_named_with_its_remedy(left: int | None, tmp_path: Path) -> None:
    shutil.copytree(read_settings().models / "tagger", tmp_path / "tagger")
    graph = tmp_path / "tagger" / "entities.onnx.gz"
    whole = graph.read_bytes()
    graph.unlink()
    if left is not None:
        graph.write_bytes(whole[:left])
    reader = EntityReader(TaggerModel(tmp_path / "tagger"))
    with pytest.raises(ConfigurationError, match=r"no whole entities\.onnx\.gz in .*geo train tagger"):
        reader.read([REPORT])
