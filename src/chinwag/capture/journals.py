"""Seal the journals that a capture left open: from then on they are files like any other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from chinwag.capture.redaction import Redactions, make_redactor
from chinwag.errors import FolderError, Kept
from chinwag.model import CaptureRecord, FileRecord, Ledger, Post, RawPost, Removal
from chinwag.records.vocabulary import JOURNAL, TORN
from chinwag.steps.collect import Account
from chinwag.stores.folder import Change, ChatFolder
from chinwag.stores.folder.journal import (
    Journal,
    change_lines,
    mend_tail,
    read_journal,
)


def refuse_captured(folder: ChatFolder) -> None:
    """Raise FolderError where a capture is writing the folder at this moment."""
    if folder.is_captured:
        raise FolderError(
            "A capture is running on {folder}.",
            code="capture-runs",
            kept=Kept.UNCHANGED,
            folder=folder.root,
        )


def finalise_journals(folder: ChatFolder) -> tuple[FileRecord, ...]:
    """Make every open journal a file of the chat; return the records of all its files.

    Raises FolderError where the folder cannot be written.
    """
    if not folder.list_open_journals():
        return folder.read_ledger().files
    with folder.change() as change:
        files = seal_journals(change, folder)
        change.write_ledger(msgspec.structs.replace(folder.read_ledger(), files=files))
        return files


def seal_journals(change: Change, folder: ChatFolder) -> tuple[FileRecord, ...]:
    """Return the records of all files, those of the open journals among them, sealed in `change`.

    An unfinished last line, which a kill leaves, is cut off and counted: what stood in it comes
    again, for its cursor had not moved. The ledger is left to be written.
    """
    paths = [path for path in folder.list_open_journals() if _mend(path)]
    return (*folder.read_ledger().files, *(_seal(change, path) for path in paths))


def account_for(paths: Iterable[Path], posts: Sequence[Post], hashtag: str) -> CaptureRecord | None:
    """Return the account of a capture from its journals, None where there are none."""
    journals = tuple(paths)
    if not journals:
        return None
    account = Account()
    for path in journals:
        for raw in read_journal(path):
            account.see(raw)
    return account.sum_up(posts, hashtag)


def list_gone(posts: Iterable[Post], removals: Sequence[Removal], key: bytes) -> Redactions:
    """Return what is gone of a chat: its tombstones, by every id, and what is removed."""
    tombs = (post for post in posts if post.deleted)
    return Redactions((id_ for post in tombs for id_ in (post.id, *post.aliases)), removals, key)


def redact_files(change: Change, ledger: Ledger, gone: Redactions) -> tuple[Ledger, frozenset[str]]:
    """Take what is gone out of sealed journals; return the ledger, and the changed files' names."""
    files, cleared = [], set()
    for file in ledger.files:
        if file.format == JOURNAL and gone:
            lines, changed = change_lines(change.find_raw(file.raw), make_redactor(gone))
            if changed:
                file = change.rewrite_raw(file, lines)
                cleared.add(file.name)
        files.append(file)
    return msgspec.structs.replace(ledger, files=tuple(files)), frozenset(cleared)


def _mend(path: Path) -> bool:
    """Cut off what a kill left unfinished, and note it; return whether anything is left."""
    if mend_tail(path):
        journal = Journal(path)
        journal.append([RawPost(route=TORN, address="", line=0, payload=None)])
        journal.close()
    if path.stat().st_size:
        return True
    path.unlink()
    return False


def _seal(change: Change, path: Path) -> FileRecord:
    stored = change.keep_raw(path)
    change.remove(f"raw/{path.name}")
    return FileRecord(
        name=stored.name,
        raw=stored.raw,
        sha256=stored.sha256,
        bytes=stored.bytes,
        format=JOURNAL,
        rows=0,
        posts=0,
        aside=0,
        repairs={},
        time_zone="UTC",
    )
