"""An evening in which everything happens, read to the digit: what each post says of itself.

`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from tests.steps.sample import hold_rows
from tests.steps.storm import CHAT, tell_storm

from chinwag.steps.questions import find_questions
from chinwag.steps.reading import infer_replies
from chinwag.steps.reading.moment import find_line, find_number
from chinwag.steps.reading.read_post import ReadPost, read_in_time
from chinwag.steps.reading.view import view_chat

ROWS = Path(__file__).parent / "storm"


def tell_read(read: ReadPost) -> str:
    """Return everything that a reading tells of its post."""
    labels = [f"{one.role[0]}{one.number}{one.part}@{one.where}" for one in read.labels]
    names = read.names
    flags = (read.is_silent, read.goes_on, read.asks, read.replies, read.is_short(3))
    return (
        f"{read.id}\t{read.text!r}\t{labels}\t{read.plain!r}\t{read.speech!r}"
        f"\t{read.speech_words[:3]}\t{read.plain_words[:3]}\t{len(read.usual_labels)}"
        f"\t{names.led}{names.called!r}{sorted(names.named)}\t{read.addressed}{read.addressee!r}"
        f"\t{read.quotations}\t{read.counter and tuple(read.counter)}"
        f"\t{''.join(map(str, map(int, flags)))}\t{find_number(read.post)}{find_line(read.post)}"
    )


def test_every_post_of_the_storm_is_read_to_the_letter() -> None:
    hold_rows(ROWS / "reads.tsv", list(map(tell_read, read_in_time(tell_storm()))))


def test_every_post_of_the_storm_is_seen_to_the_digit() -> None:
    posts = tell_storm()
    reads = read_in_time(posts)
    view = view_chat(find_questions(CHAT, posts), reads)
    rows = [f"unit {view.unit:.3f}"]
    for at, read in enumerate(reads):
        reach = view.reach(at)
        rows.append(
            f"{read.id}\t{view.newest[at]}\t{view.age[at]:.0f}\t{reach.start}-{reach.stop}"
            f"\t{view.parent[at]}\t{view.mentioned[at]}\t{view.surely[at]}\t{view.previous[at]}"
            f"\t{view.going_on[at]}"
        )
    hold_rows(ROWS / "seen.tsv", rows)


def test_who_answers_whom_in_the_storm_is_worked_out_to_the_digit() -> None:
    posts = [
        msgspec.structs.replace(one, reply_to=None, reply_to_author="") for one in tell_storm()
    ]
    rows = [
        f"{link.post}\t{link.answers}\t{link.confidence:.3f}\t{link.reason}"
        for link in infer_replies(posts)
    ]
    hold_rows(ROWS / "replies.tsv", rows)
