"""Files that people keep with a chat: put into its folder, described and taken out there."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from chinwag.model import KeptFile
from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.models import Change, WorkState
from chinwag.web.chats.queries.files import find_waiting
from chinwag.workflows.keep_files import describe_file, find_again, keep_file, take_out_files

WAITING = "kept-"  # how the folders begin below the uploads in which such files wait

_log = logging.getLogger(__name__)


def keep_waiting_file(root: Path, change: Change, uploads: Path) -> None:
    """Put a file that waits into a chat's folder, unless a try before has done so."""
    file = msgspec.convert(change.what["file"], KeptFile)
    content = find_waiting(uploads, change.pk)
    keep_file(root, content, file, instead=change.what["instead"])


def describe_kept_file(root: Path, change: Change) -> None:
    """Say in a chat's folder what a file is."""
    what = change.what
    describe_file(root, what["name"], words=what["words"], is_public=what["is_public"])


def take_out_kept_file(root: Path, change: Change) -> None:
    """Take a file out of a chat's folder, its editions and its story."""
    take_out_files(root, [change.what["name"]], at=change.made_at)


def take_out_again(root: Path, gone: tuple[KeptFile, ...]) -> int:
    """Take out of a folder from an earlier day what was taken out since; return how many files."""
    found = find_again(ChatFolder.open(root), gone) if gone else {}
    for name, at in found.items():
        take_out_files(root, [name], at=at)
    return len(found)


def is_waiting_needed(name: str) -> bool | None:
    """Return whether a file still waits, by its folder's name; None where no change knows it."""
    number = name.removeprefix(WAITING)
    change = Change.objects.filter(pk=int(number)).first() if number.isdigit() else None
    return change.state == WorkState.WANTED if change else None
