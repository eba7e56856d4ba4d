"""Which of two posts of one moment came first, by the number of their ids or their line."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.model import Sighting
from chinwag.steps.reading.moment import find_line, find_number


@pytest.mark.parametrize(
    ("identifier", "number"),
    [
        ("117434202930125428", 117434202930125428),
        ("123456789012345", 123456789012345),
        ("12345678901234", 0),  # too few digits for one that counts in time
        ("1234567890123456789012345", 1234567890123456789012345),
        ("12345678901234567890123456", 0),  # too many for one that a network gives
        pytest.param("9" * 50_000, 0, id="thousands of digits"),
        ("at://did:plc:a/app.bsky.feed.post/3", 0),
        ("", 0),
    ],
)
def test_long_numbers_count_upwards_in_time(talk: Any, identifier: str, number: int) -> None:
    assert find_number(talk.say(0, "ann", "Tools", id=identifier)) == number


def test_a_post_is_at_the_line_where_it_was_first_seen(talk: Any) -> None:
    seen = (
        Sighting(route="file", address="raw/a.csv", line=7),
        Sighting(route="file", address="raw/b.csv", line=2),
    )
    assert find_line(talk.say(0, "ann", "Tools", sightings=seen)) == ("raw/a.csv", 7)
    assert find_line(talk.say(0, "ann", "Tools")) == ("", 0)
