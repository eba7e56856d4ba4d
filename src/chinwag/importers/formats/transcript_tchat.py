"""Plain text copied from a chat page of tchat.io: newest first, each post below its time.

    1:57 PM
    Ana Reis @ana
    What was said #tag

    Retweeted by Tom Li

There are no ids and no days. `--date` gives the day of the oldest post; without it a date above the
first post or in the file's name does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

import msgspec

from chinwag.importers.days import find_day
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Post, RawPost, Sighting
from chinwag.records.contract import ReadOptions, RowError, make_reason, read_payload
from chinwag.records.ids import ID_FROM_CONTENT, make_id
from chinwag.records.times import parse_time
from chinwag.text.hashtags import find_hashtags
from chinwag.text.links import find_links
from chinwag.text.mentions import find_addressee, find_mentions

_ROUTE = "transcript-tchat"
_LONGEST = 60  # lines of one post
_SURE = 3  # posts by which the page is known
_HEAD = re.compile(r"(?P<name>\S(?:.*?\S)??)?\s*(?<!\S)@(?P<author>\w{1,15})")
_TIME = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d\d)\s*(?P<half>[AaPp][Mm])")
_REPOSTED = re.compile(r"Retweeted by (?P<name>\S.*)")
_NO_POST = make_reason("it belongs to no post", code="belongs-to-no-post")


class _Entry(msgspec.Struct):
    """A post of the page; `day` and `time` are "" where the page cuts them off."""

    author: str
    name: str
    text: str
    reposter: str = ""
    day: str = ""
    time: str = ""
    occurrence: int = 1


class TranscriptTchat:
    """A page of tchat.io as plain text; keeps the promise of `contract.Importer`."""

    name = "transcript-tchat"
    title = "tchat.io page (plain text)"
    about = (
        "The page of a chat at tchat.io, copied into a text file. It states neither day nor "
        "zone: give `--date` and `--tz`."
    )

    def sniff(self, head: Source) -> float:
        """Return how sure it is, by lines that are only a time before a name and a handle."""
        lines = [line.strip() for line in head.peek().splitlines()]
        pairs = 0
        for line, after in pairwise(filter(None, lines)):
            begins_post = _TIME.fullmatch(line) and _HEAD.fullmatch(after)
            pairs += begins_post is not None
        if pairs >= _SURE:
            return 0.9
        return 0.3 if pairs else 0.0

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost | AsideRow]:
        """Yield each post with its day and time, oldest last, as the page has them.

        Raises InputError where nothing tells the day.
        """
        handles, midnights = _look_ahead(source)
        day = find_day(source.name, options, _read_preface(source))
        clock, counts = _Clock(), Counter[tuple[str, str, str, str]]()
        for line, found in _read_entries(source):
            if isinstance(found, str):
                source.put_aside(line, _NO_POST, found)
                continue
            clock.see(found.time)
            found.day = (day + timedelta(days=midnights - clock.midnights)).isoformat()
            found.reposter = handles.get(found.reposter, found.reposter)
            key = (found.time, found.author, found.text, found.reposter)
            counts[key] += 1
            found.occurrence = counts[key]
            payload = msgspec.to_builtins(found)
            yield RawPost(route=_ROUTE, address=source.name, line=line, payload=payload)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Return an entry as a post with an id made from its content."""
        entry = read_payload(raw.payload, _Entry, "an entry of a tchat.io page")
        if not entry.time:
            raise RowError("its time is cut off", code="time-cut-off")
        author = entry.reposter or entry.author
        parts = (entry.day, entry.time, entry.author, entry.text, entry.reposter)
        return [
            Post(
                id=make_id("tchat", *parts, str(entry.occurrence)),
                author=author,
                text=f"RT @{entry.author}: {entry.text}" if entry.reposter else entry.text,
                created_at=parse_time(f"{entry.day} {_to_24_hours(entry.time)}", options),
                reply_to=None,
                url="",
                source=_ROUTE,
                author_name="" if entry.reposter else entry.name,
                reply_to_author="" if entry.reposter else find_addressee(entry.text),
                hashtags=find_hashtags(entry.text),
                mentions=find_mentions(entry.text),
                links=find_links(entry.text),
                repost_of="?" if entry.reposter else "",
                repairs=(ID_FROM_CONTENT,),
                sightings=(Sighting(route=raw.route, address=raw.address, line=raw.line),),
            )
        ]


