"""From a picture's file to a picture with its description."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from chinwag.errors import InputError
from chinwag.networks.contract import Picture


def read_picture(path: Path, alt: str) -> Picture:
    """Return a picture with its description. Raises InputError where either is missing."""
    kind, _ = mimetypes.guess_type(path.name)
    try:
        data = path.read_bytes()
    except OSError as failure:
        raise InputError(
            "The picture {path} cannot be read: {reason}.",
            code="picture-unreadable",
            path=path,
            reason=failure.strerror,
        ) from failure
    if kind is None or not kind.startswith("image/"):
        raise InputError("{path} is not a picture.", code="not-a-picture", path=path)
    if not alt.strip():
        raise InputError("The picture has no description.", code="picture-without-description")
    return Picture(data=data, media_type=kind, alt=alt.strip())
