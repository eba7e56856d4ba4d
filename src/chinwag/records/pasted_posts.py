"""A post that a person copied from a page and pasted: its lines, and what they become.

`text/pasted.py` says which lines name the author, the time and the page's own buttons. The last
line may be the address of the post's page, which holds author and time as well. How long ago a post
was made ("2h") is no time: a chat of one hour cannot be put in order by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

import msgspec

from chinwag.model import Deletion, Post, RawPost
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.ids import ID_FROM_CONTENT, TIME_FROM_ID, make_id
from chinwag.records.json_access import as_text, dig
from chinwag.records.permalinks import Permalink, read_permalink
from chinwag.records.times import MONTHS, parse_time
from chinwag.text.hashtags import find_hashtags
from chinwag.text.links import find_links
from chinwag.text.mentions import find_mentions
from chinwag.text.pasted import cut_posts, read_pasted

TEXT_SHORTENED = "text cut off by the page it was copied from"

_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?::\d\d)?(?:\s?([AaPp])\.?[Mm]\b)?")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|\.)? ([A-Za-z]{3})[a-z]*\.?,? (\d{4})")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def is_post_address(line: str) -> bool:
    """Return whether a line is the address of a post's page, and nothing else."""
    return not re.search(r"\s", line) and read_permalink(line) is not None


def cut_paste(text: str) -> tuple[str, ...]:
    """Return the posts in a block of copied text, each with all its lines."""
    return cut_posts(text, is_post_address)


def convert_record(raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
    """Return a pasted post. Raises RowError where it has no text, no author or no time."""
    link, lines = _take_link(as_text(dig(raw.payload, "text")).splitlines())
    said = read_pasted("\n".join(lines))
    author = link.author if link is not None and link.author else said.author
    if not said.words:
        raise RowError(
            "it is a link alone, and nobody asked for the post behind it",
            code="paste-of-link-alone",
        )
    if not author:
        raise RowError("it has no author", code="no-author")
    at = _find_time(said.time, said.ago, link, options)
    post = Post(
        id=make_id("paste", author, at.isoformat(), said.words),
        author=author,
        text=said.words,
        created_at=at,
        reply_to=None,
        url="",
        source=raw.route,
        author_name=said.name,
        reply_to_author=said.answers,
        hashtags=find_hashtags(said.words),
        mentions=find_mentions(said.words),
        links=find_links(said.words),
        repairs=(ID_FROM_CONTENT,),
    )
    if link is not None:
        post = _name_by_link(post, link, has_time=bool(said.time))
    return [_mark_cut(post) if said.is_cut else post]


def _mark_cut(post: Post) -> Post:
    return msgspec.structs.replace(post, repairs=(*post.repairs, TEXT_SHORTENED))


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


def _find_time(time: str, ago: str, link: Permalink | None, options: ReadOptions) -> datetime:
    """Return when the post was made: as its lines say, else as the id in its address does."""
    said = _write_iso(time, options.date)
    if said:
        return parse_time(said, options)
    if link is not None and link.created_at is not None:
        return link.created_at
    if ago:
        raise RowError(
            "its page shows {ago!r}, which is no time: paste its address below it",
            code="paste-with-age-alone",
            ago=ago,
        )
    if time:
        raise RowError("{time!r} gives the hour and no day", code="paste-without-day", time=time)
    raise RowError("it gives no time: paste its address below it", code="paste-without-time")


def _write_iso(line: str, date: str) -> str:
    """Return the moment in a line in ISO 8601, "" where it tells no day or no clock.

    `date` is the day that a person gave, for a line with the clock alone.
    """
    if found := _ISO.search(line):
        return found[0]
    clock, day = _CLOCK.search(line), _find_day(line) or date
    if clock is None or not _ISO_DAY.fullmatch(day):
        return ""
    hour = int(clock[1])
    if clock[3]:
        hour = hour % 12 + (12 if clock[3] in "pP" else 0)
    return f"{day}T{hour:02}:{clock[2]}"


def _find_day(line: str) -> str:
    """Return the day that a line names in English, as 2026-10-13; "" where it names none."""
    if found := _MONTH_FIRST.search(line):
        month, day, year = found.groups()
    elif found := _DAY_FIRST.search(line):
        day, month, year = found.groups()
    else:
        return ""
    number = MONTHS.get(month.lower())
    return f"{year}-{number:02}-{int(day):02}" if number else ""
