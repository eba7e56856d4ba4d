"""The ledger: what came in, from where, what was mended, kept aside or could not be had."""

from __future__ import annotations

from datetime import datetime

import msgspec


class AsideRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that could not be read: its file, 1-based line, the reason in words, and its text.

    `text` is the row as found, cut at 2,000 characters.
    """

    file: str
    line: int
    reason: str
    text: str


class FileRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One file that was read: its name, its copy under `raw/`, and what it held.

    `rows` are the records met, `posts` those that became posts (reposts among them), `aside`
    those kept aside, `repairs` how often each repair was made, `first` and `last` the times of its
    earliest and latest post. `time_zone`, `columns` and `date` are what a person said about it, so
    that it can be read again in the same way.
    """

    name: str
    raw: str
    sha256: str
    bytes: int
    format: str
    rows: int
    posts: int
    aside: int
    repairs: dict[str, int]
    first: datetime | None = None
    last: datetime | None = None
    time_zone: str | None = None
    columns: dict[str, str] = {}
    date: str = ""


class Gap(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that is missing, and why: sentences for the story's "What is missing".

    `posts` are the ids of the posts it concerns, where there are any.
    """

    what: str
    why: str
    posts: tuple[str, ...] = ()


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """What came by which route, and what became of it: `ledger.json`.

    `archived` posts stand in `posts.jsonl`; `folded` reposts stand under their originals;
    `merged` records were seen more than once; `outside` posts lie outside the chat's window and
    are only in `raw/`; `deleted` are tombstones; `text_lost` have a text known not to be theirs.
    """

    files: tuple[FileRecord, ...]
    archived: int
    folded: int
    merged: int
    outside: int
    deleted: int
    text_lost: int
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()  # whole sentences: how the window was found, conflicts, other chats
