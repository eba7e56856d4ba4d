"""Pictures that somebody brings, made fit to be kept: small, upright, nothing hidden in them."""

from __future__ import annotations

import io
from typing import BinaryIO, NamedTuple

from PIL import Image, ImageCms, ImageOps

MOST_BYTES = 15_000_000  # of a picture as it is brought
MOST_PIXELS = 50_000_000  # of one, so that it cannot fill the memory once it is unpacked
LONGEST_SIDE = 1600  # pixels of one that is kept
_LARGEST_PNG = 1_500_000  # bytes, above which what shows nothing transparent is kept as a JPEG
_QUALITY = 85
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class Picture(NamedTuple):
    """A picture as it is kept: its content, its media type and its size in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int


class UnfitPicture(Exception):
    """`code` says why a picture cannot be kept: "unreadable" or "too-many-pixels"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def fit_picture(file: BinaryIO) -> Picture:
    """Return a picture as it is kept, whatever its file is called. Raises UnfitPicture.

    It is drawn again from its pixels: where and with which camera it was taken, previews, comments
    and whatever else a file may hold are gone. It stands upright, its longest side is LONGEST_SIDE
    pixels at most, and its colours are those of sRGB. Of a moving picture it is the first frame.
    """
    try:
        with Image.open(file, formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise UnfitPicture("too-many-pixels")
            is_photo = opened.format in ("JPEG", "MPO", "WEBP")
            if opened.format in ("JPEG", "MPO"):
                opened.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
            return _keep(_redraw(opened), is_photo=is_photo)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise UnfitPicture("too-many-pixels") from fault  # Pillow's own bound is higher
    except (OSError, ValueError, SyntaxError, EOFError) as fault:
        raise UnfitPicture("unreadable") from fault


def _redraw(opened: Image.Image) -> Image.Image:
    """Return the pixels alone, upright and small enough."""
    turned = ImageOps.exif_transpose(opened)
    seen = _use_srgb(turned, "RGBA" if turned.has_transparency_data else "RGB")
    seen.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    bare = Image.new(seen.mode, seen.size)
    bare.paste(seen)
    return bare


def _use_srgb(turned: Image.Image, mode: str) -> Image.Image:
    """Return a picture in the colours of sRGB; one without a readable profile counts as sRGB."""
    profile = turned.info.get("icc_profile")
    plain = turned if turned.mode in ("RGB", "RGBA", "CMYK") else turned.convert(mode)
    if not profile or plain.mode == "CMYK" or turned.mode not in ("RGB", "RGBA"):
        return plain.convert(mode)
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(plain, own, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return plain.convert(mode)
    return (changed or plain).convert(mode)


def _keep(bare: Image.Image, *, is_photo: bool) -> Picture:
    is_opaque = bare.mode == "RGB"
    data = b"" if is_photo and is_opaque else _write(bare, "PNG", optimize=True)
    if is_opaque and (not data or len(data) > _LARGEST_PNG):
        jpeg = _write(bare, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
        return Picture(jpeg, "image/jpeg", *bare.size)
    return Picture(data, "image/png", *bare.size)


def _write(bare: Image.Image, kind: str, **options: object) -> bytes:
    written = io.BytesIO()
    bare.save(written, kind, **options)
    return written.getvalue()
