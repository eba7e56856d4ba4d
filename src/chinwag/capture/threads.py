"""Work in threads which a cancelled capture still waits for: no file is closed under a writer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import Any, TypeVar

Result = TypeVar("Result")


async def run_to_end(do: Callable[[], Result]) -> Result:
    """Run `do` in a thread of its own and return its result.

    A caller that is cancelled waits until the thread has ended, and is cancelled then: a thread
    cannot be stopped, and whatever follows may close what it writes. Raises what `do` raises.
    """
    done = asyncio.get_running_loop().run_in_executor(None, do)
    await wait_for_all([done])
    return done.result()


async def stop_tasks(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Cancel tasks and wait until each has ended; what one raised stays in it."""
    for task in tasks:
        task.cancel()
    await wait_for_all(tasks)


async def wait_for_all(futures: Collection[asyncio.Future[Any]]) -> None:
    """Wait until all have ended, however often the caller is cancelled meanwhile.

    Raises CancelledError at the end if it was.
    """
    is_cancelled = False
    while not all(future.done() for future in futures):
        try:
            await asyncio.wait(futures)
        except asyncio.CancelledError:
            is_cancelled = True
    if is_cancelled:
        _mark_seen(futures)
        raise asyncio.CancelledError


def _mark_seen(futures: Collection[asyncio.Future[Any]]) -> None:
    """Keep asyncio from complaining of failures that nobody is left to read."""
    for future in futures:
        if not future.cancelled():
            future.exception()
