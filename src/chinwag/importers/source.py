"""A file that somebody exported: opened, decompressed, decoded and read in bounded memory.

The bytes decide what the file is, never its name. A file that cannot be read is an InputError with
the reason; what is broken inside a file is kept for `take_aside()`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from chinwag.errors import InputError
from chinwag.importers import containers
from chinwag.importers.archives import Archive
from chinwag.importers.encodings import ERRORS, guess_encoding
from chinwag.importers.workbooks import Workbook, is_workbook
from chinwag.model import AsideRow, Note
from chinwag.records.contract import make_reason

PEEK = 64 << 10  # bytes that sniffing sees
LONGEST_LINE = 64 << 20  # characters; a longer line is no record of any tool
ASIDE_TEXT = 2_000
_CHUNK = 1 << 16
_SAMPLE = 1 << 20
_MARK = 4  # bytes in which a mark of the encoding may stand
_ADDRESS = re.compile(r"(https?:)/+", re.IGNORECASE)  # an address as a path keeps one slash
_SAMPLES = 16  # the encoding is judged by the first 1 MB that has a byte beyond ASCII, of 16


class Source:
    """One exported file, or one member of a zip. Open it with `Source.open(path)`.

    `name` is the file's name without its folder ("tweets.zip/data/tweets.js" for a member),
    `size` its bytes on the disk, `position` how many of them have been read.
    """

    def __init__(
        self,
        path: Path,
        name: str,
        kind: str,
        *,
        archive: Archive | Workbook | None = None,
        member: str = "",
        is_ours: bool = False,
    ) -> None:
        self.path = path
        self.name = name
        self.size = path.stat().st_size
        self.position = 0
        self._kind = kind
        self._archive = archive
        self._member = member
        self._is_ours = is_ours
        self._aside: list[AsideRow] = []
        self._broken = ""  # why the decompressed bytes end too early
        self._peek: str | None = None
        self._encoding: str | None = None

    @classmethod
    def open(cls, path: Path, name: str | None = None, *, is_ours: bool = False) -> Source:
        """Open a file, or raise an InputError that says why it cannot be read.

        `name` is the file's name where the path is that of a copy. A copy that Chinwag itself
        compressed (`is_ours`) is no bomb, however well it was compressed.
        """
        head = _read_head(path)
        kind = containers.find_compression(head) or "plain"
        if kind == "zip":
            return cls._open_zip(path, name or path.name)
        source = cls(path, name or path.name, kind, is_ours=is_ours)
        source._check_content()
        return source

    @classmethod
    def _open_zip(cls, path: Path, name: str) -> Source:
        archive = Workbook(path, name) if is_workbook(path) else Archive(path)
        source = cls(path, name, "zip", archive=archive)
        members = source.names()
        return source.member(members[0]) if len(members) == 1 else source

    def names(self) -> tuple[str, ...]:
        """Return the names of what lies in a zip, in its order; () for anything else."""
        return tuple(self._archive.members) if self._archive and not self._member else ()

    def member(self, name: str) -> Source:
        """Return one member of a zip as a source of its own."""
        source = Source(self.path, f"{self.name}/{name}", "zip", archive=self._archive, member=name)
        source._check_content()
        return source

    @property
    def is_workbook(self) -> bool:
        """Whether it is a workbook, whose sheets are its members."""
        return isinstance(self._archive, Workbook)

    def peek(self) -> str:
        """Return the decoded text of the first 64 kB; "" for a zip of several files."""
        if self._peek is None:
            self._peek = "" if self._is_folder() else self._decode_head()
        return self._peek

    @property
    def encoding(self) -> str:
        """The encoding in which the file is read, judged by its bytes."""
        if self._encoding is None:
            self._encoding = guess_encoding(self._read_sample())
        return self._encoding

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield each line that is not blank with its number, counted from 1, without its end.

        `\\n`, `\\r\\n` and `\\r` all end a line. A line longer than LONGEST_LINE goes to
        `take_aside()` instead.
        """
        number = 0
        with self.text_stream() as stream:
            while line := stream.readline(LONGEST_LINE):
                number += 1
                if len(line) >= LONGEST_LINE and not line.endswith("\n"):
                    self._skip_line(stream, number, line[:ASIDE_TEXT])
                elif text := line.rstrip("\n"):
                    yield number, text

    def text_stream(self, newline: str | None = None) -> io.TextIOWrapper:
        """Open the decoded text from its start; `newline` as in `open()`, "" for the csv module."""
        raw = self.byte_stream()
        stream = io.TextIOWrapper(raw, encoding=self.encoding, errors=ERRORS, newline=newline)
        stream._CHUNK_SIZE = _CHUNK  # type: ignore[attr-defined] # 8 kB at a time is slow
        return stream

    def byte_stream(self) -> io.BufferedReader:
        """Open the decompressed bytes from their start, and follow `position` as they are read."""
        return io.BufferedReader(_Followed(self), 1 << 18)

    @property
    def has_aside(self) -> bool:
        """Whether anything has been put aside since `take_aside()` was last called."""
        return bool(self._aside)

    def take_aside(self) -> tuple[AsideRow, ...]:
        """Return what has been put aside since the last call, and forget it."""
        taken, self._aside = tuple(self._aside), []
        return taken

    def put_aside(self, line: int, reason: Note, text: str) -> None:
        """Keep a stretch that is no record, with its line and the reason, for `take_aside()`."""
        self._aside.append(
            AsideRow(file=self.name, line=line, reason=reason, text=text[:ASIDE_TEXT])
        )

    def _skip_line(self, stream: IO[str], number: int, start: str) -> None:
        reason = make_reason(
            "the line is longer than {megabytes} MB",
            code="line-too-long-to-keep",
            megabytes=LONGEST_LINE >> 20,
        )
        self.put_aside(number, reason, start)
        rest = " "
        while rest and not rest.endswith("\n"):
            rest = stream.readline(LONGEST_LINE)

    def _is_folder(self) -> bool:
        return self._kind == "zip" and not self._member

    def _decode_head(self) -> str:
        head = self._read_bytes(PEEK)
        stream = io.TextIOWrapper(io.BytesIO(head), encoding=self.encoding, errors=ERRORS)
        text = stream.read()
        return text.rstrip("\ufffd") if len(head) == PEEK else text

    def _read_bytes(self, size: int) -> bytes:
        with self.byte_stream() as stream:
            head = stream.read(size)
        self.position = 0
        self._aside.clear()  # the file is read again, and puts the same lines aside
        return head

    def _read_sample(self) -> bytes:
        with self.byte_stream() as stream:
            first = sample = stream.read(_SAMPLE)
            for _ in range(1, _SAMPLES):
                if not sample.isascii():
                    break
                sample = stream.read(_SAMPLE)
        self.position = 0
        self._aside.clear()
        if sample is first or sample.isascii():
            return first
        return first[:_MARK] + sample

    def _check_content(self) -> None:
        head = self._read_bytes(PEEK)
        if not head and self._broken:
            raise _make_unpack_error(self.name, self._broken)
        if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
            raise InputError("{file} is empty.", code="file-empty", file=self.name)
        if self._kind != "plain" and (inner := containers.find_compression(head)):
            raise InputError(
                "{file} holds another compressed file ({inner}).",
                code="file-compressed-twice",
                file=self.name,
                inner=inner,
            )
        is_wide = guess_encoding(head).startswith(("utf-16", "utf-32"))
        if not is_wide:
            containers.refuse_binary(self.name, head)

    def _open_inner(self) -> tuple[io.RawIOBase | IO[bytes], IO[bytes] | None]:
        """Open what gives the decompressed bytes, and the file whose position tells progress."""
        if self._is_folder():
            raise InputError(
                "{file} is a zip of {number} files.",
                code="zip-of-several",
                file=self.name,
                number=len(self.names()),
            )
        if self._archive is not None:
            return self._open_member(self._archive), None
        raw = _open_file(self.path)
        if self._kind == "plain":
            return raw, raw
        size = containers.BUDGET if self._is_ours else self.size
        try:
            return containers.open_compressed(raw, self._kind, self.name, size), raw
        except containers.BROKEN as error:
            raw.close()
            raise _make_unpack_error(self.name, str(error)) from error
        except InputError:
            raw.close()
            raise

    def _open_member(self, archive: Archive | Workbook) -> containers.GuardedStream:
        try:
            member = archive.open(self._member)
        except containers.BROKEN as error:
            raise _make_unpack_error(self.name, str(error)) from error
        self.position = archive.find_place(self._member)
        size = archive.members[self._member].compress_size
        return containers.GuardedStream(member, self.name, size)


