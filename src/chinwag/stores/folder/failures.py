"""What the operating system refuses, said as sentences that a person can act on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chinwag.errors import FolderError

_TODO = {
    errno.ENOSPC: "The disk is full: free some space and run the command again.",
    errno.EDQUOT: "Your disk quota is used up: free some space and run the command again.",
    errno.EROFS: "The disk is read-only: choose another folder with --into.",
    errno.EACCES: "You may not write there: choose another folder with --into.",
    errno.EPERM: "You may not write there: choose another folder with --into.",
    errno.ENOTDIR: "A part of that path is a file: choose another folder with --into.",
    errno.ENAMETOOLONG: "The name is too long: choose a shorter one with --into.",
}


@contextmanager
def explain_failures(folder: Path, *, kept: str) -> Iterator[None]:
    """Turn an OSError met while writing `folder` into a FolderError; `kept` says what stands."""
    try:
        yield
    except OSError as failure:
        todo = _TODO.get(failure.errno or 0, "Mend that and run the command again.")
        said = failure.strerror or str(failure)
        raise FolderError(
            f"The chat folder {folder} could not be written: {said}.", todo=todo, kept=kept
        ) from failure
