"""From a picture's file to a picture with its description, to be sent or to be kept."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING

from chinwag.errors import InputError
from chinwag.networks.contract import Picture

if TYPE_CHECKING:
    from chinwag.setup.fit_picture import Picture as FitPicture


def read_picture(path: Path, alt: str) -> Picture:
    """Return a picture with its description. Raises InputError where either is missing."""
    kind, _ = mimetypes.guess_type(path.name)
    try:
        data = path.read_bytes()
    except OSError as failure:
        raise _describe_unreadable(path, failure) from failure
    if kind is None or not kind.startswith("image/"):
        raise InputError("{path} is not a picture.", code="not-a-picture", path=path)
    if not alt.strip():
        raise InputError("The picture has no description.", code="picture-without-description")
    return Picture(data=data, media_type=kind, alt=alt.strip())


def read_fit_picture(path: Path) -> FitPicture:
    """Return a picture as a chat folder keeps it: small, upright, without what was hidden in it.

    Raises InputError for what is none, is too large, or where no Pillow is installed.
    """
    try:
        from chinwag.setup.fit_picture import (  # noqa: PLC0415 - an extra, and slow to load
            MOST_BYTES,
            MOST_PIXELS,
            UnfitPicture,
            fit_picture,
        )
    except ImportError as missing:
        raise InputError(
            "Pictures need a package that is not installed.", code="pillow-not-installed"
        ) from missing
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnfitPicture("too-many-bytes")
        with path.open("rb") as file:
            return fit_picture(file)
    except UnfitPicture as unfit:
        if unfit.code == "unreadable":
            raise InputError("{path} is not a picture.", code="not-a-picture", path=path) from unfit
        raise InputError(
            "The picture {path} is too large: {bytes:,} bytes and {pixels:,} pixels at most.",
            code="picture-too-large",
            path=path,
            bytes=MOST_BYTES,
            pixels=MOST_PIXELS,
        ) from unfit
    except OSError as failure:
        raise _describe_unreadable(path, failure) from failure


def _describe_unreadable(path: Path, failure: OSError) -> InputError:
    return InputError(
        "The picture {path} cannot be read: {reason}.",
        code="picture-unreadable",
        path=path,
        reason=failure.strerror,
    )
