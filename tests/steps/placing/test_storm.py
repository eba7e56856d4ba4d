"""Evenings placed to the digit: what each method weighs of every post, and what is believed of it.

Kinds are given, so that nothing here rests on what is learned of kinds.
`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.steps.placing.test_whole_chat import give_kinds, tell_sure
from tests.steps.sample import hold_rows
from tests.steps.storm import CHAT as STORM
from tests.steps.storm import tell_storm
from tests.steps.village import EVENINGS, tell_evening

from chinwag.model import Chat, Post
from chinwag.steps.placing import LivePlacer
from chinwag.steps.placing.pace import measure_pace
from chinwag.steps.reading.read_post import read_in_time

ROWS = Path(__file__).parent / "believed"
VILLAGE = Chat(series="#villagechat", hashtag="villagechat", title="")
NAMES = ("storm", "plain", "bare", "turned")


class LetterEncoder:
    """An encoder whose meanings are how often a text has each of a dozen letters."""

    name = "letters"
    languages = frozenset({"en"})

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        return [[text.lower().count(sign) + 0.1 for sign in "aeioudhlmrst"] for text in texts]


def tell(name: str) -> tuple[Chat, list[Post]]:
    if name == "storm":
        return STORM, tell_storm()
    return VILLAGE, tell_evening(EVENINGS[name])


def show(weights: Mapping[int, float]) -> str:
    return " ".join(f"{state}:{weight:.3f}" for state, weight in sorted(weights.items()))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_weighed_and_believed_of_every_post_is_held_to_the_digit(
    look: Any, name: str
) -> None:
    chat, posts = tell(name)
    looked = look(chat, posts, give_kinds(posts))
    evidence, beliefs = looked.believe()
    _, meant = looked.believe(LetterEncoder())
    pace = looked.pace
    rows = [f"pace\t{pace.median:.4f}\t{' '.join(f'{one:.3f}' for one in pace.popularity)}"]
    for at, (post, placed) in enumerate(zip(looked.view.posts, looked.place(), strict=True)):
        parts = " ".join(map(str, placed.reason.parts.values()))
        rows.append(
            f"{post.id}\t{placed.question or '-'}\t{placed.by}\t{tell_sure(placed)}"
            f"\t{placed.reason.code} {parts[:40]}"
            f"\t{show(evidence[at].states)}\t{show(beliefs.by_words[at])}\t{show(beliefs.shares[at])}"
            f"\t{show(meant.by_meaning.get(at, {}))}\t{show(meant.shares[at])}"
        )
    placed_at = {one.post: one.question or "" for one in looked.place()}
    measured = measure_pace(looked.view, placed_at)
    rows.append(
        f"measured\t{measured.median:.4f}\t{[round(one, 3) for one in measured.popularity]}"
    )
    hold_rows(ROWS / f"{name}.tsv", rows)


def test_what_each_post_of_the_storm_moves_as_it_comes_is_held() -> None:
    placer = LivePlacer(STORM)
    rows = []
    posts = [read.post for read in read_in_time(tell_storm(8))][:110]
    late = sorted(posts, key=lambda post: posts.index(post) + (6.5 if post.id[-1] == "3" else 0))
    for post in late:
        placed = placer.add(post)
        moved = (f"{one.post}:{one.question or '-'}" for one in placer.take_changes())
        rows.append(f"{post.id}\t{placed.question or '-'}\t{' '.join(moved)}")
    hold_rows(ROWS / "storm.live.tsv", rows)
