"""Scraps of chats at the bounds of what is soon and near: who goes on, who agrees, who is answered.

`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.steps.sample import hold_rows
from tests.steps.scraps import HOSTS, tell_scraps

from chinwag.model import Placement, make_note
from chinwag.steps.reading.read_post import read_in_time
from chinwag.steps.summarise.agree import find_answered, find_supporters, says_yes
from chinwag.steps.summarise.join import join_parts
from chinwag.steps.summarise.lead import write_lead
from chinwag.steps.summarise.statement import make_statement

ROWS = Path(__file__).parent / "scraps.tsv"


def state_all() -> Iterator[str]:
    for at, (_, posts) in enumerate(tell_scraps(6)):
        said = [
            (
                read,
                Placement(
                    post=read.id,
                    question="1",
                    by="label",
                    reason=make_note("greets"),
                    confidence=0.9,
                    kind="reply" if read.post.reply_to else "answer" if place % 5 else "agreement",
                ),
            )
            for place, read in enumerate(read_in_time(posts))
            if read.author not in HOSTS
        ]
        runs = join_parts(said, "scrapchat", frozenset(("ann", "bo", "cy")))
        statements = [make_statement(run, "scrapchat", frozenset(("ann", "bo"))) for run in runs]
        for one in statements:
            parts = [(part.post, part.text) for part in one.parts]
            ids = "+".join(post.id for post in one.posts)
            yield f"{at}\t{ids}\t{one.point!r}\t{one.numbered:d}\t{says_yes(one.text):d}\t{parts}"
        for one, answered in find_answered(statements):
            yield f"{at}\t{one.post.id} answers {answered.post.id}"
        supporters = find_supporters(statements)
        agreeing = {
            post: [one.post.id for one in some] for post, some in supporters.by_post.items()
        }
        if agreeing:
            yield f"{at}\t{agreeing}\t{sorted(supporters.sure)}"
        for note in write_lead((), statements):
            yield f"{at}\t{note.code}\t{note.parts}"


def test_what_is_stated_in_the_scraps() -> None:
    hold_rows(ROWS, list(state_all()))
