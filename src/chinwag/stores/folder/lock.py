"""The lock on a chat folder: everybody waits for it, nobody for ever."""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chinwag.errors import BusyFolder, Kept

PATIENCE = 10.0  # seconds that one command waits for another to end its writing
_LOOK_AGAIN = 0.005  # seconds between two tries at a lock that another command holds
_log = logging.getLogger(__name__)


@contextmanager
def hold_lock(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the folder alone. Raises BusyFolder where another still has it after `patience` s."""
    handle = os.open(root, os.O_RDONLY)
    try:
        _wait_for_lock(handle, root, patience)
        yield
    finally:
        os.close(handle)


def _wait_for_lock(handle: int, root: Path, patience: float) -> None:
    if try_lock(handle):
        return
    _log.info("%s: another command is writing it, waiting", root)
    begun = time.monotonic()
    while not try_lock(handle):
        if time.monotonic() - begun >= patience:
            raise BusyFolder(
                "Another command is writing the chat folder {folder} at this moment.",
                code="folder-busy",
                kept=Kept.UNCHANGED,
                folder=root,
            )
        time.sleep(_LOOK_AGAIN)
    _log.info("%s: waited %.3f s for another command", root, time.monotonic() - begun)


def try_lock(handle: int) -> bool:
    """Lock an open file or folder for this process alone; return whether that could be done."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
