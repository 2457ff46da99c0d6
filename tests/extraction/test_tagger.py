"""The learned recogniser: text of every kind goes in, and marks with true offsets come out."""

from __future__ import annotations

import itertools
import random
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import ConfigurationError
from geo.extraction.lexicon.lexicon import load_lexicon
from geo.extraction.recognizers.choice import chosen_names, under_fire
from geo.extraction.recognizers.decoding import Span, decoded_spans, whole_name
from geo.extraction.recognizers.model import TaggerModel
from geo.extraction.recognizers.tagger import TaggerRecognizer, load_tagger
from geo.extraction.recognizers.windows import Pieces, window_ranges
from geo.model import Document, Recognition
from geo.places import open_gazetteer
from geo.settings import read_settings
from geo.training.augmentation import invented_name
from geo.vocabulary import MentionKind

SENTENCES = (
    "Government forces shelled the town of {} on Sunday, killing five civilians.",
    "Clashes broke out between rebels and the army in {} overnight.",
    "A car bomb exploded near a hospital in {}, residents said.",
    "Warplanes bombed a school in eastern {} on Saturday.",
)


@pytest.fixture(scope="module")
def tagger() -> TaggerRecognizer:
    configuration = read_settings()
    lexicon = load_lexicon(configuration.lexicon)
    return load_tagger(configuration.models, lexicon=lexicon, find_toponyms=lambda text: (), threads=1)


def read(tagger: TaggerRecognizer, *texts: str) -> list[Recognition]:
    return tagger.recognize([Document(str(number), text) for number, text in enumerate(texts)])


def names(recognition: Recognition) -> list[str]:
    return [mention.text for mention in recognition.of_kind(MentionKind.TOPONYM)]


def test_places_and_their_triggers_are_linked(tagger: TaggerRecognizer) -> None:
    text = "Speaking in Geneva, the envoy said government warplanes bombed a hospital in Idlib on Monday."
    (recognition,) = read(tagger, text)
    assert names(recognition) == ["Geneva", "Idlib"]
    linked = {link.trigger.text: [place.text for place in link.places] for link in recognition.links}
    assert linked["bombed"] == ["Idlib"]


def test_every_trigger_has_a_link_and_places_are_among_the_mentions(tagger: TaggerRecognizer) -> None:
    (recognition,) = read(tagger, " ".join(sentence.format("Maarrat Misrin") for sentence in SENTENCES))
    triggers = recognition.of_kind(MentionKind.TRIGGER)
    assert [link.trigger for link in recognition.links] == list(triggers)
    assert len(triggers) >= 4
    for link in recognition.links:
        assert set(link.places) <= set(recognition.mentions)


def test_names_that_no_list_knows_are_found(tagger: TaggerRecognizer) -> None:
    dice = random.Random(11)
    asked = [(invented_name(dice), sentence) for sentence in SENTENCES for _ in range(10)]
    found = read(tagger, *[sentence.format(name) for name, sentence in asked])
    right = [name in names(recognition) for (name, _), recognition in zip(asked, found, strict=True)]
    assert sum(right) >= 0.8 * len(right)


@pytest.mark.parametrize("weapons", ["Drones", "Shells", "Rockets"])
def test_what_struck_is_nobody(tagger: TaggerRecognizer, weapons: str) -> None:
    (recognition,) = read(tagger, f"{weapons} hit a depot in Odesa on Monday.")
    assert not recognition.of_kind(MentionKind.ACTOR)
    assert [mention.text for mention in recognition.of_kind(MentionKind.WEAPON)] == [weapons]


def test_letter_case_and_lost_hyphens_do_not_matter_much(tagger: TaggerRecognizer) -> None:
    plain = [sentence.format("Aleppo") for sentence in SENTENCES]
    for change in (str.lower, str.upper):
        found = read(tagger, *map(change, plain))
        assert [names(recognition) for recognition in found] == [[change("Aleppo")]] * len(plain)
    (recognition,) = read(tagger, "Rebel held districts of Aleppo were shelled by pro government forces.")
    assert names(recognition) == ["Aleppo"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\x00\x01 bombs fell on Homs \x07",
        "shells \ud83d hit Homs",
        "💥" * 3000,
        "\x07\x07",
        "a" * 20_000,
        "Homs " * 9000,
    ],
    ids=["empty", "space", "control", "surrogate", "symbols", "control alone", "one word", "no sentence end"],
)
def test_odd_text_is_read(tagger: TaggerRecognizer, text: str) -> None:
    (recognition,) = read(tagger, text)
    for mention in recognition.mentions:
        assert mention.text == text[mention.start : mention.end]


@pytest.mark.parametrize("dirt", ["\x07", "\ud800"], ids=["control", "surrogate"])
def test_a_broken_character_does_not_keep_names_from_being_marked(tagger: TaggerRecognizer, dirt: str) -> None:
    (recognition,) = read(tagger, f"It rained for three days in Aleppo.{dirt} Nobody minded.")
    assert names(recognition) == ["Aleppo"]


