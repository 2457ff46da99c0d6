"""Batches over processes of this machine."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.errors import AtlasError
from geo.pipeline.processes import batched, over_processes

NUMBERS = [[number] for number in range(1, 30)]
DOUBLED = [[2 * number] for (number,) in NUMBERS]


def test_batches_hold_everything_in_order() -> None:
    assert list(batched(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]


@pytest.mark.parametrize("joins_in", [False, True])
@pytest.mark.parametrize("helpers", [0, 1, 2])
def test_results_come_in_order(helpers: int, joins_in: bool) -> None:
    assert list(over_processes(NUMBERS, _doubled, helpers=helpers, joins_in=joins_in)) == DOUBLED


def test_this_process_and_its_helpers_all_work() -> None:
    """The first result is there before any helper is, and each later task is had by whoever is free."""
    results = over_processes(NUMBERS, _slow_process, helpers=1, joins_in=True)
    assert next(results) == os.getpid()
    workers = [os.getpid(), *results]
    assert len(workers) == len(NUMBERS)
    assert len(set(workers)) == 2


def test_without_joining_in_this_process_only_waits() -> None:
    assert os.getpid() not in set(over_processes(NUMBERS, _slow_process, helpers=2))


def test_a_single_batch_starts_nobody() -> None:
    assert list(over_processes([[1]], _slow_process, helpers=2)) == [os.getpid()]


def test_batches_are_taken_only_as_they_are_needed() -> None:
    taken: list[int] = []

    def watched() -> Iterator[list[int]]:
        for (number,) in NUMBERS:
            taken.append(number)
            yield [number]

    results = over_processes(watched(), _doubled, helpers=1, joins_in=True)
    next(results)
    assert len(taken) <= 8
    results.close()  # type: ignore[attr-defined]


def test_what_the_work_raises_is_raised() -> None:
    results = over_processes(NUMBERS, _refusing, helpers=1, joins_in=True)
    with pytest.raises(ValueError, match="no 7"):
        list(results)


@pytest.mark.parametrize("joins_in", [False, True])
def test_a_helper_that_dies_is_made_good(tmp_path: Path, joins_in: bool) -> None:
    mark = tmp_path / "died"
    work = _DyingOnce(str(mark), os.getpid())
    assert list(over_processes(NUMBERS, work, helpers=2, joins_in=joins_in)) == DOUBLED
    assert mark.exists()


def test_helpers_that_die_again_and_again_end_with_an_error_that_names_the_batch() -> None:
    with pytest.raises(AtlasError, match="died 4 times over 1"):
        list(over_processes(NUMBERS, _dying, helpers=1))


def _doubled(batch: list[int]) -> list[int]:
    return [2 * number for number in batch]


def _refusing(batch: list[int]) -> list[int]:
    if batch == [7]:
        raise ValueError("no 7")
    return batch


def _slow_process(batch: list[int]) -> int:
    time.sleep(0.1)
    return os.getpid()


def _dying(batch: list[int]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _DyingOnce:
    """Kills the first helper that does anything."""

    def __init__(self, mark: str, spared: int) -> None:
        self.mark = mark
        self.spared = spared

    def __call__(self, batch: list[int]) -> list[int]:
        time.sleep(0.05)
        if os.getpid() != self.spared and not os.path.exists(self.mark):
            with open(self.mark, "w"):
                pass
            os.kill(os.getpid(), signal.SIGKILL)
        return _doubled(batch)


def test_helpers_end_with_a_program_that_is_killed() -> None:
    script = (
        "import os, sys\n"
        "from geo.pipeline.processes import _Pool\n"
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
