"""A queue on the disk: values written while a file of any size is read, to be read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Generic, TypeVar

import msgspec

from chinwag.model import AsideRow, Post

Noun = TypeVar("Noun", Post, AsideRow)
_HELD = 32 << 20  # letters of values that are held in memory before any goes to the disk
_BATCH = 1 << 20  # letters of those that are written at once after that
_BESIDE = 600  # letters of a value beside its text, as most have


class DiskQueue(Generic[Noun]):
    """Values of one noun in the order they came. Iterate it as often as you like.

    Few of them stay in memory and never see the disk; of many all but the last lie there.

    Use it in a `with`; write with `add`, then iterate. The file goes at the end of the `with`.
    """

    def __init__(self, path: Path, noun: type[Noun]) -> None:
        self._path = path
        self._decoder: msgspec.json.Decoder[Noun] = msgspec.json.Decoder(noun)
        self._encoder = msgspec.json.Encoder()
        self._file: BinaryIO | None = None
        self._number = 0
        self._held: list[Noun] = []
        self._size = 0
        self._most = _HELD

    def __enter__(self) -> DiskQueue[Noun]:
        self._file = self._path.open("wb")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()
        self._path.unlink(missing_ok=True)

    def __len__(self) -> int:
        """Return how many values have been added."""
        return self._number

    def add(self, value: Noun) -> None:
        """Add one value."""
        if self._file is None:
            raise ValueError("A DiskQueue is written to inside its `with`.")
        self._held.append(value)
        self._number += 1
        self._size += len(value.text) + _BESIDE
        if self._size > self._most:
            self._file.write(self._encoder.encode_lines(self._held))
            self._held, self._size, self._most = [], 0, _BATCH

    def __iter__(self) -> Iterator[Noun]:
        if self._file and len(self._held) < self._number:
            self._file.flush()
            with self._path.open("rb") as lines:
                yield from map(self._decoder.decode, lines)
        yield from self._held
