"""One process at a time makes files again that are out of date; the others wait for it."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chinwag.stores.folder.layout import PUBLISHING, REBUILD
from chinwag.stores.folder.lock import try_lock

_LOOK_AGAIN = 0.05  # seconds between two checks whether the other has ended
_log = logging.getLogger(__name__)


@contextmanager
def hold_rebuild(root: Path, patience: float) -> Iterator[bool]:
    """Hold the work; yield False where another process still holds it after `patience` seconds.

    The lock is on a hidden file, which goes when the work is done. One left behind by a kill is
    free.
    """
    with _hold_file(root / REBUILD, patience) as is_mine:
        if not is_mine:
            _log.info("%s: another command is making it again", root)
        yield is_mine


@contextmanager
def hold_publishing(root: Path) -> Iterator[bool]:
    """Hold the publishing on blogs; yield False where another process holds it."""
    with _hold_file(root / PUBLISHING, 0.0) as is_mine:
        yield is_mine


@contextmanager
def _hold_file(path: Path, patience: float) -> Iterator[bool]:
    handle = _wait_for_file(path, patience)
    if handle is None:
        yield False
        return
    try:
        yield True
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _wait_for_file(path: Path, patience: float) -> int | None:
    """Return the locked file of that path, None where another holds it for too long."""
    last = time.monotonic() + patience
    while True:
        handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
        if try_lock(handle) and _is_still_there(path, handle):
            return handle
        os.close(handle)
        if time.monotonic() >= last:
            return None
        time.sleep(_LOOK_AGAIN)


def _is_still_there(path: Path, handle: int) -> bool:
    """Return whether the process that held the file before has left it in its place."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
