"""The default reader, with its model: text of every bad kind, what it reads of a long text, names and given words."""

from __future__ import annotations

import pytest

from geo.extraction import extract_accounts
from geo.model import Account, Document
from geo.pipeline import Plan, extracted, geoparsed, located
from geo.pipeline.coding import CodedDocument, code_batch, load_tools
from geo.settings import read_settings

QUIET = "the committee met again and spoke of roads and schools and the harvest of the year "
TOLD = "rebels shelled the town of Saraqib on Sunday, killing two people"
FRENCH = (
    "Les avions ont bombardé la ville et les quartiers de la province, selon des sources dans la région. "
    "Au moins dix personnes ont été tuées dans les frappes, a dit le ministre."
)


@pytest.fixture(scope="module")
def tagger() -> Plan:
    return Plan.of(read_settings(), recognizer="tagger")


def coded(plan: Plan, text: str) -> CodedDocument:
    (found,) = code_batch([Document("the-report", text)], plan=plan)
    return found


def places(accounts: tuple[Account, ...]) -> list[str]:
    return [account.where.toponym.text for account in accounts if account.where]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        (FRENCH, "French"),
        ("قصفت الطائرات مدينة حلب يوم الأحد وقتل خمسة أشخاص", "Latin letters"),
        ("1234 5678 %% 99 -- 12", "letters"),
    ],
)
def test_what_cannot_be_read_gives_a_warning_that_names_it(tagger: Plan, text: str, reason: str):
    found = coded(tagger, text)
    assert not found.accounts
    assert any(reason in warning and "the-report" in warning for warning in found.warnings)


@pytest.mark.parametrize("dirt", ["\x00\x07 ", "\ud800 ", "\udfff\x1b "], ids=["control", "surrogate", "both"])
def test_broken_characters_are_warned_of_and_the_rest_is_read(tagger: Plan, dirt: str):
    found = coded(tagger, f"{dirt}{TOLD}. {dirt}Nothing else was said.")
    assert places(found.accounts) == ["Saraqib"]
    assert any("broken code points" in warning and "the-report" in warning for warning in found.warnings)


def test_a_hundred_thousand_characters_without_a_sentence_end_are_read_to_the_last(tagger: Plan):
    text = QUIET * 1_205 + TOLD
    assert len(text) > 100_000
    assert places(coded(tagger, text).accounts) == ["Saraqib"]


def test_half_a_million_characters_in_one_document_are_read_to_the_last(tagger: Plan):
    text = (QUIET.strip() + ". ") * 6_000 + TOLD
    assert len(text) > 500_000
    (account,) = coded(tagger, text).accounts
    assert text[account.sentence.start : account.sentence.end] == TOLD


def test_one_word_that_never_ends_is_read(tagger: Plan):
    assert coded(tagger, "a" * 200_000).accounts == ()


def test_a_bad_document_does_not_hold_up_its_neighbours(tagger: Plan):
    texts = ["", f"{TOLD}.", FRENCH, "\ud800", f"{TOLD}."]
    answers = list(extracted([Document(str(number), text) for number, text in enumerate(texts)], plan=tagger))
    assert [answer["id"] for answer in answers] == ["0", "1", "2", "3", "4"]
    assert [len(answer["events"]) for answer in answers] == [0, 1, 0, 0, 1]


def test_events_are_those_of_reading_everything(tagger: Plan, reports: list[Document]):
    tools = load_tools(tagger)
    some = reports[:16]
    for item, recognition in zip(code_batch(some, plan=tagger), tools.recognizer.recognize(some), strict=True):
        everything = extract_accounts(item.document, recognition, lexicon=tools.lexicon)
        told = [(account.sentence, account.sub_event_type.value) for account in item.accounts]
        assert told == [(account.sentence, account.sub_event_type.value) for account in everything]
        assert places(item.accounts) == places(everything)


def test_more_documents_than_are_read_at_once_keep_their_order(tagger: Plan):
    names = ["Idlib", "Homs", "Hama", "Raqqa", "Daraa"] * 8
    documents = [Document(str(number), f"Rebels shelled {name} on Sunday.") for number, name in enumerate(names)]
    found = code_batch(documents, plan=tagger)
    assert [item.document for item in found] == documents
    assert [places(item.accounts) for item in found] == [[name] for name in names]


def test_names_are_placed_where_no_event_is_told(tagger: Plan):
    text = "The committee met in Geneva on Friday. Its chair had come from Tell Qarmoun, a village that no list knows."
    (answer,) = geoparsed([Document("t", text)], plan=tagger)
    found = {toponym["surface"]: toponym for toponym in answer["toponyms"]}
    # The second name can only come from the recogniser: the gazetteer has none like it.
    assert set(found) == {"Geneva", "Tell Qarmoun"}
    assert found["Geneva"]["lon"] == pytest.approx(6.15, abs=0.1)
    assert found["Tell Qarmoun"]["lon"] is None
    assert "Tell Qarmoun" in found["Tell Qarmoun"]["reason"]


@pytest.mark.parametrize(("word", "place"), [("toured", "Palmyra"), ("ambushed", "Raqqa"), ("hit", "Idlib")])
def test_the_given_word_decides_which_place_is_told(tagger: Plan, word: str, place: str):
    text = "The envoy toured Palmyra on Friday. A convoy was ambushed in Raqqa on Saturday. Shells hit Idlib on Sunday."
    start = text.index(word)
    (answer,) = located([(Document("t", text), start, start + len(word))], plan=tagger)
    assert [found["surface"] for found in answer["locations"]] == [place]
    for found in answer["locations"]:
        assert text[found["start"] : found["end"]] == found["surface"]
