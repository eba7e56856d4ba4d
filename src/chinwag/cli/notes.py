"""Notes as a host reads them at the command line: the catalogue's words, and what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from chinwag.cli.remedies import word_remedy
from chinwag.messages import open_catalogue
from chinwag.model import Ledger, Note

HERE, HOUR = timedelta(), timedelta(hours=1)
WORDS = open_catalogue()  # the command line speaks English

REMEDIES = {
    "hashtag-none": "Give one with --hashtag if the chat had one.",
    "other-chats": "Each can be had with the --from and --to given here.",
    "left-out-untagged": (
        "If that is not the chat's hashtag, run it again with the right one: --hashtag NAME."
    ),
    "window-of-many-days": "If it holds a chat, give its time with --from and --to.",
    "bursts": "Each can be had alone with the --from and --to given here.",
}


def word_note(note: Note, zone: str = "UTC") -> str:
    """Return a note in words, with what a host can do about it at the command line.

    Its times are of the time zone `zone`, an IANA name.
    """
    return f"{WORDS.in_zone(zone).word_note(note)} {_find_remedy(note)}".rstrip()


REMOVED = ("posts-removed", "spam-removed")  # codes that tell of removals
WARNINGS = (
    "left-out-untagged",
    "left-out-around",
    "window-of-many-days",
)  # codes that stand in the last lines


def word_warnings(ledger: Ledger, zone: str) -> Iterator[str]:
    """Yield what a host should not miss, whatever else a command printed."""
    notes = (*ledger.notes, *(gap.what for gap in ledger.gaps))
    return (word_note(note, zone) for note in notes if note.code in WARNINGS)


def word_removed(ledger: Ledger) -> Iterator[str]:
    """Yield how many posts were taken out, and why; which and when is told nowhere."""
    notes = (gap.what for gap in ledger.gaps)
    return (word_note(note) for note in notes if note.code in REMOVED)


def word_gaps(ledger: Ledger, told: Collection[Note] = (), zone: str = "UTC") -> Iterator[str]:
    """Yield what is missing, and why, with what a route said that a host can do about it.

    Gaps that say what was `told` already are left out, and warnings, which come last.
    """
    routes = ledger.capture.routes if ledger.capture else ()
    todos = {notice.what: notice.todo for route in routes for notice in route.notices}
    for gap in ledger.gaps:
        if gap.what in told or gap.what.code in WARNINGS:
            continue
        more = WORDS.in_zone(zone).word_notes((gap.why or todos.get(gap.what),))
        yield f"{word_note(gap.what, zone)} {more}".rstrip()


def _find_remedy(note: Note) -> str:
    if note.code == "stretch":
        return _write_options(note, HERE)
    if note.code == "left-out-around":
        return f"If they belong to the chat, give its time: {_write_options(note, HOUR)}"
    return REMEDIES.get(note.code) or word_remedy(note.code, note.parts)


def _write_options(note: Note, wider: timedelta) -> str:
    """Return the options that name the time of a note, or a wider one."""
    start, end = (datetime.fromisoformat(str(note.parts[name])) for name in ("start", "end"))
    first, last = _write_option(start - wider), _write_option(end + wider, round_up=True)
    return f"--from {first} --to {last}"


def _write_option(at: datetime, *, round_up: bool = False) -> str:
    """Return a moment in whole minutes, which are easier to type: "2026-10-13T18:02Z".

    An end is rounded up, so that the last post stays inside.
    """
    whole = at.replace(second=0, microsecond=0)
    if round_up and at > whole:
        whole += timedelta(minutes=1)
    return f"{whole:%Y-%m-%dT%H:%M}Z"
