"""Plain text copied from a chat page of tchat.io: newest first, each post below its time.

    1:57 PM
    Ana Reis @ana
    What was said #tag

    Retweeted by Tom Li

There are no ids and no day: the day is that of the oldest post, given with `--date`, or a date that
stands in the text above the first post or in the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

import msgspec

from chinwag.importers.days import find_day
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Post, RawPost, Sighting
from chinwag.records.contract import ReadOptions, RowError, read_payload
from chinwag.records.ids import ID_FROM_CONTENT, make_id
from chinwag.records.times import parse_time
from chinwag.text.hashtags import find_hashtags
from chinwag.text.links import find_links
from chinwag.text.mentions import find_addressee, find_mentions

_ROUTE = "transcript-tchat"
_LONGEST = 60  # lines of one post
_HEAD = re.compile(r"(?P<name>\S.*?)?\s*(?<!\S)@(?P<author>\w{1,15})")
_TIME = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d\d)\s*(?P<half>[AaPp][Mm])")
_REPOSTED = re.compile(r"Retweeted by (?P<name>\S.*)")


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
        """Tell by lines that are only a time, followed by a name and a handle."""
        lines = [line.strip() for line in head.peek().splitlines() if line.strip()]
        pairs = sum(
            bool(_TIME.fullmatch(line) and _HEAD.fullmatch(after))
            for line, after in pairwise(lines)
        )
        return 0.9 if pairs >= 3 else 0.3 * bool(pairs)

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost | AsideRow]:
        """Give each post with its day and time, oldest last, as the page has them.

        Raises InputError where nothing tells the day.
        """
        handles, midnights = _look_ahead(source)
        day = find_day(source, options, _read_preface(source))
        latest = day + timedelta(days=midnights)
        before, counts = -1, dict[tuple[str, str, str, str], int]()
        for line, found in _read_entries(source):
            if isinstance(found, str):
                source.put_aside(line, "it belongs to no post", found)
                continue
            minutes = _count_minutes(found.time)
            if minutes >= 0:
                latest -= timedelta(days=int(0 <= before < minutes - _NOON))
                before = minutes
            found.day = latest.isoformat()
            found.reposter = handles.get(found.reposter, found.reposter)
            key = (found.time, found.author, found.text, found.reposter)
            found.occurrence = counts[key] = counts.get(key, 0) + 1
            payload = msgspec.to_builtins(found)
            yield RawPost(route=_ROUTE, address=source.name, line=line, payload=payload)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Give an entry as a post with an id made from its content."""
        entry = read_payload(raw.payload, _Entry, "it is not an entry of a tchat.io page")
        if not entry.time:
            raise RowError("its time is cut off")
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


def _count_minutes(time: str) -> int:
    """Give minutes since midnight, -1 where there is no time."""
    found = _TIME.fullmatch(time)
    if not found or int(found["hour"]) > 12 or int(found["minute"]) > 59:
        return -1
    hour = int(found["hour"]) % 12 + 12 * (found["half"].lower() == "pm")
    return hour * 60 + int(found["minute"])


def _to_24_hours(time: str) -> str:
    minutes = _count_minutes(time)
    if minutes < 0:
        raise RowError(f"the time {time!r} cannot be read")
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _look_ahead(source: Source) -> tuple[dict[str, str], int]:
    """Give the handle of each name that the page shows, and how often it passes midnight."""
    handles: dict[str, str] = {}
    before, midnights = -1, 0
    for _, found in _read_entries(source):
        if isinstance(found, str):
            continue
        handles.setdefault(found.name, found.author)
        minutes = _count_minutes(found.time)
        if minutes >= 0:
            midnights += 0 <= before < minutes - _NOON
            before = minutes
    source.take_aside()
    return handles, midnights


def _read_preface(source: Source) -> str:
    """Give the text above the first post."""
    lines: list[str] = []
    for _, text in source.lines():
        if _HEAD.fullmatch(text.strip()) or len(lines) >= _LONGEST:
            break
        lines.append(text)
    source.take_aside()
    return "\n".join(lines)


def _read_entries(source: Source) -> Iterator[tuple[int, _Entry | str]]:
    """Give the posts, and the lines that belong to none.

    A post begins with a line that ends with a handle and comes first or after a time.
    """
    entry: _Entry | None = None
    begins, lines, time = 0, list[str](), ""
    for line, text in ((line, text.strip()) for line, text in source.lines()):
        head = _HEAD.fullmatch(text) if time or entry is None else None
        if head:
            if entry:
                yield begins, _close(entry, lines)
            entry = _Entry(head["author"], head["name"] or "", "", time=time)
            begins, lines, time = line, [], ""
        elif not text or (_TIME.fullmatch(text) and not time):
            time = time or text
        elif entry is None:
            if not text.startswith("#"):
                yield line, text
        elif reposted := _REPOSTED.fullmatch(text):
            entry.reposter = reposted["name"]
        elif len(lines) < _LONGEST:
            lines += [time, text] if time else [text]  # a time inside a text begins no post
            time = ""
        else:
            yield line, text
    if entry:
        yield begins, _close(entry, lines)


def _close(entry: _Entry, lines: list[str]) -> _Entry:
    entry.text = "\n".join(lines)
    return entry


IMPORTER = TranscriptTchat()
