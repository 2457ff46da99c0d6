"""Answers without a store."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from geo.errors import ConfigurationError
from geo.model import Document
from geo.pipeline import Plan, extracted, geoparsed, located
from geo.tables import EVENT_COLUMNS


def test_records_have_the_documented_fields_in_order(reports: list[Document], plan: Plan):
    answers = list(extracted(reports, plan=plan))
    assert [answer["id"] for answer in answers] == [report.document_id for report in reports]
    events = [event for answer in answers for event in answer["events"]]
    assert events
    assert all(list(event) == [column.name for column in EVENT_COLUMNS] for event in events)
    json.dumps(answers, allow_nan=False)
    texts = {report.document_id: report.text for report in reports}
    for event in events:
        for account in event["accounts"]:
            for words in account["evidence"]:
                assert texts[account["document_id"]][words["start"] : words["end"]] == words["text"]


def test_a_batch_answers_as_its_documents_do_alone(reports: list[Document], plan: Plan):
    together = list(extracted(reports[:6], plan=plan))
    assert together == [answer for report in reports[:6] for answer in extracted([report], plan=plan)]


def test_toponyms_are_placed_where_they_stand(reports: list[Document], plan: Plan):
    for report, answer in zip(reports, geoparsed(reports, plan=plan), strict=True):
        for toponym in answer["toponyms"]:
            assert report.text[toponym["start"] : toponym["end"]] == toponym["surface"]
            assert (toponym["lon"] is None) == (toponym["lat"] is None)


def test_a_trigger_is_located_in_its_text(plan: Plan):
    text = "Police in Homs said that shells hit Idlib on Sunday."
    start = text.index("hit")
    (answer,) = located([(Document("t", text), start, start + 3)], plan=plan)
    assert [place["surface"] for place in answer["locations"]] == ["Idlib"]


def test_entities_come_beside_the_toponyms_where_they_are_asked_for(plan: Plan):
    text = "The Red Crescent left the village of Azaz on Sunday, the ministry said."
    document = Document("t", text)
    tagger = replace(plan, recognizer="tagger")
    (plain,), (answer,) = (geoparsed([document], plan=tagger, entities=asked) for asked in (False, True))
    assert set(answer) == {*plain, "entities"}
    assert answer["toponyms"] == plain["toponyms"]
    labels = {(entity["surface"], entity["label"]) for entity in answer["entities"]}
    assert ("Azaz", "location") in labels
    assert any("Red Crescent" in surface and label == "organisation" for surface, label in labels)
    for entity in answer["entities"]:
        assert text[entity["start"] : entity["end"]] == entity["surface"]
        assert 0 < entity["score"] <= 1
    json.dumps(answer, allow_nan=False)


def test_a_recogniser_that_marks_no_entities_says_so(plan: Plan):
    with pytest.raises(ConfigurationError, match="rules.*tagger"):
        next(geoparsed([Document("t", "Shells hit Idlib.")], plan=replace(plan, recognizer="rules"), entities=True))
