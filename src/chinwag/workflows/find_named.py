"""Find the files under `raw/` in which something is named, whatever packs them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from chinwag.errors import InputError
from chinwag.importers.source import Source
from chinwag.model import FileRecord
from chinwag.records.vocabulary import JOURNAL

_CHUNK = 1 << 20


def find_named(
    files: Iterable[FileRecord], find_raw: Callable[[str], Path], needles: Iterable[bytes]
) -> tuple[str, ...]:
    """Return the names under `raw/` of the files that hold one of the needles as a whole word.

    Needles are in lower case. Journals are left out: they are cleared line by line. So is a file
    that cannot be unpacked, whose reading says why.
    """
    wanted = [re.escape(needle) for needle in sorted(needles) if needle]
    if not wanted:
        return ()
    pattern = re.compile(rb"(?<![\w])(?:" + b"|".join(wanted) + rb")(?![\w])")
    longest = max(map(len, wanted))
    return tuple(
        file.raw
        for file in files
        if file.format != JOURNAL and _holds(find_raw(file.raw), file, pattern, longest)
    )


def _holds(path: Path, file: FileRecord, pattern: re.Pattern[bytes], longest: int) -> bool:
    try:
        source = Source.open(path, file.name, is_ours=True)
        members = [source.member(name) for name in source.names()] or [source]
        return any(_stream_holds(member, pattern, longest) for member in members)
    except (InputError, OSError):
        return False


def _stream_holds(source: Source, pattern: re.Pattern[bytes], longest: int) -> bool:
    rest = b""
    with source.byte_stream() as stream:
        while chunk := stream.read(_CHUNK):
            held = rest + chunk.lower()
            if pattern.search(held):
                return True
            rest = held[-longest - 1 :]
    return False
