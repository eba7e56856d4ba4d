"""A text file that a person names: an agenda, a list of pasted posts."""

from __future__ import annotations

from pathlib import Path

from chinwag.errors import InputError
from chinwag.importers.encodings import ERRORS, guess_encoding


def read_text(path: Path, purpose: str) -> str:
    """Return a text file's text, in whatever encoding it is.

    Raises InputError with the `purpose`: "agenda" or "file".
    """
    try:
        content = path.read_bytes()
        return content.decode(guess_encoding(content), errors=ERRORS).removeprefix("\ufeff")
    except OSError as failure:
        reason = failure.strerror
        raise InputError(
            "The {purpose} {path} cannot be read: {reason}.",
            code="text-file-unreadable",
            purpose=purpose,
            path=path,
            reason=reason,
        ) from failure
