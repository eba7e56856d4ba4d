"""What would be sent: each point with its own words, and nothing of whoever must stay out."""

from __future__ import annotations

import msgspec
from tests.steps.rewording.chat import (
    CAFE,
    CHAT,
    PLACEMENTS,
    POSTS,
    SUMMARY,
    TOILETS,
    make_post,
    quote_posts,
)

from chinwag.model import Rewording
from chinwag.steps.rewording import plan_requests


def read_messages(plan: object) -> list[object]:
    return [msgspec.json.decode(one.message) for one in plan.requests]  # type: ignore[attr-defined]


def test_a_message_has_a_question_and_its_points_by_short_ids_and_no_names() -> None:
    plan = plan_requests(CHAT, SUMMARY, POSTS, PLACEMENTS)
    assert read_messages(plan) == [
        {
            "question": "What is shut after dark, and why?",
            "points": [
                {
                    "id": "p1",
                    "posts": [
                        {"id": "a1", "text": TOILETS.text},
                        {
                            "id": "a2",
                            "text": "We lock our toilets at six too, nobody is there to check.",
                        },
                    ],
                },
                {"id": "p2", "posts": [{"id": "a3", "text": CAFE.text}]},
            ],
        },
        {
            "question": "What did it cost?",
            "points": [
                {
                    "id": "p3",
                    "posts": [{"id": "a4", "text": "A solar lamp for the car park cost us £70."}],
                }
            ],
        },
    ]
    whole = "".join(one.message for one in plan.requests).lower()
    assert not [post.author for post in POSTS if post.author in whole]
    assert (plan.estimate.requests, plan.estimate.points, plan.estimate.posts) == (2, 3, 4)


def test_a_message_has_at_most_so_many_points() -> None:
    plan = plan_requests(CHAT, SUMMARY, POSTS, PLACEMENTS, most_points=1)
    assert [list(one.points) for one in plan.requests] == [["p1"], ["p2"], ["p3"]]


def test_a_point_with_a_deleted_lost_or_spam_post_is_never_sent() -> None:
    bad = (
        make_post(1, "ann", "", deleted=True),
        make_post(2, "ben", "We open the side door for the night nurses.", text_lost=True),
        make_post(3, "cem", "Cheap essays for the night nurses, write to us."),
    )
    summary, placed = quote_posts(*bad)
    placed = (*placed[:2], msgspec.structs.replace(placed[2], kind="spam"))
    assert plan_requests(CHAT, summary, bad, placed).requests == ()


def test_a_point_that_this_model_was_asked_about_is_not_asked_again() -> None:
    kept = Rewording(
        question="1", quoted="1", posts=("1", "2"), point=TOILETS.text, model="fake", refused="thin"
    )
    plan = plan_requests(CHAT, SUMMARY, POSTS, PLACEMENTS, kept=(kept,), model="fake")
    assert [list(one.points) for one in plan.requests] == [["p1"], ["p2"]]
    assert [one.bullet for one in plan.requests[0].points.values()] == [CAFE]
    other = plan_requests(CHAT, SUMMARY, POSTS, PLACEMENTS, kept=(kept,), model="another")
    assert len(other.requests[0].points) == 2
