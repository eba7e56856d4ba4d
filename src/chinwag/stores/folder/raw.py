"""Files as they were received: copied under `raw/`, compressed, changed only by a removal."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec

from chinwag.model import Post

_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"PK\x03\x04")
_CHUNK = 1 << 20
POSTS_ENDING = ".posts.jsonl"  # of what stands in place of a file that may not be kept
POSTS_FORMAT = "generic-jsonl"  # the importer that reads it back


class RawFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file under `raw/`: its own name, its name in the folder, and what it was as received.

    `sha256` and `bytes` are those of the file as received, before compression.
    """

    name: str
    raw: str
    sha256: str
    bytes: int


def copy_raw(path: Path, kept: Path, pending: Path) -> RawFile:
    """Copy `path` into `pending`, unless `kept` or `pending` already hold the very same file.

    What is not compressed yet is gzipped, without a time stamp, so that the same file gives the
    same copy. Another file of the same name gets a number.
    """
    sha256, size = _hash_content(path)
    suffix = "" if _is_compressed(path) else ".gz"
    stem = re.sub(r"[^\w.() -]", "_", path.name).lstrip(".") or "file"
    for number in range(1, 10_000):
        name = (stem if number == 1 else f"{number}-{stem}") + suffix
        there = next(
            (folder / name for folder in (kept, pending) if (folder / name).exists()), None
        )
        if there is None:
            pending.mkdir(parents=True, exist_ok=True)
            _compress(path, pending / name, plain=bool(suffix))
            break
        if _hash_stored(there, unpack=bool(suffix)) == sha256:
            break
    return RawFile(name=path.name, raw=f"raw/{name}", sha256=sha256, bytes=size)


def write_posts(target: Path, posts: Iterable[Post]) -> RawFile:
    """Write posts as compressed JSON lines, which an import reads back as they are."""
    target.parent.mkdir(parents=True, exist_ok=True)
    encoder = msgspec.json.Encoder()
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as stored, _open_gzip(stored) as packed:
        for post in posts:
            line = encoder.encode(post) + b"\n"
            packed.write(line)
            digest.update(line)
            size += len(line)
    return RawFile(name=target.name, raw="", sha256=digest.hexdigest(), bytes=size)


def _is_compressed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(6).startswith(_COMPRESSED)


def _hash_content(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest, file.tell()


def _hash_stored(path: Path, *, unpack: bool) -> str:
    if not unpack:
        return _hash_content(path)[0]
    digest = hashlib.sha256()
    with gzip.open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _compress(path: Path, target: Path, *, plain: bool) -> None:
    with path.open("rb") as source, target.open("wb") as stored:
        if not plain:
            shutil.copyfileobj(source, stored, _CHUNK)
            return
        _gzip(source, stored)


def _gzip(source: BinaryIO, stored: BinaryIO) -> None:
    with _open_gzip(stored) as packed:
        shutil.copyfileobj(source, packed, _CHUNK)


def _open_gzip(stored: BinaryIO) -> gzip.GzipFile:
    return gzip.GzipFile(filename="", mode="wb", fileobj=stored, compresslevel=4, mtime=0)
