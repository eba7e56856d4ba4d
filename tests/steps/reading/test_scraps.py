"""Scraps of chats at the bounds of what is soon and near: what each post can know, whom it answers.

`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from tests.steps.sample import hold_rows
from tests.steps.scraps import tell_scraps

from chinwag.steps.questions import find_questions
from chinwag.steps.reading import infer_replies
from chinwag.steps.reading.read_post import read_in_time
from chinwag.steps.reading.view import view_chat

ROWS = Path(__file__).parent / "scraps.tsv"


def see_all() -> Iterator[str]:
    for at, (chat, posts) in enumerate(tell_scraps(3)):
        reads = read_in_time(posts)
        view = view_chat(find_questions(chat, posts), reads)
        yield f"{at}\tunit {view.unit:.1f}\t{sorted(view.moderators)}"
        for place, read in enumerate(reads):
            reach = view.reach(place)
            labels = " ".join(f"{one.role[0]}{one.number}{one.part}" for one in read.labels)
            yield (
                f"{at}.{place}\t{view.newest[place]}\t{view.age[place]:.0f}"
                f"\t{reach.start}-{reach.stop}\t{view.parent[place]}\t{view.mentioned[place]}"
                f"\t{view.surely[place]:d}\t{view.previous[place]}\t{view.going_on[place]:d}\t{labels}"
            )
        bare = [msgspec.structs.replace(one, reply_to=None, reply_to_author="") for one in posts]
        for link in infer_replies(bare):
            yield f"{at}\t{link.post}-{link.answers}\t{link.confidence}\t{link.reason}"


def test_what_every_post_of_the_scraps_can_know() -> None:
    hold_rows(ROWS, list(see_all()))
