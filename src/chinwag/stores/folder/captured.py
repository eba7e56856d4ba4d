"""One capture at a time: whoever captures a chat folder holds its `raw/` until it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chinwag.errors import FolderError
from chinwag.stores.folder.layout import PART, RAW


@contextmanager
def hold_capture(root: Path) -> Iterator[None]:
    """Hold the folder for one capture. Raises FolderError where another one runs on it."""
    (root / RAW).mkdir(parents=True, exist_ok=True)
    handle = os.open(root / RAW, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise FolderError(
            f"Another capture is running on {root}.",
            todo="End it first (Ctrl-C where it runs), or name another folder with --into.",
            kept="Nothing in the folder was changed.",
        ) from None
    else:
        for left in (root / RAW).glob(f".*{PART}"):
            left.unlink()
        yield
    finally:
        os.close(handle)


def is_captured(root: Path) -> bool:
    """Say whether a capture runs on the chat folder at this moment."""
    try:
        handle = os.open(root / RAW, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
