"""Times of every old format, made into aware UTC, or refused with a reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinwag.errors import InputError, NoTimeZone
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.times import parse_time

LONDON = ReadOptions(time_zone="Europe/London")
NEW_YORK = ReadOptions(time_zone="America/New_York")
NONE = ReadOptions()
APRIL = datetime(2015, 4, 8, 3, 29, 36, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "Wed Apr 08 03:29:36 +0000 2015",
        "Wed Apr 08 05:29:36 +0200 2015",
        "Wed, 08 Apr 2015 03:29:36 +0000",
        "Wed, 8 Apr 2015 03:29:36 GMT",
        "2015-04-08T03:29:36Z",
        "2015-04-08T03:29:36.000Z",
        "2015-04-08 03:29:36 UTC",
        "2015-04-08 03:29:36+00:00",
        "2015-04-08 03:29:36 +0000",
        "2015-04-07T23:29:36-04:00",
        " 2015-04-08T03:29:36Z ",
        "1428463776",
        "1428463776000",
        1428463776,
        1428463776.0,
        1428463776000,
        1428463776000000,
    ],
)
def test_a_time_that_states_its_zone_keeps_it(said: object) -> None:
    assert parse_time(said, NONE) == APRIL
    assert parse_time(said, NEW_YORK) == APRIL


@pytest.mark.parametrize(
    ("said", "day_first", "gives"),
    [
        ("5/10/12 20:01", False, datetime(2012, 5, 10, 19, 1, tzinfo=UTC)),
        ("5/10/12 20:01", True, datetime(2012, 10, 5, 19, 1, tzinfo=UTC)),
        ("07/03/2017 15:13:37", True, datetime(2017, 3, 7, 15, 13, 37, tzinfo=UTC)),
        ("25/12/2017 15:13", False, datetime(2017, 12, 25, 15, 13, tzinfo=UTC)),
        ("12/25/2017 3:13 PM", True, datetime(2017, 12, 25, 15, 13, tzinfo=UTC)),
        ("1/2/2017 12:05 am", False, datetime(2017, 1, 2, 0, 5, tzinfo=UTC)),
        ("2015-07-08 04:29:36", False, datetime(2015, 7, 8, 3, 29, 36, tzinfo=UTC)),
        ("2015-07-08T04:29", False, datetime(2015, 7, 8, 3, 29, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_taken_in_the_zone_given(
    said: str, day_first: bool, gives: datetime
) -> None:
    assert parse_time(said, LONDON, day_first=day_first) == gives
    with pytest.raises(NoTimeZone) as caught:
        parse_time(said, NONE, day_first=day_first)
    assert str(caught.value) == f"The time {said!r} states no time zone, and none was given."


def test_the_hour_that_comes_twice_is_the_first_and_the_one_that_is_skipped_moves_on() -> None:
    twice, skipped = "2015-10-25 01:30:00", "2015-03-29 01:30:00"

    assert parse_time(twice, LONDON) == datetime(2015, 10, 25, 0, 30, tzinfo=UTC)
    assert parse_time(skipped, LONDON) == datetime(2015, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (None, "it has no time"),
        ("", "it has no time"),
        (True, "it has no time"),
        ("yesterday", "the time 'yesterday' cannot be read"),
        (
            "Wed Foo 08 03:29:36 +0000 2015",
            "the time 'Wed Foo 08 03:29:36 +0000 2015' cannot be read",
        ),
        (
            "Wed Feb 30 03:29:36 +0000 2015",
            "the time 'Wed Feb 30 03:29:36 +0000 2015' cannot be read",
        ),
        ("31/31/2015 20:01", "the time '31/31/2015 20:01' cannot be read"),
        ("0001-01-01T00:00:00Z", "the time '0001-01-01T00:00:00Z' is in the year 1"),
        ("9999-12-31T23:59:59-12:00", "the time '9999-12-31T23:59:59-12:00' cannot be read"),
        ("2150-01-01T00:00:00Z", "the time '2150-01-01T00:00:00Z' is in the year 2150"),
        (0, "the time '0' is in the year 1970"),
        (float("inf"), "the time 'inf' cannot be read"),
        (float("nan"), "the time 'nan' cannot be read"),
        (10**300, "the time '1e+300' cannot be read"),
    ],
)
def test_what_is_no_time_is_a_broken_row(said: object, reason: str) -> None:
    with pytest.raises(RowError) as caught:
        parse_time(said, LONDON)
    assert str(caught.value) == reason


@pytest.mark.parametrize("name", ["Europe/Lundon", "", "../../etc/passwd", "GMT+25", "a\0b"])
def test_an_unknown_zone_is_named(name: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_time("2015-07-08 04:29:36", ReadOptions(time_zone=name))
    assert str(caught.value) == f"There is no time zone called {name!r}."
    assert parse_time("2015-04-08T03:29:36Z", ReadOptions(time_zone=name)) == APRIL


@given(st.text(max_size=40) | st.integers() | st.floats() | st.datetimes().map(str))
def test_anything_is_a_time_or_a_reason(said: object) -> None:
    try:
        when = parse_time(said, LONDON)
    except RowError:
        return
    assert when.tzinfo is UTC
