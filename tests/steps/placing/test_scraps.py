"""Scraps of chats at the bounds of what is soon and near: where every post is placed, to the digit.

Kinds are given, so that nothing here rests on what is learned of kinds.
`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from tests.steps.placing.test_storm import LetterEncoder, show
from tests.steps.placing.test_whole_chat import give_kinds, tell_sure
from tests.steps.sample import hold_rows
from tests.steps.scraps import tell_scraps

from chinwag.model import Placement, make_note
from chinwag.steps.placing import place_posts
from chinwag.steps.placing.by_label import weigh_labels
from chinwag.steps.placing.by_reply import find_replies
from chinwag.steps.questions import find_questions

ROWS = Path(__file__).parent / "scraps"


def weigh_all(look: Any) -> Iterator[str]:
    for at, (chat, posts) in enumerate(tell_scraps(4)):
        looked = look(chat, posts, give_kinds(posts))
        evidence, beliefs = looked.believe(LetterEncoder() if at % 2 else None)
        turns, view = looked.turns, looked.view
        yield f"{at}\t{looked.pace.median:.3f}\t{find_replies(view)}"
        for place, (one, named) in enumerate(
            zip(looked.place(), weigh_labels(view, turns), strict=True)
        ):
            yield (
                f"{at}.{place}\t{one.question or '-'}\t{one.by}\t{tell_sure(one)}\t{one.reason.code}"
                f"\t{next(iter(named.labels.values()), '')} {show(named.weights)}\t{show(evidence[place].states)}"
                f"\t{show(beliefs.by_words[place])}\t{show(beliefs.shares[place])}"
                f"\t{turns.is_turn[place]:d}{turns.before[place]}"
            )


def test_every_post_of_the_scraps_is_weighed_to_the_digit(look: Any) -> None:
    hold_rows(ROWS / "weighed.tsv", list(weigh_all(look)))


def tell_place(one: Placement) -> str:
    return f"{one.question or '-'}{one.by[0]}{one.reason.code[:6]}"


def correct_all() -> Iterator[str]:
    """Yield where posts are placed once a person has put the second on a question, or on none."""
    for at, (chat, posts) in enumerate(tell_scraps(5)):
        found = find_questions(chat, posts)
        question = found.questions[-1].label if found.questions and at % 3 else None
        given = Placement(
            post=posts[1].id,
            question=question,
            reason=make_note("greets"),
            confidence=1.0,
            by="person",
            kind="answer",
        )
        removed = msgspec.structs.replace(posts[-1], removed="by its author")
        placed = place_posts(found, [*posts[:-1], removed], [given])
        yield f"{at}\t{' '.join(map(tell_place, placed))}"


def test_what_a_person_corrects_moves_the_others() -> None:
    hold_rows(ROWS / "corrected.tsv", list(correct_all()))
