"""What a copy of a site holds, and which copies a place of backups has."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from chinwag.errors import DamagedFolder, FolderError
from chinwag.stores.folder.checksums import hash_file, read_checksums
from chinwag.version import __version__
from chinwag.workflows.progress import Progress

FORMAT = 1
MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"
ROWS = "rows.jsonl.gz"
CHATS = "chats"
UPLOADS = "uploads"
KEYS = "keys"
REMOVALS = "removals.log"  # beside the copies, never in one


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy holds: `manifest.json`.

    `rows` is how many rows the database alone knew, `folders` how many chat folders there were, and
    `has_keys` whether the site's keys are in it.
    """

    format: int = FORMAT
    made_at: datetime
    made_with: str = __version__
    rows: int
    folders: int
    files: int
    bytes: int
    has_keys: bool


def list_copies(place: Path) -> list[Path]:
    """Return the copies in a place of backups, the oldest first."""
    return sorted(path.parent for path in place.glob(f"[0-9]*/{MANIFEST}"))


def find_copy(path: Path) -> Path:
    """Return the copy that a path names: itself, or the latest in a place of backups.

    Raises FolderError where there is none.
    """
    if (path / MANIFEST).is_file():
        return path
    copies = list_copies(path)
    if not copies:
        raise FolderError("{path} holds no backup.", code="no-backup", path=path)
    return copies[-1]


def check_copy(copy: Path, progress: Progress) -> Manifest:
    """Return what a copy holds, after every file of it was compared with its checksum.

    Raises FolderError where one is missing or says something else, or where the copy is of a newer
    version.
    """
    try:
        manifest = msgspec.json.decode((copy / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as fault:
        raise make_damaged_error(copy / MANIFEST) from fault
    if manifest.format > FORMAT:
        raise make_newer_error(manifest.made_with)
    sums = read_checksums(copy / CHECKSUMS)
    for number, (name, digest) in enumerate(sums.items()):
        progress("Checking the backup", number, len(sums))
        path = copy / name
        if not path.is_file() or hash_file(path) != digest:
            raise make_damaged_error(path)
    if len(sums) != manifest.files + 1:  # the manifest itself has a checksum, too
        raise make_damaged_error(copy / CHECKSUMS)
    return manifest


def make_newer_error(what: str) -> FolderError:
    """Return the error for a backup that this version cannot read."""
    return FolderError(
        "The backup was made by a newer Chinwag: {what}.", code="backup-newer", what=what
    )


def make_damaged_error(path: Path) -> DamagedFolder:
    """Return the error for a file of a backup that does not say what it should."""
    return DamagedFolder(
        "{path} of the backup is missing or damaged.", code="backup-damaged", path=path
    )
