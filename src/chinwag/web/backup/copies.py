"""Copying a whole site into a place of backups, where unchanged files take no room twice."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from chinwag.errors import ChinwagError, FolderError
from chinwag.stores.folder import ChatFolder, layout
from chinwag.stores.folder.checksums import format_checksums, hash_file, read_checksums
from chinwag.stores.folder.flush import flush
from chinwag.web.backup.dumps import STAMP
from chinwag.web.backup.manifest import (
    CHATS,
    CHECKSUMS,
    KEYS,
    MANIFEST,
    REMOVALS,
    ROWS,
    UPLOADS,
    Manifest,
    list_copies,
)
from chinwag.web.backup.rows import write_rows
from chinwag.web.keeper.removals import add_to_log, read_log
from chinwag.web.site import KEYS as KEY_FILES
from chinwag.web.site import Site
from chinwag.workflows.progress import Progress

_PIECE = 1 << 20


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """A copy that was made: where, what it holds, and how many of its files are new."""

    path: Path
    manifest: Manifest
    new_files: int
    new_bytes: int
    dropped: tuple[Path, ...] = ()


def make_backup(
    site: Site, place: Path, progress: Progress, *, with_keys: bool = False, keep: int | None = None
) -> Backup:
    """Copy the open site into a new folder in `place`, whole or not at all; it may go on running.

    A file that is the same in the latest copy there is linked to it. With `keep`, only that many
    copies stay. What was taken out of the site is noted beside the copies. Raises OSError where the
    place cannot be written, and what `write_rows` does.
    """
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    copies = list_copies(place)
    made_at = datetime.now(UTC)
    copy = _name_copy(place, made_at)
    part = place / f".{copy.name}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    copier = _Copier(part, copies[-1] if copies else None)
    rows = write_rows(part / ROWS)
    copier.take_in(ROWS)
    folders = _copy_chats(copier, site.chats, progress)
    for path in _list_files(site.uploads):
        copier.copy(path, f"{UPLOADS}/{path.relative_to(site.uploads)}")
    for name in KEY_FILES if with_keys else ():
        copier.copy(site.folder / name, f"{KEYS}/{name}")
    manifest = Manifest(
        made_at=made_at,
        rows=rows,
        folders=folders,
        files=len(copier.sums),
        bytes=copier.bytes,
        has_keys=with_keys,
    )
    copier.finish(manifest)
    part.rename(copy)
    add_to_log(place / REMOVALS, read_log(site.removals))
    dropped = copies[: max(0, len(copies) + 1 - keep)] if keep else []
    for old in dropped:
        shutil.rmtree(old)
    return Backup(
        path=copy,
        manifest=manifest,
        new_files=copier.new_files,
        new_bytes=copier.new_bytes,
        dropped=tuple(dropped),
    )


def _name_copy(place: Path, made_at: datetime) -> Path:
    """Return where a copy goes: named after the second, and a number where that second has one."""
    first = place / f"{made_at:{STAMP}}"
    numbered = (first.with_name(f"{first.name}-{number:02}") for number in itertools.count(2))
    return next(path for path in itertools.chain([first], numbered) if not path.exists())


class _Copier:
    """Puts files into a copy: linked to the one before where that holds them alike."""

    def __init__(self, copy: Path, before: Path | None) -> None:
        self.sums: dict[str, str] = {}
        self.bytes = self.new_files = self.new_bytes = 0
        self._copy = copy
        self._before = before
        self._known = read_checksums(before / CHECKSUMS) if before else {}

    def copy(self, path: Path, name: str) -> None:
        """Put a file into the copy. Raises FileNotFoundError where it is gone."""
        to = self._copy / name
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._link(path, name, to):
            self.sums[name] = _copy_file(path, to)
            self.new_files += 1
            self.new_bytes += to.stat().st_size
        self.bytes += to.stat().st_size

    def forget(self, below: str) -> None:
        """Take what lies below a folder of the copy out of it again."""
        for name in [name for name in self.sums if name.startswith(f"{below}/")]:
            self.bytes -= (self._copy / name).stat().st_size
            del self.sums[name]
        shutil.rmtree(self._copy / below, ignore_errors=True)

    def take_in(self, name: str) -> None:
        """Count a file that was written into the copy itself."""
        path = self._copy / name
        flush(path)
        self.sums[name] = hash_file(path)
        self.bytes += path.stat().st_size
        self.new_files += 1
        self.new_bytes += path.stat().st_size

    def finish(self, manifest: Manifest) -> None:
        """Write what the copy holds, and have it on the disk."""
        path = self._copy / MANIFEST
        path.write_bytes(msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")
        sums = self.sums | {MANIFEST: hash_file(path)}
        (self._copy / CHECKSUMS).write_bytes(format_checksums(sums))
        for name in (MANIFEST, CHECKSUMS):
            flush(self._copy / name)
        flush(self._copy)

    def _link(self, path: Path, name: str, to: Path) -> bool:
        """Link to the previous copy's file where it is the same; return whether that was done."""
        known = self._known.get(name)
        if known is None or self._before is None or hash_file(path) != known:
            return False
        try:
            os.link(self._before / name, to)
        except OSError:  # gone, or a disk without links
            return False
        self.sums[name] = known
        return True


def _copy_chats(copier: _Copier, chats: Path, progress: Progress) -> int:
    """Copy every chat folder, each as it was at one moment; return how many."""
    roots = sorted(path.parent for path in chats.glob(f"*/*/{layout.CHAT}"))
    for number, root in enumerate(roots):
        progress("Copying the folders", number, len(roots))
        name = f"{CHATS}/{root.relative_to(chats)}"

        def copy(root: Path = root, name: str = name) -> None:
            copier.forget(name)
            _copy_folder(copier, root, name)

        try:
            folder = ChatFolder.open(root)
        except ChinwagError:
            copy()  # damaged, or of another version: as it is
        else:
            folder.read_steadily(copy)
    return len(roots)


def _copy_folder(copier: _Copier, root: Path, name: str) -> None:
    try:
        for path in _list_files(root):
            copier.copy(path, f"{name}/{path.relative_to(root)}")
    except FileNotFoundError as fault:  # it is changing at this moment: read it again
        raise FolderError("{path} is gone.", code="file-gone", path=fault.filename) from fault


def _list_files(root: Path) -> Iterator[Path]:
    """Yield the files below a folder, without hidden ones and links."""
    for path in sorted(root.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if not is_hidden and path.is_file() and not path.is_symlink():
            yield path


def _copy_file(path: Path, to: Path) -> str:
    """Copy a file, have it on the disk, and return the digest of what was copied."""
    digest = hashlib.sha256()
    with path.open("rb") as read, to.open("wb") as write:
        while piece := read.read(_PIECE):
            digest.update(piece)
            write.write(piece)
        write.flush()
        os.fsync(write.fileno())
    shutil.copystat(path, to)
    return digest.hexdigest()
