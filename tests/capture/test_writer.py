"""How quick a capture is said to be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.networks.fake_server import START

from chinwag.capture.writer import measure_lag
from chinwag.model import Post


@pytest.mark.parametrize(
    ("written", "lag"),
    [
        ((), None),
        ((598.0,), 2.0),
        ((595.0, 590.0), 10.0),
        ((-30.0,), None),  # before the capture had begun
        ((599.0, -30.0), 1.0),
    ],
)
def test_the_lag_is_that_of_posts_written_while_it_runs(
    written: tuple[float, ...], lag: float | None
) -> None:
    posts = [
        Post(
            id=f"p{number}",
            author="ann",
            text="A1 chairs",
            created_at=START + timedelta(seconds=seconds),
            url="",
            reply_to=None,
            source="mastodon:stream",
        )
        for number, seconds in enumerate(written)
    ]
    assert measure_lag(posts, START + timedelta(seconds=600), START) == lag


def test_an_old_post_tells_nothing() -> None:
    post = Post(
        id="p",
        author="ann",
        text="A1",
        created_at=START,
        url="",
        reply_to=None,
        source="mastodon:stream",
    )
    assert measure_lag([post], START + timedelta(hours=2), START) is None
