"""Every engine gives the same: this process, several processes, a Dask cluster."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from geo.errors import ConfigurationError
from geo.model import Document
from geo.pipeline import Plan, code_batch, code_documents, ingest
from geo.pipeline.engines import BATCH_SIZE


@pytest.fixture(scope="module")
def many(reports: list[Document]) -> list[Document]:
    """More than three batches, the last one not full."""
    copies = [replace(report, document_id=f"{report.document_id}-copy") for report in reports]
    return (reports + copies)[: 3 * BATCH_SIZE + 5]


@pytest.fixture(scope="module")
def expected(many: list[Document], plan: Plan):
    return code_batch(many, plan=plan)


def test_reports_tell_of_placed_and_dated_events(expected):
    accounts = [account for item in expected for account in item.accounts]
    assert len(accounts) > len(expected)
    assert len({account.account_id for account in accounts}) == len(accounts)


def test_this_process(many, expected, plan):
    assert list(code_documents(many, plan=plan, jobs=1)) == expected


def test_several_processes(many, expected, plan):
    assert list(code_documents(iter(many), plan=plan, jobs=2)) == expected


def test_a_dask_cluster(reports, expected, plan, store, tmp_path):
    pytest.importorskip("distributed")
    rows = [{"id": item.document_id, "text": item.text, "published": str(item.published)} for item in reports]
    path = tmp_path / "reports.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ingest([str(path)], plan=plan, store=store, engine="dask", jobs=2)
    told = {account.account_id for item in expected[: len(reports)] for account in item.accounts}
    assert {account.account_id for account in store.accounts()} == told


def test_a_scheduler_that_does_not_answer_is_named(plan, store, tmp_path):
    pytest.importorskip("distributed")
    with pytest.raises(ConfigurationError, match="no Dask scheduler answers at nonsense"):
        ingest([str(tmp_path)], plan=plan, store=store, engine="dask", scheduler="nonsense")


def test_documents_are_taken_only_as_they_are_needed(many, plan):
    taken: list[str] = []

    def watched():
        for document in many:
            taken.append(document.document_id)
            yield document

    coded = code_documents(watched(), plan=plan, jobs=1)
    next(coded)
    assert len(taken) <= 2 * BATCH_SIZE
    coded.close()
