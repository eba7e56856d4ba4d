"""A whole chat, placed to the digit: what no change of the code may move unseen.

The sample chat with the numbers of two answers in three taken out, and kinds that are given, so
that nothing here rests on what is learned of kinds. `CHINWAG_WRITE_ROWS=1 pytest` on this file
writes the expected places anew; read what changed before you keep it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.steps.sample import hold_rows, read_sample

from chinwag.model import Chat, Placement, Post

ROWS = Path(__file__).parent / "whole_chat"
_SAYS = (
    ("welcome", "greeting"),
    ("thanks", "thanks"),
    ("thank you", "thanks"),
    ("hi ", "greeting"),
)


def give_kinds(posts: Sequence[Post]) -> dict[str, str]:
    """Return the kinds of the posts that plainly greet or thank."""
    kinds: dict[str, str] = {}
    for post in posts:
        for says, kind in _SAYS:
            if says in post.text.lower()[:40] and len(post.text) < 120:
                kinds[post.id] = kind
    return kinds


def tell_sure(one: Placement) -> str:
    """Return the confidence; none where the learned kinds tell how surely a post is left out."""
    return f"{one.confidence:.3f}" if one.question else "-"


@pytest.mark.parametrize("parents", [True, False])
def test_every_post_of_a_whole_chat_is_placed_to_the_digit(look: Any, parents: bool) -> None:
    posts = read_sample(parents=parents)
    chat = Chat(series="#stackschat", hashtag="stackschat", title="")
    placed = look(chat, posts, give_kinds(posts)).place()
    rows = [
        f"{at}\t{one.kind}\t{one.question or '-'}\t{one.by}\t{tell_sure(one)}\t{one.reason.code}"
        for at, one in enumerate(placed)
    ]
    hold_rows(ROWS.with_suffix(".parents.tsv" if parents else ".hidden.tsv"), rows)
