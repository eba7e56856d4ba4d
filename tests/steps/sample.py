"""The sample chat as posts, for tests that hold a whole chat to the digit."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from chinwag.importers import read_file
from chinwag.model import Post
from chinwag.records.contract import ReadOptions
from chinwag.text.labels import strip_labels

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "stackschat"
_FILES = ("mastodon-social.json", "mastodon-glam.json", "bluesky-threads.json")


def read_sample(*, parents: bool = True) -> list[Post]:
    """Return the posts in time order, two answers in three without the number they bore.

    Without `parents` nobody's reply says what it answers.
    """
    records = [
        record
        for name in _FILES
        for record in read_file(SAMPLE / name, ReadOptions(time_zone="UTC"))
    ]
    posts = {post.id: post for post in records if isinstance(post, Post) and not post.repost_of}
    kept: list[Post] = []
    for at, post in enumerate(sorted(posts.values(), key=lambda one: (one.created_at, one.id))):
        hides = at % 3 and "?" not in post.text
        text = strip_labels(post.text, everywhere=True) if hides else post.text
        parent = post.reply_to if parents else None
        to = post.reply_to_author if parents else ""
        kept.append(msgspec.structs.replace(post, text=text, reply_to=parent, reply_to_author=to))
    return kept


def hold_rows(path: Path, rows: Sequence[str]) -> None:
    """Hold that rows are those of a file; with CHINWAG_WRITE_ROWS set they are written first.

    Write them only where a judgement was meant to change, and read what changed.
    """
    if os.environ.get("CHINWAG_WRITE_ROWS"):
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert list(rows) == path.read_text(encoding="utf-8").splitlines()
