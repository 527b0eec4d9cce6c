"""Whether two samples of times come from one and the same thing."""

from itertools import chain
from math import erfc, sqrt


def mann_whitney(left: list[float], right: list[float]) -> float:
    """The two-sided p-value of the Mann-Whitney test, by its normal approximation (ties do not occur)."""
    ranked = sorted(chain(((value, True) for value in left), ((value, False) for value in right)))
    ranks = sum(rank for rank, (_, is_left) in enumerate(ranked, start=1) if is_left)
    u = ranks - len(left) * (len(left) + 1) / 2
    mean = len(left) * len(right) / 2
    deviation = sqrt(len(left) * len(right) * (len(left) + len(right) + 1) / 12)
    return erfc(abs(u - mean) / deviation / sqrt(2))
