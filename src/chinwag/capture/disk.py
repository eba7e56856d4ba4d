"""Writing to the folder's disk: where it is full, that is said once, and the capture waits."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NoReturn, TypeVar

from chinwag.capture.threads import run_to_end
from chinwag.capture.view import Listener
from chinwag.errors import BusyFolder, FolderError, Kept
from chinwag.model import Note, make_worded_note
from chinwag.stores.folder.failures import make_write_error

DISK_PAUSE = 2.0  # seconds between two tries on a full disk
DISK_FULL = make_worded_note("The disk is full: nothing new can be kept.", code="disk-full")
DISK_HAS_ROOM = make_worded_note("There is room on the disk again.", code="disk-has-room")

_FULL = (errno.ENOSPC, errno.EDQUOT)
_log = logging.getLogger(__name__)

Result = TypeVar("Result")


class Disk:
    """The disk of the chat folder `root`. Everything that writes to it runs in a thread.

    `problem` says what is wrong with it, "" where nothing is.
    """

    def __init__(
        self, root: Path, pause: Callable[[float], Awaitable[None]], listener: Listener
    ) -> None:
        self.problem: Note | None = None
        self._root = root
        self._pause = pause
        self._listener = listener

    async def write(self, do: Callable[[], Result], give_up: asyncio.Event | None = None) -> Result:
        """Write to the disk as soon as there is room, and return the result.

        Raises FolderError where the disk refuses for another reason, and for a full disk where
        `give_up` is set.
        """
        while True:
            try:
                result = await run_to_end(do)
            except (FolderError, OSError) as failure:
                is_over = give_up is not None and give_up.is_set()
                if is_over or not is_full(failure):
                    raise_as_folder_error(failure, self._root)
                self._say_full()
                await self._pause(DISK_PAUSE)
            else:
                self._say_room()
                return result

    async def try_write(self, do: Callable[[], Result]) -> Result | None:
        """Write to the disk and return the result, None where that is not possible now.

        Another command may be writing the folder, or the disk be full. Raises FolderError where
        the disk refuses for another reason.
        """
        try:
            result = await run_to_end(do)
        except BusyFolder:
            return None
        except (FolderError, OSError) as failure:
            if not is_full(failure):
                raise_as_folder_error(failure, self._root)
            self._say_full()
            return None
        self._say_room()
        return result

    def _say_full(self) -> None:
        if self.problem:
            return
        self.problem = DISK_FULL
        _log.warning("The disk is full.")
        self._listener.hear_notice("", "full", DISK_FULL)

    def _say_room(self) -> None:
        if not self.problem:
            return
        self.problem = None
        _log.info("The disk has room again.")
        self._listener.hear_notice("", "room", DISK_HAS_ROOM)


def is_full(failure: FolderError | OSError) -> bool:
    """Return whether the disk is full, or the quota used up."""
    cause = failure.__cause__ if isinstance(failure, FolderError) else failure
    return isinstance(cause, OSError) and cause.errno in _FULL


def raise_as_folder_error(failure: FolderError | OSError, root: Path) -> NoReturn:
    """Raise a failure to write the folder `root` as FolderError, in a sentence."""
    if isinstance(failure, FolderError):
        raise failure
    raise make_write_error(root, failure, Kept.RECEIVED) from failure
