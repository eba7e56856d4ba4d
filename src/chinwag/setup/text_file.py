"""A text file that a person names: an agenda, a list of pasted posts."""

from __future__ import annotations

from pathlib import Path

from chinwag.errors import InputError


def read_text(path: Path, what: str, todo: str) -> str:
    """Give a text file's text. Raises InputError, with `what` it is and what `todo`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as failure:
        reason = failure.strerror if isinstance(failure, OSError) else "it is not UTF-8 text"
        raise InputError(
            f"{what} {path} cannot be read: {reason}.",
            todo=todo,
        ) from failure
