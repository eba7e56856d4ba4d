"""Two ways to read the noticeboard: stand before it, or walk past now and then."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from typing import Any

from chinwag.model import RawPost
from chinwag.networks.contract import Notice, Received, Watch, covers, is_over, make_notice
from chinwag.networks.example.board import Board
from chinwag.text.hashtags import find_hashtags, fold_tag


class BoardStream:
    """Stands before the board: every note, amendment and removal as it happens.

    The cursor counts the board's entries that have been read.
    """

    network = "example"
    kind = "stream"

    def __init__(self, board: Board) -> None:
        self._board = board
        self.name = f"example:stream {board.name}"
        self.origin = board.name

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Yield what happens on the board. Raises NetworkError when it is shut."""
        done = int(cursor or 0)
        yield make_notice(
            "connected",
            "Standing before {board}.",
            code="example-reads",
            board=self._board.address,
        )
        while True:
            entries = await self._board.read(done)
            done += len(entries)
            raws = _pick(entries, watch, "example:stream", self._board.address)
            yield Received(raws=raws, cursor=str(done))


class BoardPoll:
    """Walks past every `pause` seconds and reads the notes that hang there now.

    It sees no amendment of what it has read, and no removal. The cursor is the highest number
    read. It ends when the chat is over.
    """

    network = "example"
    kind = "poll"

    def __init__(self, board: Board, *, pause: float = 15.0, walker: str = "walker") -> None:
        self._board = board
        self._pause = pause
        self.name = f"example:poll {board.name} {walker}"
        self.origin = walker

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Yield the notes that were not there before. Raises NetworkError while it is shut."""
        highest = int(cursor or 0)
        while True:
            is_last = is_over(watch)
            notes = [note for note in self._board.list_notes() if note["number"] > highest]
            highest = max((note["number"] for note in notes), default=highest)
            entries = [{"event": "pinned", "note": note} for note in notes]
            raws = _pick(entries, watch, "example:poll", self._board.address)
            yield Received(raws=raws, cursor=str(highest))
            if is_last:
                return
            await watch.pause(self._pause)


def name_note(address: str, number: object) -> str:
    """Return a note's id, the same by every route."""
    return f"{address}/{number}"


def _pick(
    entries: Iterable[dict[str, Any]], watch: Watch, route: str, address: str
) -> tuple[RawPost, ...]:
    """Return the entries that the chat wants as records: those with its tag, and known notes."""
    chosen: dict[str, None] = {}
    raws: list[RawPost] = []
    for entry in entries:
        note = entry["note"]
        id_ = name_note(address, note["number"])
        under = name_note(address, note.get("under", 0))
        is_known = not {id_, under}.isdisjoint(chosen) or any(map(watch.is_known, (id_, under)))
        if is_known or _is_wanted(note, watch):
            chosen[id_] = None
            raws.append(RawPost(route=route, address=address, at=watch.now(), payload=entry))
    return tuple(raws)


def _is_wanted(note: dict[str, Any], watch: Watch) -> bool:
    if "says" not in note:
        return False  # the removal of a note that is not the chat's
    tags = map(fold_tag, find_hashtags(note["says"]))
    return covers(watch, datetime.fromisoformat(note["at"])) and fold_tag(watch.hashtag) in tags
