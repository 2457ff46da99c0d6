"""Every engine gives the same: this process, several processes, a Dask cluster."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from geo.errors import ConfigurationError
from geo.model import Document
from geo.pipeline import Plan, code_batch, code_documents, ingest
from geo.pipeline.engines import BATCH_SIZE, _Pool, _windowed, batched


@pytest.fixture(scope="module")
def many(reports: list[Document]) -> list[Document]:
    """More than three batches, the last one not full."""
    copies = [replace(report, document_id=f"{report.document_id}-copy") for report in reports]
    return (reports + copies)[: 3 * BATCH_SIZE + 5]


@pytest.fixture(scope="module")
def expected(many: list[Document], plan: Plan):
    return code_batch(many, plan=plan)


def test_batches_hold_everything_in_order():
    assert list(batched(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]


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


def test_a_worker_that_dies_is_made_good(tmp_path):
    mark = tmp_path / "died"
    pool = _Pool(2)
    with pool:
        work = _DyingOnce(str(mark))
        results = list(_windowed(iter([[1], [2], [3], [4]]), work, pool, ahead=2))  # type: ignore[arg-type, list-item]
    assert results == [[2], [4], [6], [8]]
    assert mark.exists()


class _DyingOnce:
    """Kills its process the first time that it meets 3."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def __call__(self, batch: list[int]) -> list[int]:
        if batch == [3] and not os.path.exists(self.mark):
            with open(self.mark, "w"):
                pass
            os.kill(os.getpid(), signal.SIGKILL)
        return [2 * number for number in batch]


def test_workers_end_with_a_program_that_is_killed():
    script = (
        "import os, sys\n"
        "from geo.pipeline.engines import _Pool\n"
        "if __name__ == '__main__':\n"
        "    with _Pool(1) as pool:\n"
        "        print(pool.submit(eval, '__import__(\"os\").getpid()').result(), flush=True)\n"
        "        sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        worker = int(program.stdout.readline())
        watched = os.pidfd_open(worker)
        try:
            program.kill()
            assert select.select([watched], [], [], 60)[0]
        finally:
            os.close(watched)
