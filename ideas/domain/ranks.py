"""Two groups of readings, ranked together: is one higher than luck allows? Pure."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def z_higher(these: Sequence[float], others: Sequence[float]) -> float:
    """How many standard errors `these` rank above `others`, for a one-sided test; 0 when all are the same.

    Mann and Whitney's test by the normal approximation, corrected for ties and for continuity.
    """
    n, m = len(these), len(others)
    rank_sum, ties, ranked = 0.0, 0, 0
    both = sorted([(value, True) for value in these] + [(value, False) for value in others])
    for _, group in itertools.groupby(both, key=lambda one: one[0]):
        members = [is_of_these for _, is_of_these in group]
        size = len(members)
        rank_sum += sum(members) * (ranked + (size + 1) / 2)
        ties += size**3 - size
        ranked += size
    beyond_half = rank_sum - n * (n + 1) / 2 - n * m / 2
    variance = n * m / 12 * (ranked + 1 - ties / (ranked * (ranked - 1) or 1))
    return (beyond_half - 0.5) / math.sqrt(variance) if variance > 0 else 0.0
