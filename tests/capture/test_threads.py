"""A cancelled caller waits for its thread: nothing goes on behind its back."""

from __future__ import annotations

import asyncio
import threading

import pytest

from chinwag.capture.threads import run_to_end, stop_tasks


class SlowWork:
    """Work in a thread that ends when the test lets it."""

    def __init__(self) -> None:
        self.has_begun = threading.Event()
        self.may_end = threading.Event()
        self.has_ended = False

    def do(self) -> str:
        self.has_begun.set()
        self.may_end.wait()
        self.has_ended = True
        return "done"

    def fail(self) -> None:
        self.do()
        raise OSError("no room")


async def begin(work: SlowWork) -> asyncio.Task[str]:
    task = asyncio.create_task(run_to_end(work.do))
    await asyncio.to_thread(work.has_begun.wait)
    return task


async def let_others_run() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_the_result_and_the_failure_come_back() -> None:
    work = SlowWork()
    work.may_end.set()
    assert asyncio.run(run_to_end(work.do)) == "done"
    with pytest.raises(OSError, match="no room"):
        asyncio.run(run_to_end(work.fail))


def test_a_cancelled_caller_waits_until_the_thread_has_ended_however_often() -> None:
    async def cancel_twice() -> tuple[bool, bool, bool]:
        work = SlowWork()
        task = await begin(work)
        task.cancel()
        await let_others_run()
        task.cancel()
        await let_others_run()
        was_done = task.done()
        work.may_end.set()
        await asyncio.wait([task])
        return was_done, work.has_ended, task.cancelled()

    assert asyncio.run(cancel_twice()) == (False, True, True)


def test_stopping_tasks_waits_for_their_threads_also_where_it_is_cancelled_itself() -> None:
    async def stop() -> tuple[bool, bool, bool]:
        work = SlowWork()
        task = await begin(work)
        stopping = asyncio.create_task(stop_tasks([task]))
        await let_others_run()
        stopping.cancel()
        await let_others_run()
        was_done = stopping.done()
        work.may_end.set()
        await asyncio.wait([stopping])
        return was_done, work.has_ended, stopping.cancelled()

    assert asyncio.run(stop()) == (False, True, True)
