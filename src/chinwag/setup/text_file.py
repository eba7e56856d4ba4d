"""A text file that a person names: an agenda, a list of pasted posts."""

from __future__ import annotations

from pathlib import Path

from chinwag.errors import InputError


def read_text(path: Path, purpose: str) -> str:
    """Return a text file's text. Raises InputError with the `purpose`: "agenda" or "file"."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as failure:
        reason = failure.strerror if isinstance(failure, OSError) else "it is not UTF-8 text"
        raise InputError(
            "The {purpose} {path} cannot be read: {reason}.",
            code="text-file-unreadable",
            purpose=purpose,
            path=path,
            reason=reason,
        ) from failure
