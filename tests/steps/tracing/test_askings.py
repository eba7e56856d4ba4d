"""A post asks its question by its kind or by the question's own list; a person outranks the list."""

from __future__ import annotations

import pytest

from chinwag.model import Placement, make_note
from chinwag.steps.tracing.askings import asks_question


@pytest.mark.parametrize(
    ("kind", "by", "asks"),
    [
        ("question", "label", True),
        ("answer", "label", True),  # the question's list names it
        ("question", "person", True),
        ("answer", "person", False),
    ],
)
def test_a_post_that_the_question_names_asks_it_unless_a_person_says_otherwise(
    kind: str, by: str, asks: bool
) -> None:
    placement = Placement(
        post="7",
        question="2",
        reason=make_note("asks", question="2", numbered=True),
        confidence=1.0,
        by=by,
        kind=kind,
    )
    assert asks_question(placement, ("7", "8")) == asks
    assert asks_question(placement, ("8",)) == (kind == "question")
