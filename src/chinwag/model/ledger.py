"""The ledger: what came in, from where, what was mended, kept aside or could not be had."""

from __future__ import annotations

from datetime import datetime

import msgspec

from chinwag.model.note import Note


class AsideRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that could not be read: its file, 1-based line, the reason, and its text.

    `text` is the row as found, cut at 2,000 characters.
    """

    file: str
    line: int
    reason: Note
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
    """Something that is missing, and why where that is known: for a story's "What is missing".

    `posts` are the ids of the posts that it concerns, where there are any.
    """

    what: Note
    why: Note | None = None
    posts: tuple[str, ...] = ()


class RouteNotice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a route had to say, how often, and when first and last.

    `kind` is "lost" (the connection broke), "refused", "silent", "lacking" or "ended" (it gave up
    for good). `todo` says what a person can do, where there is something.
    """

    kind: str
    what: Note
    times: int
    first: datetime
    last: datetime
    todo: Note | None = None


class RouteRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came by one live route, over all runs of the capture.

    `seen_as` are the "ROUTE ADDRESS" under which its sightings stand in `posts.jsonl`; `received`
    are the records that brought something new, `first` and `last` when, and `longest_silence` the
    seconds between two of them, from `silent_from`. `starts` are the times it was started,
    `connections` those it said it was connected, `losses` those its connection broke, `refusals`
    those the server said no for now.
    """

    name: str
    network: str
    kind: str
    origin: str
    received: int = 0
    first: datetime | None = None
    last: datetime | None = None
    longest_silence: float = 0.0
    silent_from: datetime | None = None
    starts: int = 0
    connections: int = 0
    losses: int = 0
    refusals: int = 0
    seen_as: tuple[str, ...] = ()
    notices: tuple[RouteNotice, ...] = ()


class Completeness(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many posts with the hashtag there were on a network, estimated from what was found.

    `first` and `second` name the two groups of routes, which found `by_first` and `by_second`
    posts, `by_both` of them in common, `found` in all. `estimate` is the number that there were,
    with its 95 % interval from `low` to `high`; it is None where nothing can be estimated, and
    `why` then says why not. `said` is what a host is told.
    """

    network: str
    method: str
    found: int
    said: Note
    estimate: float | None = None
    low: float = 0.0
    high: float = 0.0
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    by_first: int = 0
    by_second: int = 0
    by_both: int = 0
    why: Note | None = None


class CaptureRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a chat was captured live: when, by which routes, and what happened to its posts.

    `torn` counts lines that a kill left unfinished; what stood in them came again. `late` are the
    ids of posts that were first seen over five minutes after they were written, `edited` of those
    that changed, `tag_removed` of those that once carried the hashtag and no longer do.
    """

    runs: int
    first: datetime | None = None
    last: datetime | None = None
    torn: int = 0
    routes: tuple[RouteRecord, ...] = ()
    late: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    tag_removed: tuple[str, ...] = ()
    completeness: tuple[Completeness, ...] = ()


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """What came by which route, and what became of it: `ledger.json`.

    `archived` posts stand in `posts.jsonl`; `folded` reposts stand under their originals; `merged`
    records were seen more than once; `outside` posts lie outside the chat's window and are only in
    `raw/`; `deleted` are tombstones, of which `removed` were taken out, and `spam` of those as
    spam; `text_lost` have a text that is known not to be their own. `notes` tell how the hashtag
    and the window were found, what the files disagree about, and what a host should know of a
    capture, which `capture` accounts for.
    """

    files: tuple[FileRecord, ...]
    archived: int
    folded: int
    merged: int
    outside: int
    deleted: int
    text_lost: int
    removed: int = 0
    spam: int = 0
    gaps: tuple[Gap, ...] = ()
    notes: tuple[Note, ...] = ()
    capture: CaptureRecord | None = None  # where the chat, or a part of it, was captured live
