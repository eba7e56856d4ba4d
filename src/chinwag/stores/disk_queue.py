"""A queue on the disk: values written while a file of any size is read, to be read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Generic, TypeVar

import msgspec

Noun = TypeVar("Noun", bound=msgspec.Struct)
_HELD = 32 << 20  # bytes on the disk; up to so many the values are also held in memory


class DiskQueue(Generic[Noun]):
    """Values of one noun in the order they came, on the disk. Iterate it as often as you like.

    Few of them are held in memory besides, and not read back.

    Use it in a `with`; write with `add`, then iterate. The file goes at the end of the `with`.
    """

    def __init__(self, path: Path, noun: type[Noun]) -> None:
        self._path = path
        self._noun = noun
        self._encoder = msgspec.json.Encoder()
        self._file: BinaryIO | None = None
        self._number = 0
        self._size = 0
        self._held: list[Noun] | None = []

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
        encoded = self._encoder.encode(value) + b"\n"
        self._file.write(encoded)
        self._number += 1
        if self._held is not None:
            self._held.append(value)
            self._size += len(encoded)
            if self._size > _HELD:
                self._held = None

    def __iter__(self) -> Iterator[Noun]:
        if self._held is not None:
            yield from self._held
            return
        if self._file:
            self._file.flush()
        decoder = msgspec.json.Decoder(self._noun)
        with self._path.open("rb") as lines:
            for line in lines:
                yield decoder.decode(line)
