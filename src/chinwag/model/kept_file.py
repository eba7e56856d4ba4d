"""A file that people keep with a chat: a picture of its story, slides, minutes."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

PICTURES = "pictures"  # the folders of a chat folder in which they lie
FILES = "files"
PICTURE_TYPES = {"jpg": "image/jpeg", "png": "image/png"}  # by the ending of a picture's name

_PICTURE = re.compile(rf"{PICTURES}/[0-9a-f]{{32}}\.(?P<ending>{'|'.join(PICTURE_TYPES)})")


class KeptFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of `files.jsonl`: a file that was kept, or that was taken out again.

    `name` is its place in the chat folder: a picture's is made of its content, any other lies in
    `files/`. `words` say what it shows or what it is, `who` kept it and `at` which time (aware
    UTC). One that `is_public` is for everybody. Of a file that was taken out, at `gone`, only the
    name and the digest are left; they tell whether an earlier copy of the folder holds it.
    """

    name: str
    sha256: str
    at: datetime
    bytes: int = 0
    media_type: str = ""
    words: str = ""
    who: str = ""
    is_public: bool = False
    gone: datetime | None = None


def is_picture(name: str) -> bool:
    """Return whether a name, or a picture's address, is that of a picture in the chat folder."""
    return _PICTURE.fullmatch(name) is not None


def is_kept_picture(file: KeptFile) -> bool:
    """Return whether a kept file is a picture that is still there."""
    return file.gone is None and is_picture(file.name)


def name_picture(sha256: str, media_type: str) -> str:
    """Return the name of a picture in the chat folder: the same for the same content."""
    ending = next(end for end, kind in PICTURE_TYPES.items() if kind == media_type)
    return f"{PICTURES}/{sha256[:32]}.{ending}"


def find_picture_type(name: str) -> str:
    """Return the media type of a picture by its name, "" where it is no picture."""
    found = _PICTURE.fullmatch(name)
    return PICTURE_TYPES[found["ending"]] if found else ""
