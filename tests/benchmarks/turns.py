"""Taking turns: what is compared is measured in one process, one after the other, so that a slow minute is shared."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median
from typing import TypeVar

T = TypeVar("T")


def turns(contestants: Sequence[T], rounds: int) -> Iterator[T]:
    """Each contestant once a round, the order turned round every time."""
    for number in range(rounds):
        yield from contestants if number % 2 == 0 else reversed(contestants)


def medians(tasks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median seconds of each task by name; nobody clears away what another left."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for name in turns(list(tasks), rounds):
        gc.collect()
        started = time.perf_counter()
        outcome = tasks[name]()
        taken[name].append(time.perf_counter() - started)
        del outcome
    return {name: median(times) for name, times in taken.items()}
