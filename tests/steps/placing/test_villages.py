"""Whole evenings with every habit that people have, placed to the digit, at once and as they come.

Kinds are given, so that nothing here rests on what is learned of kinds.
`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected places anew; read what changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.steps.placing.test_whole_chat import give_kinds, tell_sure
from tests.steps.sample import hold_rows
from tests.steps.village import EVENINGS, tell_evening

from chinwag.model import Chat, Post
from chinwag.steps.placing import LivePlacer

ROWS = Path(__file__).parent / "villages"
CHAT = Chat(series="#villagechat", hashtag="villagechat", title="")


@pytest.mark.parametrize("name", EVENINGS)
def test_every_post_of_an_evening_is_placed_to_the_digit(look: Any, name: str) -> None:
    posts = tell_evening(EVENINGS[name])
    rows = [
        f"{one.post}\t{one.question or '-'}\t{one.by}\t{tell_sure(one)}\t{one.reason.code}"
        f"\t{' '.join(str(value) for value in one.reason.parts.values())[:40]}"
        for one in look(CHAT, posts, give_kinds(posts)).place()
    ]
    hold_rows(ROWS / f"{name}.tsv", rows)


def come_late(posts: Sequence[Post]) -> list[Post]:
    """Return the posts as a capture may meet them: every seventh only after the next five."""
    places = {post.id: at + (5.5 if at % 7 == 3 else 0) for at, post in enumerate(posts)}
    return sorted(posts, key=lambda post: places[post.id])


@pytest.mark.parametrize("name", ["plain", "turned"])
def test_what_each_post_moves_as_it_comes_is_held(name: str) -> None:
    placer = LivePlacer(CHAT)
    rows = []
    for post in come_late(tell_evening(EVENINGS[name])):
        placed = placer.add(post)
        moved = (f"{one.post}:{one.question or '-'}" for one in placer.take_changes())
        rows.append(f"{post.id}\t{placed.question or '-'}\t{' '.join(moved)}")
    hold_rows(ROWS / f"{name}.live.tsv", rows)
