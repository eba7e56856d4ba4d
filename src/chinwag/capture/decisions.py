"""What people decide in the folder while a capture runs, found by when its files were written."""

from __future__ import annotations

import msgspec

from chinwag.model import Chat, Placement, Removal, Sent
from chinwag.stores.folder import ChatFolder, layout
from chinwag.stores.folder.folder import Stamps

# Files that people, or their commands, may change.
_EDITABLE = (layout.CHAT, layout.CORRECTIONS, layout.REMOVED, layout.OUTBOX)


class Decisions(msgspec.Struct, frozen=True, kw_only=True):
    """What people said of a chat: its own file, their corrections, and what is to be removed.

    `sent` is what they announced: these posts ask its questions, whatever they look like.
    """

    chat: Chat
    corrections: tuple[Placement, ...]
    removals: tuple[Removal, ...]
    removal_key: bytes
    sent: tuple[Sent, ...]


class DecisionReader:
    """Reads what people decided, and again only when one of the files has been written since."""

    def __init__(self, folder: ChatFolder) -> None:
        self._folder = folder
        self._stamps: Stamps = {}

    def read(self) -> Decisions:
        """Return what people decided. Raises DamagedFolder where a file cannot be read."""
        stamps = self._folder.stamp_files(_EDITABLE)
        decisions = self._folder.read_steadily(self._read_files)
        self._stamps = stamps  # of before the reading: what is written meanwhile is read next time
        return decisions

    def read_if_written(self) -> Decisions | None:
        """Return what people decided, None where no file has been written since the last reading.

        Raises DamagedFolder as `read` does, and again until the file is mended.
        """
        if self._folder.stamp_files(_EDITABLE) == self._stamps:
            return None
        return self.read()

    def _read_files(self) -> Decisions:
        return Decisions(
            chat=self._folder.read_chat(),
            corrections=self._folder.read_corrections(),
            removals=self._folder.read_removals(),
            removal_key=self._folder.read_removal_key(),
            sent=self._folder.read_outbox(),
        )
