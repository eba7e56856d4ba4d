"""One capture at a time, and none while everything is read again: both hold the folder's `raw/`.

A capture holds it alone until it ends. An import holds it together with other imports, so that no
capture begins on posts that are about to be replaced.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chinwag.errors import FolderError, Kept
from chinwag.stores.folder.layout import PART, RAW
from chinwag.stores.folder.lock import PATIENCE

_LOOK_AGAIN = 0.05  # seconds between two checks whether an import has ended


@contextmanager
def hold_capture(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the folder for one capture, once imports have ended.

    Raises FolderError where another capture runs on it, or an import still after `patience`
    seconds.
    """
    (root / RAW).mkdir(parents=True, exist_ok=True)
    handle = os.open(root / RAW, os.O_RDONLY)
    try:
        _hold_alone(handle, root, patience)
    except BlockingIOError:
        raise FolderError(
            "Another capture is running on {folder}.",
            code="other-capture-runs",
            kept=Kept.UNCHANGED,
            folder=root,
        ) from None
    else:
        for left in (root / RAW).glob(f".*{PART}"):
            left.unlink()
        yield
    finally:
        os.close(handle)


def _hold_alone(handle: int, root: Path, patience: float) -> None:
    """Take the lock; raise BlockingIOError where a capture has it, or imports for too long."""
    last = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if is_captured(root) or time.monotonic() >= last:
                raise
            time.sleep(_LOOK_AGAIN)
        else:
            return


@contextmanager
def keep_captures_out(root: Path) -> Iterator[bool]:
    """Let no capture begin on the folder; yield False where one runs already."""
    if not (root / RAW).exists():
        yield True
        return
    handle = os.open(root / RAW, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(handle)


def is_captured(root: Path) -> bool:
    """Return whether a capture runs on the chat folder at this moment."""
    with keep_captures_out(root) as is_free:
        return not is_free
