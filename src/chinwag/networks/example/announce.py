"""Writing on the noticeboard, for the host."""

from __future__ import annotations

from datetime import datetime

from chinwag.errors import InputError
from chinwag.http.clock import Clock
from chinwag.networks.contract import Announced, Announcement
from chinwag.networks.example.board import Board
from chinwag.networks.example.routes import name_note

MOST_CHARACTERS = 300


class BoardAnnouncer:
    """Pins a host's notes, once for each key."""

    network = "example"

    def __init__(self, board: Board, author: str, clock: Clock) -> None:
        self._board = board
        self._author = author
        self._clock = clock
        self._pinned: dict[str, int] = {}

    def check(self, announcement: Announcement) -> str:
        """Return what would be pinned. Raises InputError for what cannot be pinned."""
        length = len(announcement.text)
        if not announcement.text.strip():
            raise InputError("There is nothing to announce.", code="announcement-empty")
        if length > MOST_CHARACTERS:
            raise InputError(
                "The note has {length} characters; the board takes {most}.",
                code="example-note-too-long",
                length=length,
                most=MOST_CHARACTERS,
            )
        if announcement.picture is not None and not announcement.picture.alt.strip():
            raise InputError("The picture has no description.", code="picture-without-description")
        return f"{length} of {MOST_CHARACTERS} characters: {announcement.text}"

    async def check_rights(self) -> None:
        """Raise NetworkError while the board is shut: anybody may pin notes on it."""
        self._board.list_notes()

    async def announce(self, announcement: Announcement) -> Announced:
        """Pin it, once. Raises InputError as `check` does, NetworkError while the board is shut."""
        self.check(announcement)
        number = self._pinned.get(announcement.key)
        if number is not None:
            return self._describe(number, is_new=False)
        if announcement.at is not None:
            await self._clock.pause((announcement.at - self._clock.now()).total_seconds())
        under = self._find_number(announcement.reply_to) if announcement.reply_to else None
        number = self._board.pin(self._author, announcement.text, self._clock.now(), under)
        self._pinned[announcement.key] = number
        return self._describe(number, is_new=True)

    async def look_up(
        self,
        id: str,
        text: str,  # noqa: ARG002 - nothing waits at a board
        at: datetime,  # noqa: ARG002
    ) -> Announced | None:
        """Return the note, None where it is gone."""
        number = self._find_number(id)
        hangs = any(note["number"] == number for note in self._board.list_notes())
        return self._describe(number, is_new=False) if hangs else None

    async def edit(self, id: str, announcement: Announcement) -> Announced:
        """Replace a note's text. Raises NetworkError where it is gone."""
        self.check(announcement)
        number = self._find_number(id)
        self._board.amend(number, announcement.text, self._clock.now())
        return self._describe(number, is_new=False)

    async def delete(self, id: str) -> None:
        """Take a note down."""
        self._board.take_down(self._find_number(id))

    def _find_number(self, id: str) -> int:
        address, _, number = id.rpartition("/")
        if address != self._board.address or not number.isdecimal():
            raise InputError(
                "{id!r} is not a note of {board}.",
                code="example-note-of-another",
                id=id,
                board=self._board.address,
            )
        return int(number)

    def _describe(self, number: int, *, is_new: bool) -> Announced:
        id_ = name_note(self._board.address, number)
        return Announced(id=id_, url=id_, is_new=is_new)
