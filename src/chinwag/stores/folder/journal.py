"""The capture's journal: what routes gave, on the disk before anything else is done with it.

One JSON object a line, `{"route", "address", "at", "payload"}`, is appended to
`raw/capture-START.jsonl` and flushed to the disk (fsync) before the cursors move: what a kill or a
full disk takes away is asked for again. A journal is open until the capture ends, or the next one
begins; it then becomes a file under `raw/` like any other.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from chinwag.errors import DamagedFolder
from chinwag.model import RawPost
from chinwag.stores.folder.flush import flush
from chinwag.stores.folder.layout import CURSORS, PART, RAW

PREFIX = "capture-"
ENDING = ".jsonl"


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a journal: a RawPost whose place in a file means nothing."""

    route: str
    address: str
    at: datetime | None
    payload: Any


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Line).decode


class Journal:
    """The open journal of a running capture. Begin one with `Journal.begin`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("ab", buffering=0)

    @classmethod
    def begin(cls, root: Path, at: datetime) -> Journal:
        """Begin a journal in the chat folder `root`, named after its start.

        Raises OSError where the disk refuses.
        """
        folder = root / RAW
        folder.mkdir(parents=True, exist_ok=True)
        stem, number = f"{PREFIX}{at:%Y%m%dT%H%M%SZ}", 1
        while any(folder.glob(f"{stem}{ENDING}*")):  # one of the same second, open or sealed
            number += 1
            stem = f"{PREFIX}{at:%Y%m%dT%H%M%SZ}-{number}"
        journal = cls(folder / f"{stem}{ENDING}")
        flush(folder)
        return journal

    def append(self, raws: Iterable[RawPost]) -> None:
        """Write records and flush them to the disk, all or none of them.

        Raises OSError where the disk refuses (it is full, say); the journal is then as before.
        """
        descriptor = self._file.fileno()
        before = os.fstat(descriptor).st_size
        waiting = memoryview(b"".join(_encode_line(raw) for raw in raws))
        try:
            while waiting:
                waiting = waiting[os.write(descriptor, waiting) :]
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, before)  # else the next line would begin inside this one
            raise

    def rewrite(self, change: Callable[[RawPost], RawPost]) -> int:
        """Replace each record by what `change` returns for it; return how many have changed.

        The file is replaced as a whole or not at all. Raises OSError where the disk refuses.
        """
        lines, changed = change_lines(self.path, change)
        if changed:
            _replace(self.path, b"".join(lines))
            self._file.close()
            self._file = self.path.open("ab", buffering=0)
        return changed

    def close(self) -> None:
        """Close the file; the journal itself stays open until it is sealed."""
        self._file.close()


def read_journal(path: Path) -> Iterator[RawPost]:
    """Yield the records of a journal, open or sealed, each with its line.

    Raises DamagedFolder, naming the line, for one that is none; an unfinished last line is left.
    """
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.endswith(b"\n"):
                return
            yield decode_line(line, number, path)


def decode_line(line: bytes, number: int, path: Path) -> RawPost:
    """Return the record of a line. Raises DamagedFolder, naming the line, where it is none."""
    try:
        read = _decode(line)
    except msgspec.DecodeError as fault:
        raise DamagedFolder(
            "{path} cannot be read: line {line} says {fault}.",
            code="journal-damaged",
            path=path,
            line=number,
            fault=str(fault),
        ) from fault
    return RawPost(
        route=read.route, address=read.address, line=number, payload=read.payload, at=read.at
    )


def change_lines(path: Path, change: Callable[[RawPost], RawPost]) -> tuple[list[bytes], int]:
    """Return the lines of a journal after `change`, and how many records have changed."""
    lines: list[bytes] = []
    changed = 0
    for raw in read_journal(path):
        mended = change(raw)
        changed += mended is not raw
        lines.append(_encode_line(mended))
    return lines, changed


def list_open_journals(root: Path) -> tuple[Path, ...]:
    """Return the journals under `raw/` that have not been sealed, the earliest first."""
    return tuple(sorted((root / RAW).glob(f"{PREFIX}*{ENDING}")))


def mend_tail(path: Path) -> int:
    """Cut an unfinished last line off a journal; return its length in bytes.

    A kill in the middle of writing leaves one. Its cursor had not moved, so that its records come
    again; and whether its author has taken it back since, nobody could tell.
    """
    size = path.stat().st_size
    with path.open("r+b") as file:
        whole = _find_end(file, size)
        if whole < size:
            file.truncate(whole)
            os.fsync(file.fileno())
    return size - whole


def _find_end(file: BinaryIO, size: int) -> int:
    """Return where the last whole line ends."""
    at = size
    while at:
        start = max(0, at - (1 << 16))
        file.seek(start)
        found = file.read(at - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        at = start
    return 0


def read_cursors(root: Path) -> dict[str, str]:
    """Return the kept cursor of each route by the route's name; {} where there are none.

    Raises DamagedFolder where the file is not of that form.
    """
    path = root / CURSORS
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except msgspec.DecodeError as fault:
        raise DamagedFolder(
            "{path} cannot be read: {fault}.",
            code="cursors-damaged",
            path=path,
            fault=str(fault),
        ) from fault


def write_cursors(root: Path, cursors: Mapping[str, str]) -> None:
    """Keep the cursors, whole or not at all. Raises OSError where the disk refuses."""
    encoded = msgspec.json.encode(dict(sorted(cursors.items())))
    _replace(root / CURSORS, msgspec.json.format(encoded, indent=2) + b"\n")


def _encode_line(raw: RawPost) -> bytes:
    line = _Line(route=raw.route, address=raw.address, at=raw.at, payload=raw.payload)
    return _encode(line) + b"\n"


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}{PART}")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    flush(path.parent)