class _Followed(io.RawIOBase):
    """The decompressed bytes of a source; tells it how far the file on the disk has been read."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._inner, self._disk = source._open_inner()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        try:
            count = cast("io.RawIOBase", self._inner).readinto(view)
        except OSError as error:
            raise InputError(
                "{file} cannot be read: {reason}.",
                code="file-unreadable",
                file=self._source.name,
                reason=error.strerror,
            ) from error
        if self._disk is not None:
            self._source.position = self._disk.tell()
        broken = getattr(self._inner, "broken", "")
        if broken and not count:
            self._note_broken(broken)
        return count or 0

    def _note_broken(self, why: str) -> None:
        self._source._broken = why
        reason = make_reason(
            "the compressed file is damaged or ends too early ({fault})",
            code="compressed-file-damaged",
            fault=why,
        )
        if not any(row.reason == reason for row in self._source._aside):
            self._source.put_aside(0, reason, "")

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            if self._disk is not None:
                self._disk.close()
        super().close()


def _make_unpack_error(name: str, fault: str) -> InputError:
    return InputError(
        "{file} cannot be unpacked ({fault}).", code="file-not-unpacked", file=name, fault=fault
    )


def _open_file(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise _refuse_path(path, error) from error


def _read_head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError("{path} is a folder, not a file.", code="file-is-folder", path=path)
        if not path.is_file() and path.exists():
            raise InputError("{path} is not an ordinary file.", code="file-not-regular", path=path)
        with path.open("rb") as stream:
            head = stream.read(8)
    except (OSError, ValueError) as error:
        raise _refuse_path(path, error) from error
    if not head:
        raise InputError("{file} is empty.", code="file-empty", file=path)
    return head


def _refuse_path(path: Path, error: Exception) -> InputError:
    if isinstance(error, FileNotFoundError) and _ADDRESS.match(str(path)):
        return InputError(
            "{path} is an address, not a file.",
            code="file-is-address",
            path=_ADDRESS.sub(r"\1//", str(path)),
        )
    if isinstance(error, FileNotFoundError):
        return InputError("{path} does not exist.", code="file-missing", path=path)
    if isinstance(error, PermissionError):
        return InputError("You may not read {path}.", code="file-forbidden", path=path)
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(
        "{path} cannot be opened: {reason}.", code="file-not-opened", path=path, reason=reason
    )
