"""Taking text that is gone out of a running capture's journals, the open one and earlier ones."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import msgspec

from chinwag.capture.disk import Disk
from chinwag.capture.live_chat import LiveChat
from chinwag.capture.redaction import make_redactor
from chinwag.capture.writer import SharedJournal
from chinwag.model import FileRecord, RawPost
from chinwag.records.vocabulary import JOURNAL
from chinwag.stores.folder import ChatFolder
from chinwag.stores.folder.journal import change_lines

CLEAR_EVERY = timedelta(seconds=5)  # rewriting a long journal takes a while

_log = logging.getLogger(__name__)

Redact = Callable[[RawPost], RawPost]


class TextClearer:
    """Rewrites the journals after something was deleted or removed."""

    def __init__(self, chat: LiveChat, journal: SharedJournal, disk: Disk) -> None:
        self._chat = chat
        self._journal = journal
        self._disk = disk
        self._cleared_at: datetime | None = None

    async def clear_if_due(self, now: datetime) -> None:
        """Clear the journals, unless that was done a moment ago."""
        if self._cleared_at is None or now - self._cleared_at >= CLEAR_EVERY:
            self._cleared_at = now
            await self.clear()

    async def clear(self) -> None:
        """Clear the journals of what has gone since they were last cleared.

        Where the disk is full or the folder busy, it is left for the next time. Raises FolderError
        where the disk refuses for good.
        """
        if not self._chat.has_text_to_clear():
            return
        gone = self._chat.gone
        redact = make_redactor(gone)
        in_open = await self._journal.rewrite(redact)
        in_sealed = await self._clear_sealed(redact)
        if in_open is None or in_sealed is None:
            return
        self._chat.note_cleared(gone)
        _log.info("Cleared %d records of the journals.", in_open + in_sealed)

    async def _clear_sealed(self, redact: Redact) -> int | None:
        folder, files = self._chat.folder, self._chat.list_files()
        result = await self._disk.try_write(partial(clear_sealed, folder, files, redact))
        if result is None:
            return None
        cleared, number = result
        if number:
            self._chat.use_files(cleared)
        return number


def clear_sealed(
    folder: ChatFolder, files: Sequence[FileRecord], redact: Redact
) -> tuple[tuple[FileRecord, ...], int]:
    """Clear the journals of earlier captures; return the files' records, and how many lines.

    Raises BusyFolder, FolderError.
    """
    changed: dict[str, list[bytes]] = {}
    total = 0
    for file in files:
        if file.format != JOURNAL:
            continue
        lines, number = change_lines(folder.find_raw(file.raw), redact)
        total += number
        if number:
            changed[file.raw] = lines
    if not changed:
        return tuple(files), 0
    with folder.change(patience=0) as change:
        cleared = tuple(
            change.rewrite_raw(file, changed[file.raw]) if file.raw in changed else file
            for file in files
        )
        change.write_ledger(msgspec.structs.replace(folder.read_ledger(), files=cleared))
    return cleared, total
