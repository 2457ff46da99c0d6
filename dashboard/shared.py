"""Answers that all sessions share: each is made once, and the last few are kept.

Streamlit's own cache takes the value of every argument apart at every call: of a filter change, that was half.
"""

from __future__ import annotations

import gc
import inspect
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


@dataclass(slots=True)
class _Slot:
    """Where one answer is made; whoever comes meanwhile waits at the lock."""

    lock: Lock = field(default_factory=Lock)
    made: bool = False
    value: Any = None


def shared(entries: int) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Keep the last so many answers of a function for all sessions.

    Arguments are given by position and are hashable, but for those whose names begin with an underscore: they follow
    from the others. Of several that ask for the same at once, one works and the others wait. A failure is not kept.
    """

    def sharing(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        told = [at for at, name in enumerate(inspect.signature(function).parameters) if not name.startswith("_")]
        slots: OrderedDict[tuple[Hashable, ...], _Slot] = OrderedDict()
        guard = Lock()

        @wraps(function)
        def answer(*given: Asked.args, **named: Asked.kwargs) -> Answer:
            key = tuple(given[at] for at in told)
            with guard:
                slot = slots.setdefault(key, _Slot())
                slots.move_to_end(key)
                while len(slots) > entries:
                    slots.popitem(last=False)
            with slot.lock:
                if not slot.made:
                    slot.value = function(*given, **named)
                    slot.made = True
            found: Answer = slot.value
            return found

        return answer

    return sharing


def settle() -> None:
    """Tell Python's collector that what was made so far stays.

    Streamlit has it look at everything after every run: beside the events of a large store, a tenth of a second each.
    What was settled before and is no longer used goes first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
