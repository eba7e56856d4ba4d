"""One slice of the sample chat in seven formats: every importer finds the same posts in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chinwag.importers import read_file
from chinwag.model import Post
from chinwag.records.contract import ReadOptions

FORMATS = Path(__file__).resolve().parents[2] / "examples" / "formats"
LONDON = ReadOptions(time_zone="Europe/London", date="2026-10-13", hashtag="stackschat")


def read_posts(name: str, options: ReadOptions = LONDON) -> tuple[str, list[Post]]:
    reading = read_file(FORMATS / name, options)
    records = list(reading)
    posts = [record for record in records if isinstance(record, Post)]
    assert len(posts) == len(records)
    return reading.format, sorted(posts, key=lambda post: (post.created_at, post.text))


def list_said(posts: list[Post]) -> list[tuple[str, str, str]]:
    said = [
        (f"{post.created_at:%H:%M}", post.author, post.text) for post in posts if not post.repost_of
    ]
    return sorted(said)


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("twarc.csv", "twarc-v1-csv"),
        ("tags.csv", "tags-csv"),
        ("storify.csv", "storify-csv"),
        ("transcript.md", "transcript-markdown"),
    ],
)
def test_a_format_holds_the_same_posts_as_the_api(name: str, format: str) -> None:
    found, posts = read_posts(name)
    said = list_said(posts)
    assert (found, said) == (format, list_said(read_posts("tweets-v2.jsonl")[1]))
    assert len(said) == 32


def test_two_spreadsheets_hold_the_same_ids_replies_and_reposts() -> None:
    def tell(name: str) -> list[tuple[str, str | None, str]]:
        posts = read_posts(name)[1]
        return sorted((post.id, post.reply_to, post.repost_of) for post in posts)

    api = tell("tweets-v2.jsonl")
    assert tell("twarc.csv") == api
    assert tell("tags.csv") == [(post, reply, original and "?") for post, reply, original in api]
    assert len([post for post in api if post[2]]) == 6


def test_an_irc_log_holds_the_same_words() -> None:
    found, posts = read_posts("irc.log")
    api = list_said(read_posts("tweets-v2.jsonl")[1])
    assert found == "irc-log"
    assert sorted((post.author, strip(post.text)) for post in posts) == sorted(
        (author, strip(text)) for _, author, text in api
    )


def strip(text: str) -> str:
    """A text without what an IRC log writes otherwise: hashtag, line ends, who is spoken to."""
    return " ".join(re.sub(r"#stackschat|^@?\w+_stx26:?|^@?stackschat:?", "", text).split())


def test_a_spreadsheet_made_by_hand_holds_the_same_words() -> None:
    api = [post for post in read_posts("tweets-v2.jsonl")[1] if not post.repost_of]
    columns = {"text": "What they said", "created_at": "When", "author": "Who"}
    named = ReadOptions(time_zone="Europe/London", columns=columns)
    _, posts = read_posts("generic.csv", named)
    assert [(post.created_at, post.author, post.text) for post in posts] == [
        (post.created_at, post.author_name, post.text) for post in api
    ]
