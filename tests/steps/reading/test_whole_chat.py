"""A whole chat, read to the digit: what each post can know, whom it answers, and how surely.

`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.steps.sample import SAMPLE, hold_rows, read_sample

from chinwag.importers import read_file
from chinwag.model import Chat, Post
from chinwag.records.contract import ReadOptions
from chinwag.steps.questions import find_questions
from chinwag.steps.reading import infer_replies
from chinwag.steps.reading.read_post import read_in_time
from chinwag.steps.reading.view import view_chat

ROWS = Path(__file__).parent / "whole_chat"


@pytest.mark.parametrize("parents", [True, False])
def test_every_post_of_a_whole_chat_is_seen_to_the_digit(parents: bool) -> None:
    posts = read_sample(parents=parents)
    chat = find_questions(Chat(series="#stackschat", hashtag="stackschat", title=""), posts)
    view = view_chat(chat, read_in_time(posts))
    rows = [f"unit {view.unit:.3f}"]
    for at in range(len(posts)):
        reach = view.reach(at)
        rows.append(
            f"{at}\tnewest {view.newest[at]}\tage {view.age[at]:.0f}\treach {reach.start}-{reach.stop}"
            f"\tparent {view.parent[at]}\tmentioned {view.mentioned[at]}\tsurely {view.surely[at]}"
            f"\tprevious {view.previous[at]}\t{view.going_on[at]}"
        )
    hold_rows(ROWS.with_suffix(".parents.tsv" if parents else ".hidden.tsv"), rows)


@pytest.mark.parametrize("name", ["transcript.md", "irc.log"])
def test_who_answers_whom_is_worked_out_to_the_digit(name: str) -> None:
    options = ReadOptions(time_zone="UTC", date="2026-10-13")
    records = read_file(SAMPLE.parent / "formats" / name, options)
    posts = [record for record in records if isinstance(record, Post)]
    places = {post.id: at for at, post in enumerate(posts)}
    rows = [
        f"{places[link.post]}\t{places[link.answers]}\t{link.confidence:.3f}\t{link.reason}"
        for link in infer_replies(posts)
    ]
    hold_rows(ROWS.with_suffix(f".{name.partition('.')[0]}.tsv"), rows)
