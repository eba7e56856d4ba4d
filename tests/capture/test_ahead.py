"""Work that is done ahead: when nothing comes, forgotten when something does, and never missed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from tests.networks.fake_server import FakeClock

from chinwag.capture.ahead import MOST_SHARE, QUIET, WorkAhead

_TAKES = timedelta(seconds=2)
DONE = ["placed", "summed up"]


class Desk:
    """Notes what is done on it: a first piece that takes two seconds, and a second one."""

    def __init__(self, clock: FakeClock) -> None:
        self.did: list[str] = []
        self.fails = False
        self._clock = clock

    def list_steps(self) -> Sequence[Callable[[], None]]:
        return self._place, self._summarise

    def forget(self) -> None:
        self.did.append("forgot")

    def _place(self) -> None:
        self._clock.time += _TAKES
        if self.fails:
            raise KeyError("a fault in what is worked out")
        self.did.append("placed")

    def _summarise(self) -> None:
        self.did.append("summed up")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def desk(clock: FakeClock) -> Desk:
    return Desk(clock)


def look(ahead: WorkAhead, has_news: Callable[[], bool] = lambda: False) -> None:
    asyncio.run(ahead.run_if_quiet(has_news))


def test_work_begins_once_nothing_has_come_for_a_while_and_is_done_once(
    clock: FakeClock, desk: Desk
) -> None:
    ahead = WorkAhead(desk, clock.now)
    look(ahead)
    assert desk.did == []
    clock.time += QUIET
    look(ahead)
    clock.time += 100 * QUIET
    look(ahead)
    assert desk.did == DONE


def test_what_was_worked_out_is_forgotten_when_the_folder_is_written(
    clock: FakeClock, desk: Desk
) -> None:
    ahead = WorkAhead(desk, clock.now)
    clock.time += QUIET
    look(ahead)
    ahead.note_written()
    look(ahead)
    assert desk.did == [*DONE, "forgot"]
    clock.time += QUIET + _TAKES / MOST_SHARE  # the work takes a share of the time, no more
    look(ahead)
    assert desk.did == [*DONE, "forgot", *DONE]


def test_work_rests_as_long_as_it_may_take_no_greater_share(clock: FakeClock, desk: Desk) -> None:
    ahead = WorkAhead(desk, clock.now)
    clock.time += QUIET
    look(ahead)
    ahead.note_written()
    clock.time += QUIET
    look(ahead)
    assert desk.did == [*DONE, "forgot"]


def test_work_stops_between_two_pieces_when_something_comes(clock: FakeClock, desk: Desk) -> None:
    ahead = WorkAhead(desk, clock.now)
    clock.time += QUIET
    look(ahead, lambda: bool(desk.did))
    assert desk.did == ["placed"]


def test_a_fault_in_it_ends_no_capture_and_is_not_tried_again_until_something_comes(
    clock: FakeClock, desk: Desk
) -> None:
    ahead = WorkAhead(desk, clock.now)
    desk.fails = True
    clock.time += QUIET
    look(ahead)
    desk.fails = False
    clock.time += 100 * QUIET
    look(ahead)
    assert desk.did == []
    ahead.note_written()
    clock.time += QUIET
    look(ahead)
    assert desk.did == ["forgot", *DONE]


def test_a_capture_that_writes_nothing_up_works_nothing_out(clock: FakeClock) -> None:
    ahead = WorkAhead(None, clock.now)
    ahead.note_written()
    clock.time += QUIET
    look(ahead)
