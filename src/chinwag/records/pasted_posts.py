"""A post that a person copied from a page and pasted: its lines, and what they become.

Understood are a line that names the author ("Ana @ana@shelf.example · 2h"), a line with a time in
ISO 8601, and the address of the post's page, whose id tells author and time as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from chinwag.model import Deletion, Post, RawPost
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.ids import ID_FROM_CONTENT, TIME_FROM_ID, make_id
from chinwag.records.json_access import as_dict, as_text
from chinwag.records.permalinks import Permalink, read_permalink
from chinwag.records.times import parse_time
from chinwag.text.hashtags import find_hashtags

_HANDLE = re.compile(r"(?<![\w/])@([\w.-]*\w(?:@[\w.-]*\w)?)")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
# What pages show beside the author: "2h", "· 5 min", "Mar 5", "·". It tells no time.
_VAGUE = re.compile(
    r"[·•\s]*(?:\d{1,2}\s?(?:s|m|min|h|d|w)|[A-Z][a-z]{2} \d{1,2}(?:, \d{4})?|)[·•\s]*"
)
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # marks of direction
_HEAD = 3  # lines in which the author may stand


def convert_record(raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
    """Give a pasted post. Raises RowError where it tells no text, no author or no time."""
    lines = _UNSEEN.sub("", as_text(as_dict(raw.payload).get("text"))).splitlines()
    address = lines[-1].strip() if lines else ""
    link = read_permalink(address)
    if link is not None:
        lines.pop()
    author, lines = _take_author(lines)
    said, lines = _take_time(lines)
    author = (link.author if link else "") or author
    text = "\n".join(lines).strip()
    if not text:
        raise RowError("it is a link alone, and nobody asked for the post behind it")
    if not author:
        raise RowError("it names no author")
    at = _find_time(said, link, options)
    repairs = [] if said else [TIME_FROM_ID]
    return [
        Post(
            id=link.id if link else make_id("paste", author, at.isoformat(), text),
            author=author,
            text=text,
            created_at=at,
            reply_to=None,
            url=address if link else "",
            source=raw.route,
            hashtags=find_hashtags(text),
            aliases=link.aliases if link else (),
            repairs=tuple(repairs if link else [*repairs, ID_FROM_CONTENT]),
        )
    ]


def _take_author(lines: list[str]) -> tuple[str, list[str]]:
    """Take the lines up to the one that names the author, and how long ago it was."""
    for number, line in enumerate(lines[:_HEAD]):
        found = _HANDLE.search(line)
        if found and len(lines) > number + 1 and len(line) <= 120:
            rest = lines[number + 1 :]
            while rest and _VAGUE.fullmatch(rest[0]):
                rest = rest[1:]
            return found[1], rest
    return "", lines


def _take_time(lines: list[str]) -> tuple[str, list[str]]:
    """Take the first line that is a time and little else."""
    for number, line in enumerate(lines):
        found = _TIME.search(line)
        if found and len(line) <= len(found[0]) + 12:
            return found[0], [*lines[:number], *lines[number + 1 :]]
    return "", lines


def _find_time(said: str, link: Permalink | None, options: ReadOptions) -> datetime:
    if said:
        return parse_time(said, options)
    if link is not None and link.created_at is not None:
        return link.created_at
    raise RowError("it tells no time: paste it with the address of its page")
