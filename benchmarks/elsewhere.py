"""Posts of other communities, whose labels (`kinds_elsewhere.csv`) are learned from, not measured.

A code-review club on IRC, with hosts who chat and questions without numbers, and what was said
under three tags on Twitter and Bluesky. They lie in a `shared/data` folder beside the checkout.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from chinwag.importers import read_file
from chinwag.model import Chat, Moderator, Post
from chinwag.records.contract import ReadOptions
from placing import HERE, SHARED

CLUB = "review-club"
TAGS = {
    "edchat": "tags/edchat_gdrive.tags.csv",
    "lak13": "tags/lak13_gdrive.tags.csv",
    "tidytuesday": "bluesky/bluesky_searchPosts_tidytuesday_2025.json",
}
ELSEWHERE = (CLUB, *TAGS)
SECONDS_A_LINE = 20  # IRC logs tell the minute alone


class OtherChat(NamedTuple):
    """A chat of another community, with its series."""

    name: str
    series: str
    chat: Chat
    posts: list[Post]


def read_elsewhere(data: Path = SHARED) -> Iterator[OtherChat]:
    """Yield the chats of which posts are labelled; none where they are not beside the checkout."""
    with (HERE / "kinds_elsewhere.csv").open(encoding="utf-8", newline="") as rows:
        names = sorted({row["chat"] for row in csv.DictReader(rows)})
    meetings = _read_meetings(data)
    for name in names:
        series = CLUB if name.startswith(CLUB) else name.split("-")[0]
        chat = Chat(series=f"#{series}", hashtag=series, title=name)
        if series in TAGS and (data / "raw" / TAGS[series]).is_file():
            records = read_file(data / "raw" / TAGS[series], ReadOptions())
            posts = [one for one in records if isinstance(one, Post) and not one.repost_of]
            yield OtherChat(name, series, chat, posts)
        elif name in meetings:
            host, posts = meetings[name]
            chat = Chat(
                series=CLUB,
                hashtag=CLUB,
                title=name,
                moderators=(Moderator(author=host, by="person"),),
            )
            yield OtherChat(name, series, chat, posts)


def _read_meetings(data: Path) -> dict[str, tuple[str, list[Post]]]:
    """Return the club's meetings by name, each with its host and its posts."""
    path = data / CLUB / "meetings.jsonl"
    meetings = {}
    for line in path.read_bytes().splitlines() if path.is_file() else ():
        meeting = json.loads(line)
        posts = [
            Post(
                id=str(post["line"]),
                author=post["author"],
                text=post["text"],
                created_at=datetime(2021, 1, 1, tzinfo=UTC)
                + timedelta(seconds=SECONDS_A_LINE * post["line"]),
                reply_to=None,
                url="",
                source="irc",
            )
            for post in meeting["posts"]
            if post["author"]
        ]
        meetings[f"{CLUB}-{meeting['id']}"] = (meeting["host"], posts)
    return meetings
