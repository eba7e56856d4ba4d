"""A whole chat, placed to the digit: what no change of the code may move unseen.

The sample chat with the numbers of two answers in three taken out, and kinds that are given, so
that nothing here rests on what is learned of kinds. `CHINWAG_WRITE_PLACES=1 pytest` on this file
writes the expected places anew; read what changed before you keep it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from chinwag.importers import read_file
from chinwag.model import Chat, Post
from chinwag.records.contract import ReadOptions
from chinwag.text.labels import strip_labels

EXPECTED = Path(__file__).parent / "whole_chat.tsv"
SAMPLE = Path(__file__).resolve().parents[3] / "examples" / "stackschat"
_SAYS = (
    ("welcome", "greeting"),
    ("thanks", "thanks"),
    ("thank you", "thanks"),
    ("hi ", "greeting"),
)


def read_sample(*, parents: bool = True) -> list[Post]:
    """Return the sample's posts, two answers in three without their number."""
    records = [
        record
        for name in ("mastodon-social.json", "mastodon-glam.json", "bluesky-threads.json")
        for record in read_file(SAMPLE / name, ReadOptions(time_zone="UTC"))
    ]
    posts = {post.id: post for post in records if isinstance(post, Post) and not post.repost_of}
    kept: list[Post] = []
    for at, post in enumerate(sorted(posts.values(), key=lambda one: (one.created_at, one.id))):
        hides = at % 3 and "?" not in post.text
        text = strip_labels(post.text, everywhere=True) if hides else post.text
        parent = post.reply_to if parents else None
        kept.append(msgspec.structs.replace(post, text=text, reply_to=parent))
    return kept


def give_kinds(posts: Sequence[Post]) -> dict[str, str]:
    """Return the kinds of the posts that plainly greet or thank."""
    kinds: dict[str, str] = {}
    for post in posts:
        for says, kind in _SAYS:
            if says in post.text.lower()[:40] and len(post.text) < 120:
                kinds[post.id] = kind
    return kinds


def list_places(look: Any, *, parents: bool) -> list[str]:
    posts = read_sample(parents=parents)
    chat = Chat(series="#stackschat", hashtag="stackschat", title="")
    placed = look(chat, posts, give_kinds(posts)).place()
    told = "told" if parents else "hidden"
    return [
        "\t".join(
            (told, str(at), one.kind, one.question or "-", one.by, f"{one.confidence:.3f}",
             one.reason.code)
        )
        for at, one in enumerate(placed)
    ]  # fmt: skip


def test_every_post_of_a_whole_chat_is_placed_to_the_digit(look: Any) -> None:
    rows = [row for parents in (True, False) for row in list_places(look, parents=parents)]
    if os.environ.get("CHINWAG_WRITE_PLACES"):
        EXPECTED.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert rows == EXPECTED.read_text(encoding="utf-8").splitlines()
