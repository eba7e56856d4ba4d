"""Scraps of chats at the bounds of what is soon, near and enough: which questions are found in each.

`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from tests.steps.sample import hold_rows
from tests.steps.scraps import AGENDA, tell_scraps

from chinwag.model import Chat, Post, Question
from chinwag.steps.kinds.asking import find_askings
from chinwag.steps.kinds.halves import find_halves
from chinwag.steps.questions import find_questions
from chinwag.steps.questions.find_questions import may_change_questions
from chinwag.steps.reading.read_post import read_in_time

ROWS = Path(__file__).parent / "scraps"
SEEDS = (1, 2)


def tell_found(chat: Chat, posts: Sequence[Post], agenda: Sequence[Question] = ()) -> str:
    found = find_questions(chat, posts, agenda)
    questions = (
        f"{one.label}@{one.asked_at:%H:%M:%S} {'+'.join(one.posts)} {one.text!r}"
        if one.asked_at
        else f"{one.label} {one.by}"
        for one in found.questions
    )
    hosts = " ".join(moderator.author for moderator in found.moderators)
    return f"{found.numbered:d} {hosts}: {'; '.join(questions)}"


def find_all(seed: int) -> Iterator[str]:
    person = [msgspec.structs.replace(one, by="person") for one in AGENDA]
    for at, (chat, posts) in enumerate(tell_scraps(seed)):
        yield f"{at}\t{tell_found(chat, posts)}"
        yield f"{at} agenda\t{tell_found(chat, posts, AGENDA[: 1 + at % 3])}"
        yield f"{at} person\t{tell_found(chat, posts, person[at % 3 :])}"
        reads = read_in_time(posts)
        scores = " ".join(
            f"{one.read.id}:{one.number}{one.part}={one.score}{'!' * one.announces}"
            for one in find_askings(reads)
        )
        halves = " ".join(f"{one}-{two.id}" for one, two in find_halves(reads).items())
        begun = find_questions(chat, posts[:-1])
        yield f"{at} askings\t{scores}\t{halves}\t{may_change_questions(begun, reads[-1]):d}"


def test_which_questions_are_found_in_each_scrap() -> None:
    for seed in SEEDS:
        hold_rows(ROWS / f"{seed}.tsv", list(find_all(seed)))
