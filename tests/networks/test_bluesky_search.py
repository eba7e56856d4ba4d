"""When Bluesky is searched: every few minutes, and for the last time as soon as its index may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.networks.fake_server import START
from tests.networks.watching import FakeWatch

from chinwag.networks.bluesky.search import find_pause

END = START + timedelta(minutes=60)


@pytest.mark.parametrize(
    ("minutes", "pause"),
    [
        (0, 300.0),
        (56, 300.0),
        (58, 241.0),  # to 62 minutes: a capture that is over does not wait for the whole pause
        (61, 61.0),
        (70, 1.0),
    ],
)
def test_the_last_search_is_made_two_minutes_after_the_end(minutes: int, pause: float) -> None:
    watch = FakeWatch(until=END)
    watch.time = START + timedelta(minutes=minutes)
    assert find_pause(watch, 300.0) == pause
    watch.until = None
    assert find_pause(watch, 300.0) == 300.0