def test_a_long_text_is_read_to_its_end(tagger: TaggerRecognizer) -> None:
    filler = "Nothing was said about it at the meeting of the committee. " * 4000
    text = filler + SENTENCES[0].format("Khan Shaykhun")
    (recognition,) = read(tagger, text)
    (name,) = recognition.of_kind(MentionKind.TOPONYM)
    assert text[name.start : name.end] == name.text == "Khan Shaykhun"


def _mixed_documents() -> list[Document]:
    """Reports of all lengths, and odd texts that stretch what the model takes in."""
    reports = sorted((read_settings().data / "reports").rglob("*.txt"))
    texts = [path.read_text(encoding="utf-8")[:1500] for path in reports[::12]][:12]
    texts += [
        sentence.format(name) for sentence, name in zip(SENTENCES, ("Mosul", "Dnipro", "Idlib", "Bor"), strict=True)
    ]
    texts += ["", "BOMBS FELL ON HOMS", "💥 ! ? " * 60 + SENTENCES[0].format("Zarqash"), "Homs was shelled and " * 150]
    return [Document(str(number), text) for number, text in enumerate(texts)]


@pytest.fixture(scope="module")
def alone(tagger: TaggerRecognizer) -> dict[str, tuple[Recognition, Recognition]]:
    """What is marked in each document where it is the only one."""
    return {
        document.document_id: (tagger.recognize([document])[0], tagger.recognize_events([document])[0])
        for document in _mixed_documents()
    }


@settings(max_examples=6, deadline=None)
@given(order=st.permutations(range(len(_mixed_documents()))), count=st.integers(2, 12))
def test_marks_are_the_same_in_any_company(
    tagger: TaggerRecognizer, alone: dict[str, tuple[Recognition, Recognition]], order: list[int], count: int
) -> None:
    documents = _mixed_documents()
    batch = [documents[number] for number in order[:count]]
    assert tagger.recognize(batch) == [alone[document.document_id][0] for document in batch]
    assert tagger.recognize_events(batch) == [alone[document.document_id][1] for document in batch]


def test_marks_are_the_same_on_any_number_of_cores(alone: dict[str, tuple[Recognition, Recognition]]) -> None:
    configuration = read_settings()
    lexicon = load_lexicon(configuration.lexicon)
    wider = load_tagger(configuration.models, lexicon=lexicon, find_toponyms=lambda text: (), threads=3)
    documents = _mixed_documents()
    assert wider.recognize(documents) == [alone[document.document_id][0] for document in documents]


def test_a_given_trigger_gets_its_places(tagger: TaggerRecognizer) -> None:
    text = "The convoy left Damascus and was ambushed near Palmyra."
    start = text.index("ambushed")
    (recognition,) = tagger.recognize_given([Document("1", text)], [[(start, start + 8)]])
    (link,) = recognition.links
    assert [place.text for place in link.places] == ["Palmyra"]


def test_reading_events_marks_names_where_events_are_told(tagger: TaggerRecognizer) -> None:
    quiet = "The committee met in Geneva and spoke of roads, schools and the harvest of the past year. " * 40
    told = Document("1", quiet + SENTENCES[0].format("Saraqib"))
    near, untold = tagger.recognize_events([told, Document("2", quiet)])
    (everywhere,) = tagger.recognize([told])
    assert "Saraqib" in names(near)
    assert [link.places for link in near.links] == [link.places for link in everywhere.links]
    assert names(untold) == []
    assert len(names(near)) < len(names(everywhere))


def test_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="geo train tagger"):
        TaggerModel(tmp_path)


@given(lengths=st.lists(st.integers(1, 60), max_size=30), limit=st.integers(30, 50))
def test_windows_cover_every_piece(lengths: list[int], limit: int) -> None:
    sentence = np.repeat(np.arange(len(lengths)), lengths)
    blank = np.zeros(len(sentence), dtype=np.int64)
    pieces = Pieces(blank, blank, blank, blank == 0, blank, sentence)
    ranges = window_ranges(pieces, limit=limit, overlap=10)
    assert all(0 < high - low <= limit for low, high in ranges)
    assert {piece for low, high in ranges for piece in range(low, high)} == set(range(len(sentence)))
    for (_, end), (start, _) in itertools.pairwise(ranges):
        assert start == end or sentence[start] == sentence[end - 1]


def test_a_span_breaks_at_begin_and_at_the_end_of_a_sentence() -> None:
    starts = np.arange(0, 25, 5)
    pieces = Pieces(
        starts, starts, starts + 4, np.array([True, True, False, True, True]), starts * 0, np.array([0, 0, 0, 0, 1])
    )
    begin = np.array([0.9, 0.1, 0.0, 0.8, 0.2], dtype=np.float32)
    inside = np.array([0.0, 0.8, 0.0, 0.1, 0.7], dtype=np.float32)
    spans = decoded_spans(begin, inside, pieces, label="toponym", threshold=0.5, further=0.5)
    assert [(span.start, span.end) for span in spans] == [(0, 14), (15, 19), (20, 24)]


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("struck Mezzeh military airport near", "Mezzeh military", "Mezzeh military airport"),
        ("at Kweires air base on Sunday", "Kweires air", "Kweires air base"),
        ("the Mezzeh military said", "Mezzeh military", "Mezzeh military"),
        ("struck Aleppo airport", "Aleppo", "Aleppo"),
    ],
)
def test_a_mark_of_half_a_site_s_name_is_made_whole(text: str, marked: str, whole: str) -> None:
    start = text.index(marked)
    assert text[slice(*whole_name(text, start, start + len(marked)))] == whole


