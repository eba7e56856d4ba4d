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
_LONGEST_KEY = 120  # bytes around a handle that show that it is one
# How a handle stands: after "@", as the value of a key that names somebody, in an address.
_FORMS = (
    rb"(?:@|\xef\xbc\xa0|\\uff20)%s(?![\w-])",
    rb'"[\w ]{0,30}(?:name|user|author|acct|account|handle|nick|sender|from)[\w ]{0,20}"'
    rb'\s{0,9}:\s{0,9}"%s"',
    rb"\b(?:x|twitter)\.com\\?/%s(?![\w-])",
    rb"/(?:profile|users?|u)\\?/%s(?![\w-])",
)
_CELL = rb"(?:\A|[\r\n,;\t])\x22?%s\x22?(?=[\r\n,;\t]|\Z)"  # alone in a cell of a table


def find_named(
    files: Iterable[FileRecord],
    find_raw: Callable[[str], Path],
    needles: Iterable[bytes],
    handles: Iterable[bytes] = (),
) -> tuple[str, ...]:
    """Return the names under `raw/` of the files that hold one of the needles as a whole word.

    A file's own name, and the names of what it packs, count as part of it.

    `handles` are everyday words: a file holds one where it stands as files and networks write a
    handle. Needles and handles are in lower case. Journals are left out: they are cleared line by
    line. So is a file that cannot be unpacked, whose reading says why.
    """
    words = [re.escape(needle) for needle in sorted(needles) if needle]
    wanted = [rb"(?<!\w)" + word + rb"(?!\w)" for word in words]
    named = [re.escape(handle) for handle in sorted(handles) if handle]
    if not wanted and not named:
        return ()
    longest = max(map(len, (*wanted, *named))) + _LONGEST_KEY
    names = re.compile(rb"(?<![^\W_])(?:%s)(?![^\W_])" % b"|".join([*words, *named]))
    everywhere = [*wanted, *(form % handle for form in _FORMS for handle in named)]
    plain = re.compile(b"|".join(everywhere))
    table = re.compile(b"|".join([*everywhere, *(_CELL % handle for handle in named)]))
    return tuple(
        file.raw
        for file in files
        if file.format != JOURNAL
        and (
            names.search(file.name.casefold().encode())
            or _holds(
                find_raw(file.raw),
                file,
                table if file.format.endswith("csv") else plain,
                longest,
                names,
            )
        )
    )


def _holds(
    path: Path,
    file: FileRecord,
    pattern: re.Pattern[bytes],
    longest: int,
    names: re.Pattern[bytes],
) -> bool:
    try:
        source = Source.open(path, file.name, is_ours=True)
        if any(names.search(name.casefold().encode()) for name in source.names()):
            return True
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
