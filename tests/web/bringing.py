"""Pictures and files as people bring them."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

ORIENTATION, MAKER, PLACE = 0x0112, 0x010F, 0x8825
PDF = b"%PDF-1.7 slides"


def take_photo(size: tuple[int, int] = (60, 30), *, turned: bool = True) -> bytes:
    """Return a photo as a telephone takes it: turned, with its maker, its place and a comment."""
    photo = Image.new("RGB", size, "red")
    photo.paste("blue", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6 if turned else 1, "Secretmaker"
    exif.get_ifd(PLACE)[1] = "N"
    written = io.BytesIO()
    photo.save(written, "JPEG", exif=exif, comment=b"Secretword", quality=95)
    return written.getvalue()


def bring(name: str, content: bytes, media_type: str = "application/octet-stream") -> Any:
    """Return a file as a browser sends it; what it says of its kind counts for nothing."""
    return SimpleUploadedFile(name, content, media_type)
