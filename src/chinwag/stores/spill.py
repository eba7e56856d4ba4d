"""A spill: posts laid down on the disk while a file of any size is read, to be gone over again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec

from chinwag.model import Post


class Spill:
    """Posts in the order they came, on the disk. Iterate it as often as you like.

    Use it in a `with`; write with `add`, then iterate.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._encoder = msgspec.json.Encoder()
        self._file: BinaryIO | None = None

    def __enter__(self) -> Spill:
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

    def add(self, post: Post) -> None:
        """Lay one post down."""
        if self._file is None:
            raise ValueError("A Spill is written to inside its `with`.")
        self._file.write(self._encoder.encode(post))
        self._file.write(b"\n")

    def __iter__(self) -> Iterator[Post]:
        if self._file:
            self._file.flush()
        decoder = msgspec.json.Decoder(Post)
        with self._path.open("rb") as lines:
            for line in lines:
                yield decoder.decode(line)
