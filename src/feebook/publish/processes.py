"""Work shared among processes, its results in the order of the items: the same bytes from one process or four."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_work: Callable[[Any], Any] | None = None
"""What the processes do. They are forked with it, because compiled templates cannot be sent."""


def many() -> int:
    """How many processes there are to share work among; one where a process cannot be forked."""
    return min(os.cpu_count() or 1, 4) if "fork" in multiprocessing.get_all_start_methods() else 1


def share(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """The result of each item, in the order of the items.

    The processes end with the work, and it makes no cycles worth a search: they collect nothing but by counting.
    """
    global _work
    if many() == 1 or len(items) < 2:
        return [work(item) for item in items]
    _work = work
    forked = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(min(many(), len(items)), mp_context=forked, initializer=gc.disable) as pool:
        return list(pool.map(_one, items))


def _one(item: Any) -> Any:
    assert _work is not None
    return _work(item)
