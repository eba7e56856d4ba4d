"""The kinds of work that the keeper has done in processes of their own.

A new kind is a function that does one piece of it, by a number, and a line in `KINDS` that says
which numbers are due. The function may be killed at any moment and is then started again: it notes
its progress in one transaction with whatever follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from chinwag.web.chats.models import (
    Account,
    Advice,
    Capture,
    Comments,
    Import,
    Letter,
    Publication,
    WorkState,
)
from chinwag.web.keeper.advice import run_advice
from chinwag.web.keeper.captures import give_up_capture, is_capture_worth, run_capture
from chinwag.web.keeper.changes import follow_changes, list_quiet_chats
from chinwag.web.keeper.imports import give_up_import, run_import
from chinwag.web.keeper.rows import Rows
from chinwag.web.keeper.sharing import read_comments, run_publication, send_letter, try_account
from chinwag.web.site import Site


class Kind(NamedTuple):
    """Work of one kind: `run` does the piece of a number.

    `list_due` returns the numbers of what waits to be done. Where each piece is a row of its own,
    `rows` lease it and count its failures. At most `most` are done at once.
    """

    run: Callable[[int, Site], None]
    list_due: Callable[[], Iterable[int]]
    most: int
    rows: Rows | None = None


def _make_kind(run: Callable[[int, Site], None], rows: Rows, most: int) -> Kind:
    return Kind(run, rows.list_due, most, rows)


_CAPTURES = Rows(Capture, (WorkState.WANTED, WorkState.RUNNING), give_up_capture, is_capture_worth)
_IMPORTS = Rows(Import, (WorkState.LOOKING, WorkState.WANTED), give_up_import)
_ADVICES = Rows(Advice, (WorkState.LOOKING, WorkState.WANTED))
_ACCOUNTS = Rows(Account, (WorkState.WANTED,))
_PUBLICATIONS = Rows(Publication, (WorkState.WANTED,))
_COMMENTS = Rows(Comments, (WorkState.WANTED,))
_LETTERS = Rows(Letter, (WorkState.WANTED,))

KINDS: Mapping[str, Kind] = {
    "account": _make_kind(try_account, _ACCOUNTS, most=2),
    "advice": _make_kind(run_advice, _ADVICES, most=2),
    "capture": _make_kind(run_capture, _CAPTURES, most=20),
    "comments": _make_kind(read_comments, _COMMENTS, most=2),
    "follow": Kind(follow_changes, list_quiet_chats, most=2),
    "letter": _make_kind(send_letter, _LETTERS, most=2),
    "publication": _make_kind(run_publication, _PUBLICATIONS, most=2),
    "import": _make_kind(run_import, _IMPORTS, most=2),
}
