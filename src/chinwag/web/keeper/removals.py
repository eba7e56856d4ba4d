"""What was taken out of the site's folders, kept apart from them, so that no backup brings it back.

`removals.log` holds a line for each request: the folder, the digests by which what was taken out is
known again, and the key of those digests. It holds nobody's words and no handle.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from chinwag.model import KeptFile, Removal
from chinwag.stores.folder import ChatFolder
from chinwag.web.keeper.files import take_out_again
from chinwag.workflows.repeat_removals import repeat_removals


class LoggedRemoval(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the log: posts, or a file, that were taken out.

    `folder` is the chat folder's path below the site's `chats/`.
    """

    folder: str
    key: str = ""
    removal: Removal | None = None
    file: KeptFile | None = None


def keep_removals(name: str, root: Path, log: Path) -> int:
    """Take out of a chat folder again what was taken out of it before, and log what is new.

    Returns how many requests were carried out again. Raises what `repeat_removals` does: such a
    folder must not be shown.
    """
    folder, repeated = ChatFolder.open(root), 0
    logged = [one for one in read_log(log) if one.folder == name]
    for key in {one.key for one in logged if one.removal}:
        asked = [one.removal for one in logged if one.removal and one.key == key]
        repeated += repeat_removals(root, asked, key.encode())
    repeated += take_out_again(root, tuple(one.file for one in logged if one.file))
    gone = [one for one in folder.read_kept_files() if one.gone]
    add_to_log(log, (LoggedRemoval(name, file=one) for one in gone))
    if removals := folder.read_removals():
        key = folder.read_removal_key().decode()
        add_to_log(log, (LoggedRemoval(name, key, removal) for removal in removals))
    return repeated


def read_log(path: Path) -> tuple[LoggedRemoval, ...]:
    """Return the lines of a log, () where there is none; a last line that was cut off is no line.

    Raises msgspec.DecodeError where any other line cannot be read.
    """
    if not path.is_file():
        return ()
    *lines, _rest = path.read_bytes().split(b"\n")
    return tuple(msgspec.json.decode(line, type=LoggedRemoval) for line in lines)


def add_to_log(path: Path, removals: Iterable[LoggedRemoval]) -> None:
    """Append what the log does not hold yet, and have it on the disk."""
    with _open_log(path) as file:
        known = {_identify(one) for one in read_log(path)}
        new = [one for one in removals if _identify(one) not in known]
        for one in new:
            file.write(msgspec.json.encode(one) + b"\n")
        if new:
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def _open_log(path: Path) -> Iterator[IO[bytes]]:
    """Open the log for this process alone, without a last line that was cut off."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        held = file.read()
        file.truncate(held.rfind(b"\n") + 1)
        file.seek(0, os.SEEK_END)
        yield file


def _identify(one: LoggedRemoval) -> tuple[object, ...]:
    removal = one.removal
    if removal is None:
        return one.folder, one.file
    return one.folder, one.key, removal.post, removal.author, removal.digests
