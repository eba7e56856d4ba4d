"""Moments are sorted and counted in bounded memory, with the same result as at once."""

from __future__ import annotations

import random
from array import array

import pytest

from chinwag.steps.collect import moments
from chinwag.steps.collect.moments import (
    Columns,
    Moment,
    count_different,
    mark_first,
    sort_moments,
)

AT = [random.Random(7).choice((0.0, 1.5, 9e8, 9e8 + n / 7)) for n in range(400)]


@pytest.fixture(params=[10**6, 5], ids=["at once", "in parts"])
def _small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "_SORTED_AT_ONCE", request.param)
    monkeypatch.setattr(moments, "_HELD", request.param)


@pytest.mark.usefixtures("_small")
def test_moments_are_in_time_order_and_those_of_one_time_as_they_came() -> None:
    columns = Columns(array("d", AT), array("q", range(len(AT))), bytearray(len(AT)))
    found = sort_moments(columns, array("i", range(len(AT))))
    assert [(one.at, one.author) for one in found] == sorted(
        (at, number) for number, at in enumerate(AT)
    )


@pytest.mark.usefixtures("_small")
def test_different_numbers_are_counted_and_the_first_of_each_marked() -> None:
    numbers = [random.Random(8).randrange(-40, 40) for _ in range(200)]
    assert count_different(lambda: numbers, len(numbers)) == len(set(numbers))
    firsts = [number for number, mark in zip(numbers, mark_first(numbers), strict=True) if mark]
    assert firsts == list(dict.fromkeys(numbers))


def test_they_are_cut_joined_and_split() -> None:
    columns = Columns(
        array("d", [0, 10, 20, 500, 510]), array("q", [1, 2, 1, 3, 3]), bytearray([0, 1, 0, 0, 1])
    )
    found = sort_moments(columns, array("i", range(5)))
    early, late = found.split_at_pauses(100)
    assert (len(early), len(late), early.count_people(), late.count_asking()) == (3, 2, 2, 1)
    assert list(late) == [Moment(500, 3, asks=False), Moment(510, 3, asks=True)]
    assert list(early.join([late]).list_times()) == [0, 10, 20, 500, 510]
    assert (found.find_from(10), found.find_after(10), found.find_from(11)) == (1, 2, 2)
    assert found[-1] == Moment(510, 3, asks=True)
