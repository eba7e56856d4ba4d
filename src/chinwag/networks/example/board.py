"""The noticeboard: people pin notes, answer, amend and take down; it keeps the order."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from chinwag.errors import NetworkError


def find_board(name: str) -> Board:
    """Return this process's board of that name, a new one where there is none yet."""
    return _BOARDS.setdefault(name, Board(name))


class Board:
    """A noticeboard called `name`. `address` is where it hangs.

    `entries` are what happened, oldest first, as everybody may read it. Only public notes belong on
    a board. While it is shut, reading and writing raise NetworkError.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.address = f"board://{name}"
        self.entries: list[dict[str, Any]] = []
        self._notes: dict[int, dict[str, Any]] = {}
        self._changed = asyncio.Event()
        self._is_shut = False

    def pin(self, author: str, text: str, at: datetime, answers: int | None = None) -> int:
        """Pin a note, perhaps under another one, and return its number.

        Raises NetworkError while the board is shut.
        """
        self._refuse_if_shut()
        number = len(self._notes) + 1
        note = {"number": number, "by": author, "says": text, "at": at.isoformat()}
        self._notes[number] = note | ({"under": answers} if answers else {})
        self._tell("pinned", self._notes[number])
        return number

    def amend(self, number: int, text: str, at: datetime) -> None:
        """Replace the text of a note."""
        self._notes[number] = self.find(number) | {"says": text, "amended": at.isoformat()}
        self._tell("amended", self._notes[number])

    def take_down(self, number: int) -> None:
        """Take a note off the board; it may be gone already."""
        if self._notes.get(number):
            self._notes[number] = {}
            self._tell("taken down", {"number": number})

    def find(self, number: int) -> dict[str, Any]:
        """Return a note. Raises NetworkError where it is gone, and while the board is shut."""
        self._refuse_if_shut()
        if not self._notes.get(number):
            raise NetworkError(
                "There is no note {number} on {board}.",
                code="example-note-gone",
                is_final=True,
                number=number,
                board=self.address,
            )
        return self._notes[number]

    def list_notes(self) -> list[dict[str, Any]]:
        """Return the notes that hang there now. Raises NetworkError while the board is shut."""
        self._refuse_if_shut()
        return [note for note in self._notes.values() if note]

    async def read(self, after: int) -> list[dict[str, Any]]:
        """Return the entries after the first `after`, as soon as there are any.

        Raises NetworkError when the board is shut, also while waiting.
        """
        while True:
            self._refuse_if_shut()
            if len(self.entries) > after:
                return self.entries[after:]
            self._changed.clear()
            await self._changed.wait()

    def shut(self) -> None:
        """Refuse all reading and writing until the board is opened."""
        self._is_shut = True
        self._changed.set()

    def open(self) -> None:
        """Let people read and write again."""
        self._is_shut = False

    def _tell(self, event: str, note: dict[str, Any]) -> None:
        self._refuse_if_shut()
        self.entries.append({"event": event, "note": note})
        self._changed.set()

    def _refuse_if_shut(self) -> None:
        if self._is_shut:
            raise NetworkError(
                "The noticeboard {board} is shut.", code="example-board-shut", board=self.address
            )


_BOARDS: dict[str, Board] = {}
