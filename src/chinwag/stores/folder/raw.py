"""Files as they were received: copied under `raw/`, compressed, changed only by a removal."""

from __future__ import annotations

import hashlib
import os
import re
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import msgspec
from isal import igzip

from chinwag.model import Post

_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"PK\x03\x04")
_CHUNK = 1 << 20
_CORES = min(4, os.cpu_count() or 1)
_LEVEL = 2  # of ISA-L's three; some 10 per cent larger than zlib's fourth, in an eighth of its time
_PART = ".part"  # the name of a file while it is being stored
_LONGEST_STEM = 200  # bytes of a name: a disk takes 255, with a number in front and endings
POSTS_ENDING = ".posts.jsonl"  # the ending of the posts that take the place of a file


class RawFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file under `raw/`: its own name, its name in the folder, and what it was as received.

    `sha256` and `bytes` are those of the file as received, before compression.
    """

    name: str
    raw: str
    sha256: str
    bytes: int


def copy_raw(path: Path, kept: Path, pending: Path, name: str = "") -> RawFile:
    """Copy `path` into `pending`, unless `kept` or `pending` already hold the very same file.

    It is called `name` there, its own where that is empty.

    What is not compressed yet is gzipped, without a time stamp, so that the same file gives the
    same copy. Another file of the same name gets a number.
    """
    suffix = "" if _is_compressed(path) else ".gz"
    pending.mkdir(parents=True, exist_ok=True)
    part = pending / _PART
    sha256, size = _store(path, part, pack=bool(suffix))
    called = name or path.name
    stem = re.sub(r"[^\w.() -]", "_", called).lstrip(".") or "file"
    stored = _give_name(part, stem, suffix, sha256, (kept, pending))
    return RawFile(name=called, raw=f"raw/{stored}", sha256=sha256, bytes=size)


def store_posts(
    posts: Iterable[Post], instead_of: str, kept: Path, pending: Path, name: str = ""
) -> RawFile:
    """Write posts as compressed JSON lines, which an import reads back, in place of a raw file.

    `instead_of` is the name of that file, and `name` the name to derive theirs from, where that is
    another. The very same posts are not stored twice.
    """
    pending.mkdir(parents=True, exist_ok=True)
    part = pending / _PART
    sha256, size = _write_lines(part, posts)
    stem = (name or instead_of).removesuffix(".gz").removesuffix(POSTS_ENDING)
    ending = POSTS_ENDING + ".gz"
    stored = _give_name(part, stem, ending, sha256, (kept, pending), may_replace=instead_of)
    return RawFile(name=stem, raw=f"raw/{stored}", sha256=sha256, bytes=size)


def store_lines(lines: Iterable[bytes], name: str, pending: Path) -> tuple[str, int]:
    """Write lines, compressed, under `name` in `pending`; return their SHA-256 and size."""
    pending.mkdir(parents=True, exist_ok=True)
    return _write_bytes(pending / name, lines)


def _give_name(
    part: Path,
    stem: str,
    suffix: str,
    sha256: str,
    folders: tuple[Path, Path],
    may_replace: str = "",
) -> str:
    """Move the stored file to a free name, or drop it for one of the same content; return the name.

    The second of `folders` is where it goes.
    """
    number, stem = 1, _shorten(stem)
    while True:
        name = (stem if number == 1 else f"{number}-{stem}") + suffix
        there = next((folder / name for folder in folders if (folder / name).exists()), None)
        if there is None or name == may_replace:
            part.replace(folders[1] / name)
            return name
        if _hash_stored(there, unpack=suffix.endswith(".gz")) == sha256:
            part.unlink()
            return name
        number += 1


def _shorten(stem: str) -> str:
    """Return a name as long as one may be here, cut in front of its ending."""
    signs = stem.encode("utf-8", "surrogateescape")
    if len(signs) <= _LONGEST_STEM:
        return stem
    ending = Path(stem).suffix[-10:]
    left = _LONGEST_STEM - len(ending.encode("utf-8", "surrogateescape"))
    return signs[:left].decode("utf-8", "ignore") + ending


def _write_lines(target: Path, posts: Iterable[Post]) -> tuple[str, int]:
    encoder = msgspec.json.Encoder()
    return _write_bytes(target, (encoder.encode(post) + b"\n" for post in posts))


def _write_bytes(target: Path, lines: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as stored, _open_gzip(stored) as packed:
        for line in lines:
            packed.write(line)
            digest.update(line)
            size += len(line)
    return digest.hexdigest(), size


def _is_compressed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(6).startswith(_COMPRESSED)


def _hash_stored(path: Path, *, unpack: bool) -> str:
    with igzip.open(path, "rb") if unpack else path.open("rb") as file:
        digest = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _store(path: Path, target: Path, *, pack: bool) -> tuple[str, int]:
    """Store a file, read once; return its SHA-256 and its size.

    It is packed by stretches, each a gzip member of its own, as the format allows: threads can pack
    one while the next is read and hashed, and the result is the same on any number of cores.
    """
    digest, size = hashlib.sha256(), 0
    packing: deque[Future[bytes]] = deque()
    with path.open("rb") as source, target.open("wb") as stored, ThreadPoolExecutor(_CORES) as pool:
        while chunk := source.read(_CHUNK):
            packing.append(pool.submit(_pack if pack else bytes, chunk))
            digest.update(chunk)
            size += len(chunk)
            if len(packing) > 2 * _CORES:
                stored.write(packing.popleft().result())
        for packed in packing:
            stored.write(packed.result())
    return digest.hexdigest(), size


def _pack(chunk: bytes) -> bytes:
    return igzip.compress(chunk, compresslevel=_LEVEL, mtime=0)


def _open_gzip(stored: BinaryIO) -> igzip.IGzipFile:
    return igzip.IGzipFile(filename="", mode="wb", fileobj=stored, compresslevel=_LEVEL, mtime=0)
