"""The wait doubles with each failure, up to the longest, and jitter draws from nought to that."""

from __future__ import annotations

from chinwag.backoff import draw_wait


def draw(failures: int, jitter: float = 1.0) -> float:
    return draw_wait(failures, lambda: jitter, first=1.0, longest=60.0)


def test_the_wait_doubles_up_to_the_longest() -> None:
    assert [draw(failures) for failures in (1, 2, 3, 6, 7, 8, 5_000)] == [
        1.0,
        2.0,
        4.0,
        32.0,
        60.0,
        60.0,
        60.0,
    ]


def test_jitter_draws_a_part_of_it() -> None:
    assert [draw(8, jitter) for jitter in (0.0, 0.25, 1.0)] == [0.0, 15.0, 60.0]
