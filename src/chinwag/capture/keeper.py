"""Keeping the folder fresh: about once a second, whatever came is placed, written and shown."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from chinwag.capture.ahead import Ahead, WorkAhead
from chinwag.capture.clearing import TextClearer
from chinwag.capture.decisions import DecisionReader
from chinwag.capture.disk import Disk
from chinwag.capture.live_chat import LiveChat
from chinwag.capture.state import ChatState, Snapshot, build_state, write_state
from chinwag.capture.threads import run_to_end
from chinwag.capture.view import Listener
from chinwag.capture.watch import ChatWatch
from chinwag.errors import DamagedFolder
from chinwag.model import Chat, note_error
from chinwag.steps.collect import list_removed
from chinwag.stores.folder import ChatFolder

REFRESH = 1.0  # seconds between two looks at whether the folder's files must be written again
MOST_SHARE = 0.25  # of the time may go into writing them, in a chat that is very large
LONGEST_REST = 60.0  # seconds between two writings, even where a clock was set meanwhile

_log = logging.getLogger(__name__)


class FolderKeeper:
    """Follows what people decide in the folder, and writes its files soon after anything came."""

    def __init__(
        self,
        chat: LiveChat,
        reader: DecisionReader,
        disk: Disk,
        clearer: TextClearer,
        watch: ChatWatch,
        listener: Listener,
        ahead: Ahead | None = None,
    ) -> None:
        self._chat = chat
        self._reader = reader
        self._disk = disk
        self._clearer = clearer
        self._watch = watch
        self._listener = listener
        self._ahead = WorkAhead(ahead, watch.now, str(chat.folder.root))
        self._written = -1  # the version of the chat that the folder holds
        self._seen_damage = ""  # what could not be read at the last look
        self._told_damage = ""  # what the host has been told of it

    async def run(self, show: Callable[[], Awaitable[None]]) -> None:
        """Keep the folder for ever, and show the capture after each look.

        Raises FolderError where the folder cannot be written for good.
        """
        pause = REFRESH
        while True:
            damaged = await self._rest(pause)
            begun = self._watch.now()
            self._note_damage(await self._place_and_write() or damaged)
            await self._clearer.clear_if_due(begun)
            await show()
            if unread := self._chat.placing.take_unread():
                await run_to_end(partial(self._chat.placing.read_ahead, unread))
            taken = (self._watch.now() - begun).total_seconds()
            pause = min(max(REFRESH, taken / MOST_SHARE), LONGEST_REST)
            await self._ahead.run_if_quiet(self._is_behind)

    def _is_behind(self) -> bool:
        """Return whether something is to be placed or written."""
        return self._chat.placing.has_work() or self._chat.version != self._written

    async def _rest(self, seconds: float) -> DamagedFolder | None:
        """Wait so long, and look every second at what people decided; return the last damage.

        Writing a very large chat is followed by a long wait, but no removal waits for that.
        """
        damaged = None
        for _ in range(max(1, round(seconds / REFRESH))):
            await self._watch.pause(REFRESH)
            damaged = await self._follow_decisions()
        return damaged

    async def _follow_decisions(self) -> DamagedFolder | None:
        """Take in what people changed; a file that cannot be read leaves everything as it was.

        What they want removed is cleared at once: before anything else is placed or written.
        """
        try:
            decisions = await run_to_end(self._reader.read_if_written)
        except DamagedFolder as damage:
            return damage
        if decisions is None:
            return None
        removed = self._chat.refuse(decisions.removals, decisions.removal_key)
        touched: Sequence[str] = ()
        if removed is not None:
            find = partial(list_removed, self._chat.take_snapshot().posts, removed)
            touched = await run_to_end(find)
        if self._chat.use_decisions(decisions, touched):
            self._watch.follow(decisions.chat)
            _log.info("Somebody changed the chat's questions, corrections or removals.")
        if removed is not None:
            await self._clearer.clear()
        return None

    async def _place_and_write(self) -> DamagedFolder | None:
        """Place what came and write it; if a file cannot be read, leave it for the next time."""
        has_work = self._chat.placing.has_work()
        if has_work:
            await run_to_end(partial(self._chat.placing.place, self._chat.take_work()))
        version = self._chat.version
        if not has_work and version == self._written:
            return None
        write = partial(_build_and_write, self._chat.folder, self._chat.take_snapshot())
        self._written = -1  # in a second it may work
        self._ahead.note_written()
        try:
            written = await self._disk.try_write(write)
        except DamagedFolder as damage:
            return damage
        if written is None:
            return None
        state, chat = written
        self._chat.note_written(chat)
        self._written = version
        await run_to_end(partial(self._listener.hear_written, state))
        return None

    def _note_damage(self, damage: DamagedFolder | None) -> None:
        """Tell of damage once, at the second look: an editor may be halfway through saving."""
        if damage is None:
            self._seen_damage = self._told_damage = ""
            return
        stays = str(damage) == self._seen_damage
        self._seen_damage = str(damage)
        if not stays or str(damage) == self._told_damage:
            return
        self._told_damage = str(damage)
        _log.warning("A file of the folder cannot be read; what it said before still holds.")
        self._listener.hear_notice("", "damaged", note_error(damage))


def _build_and_write(folder: ChatFolder, snapshot: Snapshot) -> tuple[ChatState, Chat] | None:
    state = build_state(snapshot)
    chat = write_state(folder, state)
    return None if chat is None else (state, chat)
