"""What kind of file it is, by its first bytes: plain, compressed, an archive, or no text at all.

Every refusal is an InputError that names the file, its kind and what to do.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Any, cast

from isal.igzip import IGzipFile
from isal.isal_zlib import IsalError

from chinwag.errors import InputError

RATIO = 250  # decompressed to compressed bytes; a file beyond it is taken for a bomb
RATIO_FROM = 64 << 20  # decompressed bytes below which the ratio does not matter
BUDGET = 40 << 30  # bytes that one compressed file may hold


_FEW = 256  # packed bytes of Zstandard that are unpacked at a time: 8 MB at most

COMPRESSED = (
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
# What a file begins with, what it then is, and its kind: one of those that `refuse_binary` names.
_REFUSED = (
    (b"%PDF-", "a PDF document", "binary"),
    (b"\x89PNG\r\n", "a PNG picture", "binary"),
    (b"\xff\xd8\xff", "a JPEG picture", "binary"),
    (b"GIF8", "a GIF picture", "binary"),
    (b"RIFF", "a sound, film or picture (RIFF)", "binary"),
    (b"ID3", "a sound (MP3)", "binary"),
    (b"OggS", "a sound or film (Ogg)", "binary"),
    (b"\x7fELF", "a program (ELF)", "binary"),
    (b"MZ\x90", "a Windows program", "binary"),
    (b"SQLite format 3\x00", "an SQLite database", "database"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.xls, .doc)", "document"),
    (b"{\\rtf", "a Rich Text document", "document"),
    (b"PAR1", "a Parquet table", "table"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "archive"),
    (b"Rar!", "a RAR archive", "archive"),
)
BROKEN: tuple[type[Exception], ...] = (
    EOFError,
    OSError,
    RuntimeError,  # NotImplementedError of zipfile among them
    zlib.error,
    cast("type[Exception]", IsalError),  # which its stubs call an exception, not a class
    lzma.LZMAError,
    zipfile.BadZipFile,
)


def find_compression(head: bytes) -> str | None:
    """Return "gz", "bz2", "xz", "zst" or "zip" by the first bytes, or None for anything else."""
    return next((kind for mark, kind in COMPRESSED if head.startswith(mark)), None)


def refuse_binary(name: str, head: bytes) -> None:
    """Raise InputError if the first bytes are those of a file without text.

    Its field `kind` is "archive", "document", "table", "database" or "binary" (anything else).
    """
    for mark, what, kind in _REFUSED:
        if head.startswith(mark):
            raise refuse_kind(name, what, kind)
    if head[257:262] == b"ustar":
        raise refuse_kind(name, "a tar archive", "archive")
    if head[4:8] == b"ftyp":
        raise refuse_kind(name, "a film or picture (MP4, HEIC)", "binary")
    if _looks_binary(head):
        raise refuse_kind(name, "a binary file", "binary")


def refuse_kind(name: str, what: str, kind: str) -> InputError:
    """Return the error for a file that is something else than an export of posts."""
    return InputError(
        "{file} is {what}, not an export of posts.",
        code="not-an-export",
        file=name,
        what=what,
        kind=kind,
    )


_ODD = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\x02\x03\x04\x0f\x11\x16\x1d\x1e\x1f")) + b"\x7f"


def _looks_binary(head: bytes) -> bool:
    """Return whether too many bytes are control bytes; those that colour IRC logs do not count."""
    odd = len(head) - len(head.translate(None, _ODD))
    return odd > max(4, len(head) * 0.03)


_OPENERS: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
    "gz": lambda raw: cast("IO[bytes]", _Gzip(raw)),
    "bz2": lambda raw: cast("IO[bytes]", bz2.BZ2File(raw)),
    "xz": lambda raw: cast("IO[bytes]", lzma.LZMAFile(raw)),  # noqa: SIM115
}


class _Gzip:
    """The bytes of a gzip file, unpacked by ISA-L, which takes a quarter of zlib's time.

    ISA-L gives up some of what stands before a damaged place; there zlib goes on, which does not.
    """

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._fast: IGzipFile | None = IGzipFile(fileobj=raw, mode="rb")
        self._slow: gzip.GzipFile | None = None
        self._given = 0

    def read1(self, size: int) -> bytes:
        """Return some bytes, at most `size`; none at the end. Raises one of BROKEN."""
        if self._fast is not None:
            try:
                data: bytes = self._fast.read1(size)
                self._given += len(data)
                return data
            except BROKEN:
                self._fast.close()
                self._fast = None
                self._raw.seek(0)
                self._slow = gzip.GzipFile(fileobj=cast("io.BufferedReader", self._raw))
                self._slow.seek(self._given)
        return self._slow.read1(size) if self._slow is not None else b""

    def close(self) -> None:
        """Close it; the file beneath stays open."""
        for opened in (self._fast, self._slow):
            if opened is not None:
                opened.close()


class GuardedStream(io.RawIOBase):
    """The bytes inside a compressed file, read with a budget.

    Raises InputError when they are so many that the file is a bomb. A file that is damaged or ends
    too early simply ends, and `broken` then says why: what came before is kept.
    """

    def __init__(
        self,
        inner: IO[bytes],
        name: str,
        compressed: int,
        broken: tuple[type[Exception], ...] = BROKEN,
    ) -> None:
        self._inner = inner
        self._name = name
        self._compressed = max(1, compressed)
        self._errors = broken
        self._count = 0
        self.broken = ""

    def readable(self) -> bool:
        """Return True: it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with the next bytes and return their number, 0 at the end."""
        view = memoryview(cast("bytearray", buffer))
        data = self._read_inner(len(view))
        view[: len(data)] = data
        self._count += len(data)
        check_expansion(self._name, self._count, self._compressed)
        return len(data)

    def _read_inner(self, size: int) -> bytes:
        if self.broken:
            return b""
        try:
            return cast("io.BufferedReader", self._inner).read1(size)  # what there is, now
        except self._errors as error:
            self.broken = str(error) or type(error).__name__
        return b""

    def close(self) -> None:
        """Close what is inside as well."""
        self._inner.close()
        super().close()


def check_expansion(name: str, expanded: int, compressed: int) -> None:
    """Raise InputError where a compressed file holds absurdly more than its own size."""
    if expanded > BUDGET or (expanded > RATIO_FROM and expanded > RATIO * max(1, compressed)):
        raise InputError(
            "{file} holds {expanded:,} MB or more in {size:,} bytes: a zip bomb.",
            code="zip-bomb",
            file=name,
            expanded=expanded >> 20,
            size=compressed,
        )


def open_compressed(raw: IO[bytes], kind: str, name: str, size: int) -> GuardedStream:
    """Open what is inside a compressed file of a kind of `find_compression` (zip apart)."""
    if kind == "zst":
        return _open_zst(raw, name, size)
    return GuardedStream(_OPENERS[kind](raw), name, size)


def _open_zst(raw: IO[bytes], name: str, size: int) -> GuardedStream:
    try:
        import zstandard  # noqa: PLC0415 - an extra: only those who have .zst files need it
    except ImportError as error:
        raise InputError(
            "{file} is compressed with Zstandard, which is not installed.",
            code="zstandard-not-installed",
            file=name,
        ) from error
    inner = _ZstdFrames(raw, zstandard.ZstdDecompressor().decompressobj)
    return GuardedStream(cast("IO[bytes]", inner), name, size, (*BROKEN, zstandard.ZstdError))


class _ZstdFrames:
    """The bytes of one frame after another; an end within a frame is an EOFError.

    Little is unpacked at a time: a block of 4 bytes may hold 128 kB.
    """

    def __init__(self, raw: IO[bytes], start_frame: Callable[[], Any]) -> None:
        self._raw = raw
        self._start_frame = start_frame
        self._frame: Any = None
        self._packed = memoryview(b"")
        self._pending = memoryview(b"")

    def read1(self, size: int) -> bytes:
        """Return some bytes, at most `size`; none at the end."""
        while not self._pending and self._fill():
            pass
        given, self._pending = self._pending[:size], self._pending[size:]
        return bytes(given)

    def _fill(self) -> bool:
        """Unpack the next few bytes; return whether there were any."""
        if not self._packed:
            self._packed = memoryview(self._raw.read(1 << 14))
        if not self._packed:
            if self._frame is not None:
                raise EOFError("the last frame is cut off")
            return False
        self._frame = self._frame or self._start_frame()
        few, self._packed = self._packed[:_FEW], self._packed[_FEW:]
        self._pending = memoryview(self._frame.decompress(few))
        if self._frame.eof:
            unused = self._frame.unused_data
            self._packed = memoryview(unused + bytes(self._packed))
            self._frame = None
        return True

    def close(self) -> None:
        """Close the file beneath."""
        self._raw.close()
