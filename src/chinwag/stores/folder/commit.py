"""The second half of a change: its files, listed in COMMIT, move to their places."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import msgspec

from chinwag.errors import Kept
from chinwag.stores.folder import layout
from chinwag.stores.folder.failures import explain_failures
from chinwag.stores.folder.flush import flush
from chinwag.stores.folder.inside import find_inside
from chinwag.stores.folder.lock import PATIENCE, hold_lock

_log = logging.getLogger(__name__)


def finish_left(root: Path, patience: float = PATIENCE) -> None:
    """Finish a change that was cut off; one that is being made at this moment ends by itself."""
    if (root / layout.PENDING / layout.COMMIT).exists():
        with explain_failures(root, kept=Kept.UNCHANGED), hold_lock(root, patience):
            finish_change(root)


def finish_change(root: Path) -> None:
    """Finish a change that was cut off after it counted; throw away one that did not count."""
    if (root / layout.PENDING / layout.COMMIT).exists():
        _log.warning("%s: finishing a change that was cut off", root)
        move_files(root)
    discard_pending(root)


def move_files(root: Path) -> None:
    """Move the files that COMMIT lists to their places. It may be done again after a kill.

    Raises DamagedFolder, and moves nothing, where one of them leads out of the folder.
    """
    pending = root / layout.PENDING
    listing = pending / layout.COMMIT
    wanted = msgspec.json.decode(listing.read_bytes(), type=dict[str, list[str]])
    gone = [find_inside(root, name) for name in wanted["remove"]]
    places = {find_inside(pending, name): find_inside(root, name) for name in wanted["move"]}
    for path in gone:
        path.unlink(missing_ok=True)
    for waiting, place in places.items():
        if waiting.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            waiting.replace(place)
    for folder in sorted({(root / name).parent for name in wanted["move"]} | {root}):
        flush(folder)
    listing.unlink()


def discard_pending(root: Path) -> None:
    """Throw away the files of a change that does not count."""
    pending = root / layout.PENDING
    if pending.exists() and not (pending / layout.COMMIT).exists():
        shutil.rmtree(pending)