def test_a_mark_takes_in_the_word_before_it_where_both_are_one_listed_name() -> None:
    text = "Forces captured Tariq al-Bab and then entered al-Bab."
    marks = [Span(text.index("al-Bab"), text.index("al-Bab") + 6, "toponym", 0.9), Span(46, 52, "toponym", 0.9)]
    found = chosen_names(text, marks, listed=lambda name: name in ("Tariq al-Bab", "al-Bab"))
    assert [text[span.start : span.end] for span in found] == ["Tariq al-Bab", "al-Bab"]


def _listed(listing: dict[str, float], name: str) -> float:
    return listing.get(name, 0.0)


def _standing(text: str, *marked: str, score: float, listing: dict[str, float]) -> list[str]:
    marks = [Span(text.index(name), text.index(name) + len(name), "toponym", score) for name in marked]
    found = chosen_names(text, marks, listed=partial(_listed, listing))
    return [text[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("The minister said that Ilorva had fallen.", True),
        ("After Ilorva, the next target is the capital.", True),
        ("The Ilorva bombing was the third this year.", True),
        ("The editor of the Ilorva Times said so.", False),
        ("Bread for Hassan Ilorva had run out.", False),
        ("Hassan Ilorva spoke first. Later Ilorva left.", False),
        ("They paid Ilorva$400 for it.", False),
        ("they say ilorva is burning", False),
    ],
)
def test_a_doubted_name_stands_where_it_is_a_town_s_and_part_of_no_longer_one(text: str, stands: bool) -> None:
    name = "ilorva" if "ilorva" in text else "Ilorva"
    at = text.rindex(name)
    for listing, well_known in ((0.8, True), (0.6, False), (0.0, False)):
        listed = {name: listing}
        found = chosen_names(text, [Span(at, at + 6, "toponym", 0.3)], listed=partial(_listed, listed))
        assert bool(found) == (stands and well_known)


def test_a_mark_takes_in_the_word_after_it_where_both_are_one_listed_name() -> None:
    listing = {"Goz Beida": 0.7, "Ohio": 0.8, "Ohio State": 0.8}
    assert _standing("Raiders came to Goz Beida at dawn.", "Goz", score=0.9, listing=listing) == ["Goz Beida"]
    assert _standing("The Ohio State Police said so.", "Ohio", score=0.9, listing=listing) == ["Ohio"]


@pytest.mark.parametrize(
    ("text", "marked", "names"),
    [
        ("an ambush on the Homs-Hama road today", "Homs-Hama", ["Homs", "Hama"]),
        ("an ambush on the Homs-Hama road today", "Homs-Hama road", ["Homs", "Hama"]),
        ("a trip to Homs/Hama today", "Homs/Hama", ["Homs", "Hama"]),
        ("the twin city of Homs-Hama today", "Homs-Hama", ["Homs-Hama"]),
        ("Homs market blast kills 12", "Homs market", ["Homs"]),
        ("a strike on Homs airbase kills 12", "Homs airbase", ["Homs airbase"]),
    ],
)
def test_a_mark_of_two_names_or_of_a_name_and_a_noun_is_parted(text: str, marked: str, names: list[str]) -> None:
    assert _standing(text, marked, score=0.9, listing={"Homs": 0.9, "Hama": 0.9}) == names


def test_an_ambush_on_the_road_of_two_towns_lies_between_them(tagger: TaggerRecognizer) -> None:
    text = "Gunmen ambushed a convoy on the Homs-Hama road on Monday, killing six soldiers."
    configuration = read_settings()
    listed = open_gazetteer(configuration).find_toponyms
    (recognition,) = read(TaggerRecognizer(tagger.model, load_lexicon(configuration.lexicon), listed), text)
    assert names(recognition) == ["Homs", "Hama"]


def test_words_in_lower_case_behind_an_article_are_no_name() -> None:
    listed = {"spa": 0.7, "homs": 0.7}
    assert _standing("Fire broke out above the spa town on Sunday.", "spa", score=0.8, listing=listed) == []
    assert _standing("Shelling in homs on Sunday.", "homs", score=0.8, listing=listed) == ["homs"]
    assert _standing("they burned the spa town", "spa", score=0.8, listing=listed) == ["spa"]


def test_a_listed_town_that_came_under_fire_is_marked() -> None:
    text = "Goma again came under heavy rocket fire. Police came under fire. Goma fell."
    (found,) = under_fire(text, listed=partial(_listed, {"Goma": 0.9}))
    assert (found.start, found.end) == (0, 4)
