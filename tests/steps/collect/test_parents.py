"""Rounded ids of parents and originals, restored from the posts that are there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from chinwag.model import Post
from chinwag.steps.collect.parents import restore_parents

START = datetime(2015, 5, 2, 19, 0, tzinfo=UTC)
QUESTION = Post(
    id="594577123655649792",
    author="ana_reads",
    text="Q1: Why?",
    created_at=START,
    reply_to=None,
    url="",
    source="twarc-v1-csv",
)
ANSWER = Post(
    id="594577300000000001",
    author="tom_shelves",
    text="A1: Because",
    created_at=START + timedelta(minutes=1),
    reply_to="594577123655650000",
    url="",
    source="twarc-v1-csv",
    reply_to_author="Ana_Reads",
    repairs=("id restored from the address", "parent's id rounded"),
)
REPOST = Post(
    id="594577400000000001",
    author="tom_shelves",
    text="Q1: Why?",
    created_at=START + timedelta(minutes=2),
    reply_to=None,
    url="",
    source="twarc-v1-csv",
    repost_of="594577123655650000",
    repairs=("original's id rounded",),
)


def change(post: Post, **changes: Any) -> Post:
    return msgspec.structs.replace(post, **changes)


def test_rounded_ids_are_restored_from_the_one_post_that_fits() -> None:
    assert restore_parents([REPOST, ANSWER, QUESTION]) == [
        change(REPOST, repost_of=QUESTION.id, repairs=("original's id restored",)),
        change(
            ANSWER,
            reply_to=QUESTION.id,
            repairs=("id restored from the address", "parent's id restored"),
        ),
        QUESTION,
    ]


def test_where_two_posts_fit_neither_is_taken() -> None:
    other = change(QUESTION, id="594577123655649900")
    posts = [QUESTION, other, ANSWER]

    assert restore_parents(posts) == posts


def test_a_post_by_somebody_else_a_later_one_and_a_repost_do_not_fit() -> None:
    for wrong in (
        change(QUESTION, author="mo"),
        change(QUESTION, created_at=START + timedelta(hours=1)),
        change(QUESTION, repost_of="1"),
        change(QUESTION, id="594577123657649792"),
    ):
        assert restore_parents([wrong, ANSWER]) == [wrong, ANSWER]


def test_an_id_that_nothing_marks_as_rounded_stays() -> None:
    plain = change(ANSWER, repairs=())

    assert restore_parents([QUESTION, plain]) == [QUESTION, plain]
