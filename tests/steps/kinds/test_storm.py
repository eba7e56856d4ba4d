"""An evening in which everything happens: what form tells of the kinds of its posts.

What is learned of kinds is asked here, too: after `benchmarks/learn.py` the rows are written anew.
`CHINWAG_WRITE_ROWS=1 pytest` on this file does it; read what changed.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from tests.steps.sample import hold_rows
from tests.steps.storm import CHAT, tell_storm

from chinwag.steps.kinds.kinds import asks_chat, find_kinds, tell_kind
from chinwag.steps.questions import find_questions
from chinwag.steps.reading.read_post import read_in_time
from chinwag.steps.reading.view import view_chat

ROWS = Path(__file__).parent / "storm"


def test_the_kinds_of_the_storm() -> None:
    posts = tell_storm()
    reads = read_in_time(posts)
    chat = find_questions(CHAT, posts)
    view = view_chat(chat, reads)
    bare = view_chat(msgspec.structs.replace(chat, numbered=False), reads)
    rows = [
        f"{read.id}\t{kind}\t{other}\t{tell_kind(read)}\t{asks_chat(view, at):d}{asks_chat(bare, at):d}"
        for at, (read, kind, other) in enumerate(
            zip(reads, find_kinds(view), find_kinds(bare), strict=True)
        )
    ]
    hold_rows(ROWS / "kinds.tsv", rows)
