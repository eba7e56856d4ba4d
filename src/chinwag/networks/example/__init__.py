"""EXAMPLE: an invented network, complete: a village's noticeboard. Copy this folder for a new one.

What lives here: the declaration (`NETWORK`); `opening`, routes and accounts from settings; `board`,
the network itself, in this process; `routes`, which read it as it happens and by walking past;
`announce`, which writes on it. `records/example_notes` says what a note is.
Tests use it as a network that can be shut and opened again; no command offers it.
May import: what NETWORKS may. May not import: other networks.
Example: `board = find_board("green"); board.pin("ana", "Hello #InkChat", at=now)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec

from chinwag.networks.contract import Route
from chinwag.networks.declaration import Account, Network, Option, Posting


class ExampleSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings whose keys begin with `example_`."""

    name: Annotated[str, msgspec.Meta(description="As whom you pin notes on the board.")] = ""


def _make_routes(
    settings: ExampleSettings, boards: Sequence[str], operator: str
) -> Sequence[Route]:
    from chinwag.networks.example.opening import make_routes

    return make_routes(settings, boards, operator)


def _list_accounts(
    settings: ExampleSettings, boards: Sequence[str], operator: str
) -> Sequence[Account]:
    from chinwag.networks.example.opening import list_accounts

    return list_accounts(settings, boards, operator)


NETWORK = Network(
    name="example",
    settings=ExampleSettings,
    option=Option(name="example", value="BOARD", help="A noticeboard to read; may be repeated."),
    make_routes=_make_routes,
    posting=Posting(
        option=Option(name="example", value="BOARD", help="Only on that board."),
        list_accounts=_list_accounts,
        remedy="set example_name",
    ),
    is_offered=False,  # nobody else has such a board
)
