"""Bring files into a chat folder: read them, cut the chat out of them, keep everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from chinwag.capture.journals import (
    account_for,
    finalise_journals,
    redact_files,
    refuse_captured,
)
from chinwag.errors import NoChat
from chinwag.importers import read_file
from chinwag.model import AsideRow, Chat, Ledger, Measures, Post, Removal
from chinwag.records.contract import ReadOptions
from chinwag.records.vocabulary import JOURNAL
from chinwag.steps.collect import Removed, tell_capture
from chinwag.steps.measure import measure_chat
from chinwag.steps.rewording import keep_rewordings
from chinwag.stores.disk_queue import DiskQueue
from chinwag.stores.folder import Change, ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.cut_out import cut_out_chat
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.take_in import keep_files, take_in


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did: the chat, its ledger, its measures (nothing is placed yet).

    `aside` is how many rows could not be read.
    """

    folder: Path
    chat: Chat
    ledger: Ledger
    measures: Measures
    aside: int


def import_files(
    files: Sequence[Path],
    into: Path,
    details: ChatDetails,
    progress: Progress = say_nothing,
    removals: Sequence[Removal] = (),
    *,
    while_captured: bool = False,
) -> ImportReport:
    """Archive the chat that the files hold in the folder `into`; give what was done.

    A folder that holds a chat already gets these files besides: all its files are read again, and
    journals that a capture left open, so that one post is one post however often it was seen. What
    people asked to have taken out, now (`removals`) or earlier, stays out. A folder that is being
    captured is refused, unless the capture itself asks (`while_captured`). Raises InputError for a
    file or a wish that cannot be used, NoChat where nothing is left to archive, FolderError where
    the folder cannot be written. The folder is then as it was.
    """
    for file in files:
        # What cannot be read is said before anything is written.
        read_file(file, ReadOptions(), format=details.format)
    folder = ChatFolder.at(into)
    before = folder.read_chat() if folder.is_made else None
    if before is None and not files:
        raise NoChat(
            "There is no chat in {folder}, and no file was given.",
            code="nothing-to-import",
            folder=into,
        )
    if not while_captured:
        refuse_captured(folder)
    earlier = finalise_journals(folder) if before else ()
    left_out = tuple(dict.fromkeys((*folder.read_removals(), *removals)))
    with (
        folder.change() as change,
        DiskQueue(change.scratch / "posts", Post) as posts,
        DiskQueue(change.scratch / "aside", AsideRow) as aside,
    ):
        kept = keep_files(change, files, details, progress)
        new = {record.raw for record in kept}
        sources = (*(record for record in earlier if record.raw not in new), *kept)
        taken = take_in(change, sources, details, (posts, aside), Removed(left_out), progress)
        chat, archived, ledger = cut_out_chat(taken, details, before)
        ledger, redacted = redact_files(change, ledger, archived, left_out)
        ledger = add_capture(change, ledger, archived, chat.hashtag)
        change.write_chat(chat)
        change.write_posts(archived)
        change.write_aside(blank_rows(aside, taken.cleared | redacted))
        change.write_ledger(ledger)
        change.write_rewordings(keep_rewordings(folder.read_rewordings(), archived))
        if left_out:
            change.write_removals(left_out)
        return ImportReport(
            folder=into,
            chat=chat,
            ledger=ledger,
            measures=measure_chat(archived, ()),
            aside=len(aside),
        )


def add_capture(change: Change, ledger: Ledger, posts: Sequence[Post], hashtag: str) -> Ledger:
    """Give the ledger with the account of the live capture, where there was one."""
    journals = [change.find_raw(file.raw) for file in ledger.files if file.format == JOURNAL]
    capture = account_for(journals, posts, hashtag)
    if capture is None:
        return ledger
    gaps, notes = tell_capture(capture)
    return msgspec.structs.replace(
        ledger,
        capture=capture,
        gaps=(*ledger.gaps, *gaps),
        notes=(*ledger.notes, *notes),
    )


def blank_rows(rows: Iterable[AsideRow], cleared: frozenset[str]) -> Iterator[AsideRow]:
    """Give the rows without the text of those whose file has been cleared.

    Nobody can tell whose words stand in a row that could not be read.
    """
    for row in rows:
        yield msgspec.structs.replace(row, text="") if row.file in cleared else row
