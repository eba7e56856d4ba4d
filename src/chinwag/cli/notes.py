"""Notes as a host reads them at the command line: the catalogue's words, and what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from chinwag.cli.remedies import word_remedy
from chinwag.messages import open_catalogue
from chinwag.model import Ledger, Note

WORDS = open_catalogue()  # the command line speaks English

REMEDIES = {
    "hashtag-none": "Give one with --hashtag if the chat had one.",
    "other-chats": "Each can be had with the --from and --to given here.",
    "bursts": "Each can be had alone with the --from and --to given here.",
}


def word_note(note: Note) -> str:
    """Return a note in words, with what a host can do about it at the command line."""
    return f"{WORDS.word_note(note)} {_find_remedy(note)}".rstrip()


def word_gaps(ledger: Ledger, told: Collection[Note] = ()) -> Iterator[str]:
    """Yield what is missing, and why, with what a route said that a host can do about it.

    Gaps that say what was `told` already are left out.
    """
    routes = ledger.capture.routes if ledger.capture else ()
    todos = {notice.what: notice.todo for route in routes for notice in route.notices}
    for gap in (gap for gap in ledger.gaps if gap.what not in told):
        more = WORDS.word_notes((gap.why or todos.get(gap.what),))
        yield f"{word_note(gap.what)} {more}".rstrip()


def _find_remedy(note: Note) -> str:
    if note.code == "stretch":
        start, end = str(note.parts["start"]), str(note.parts["end"])
        return f"--from {_write_option(start)} --to {_write_option(end, round_up=True)}"
    return REMEDIES.get(note.code) or word_remedy(note.code, note.parts)


def _write_option(moment: str, *, round_up: bool = False) -> str:
    """Return a moment in whole minutes, which are easier to type: "2026-10-13T18:02Z".

    An end is rounded up, so that the last post stays inside.
    """
    at = datetime.fromisoformat(moment)
    whole = at.replace(second=0, microsecond=0)
    if round_up and at > whole:
        whole += timedelta(minutes=1)
    return f"{whole:%Y-%m-%dT%H:%M}Z"
