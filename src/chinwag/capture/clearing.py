"""Taking text that is gone out of all that a running chat received: journals and given files."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial

from chinwag.capture.disk import Disk
from chinwag.capture.live_chat import LiveChat
from chinwag.capture.received import clear_received, find_touched
from chinwag.capture.redaction import Redactions, make_redactor
from chinwag.capture.writer import SharedJournal
from chinwag.errors import DamagedFolder, InputError
from chinwag.records.vocabulary import JOURNAL
from chinwag.stores.folder import ChatFolder
from chinwag.stores.folder.journal import change_lines

CLEAR_EVERY = timedelta(seconds=5)  # rewriting a long journal takes a while

_log = logging.getLogger(__name__)


class TextClearer:
    """Rewrites journals and files as received after something was deleted or removed."""

    def __init__(self, chat: LiveChat, journal: SharedJournal, disk: Disk) -> None:
        self._chat = chat
        self._journal = journal
        self._disk = disk
        self._cleared_at: datetime | None = None

    async def clear_if_due(self, now: datetime) -> None:
        """Clear what was received, unless that was done a moment ago."""
        if self._cleared_at is None or now - self._cleared_at >= CLEAR_EVERY:
            self._cleared_at = now
            await self.clear()

    async def clear(self) -> None:
        """Clear what was received of what has gone since it was last cleared.

        Where the disk is full or the folder busy, it is left for the next time. Raises FolderError
        where the disk refuses for good.
        """
        if not self._chat.has_text_to_clear():
            return
        gone = self._chat.gone
        in_open = await self._journal.rewrite(make_redactor(gone))
        in_others = await self._disk.try_write(partial(clear_others, self._chat.folder, gone))
        if in_open is None or in_others is None:
            return
        self._chat.note_cleared(gone)
        _log.info("Cleared %d records of the journal, and %d other files.", in_open, in_others)


def clear_others(folder: ChatFolder, gone: Redactions) -> int | None:
    """Clear what is gone out of all files under `raw/` but the open journal; return how many.

    None stands for a file of the folder that cannot be read at the moment: it may be halfway
    written. Raises BusyFolder, FolderError.
    """
    try:
        if not _is_held(folder, gone):
            return 0
        with folder.change(patience=0) as change:
            return len(clear_received(change, folder, gone)[1])
    except (DamagedFolder, InputError) as failure:
        _log.warning("A file under raw/ cannot be cleared: %s", failure.code)
        return None


def _is_held(folder: ChatFolder, gone: Redactions) -> bool:
    """Return whether a file holds what is gone, without keeping anybody else out of the folder."""
    files = folder.read_ledger().files
    redact = make_redactor(gone)
    sealed = (file for file in files if file.format == JOURNAL)
    if any(change_lines(folder.find_raw(file.raw), redact)[1] for file in sealed):
        return True
    return bool(find_touched(folder, files, gone)[0])
