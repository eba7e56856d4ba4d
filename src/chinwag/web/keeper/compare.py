"""Comparing the index with the folders, and making it again."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from django.db import OperationalError

from chinwag.errors import ChinwagError
from chinwag.stores.folder import layout
from chinwag.web.chats.models import Chat, EntryKind
from chinwag.web.keeper.bulk import checkpoint
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.index import hash_folder
from chinwag.web.site import Site
from chinwag.workflows.progress import Progress

_CHECKPOINT_AFTER = 25  # chats: some 100 MB of SQLite's log

_log = logging.getLogger(__name__)

CODES = ("missing", "unreadable", "changed", "incomplete", "unknown")


class Difference(msgspec.Struct, frozen=True):
    """Where the index and the folders say different things: a folder, and one of CODES.

    "missing": the folder is gone; "unreadable": it cannot be read, and `why` says why; "changed":
    it says something else than what the index was made of; "incomplete": the index does not hold
    all its posts; "unknown": no chat of the site has this folder.
    """

    folder: str
    code: str
    why: str = ""


def compare_index(site: Site) -> tuple[Difference, ...]:
    """Return where the index and the folders differ, by folder; () where they agree."""
    chats = list(Chat.objects.exclude(folder=None))
    known = {str(chat.folder) for chat in chats}
    unknown = (Difference(name, "unknown") for name in _list_folders(site.chats) - known)
    found = (one for chat in chats if (one := _compare_chat(chat, site)))
    return tuple(sorted((*found, *unknown), key=lambda one: one.folder))


def make_index_anew(site: Site, progress: Progress) -> tuple[int, tuple[Difference, ...]]:
    """Make the index of every folder again; return how many there were, and which failed.

    What is shown of a folder that cannot be read stays as it is.
    """
    chats = list(Chat.objects.exclude(folder=None).select_related("series"))
    failed = []
    for number, chat in enumerate(chats):
        progress("Reading the folders", number, len(chats))
        try:
            take_up(chat, site, anew=True)
        except ChinwagError as error:
            failed.append(Difference(str(chat.folder), "unreadable", str(error)))
        if number % _CHECKPOINT_AFTER == _CHECKPOINT_AFTER - 1:
            _shorten_log()
    progress("Reading the folders", len(chats), len(chats))
    return len(chats) - len(failed), tuple(failed)


def _shorten_log() -> None:
    """Keep SQLite's log from growing larger than the database; no keeper may run meanwhile."""
    try:
        checkpoint()
    except (sqlite3.OperationalError, OperationalError):
        _log.info("The database is being written: its log is moved into it later.")


def _compare_chat(chat: Chat, site: Site) -> Difference | None:
    folder = str(chat.folder)
    root = site.chats / folder
    if not (root / layout.CHAT).is_file():
        return Difference(folder, "missing")
    if hash_folder(root) != chat.indexed_as:
        return Difference(folder, "changed")
    held = chat.entries.filter(kind=EntryKind.POST).count()
    return None if held >= chat.posts else Difference(folder, "incomplete")


def _list_folders(chats: Path) -> set[str]:
    return {str(path.parent.relative_to(chats)) for path in _find_chats(chats.glob("*/*"))}


def _find_chats(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        if not folder.name.startswith(".") and (folder / layout.CHAT).is_file():
            yield folder / layout.CHAT
