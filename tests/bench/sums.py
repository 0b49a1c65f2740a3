"""The sums of a chart: how much work each reading is, with few readings and with very many."""

from __future__ import annotations

import random
import time

from ideas.domain import spc

COUNTS = (100, 1_000, 10_000)


def microseconds(count: int, *, tries: int = 5) -> float:
    """Microseconds of a core for each of so many readings: the quickest of some tries, which disturbs least."""
    rng = random.Random(count)
    values = [rng.gauss(10, 2) for _ in range(count)]
    spent = []
    for _ in range(tries):
        begun = time.process_time()
        spc.analyse(values, improvement="decrease", target=8, fix_after_n_points=count // 2)
        spent.append(time.process_time() - begun)
    return min(spent) / count * 1_000_000
