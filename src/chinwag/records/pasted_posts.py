"""A post that a person copied from a page and pasted: its lines, and what they become.

A line may name the author ("Ana @ana@shelf.example · 2h"), or hold a time in ISO 8601. The last
line may be the address of the post's page, which holds author and time as well.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from datetime import datetime

import msgspec

from chinwag.model import Deletion, Post, RawPost
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.ids import ID_FROM_CONTENT, TIME_FROM_ID, make_id
from chinwag.records.json_access import as_text, dig
from chinwag.records.permalinks import Permalink, read_permalink
from chinwag.records.times import parse_time
from chinwag.text.hashtags import find_hashtags

_HANDLE = re.compile(r"(?<![\w/])@([\w.-]*\w(?:@[\w.-]*\w)?)")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
# What pages show beside the author: "2h", "· 5 min", "Mar 5", "·". It is too vague for a time.
_VAGUE = re.compile(
    r"[·•\s]*+(?:\d{1,2}\s?(?:s|m|min|h|d|w)|[A-Z][a-z]{2} \d{1,2}(?:, \d{4})?|)[·•\s]*+"
)
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # marks of direction
_HEAD = 3  # lines in which the author may stand
_LONGEST_NAME = 120  # characters of a line that names the author


def convert_record(raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
    """Return a pasted post. Raises RowError where it has no text, no author or no time."""
    lines = _UNSEEN.sub("", as_text(dig(raw.payload, "text"))).splitlines()
    link, lines = _take_link(lines)
    author, lines = _take_author(lines)
    time, lines = _take_time(lines)
    if link is not None and link.author:
        author = link.author
    text = "\n".join(lines).strip()
    if not text:
        raise RowError(
            "it is a link alone, and nobody asked for the post behind it",
            code="paste-of-link-alone",
        )
    if not author:
        raise RowError("it has no author", code="no-author")
    at = _find_time(time, link, options)
    post = Post(
        id=make_id("paste", author, at.isoformat(), text),
        author=author,
        text=text,
        created_at=at,
        reply_to=None,
        url="",
        source=raw.route,
        hashtags=find_hashtags(text),
        repairs=(ID_FROM_CONTENT,),
    )
    return [post if link is None else _name_by_link(post, link, has_time=bool(time))]


def _name_by_link(post: Post, link: Permalink, *, has_time: bool) -> Post:
    """Return a post under the id and the address of its page."""
    return msgspec.structs.replace(
        post,
        id=link.id,
        url=link.address,
        aliases=link.aliases,
        repairs=() if has_time else (TIME_FROM_ID,),
    )


def _take_link(lines: list[str]) -> tuple[Permalink | None, list[str]]:
    """Take the last line where it is the address of a post's page."""
    link = read_permalink(lines[-1].strip()) if lines else None
    return (None, lines) if link is None else (link, lines[:-1])


def _take_author(lines: list[str]) -> tuple[str, list[str]]:
    """Take the lines up to the one that names the author, and those that say how long ago."""
    for number, line in enumerate(lines[:_HEAD], start=1):
        found, rest = _HANDLE.search(line), lines[number:]
        if found and rest and len(line) <= _LONGEST_NAME:
            return found[1], list(itertools.dropwhile(_VAGUE.fullmatch, rest))
    return "", lines


def _take_time(lines: list[str]) -> tuple[str, list[str]]:
    """Take the first line that holds a time and little else."""
    for number, line in enumerate(lines):
        found = _TIME.search(line)
        if found and len(line) <= len(found[0]) + 12:
            return found[0], [*lines[:number], *lines[number + 1 :]]
    return "", lines


def _find_time(time: str, link: Permalink | None, options: ReadOptions) -> datetime:
    if time:
        return parse_time(time, options)
    if link is not None and link.created_at is not None:
        return link.created_at
    raise RowError(
        "it tells no time: paste it with the address of its page", code="paste-without-time"
    )
