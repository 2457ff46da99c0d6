from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from dashboard.shared import shared


def test_of_many_that_ask_at_once_one_works() -> None:
    together, made = Barrier(8), []

    @shared(entries=2)
    def answer(name: str, _table: list[str]) -> object:
        made.append(name)
        return object()

    def ask(number: int) -> object:
        together.wait()
        return answer("one", [str(number)])

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(8)))
    assert (len(answers), made) == (1, ["one"])


def test_the_oldest_answers_go_and_a_failure_is_not_kept() -> None:
    made: list[int] = []

    @shared(entries=2)
    def half(number: int) -> int:
        made.append(number)
        if number % 2 and made.count(number) == 1:
            raise ValueError(number)
        return number // 2

    for number in (2, 4, 2, 6, 2, 4):
        half(number)
    assert made == [2, 4, 6, 4], "4 was asked for longest ago when 6 came"
    with pytest.raises(ValueError, match="3"):
        half(3)
    assert half(3) == 1