_NOON = 12 * 60


class _Clock:
    """Counts how often a page passes midnight, read from the newest post to the oldest."""

    def __init__(self) -> None:
        self._before = -1
        self.midnights = 0

    def see(self, time: str) -> None:
        """Take the time of the next post in; one that cannot be read changes nothing."""
        minutes = _count_minutes(time)
        if minutes < 0:
            return
        self.midnights += 0 <= self._before < minutes - _NOON
        self._before = minutes


def _count_minutes(time: str) -> int:
    """Return minutes since midnight, -1 where there is no time."""
    found = _TIME.fullmatch(time)
    if found is None:
        return -1
    hour, minute = int(found["hour"]), int(found["minute"])
    if hour > 12 or minute > 59:
        return -1
    is_afternoon = found["half"].lower() == "pm"
    return (hour % 12 + 12 * is_afternoon) * 60 + minute


def _to_24_hours(time: str) -> str:
    minutes = _count_minutes(time)
    if minutes < 0:
        raise RowError("the time {text!r} cannot be read", code="time-unreadable", text=time)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _look_ahead(source: Source) -> tuple[dict[str, str], int]:
    """Return the handle of each name that the page shows, and how often it passes midnight."""
    handles: dict[str, str] = {}
    clock = _Clock()
    for _, found in _read_entries(source):
        if isinstance(found, _Entry):
            handles.setdefault(found.name, found.author)
            clock.see(found.time)
    source.take_aside()
    return handles, clock.midnights


def _read_preface(source: Source) -> str:
    """Return the text above the first post."""
    lines: list[str] = []
    for _, text in source.lines():
        if _HEAD.fullmatch(text.strip()) or len(lines) >= _LONGEST:
            break
        lines.append(text)
    source.take_aside()
    return "\n".join(lines)


def _read_entries(source: Source) -> Iterator[tuple[int, _Entry | str]]:
    """Yield the posts, and the lines that belong to none, each with its line.

    A post begins with a line that ends with a handle and comes first or after a time.
    """
    reader = _Reader()
    for line, text in source.lines():
        yield from reader.take(line, text.strip())
    yield from reader.close()


class _Reader:
    """Reads line after line; holds a post back until the next one begins."""

    def __init__(self) -> None:
        self._entry: _Entry | None = None
        self._begins = 0
        self._lines: list[str] = []
        self._time = ""  # a time after which a post may begin

    def take(self, line: int, text: str) -> Iterator[tuple[int, _Entry | str]]:
        """Take a line in; yield the post that it ends, or the line where it belongs to none."""
        may_begin = self._time != "" or self._entry is None
        head = _HEAD.fullmatch(text) if may_begin else None
        if head is not None:
            yield from self.close()
            self._begin(line, head)
        elif not text:
            return
        elif not self._time and _TIME.fullmatch(text):
            self._time = text
        elif self._entry is None:
            if not text.startswith("#"):
                yield line, text
        elif not self._add(self._entry, text):
            yield line, text

    def close(self) -> Iterator[tuple[int, _Entry | str]]:
        """Yield the post that is held back, if there is one, with its text."""
        if self._entry is not None:
            self._entry.text = "\n".join(self._lines)
            yield self._begins, self._entry

    def _begin(self, line: int, head: re.Match[str]) -> None:
        self._entry = _Entry(head["author"], head["name"] or "", "", time=self._time)
        self._begins, self._lines, self._time = line, [], ""

    def _add(self, entry: _Entry, text: str) -> bool:
        """Add a line to a post and return True, or False where the post is too long already."""
        reposted = _REPOSTED.fullmatch(text)
        if reposted is not None:
            entry.reposter = reposted["name"]
            return True
        if len(self._lines) >= _LONGEST:
            return False
        if self._time:  # a time inside a text begins no post
            self._lines.append(self._time)
            self._time = ""
        self._lines.append(text)
        return True


IMPORTER = TranscriptTchat()
