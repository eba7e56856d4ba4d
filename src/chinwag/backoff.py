"""BACK-OFF: how long to wait before something that failed is tried again."""

from __future__ import annotations

from collections.abc import Callable

_MOST_DOUBLINGS = 10  # beyond, every wait is the longest anyway


def draw_wait(failures: int, jitter: Callable[[], float], *, first: float, longest: float) -> float:
    """Draw how many seconds to wait after so many failures in a row, at least one.

    Exponential back-off with full jitter: from 0 to `first` seconds after one failure, twice as
    many after each further one, and `longest` at most. `jitter` returns numbers from 0 to 1. (M.
    Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.)
    """
    most: float = first * 2 ** min(failures - 1, _MOST_DOUBLINGS)
    return jitter() * min(longest, most)
