"""What the operating system refuses, said as an error that a person can act on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chinwag.errors import FolderError, Kept


@contextmanager
def explain_failures(folder: Path, *, kept: Kept) -> Iterator[None]:
    """Turn an OSError met while writing `folder` into a FolderError; `kept` says what stands."""
    try:
        yield
    except OSError as failure:
        raise make_write_error(folder, failure, kept) from failure


def make_write_error(folder: Path, failure: OSError, kept: Kept) -> FolderError:
    """Return the error for a refused write; its field `errno` is the name of the system's code."""
    return FolderError(
        "The chat folder {folder} could not be written: {said}.",
        code="folder-not-written",
        kept=kept,
        folder=folder,
        said=failure.strerror or str(failure),
        errno=errno.errorcode.get(failure.errno or 0, ""),
    )
