"""Pictures to keep with a chat: small, of one colour each."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime
from pathlib import Path

from PIL import Image

from chinwag.model import KeptFile, name_picture


def draw(colour: str, kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    """Return a picture of one colour."""
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return written.getvalue()


def describe(data: bytes, at: datetime, words: str, kind: str = "image/png") -> KeptFile:
    """Return how a picture is kept."""
    digest = hashlib.sha256(data).hexdigest()
    return KeptFile(
        name=name_picture(digest, kind),
        sha256=digest,
        at=at,
        bytes=len(data),
        media_type=kind,
        words=words,
        who="Ana",
    )


def lay_down(data: bytes, into: Path) -> Path:
    """Return a file that holds a picture."""
    path = into / "picture"
    path.write_bytes(data)
    return path
