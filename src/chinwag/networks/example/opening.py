"""From the example's settings to routes and accounts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from chinwag.http.clock import Clock
from chinwag.networks.contract import Announcer, Route
from chinwag.networks.declaration import Account
from chinwag.networks.example import ExampleSettings
from chinwag.networks.example.announce import BoardAnnouncer
from chinwag.networks.example.board import Board, find_board
from chinwag.networks.example.routes import BoardPoll, BoardStream


def make_routes(
    settings: ExampleSettings,  # noqa: ARG001 - a board is open to everybody
    boards: Sequence[str],
    operator: str,  # noqa: ARG001 - and asks nobody who they are
) -> tuple[Route, ...]:
    """Return both routes to each board."""
    found = map(find_board, dict.fromkeys(boards))
    return tuple(route for board in found for route in (BoardStream(board), BoardPoll(board)))


def list_accounts(
    settings: ExampleSettings,
    boards: Sequence[str],
    operator: str,  # noqa: ARG001 - a board asks nobody who they are
) -> tuple[Account, ...]:
    """Return an account for each board; none where the settings name nobody."""
    if not settings.name:
        return ()
    return tuple(_name_account(find_board(name), settings.name) for name in dict.fromkeys(boards))


def _name_account(board: Board, author: str) -> Account:
    @asynccontextmanager
    async def open_account(clock: Clock) -> AsyncIterator[Announcer]:
        board.list_notes()  # raises NetworkError while it is shut
        yield BoardAnnouncer(board, author, clock)

    return Account(name=f"example {board.name}", open=open_account)
