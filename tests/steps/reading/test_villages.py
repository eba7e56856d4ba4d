"""Whole evenings, read to the digit: what each post can know, and whom it answers.

`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from tests.steps.sample import hold_rows
from tests.steps.village import EVENINGS, tell_evening

from chinwag.model import Chat
from chinwag.steps.questions import find_questions
from chinwag.steps.reading import infer_replies
from chinwag.steps.reading.read_post import read_in_time
from chinwag.steps.reading.view import view_chat

ROWS = Path(__file__).parent / "villages"
CHAT = Chat(series="#villagechat", hashtag="villagechat", title="")


@pytest.mark.parametrize("name", EVENINGS)
def test_every_post_of_an_evening_is_seen_to_the_digit(name: str) -> None:
    posts = tell_evening(EVENINGS[name])
    reads = read_in_time(posts)
    view = view_chat(find_questions(CHAT, posts), reads)
    rows = [f"unit {view.unit:.3f}"]
    for at, read in enumerate(reads):
        reach = view.reach(at)
        labels = " ".join(f"{one.number}{one.part or ''}" for one in read.labels)
        rows.append(
            f"{read.id}\t{view.newest[at]}\t{view.age[at]:.0f}\t{reach.start}-{reach.stop}"
            f"\t{view.parent[at]}\t{view.mentioned[at]}\t{view.surely[at]}\t{view.previous[at]}"
            f"\t{view.going_on[at]}\t{labels}"
        )
    hold_rows(ROWS / f"{name}.tsv", rows)


@pytest.mark.parametrize("name", EVENINGS)
def test_who_answers_whom_in_an_evening_is_worked_out_to_the_digit(name: str) -> None:
    posts = [
        msgspec.structs.replace(post, reply_to=None, reply_to_author="")
        for post in tell_evening(EVENINGS[name])
    ]
    rows = [
        f"{link.post}\t{link.answers}\t{link.confidence:.3f}\t{link.reason}"
        for link in infer_replies(posts)
    ]
    hold_rows(ROWS / f"{name}.replies.tsv", rows)
