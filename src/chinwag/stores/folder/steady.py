"""Read several files as they were at one moment, while other commands write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from chinwag.errors import FolderError, Kept
from chinwag.stores.folder import layout
from chinwag.stores.folder.commit import finish_change
from chinwag.stores.folder.failures import explain_failures
from chinwag.stores.folder.lock import PATIENCE, hold_lock

Result = TypeVar("Result")

_TRIES = 5  # readings without the lock, before one that holds it


def read_steadily(root: Path, read: Callable[[], Result], patience: float = PATIENCE) -> Result:
    """Return what `read` returns when no change of the folder falls into it.

    It is read without the lock first, so that a reader does not wait for a long import, and with
    it where changes keep coming. Raises what `read` raises, and BusyFolder as `open_change` does.
    """
    for _ in range(_TRIES):
        before = _mark(root)
        if before is None:
            break
        try:
            result = read()
        except FolderError:
            if _mark(root) == before:
                raise
            continue
        if _mark(root) == before:
            return result
    with explain_failures(root, kept=Kept.UNCHANGED), hold_lock(root, patience):
        finish_change(root)
        return read()


def _mark(root: Path) -> bytes | None:
    """Return a value that differs after each change; None while files are being moved."""
    if (root / layout.PENDING / layout.COMMIT).exists():
        return None
    checksums = root / layout.CHECKSUMS
    return checksums.read_bytes() if checksums.exists() else b""
