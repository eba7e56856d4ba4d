"""A full disk: said once, waited out, and said again when there is room."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Awaitable, Callable
from typing import TypeVar

from chinwag.capture.view import Listener
from chinwag.errors import FolderError

DISK_PAUSE = 2.0  # seconds between two looks whether a full disk has room
DISK_FULL = "The disk is full: nothing new can be kept."

_FULL = (errno.ENOSPC, errno.EDQUOT)

Result = TypeVar("Result")


async def wait_for_room(
    do: Callable[[], Result],
    pause: Callable[[float], Awaitable[None]],
    listener: Listener,
    stop: asyncio.Event,
) -> Result:
    """Do what needs room on the disk, once there is some; give its result.

    Raises what `do` raises for other reasons, and for a full disk where `stop` is set.
    """
    is_told = False
    while True:
        try:
            done = do()
        except (FolderError, OSError) as failure:
            if not is_full(failure) or stop.is_set():
                raise
            if not is_told:
                tell_full(listener)
            is_told = True
            await pause(DISK_PAUSE)
        else:
            if is_told:
                tell_room(listener)
            return done


def tell_full(listener: Listener) -> None:
    """Say that the disk is full, and what to do."""
    todo = "Free some space: the capture then goes on by itself, and nothing is lost."
    listener.hear_notice("", "full", DISK_FULL, todo)


def tell_room(listener: Listener) -> None:
    """Say that the disk has room again."""
    listener.hear_notice("", "room", "There is room on the disk again.", "")


def is_full(failure: FolderError | OSError) -> bool:
    """Say whether a failure comes of a full disk or a used up quota."""
    cause = failure.__cause__ if isinstance(failure, FolderError) else failure
    return isinstance(cause, OSError) and cause.errno in _FULL
