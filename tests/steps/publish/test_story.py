"""What a story gathers: its order, its questions, and what it must not carry."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chinwag.errors import InputError
from chinwag.model import (
    Media,
    Placement,
    Story,
    StoryEdition,
    StoryQuestion,
    Summary,
    Version,
    make_note,
    quote_note,
)
from chinwag.steps.publish import build_story, hide_names, render_html


def ids(posts: Any) -> list[str]:
    return [post.id for post in posts]


def test_posts_stand_in_time_order_whatever_order_they_came_in(parts: Any, story: Story) -> None:
    shuffled = msgspec.structs.replace(parts, posts=parts.posts[::-1])
    assert shuffled.build() == story
    assert [post.created_at for post in story.posts] == sorted(
        post.created_at for post in parts.posts
    )


def test_every_post_stands_under_one_question_or_under_none(story: Story) -> None:
    shown = [one for question in story.questions for one in (*question.asked, *question.posts)]
    assert sorted(ids((*shown, *story.unplaced))) == sorted(ids(story.posts))


def test_questions_keep_the_order_of_the_chat_and_know_who_asked(story: Story) -> None:
    assert [(one.summary.label, ids(one.asked)) for one in story.questions] == [
        ("1", ["900105"]),
        ("2", ["900114"]),
        ("3", ["900125"]),
        ("4.2", ["900134"]),
        ("5", []),
    ]


def test_in_short_calls_whom_it_quotes_as_the_points_do(parts: Any) -> None:
    post = next(one for one in parts.posts if one.author_name and one.author_name != one.author)
    lead = (
        make_note("chat-answered", people=13, posts=42, questions=5),
        make_note("chat-said", quote="We lend lamps.", author=post.author),
    )
    told = msgspec.structs.replace(
        parts, summary=msgspec.structs.replace(parts.summary, lead=lead)
    ).build()
    said = f"Among what was said: “We lend lamps.” ({post.author_name})."
    assert said in render_html(told)
    hidden = hide_names(told, (post.author,), {})
    assert said not in render_html(hidden)
    assert "“We lend lamps.” (Name hidden)." in render_html(hidden)


def test_in_short_a_story_says_what_was_said_where_nobody_has_edited_it(parts: Any) -> None:
    lead = (
        make_note("chat-answered", people=13, posts=42, questions=5),
        make_note("chat-said", quote="We lend lamps.", author="ann"),
        make_note("named-most", words={"ground rules": 3}),
    )
    told = msgspec.structs.replace(
        parts, summary=msgspec.structs.replace(parts.summary, lead=lead)
    ).build()
    assert told.lead == lead[1:]
    said = (
        '<p class="short">Among what was said: “We lend lamps.” (@ann).'
        " Most often named: “ground rules” (3 people). 13 people wrote 42 posts under #quietpages, 40"
        " of them in 60 minutes."
    )
    assert said in render_html(told)
    edited = build_story(
        parts.chat,
        parts.posts,
        parts.placements,
        msgspec.structs.replace(parts.summary, lead=lead),
        parts.ledger,
        parts.measures,
        edition=StoryEdition(number=1, at=None, sections=()),
    )
    assert edited.lead == ()


def test_a_deleted_post_carries_nothing_of_what_it_said(parts: Any) -> None:
    leftover = [
        msgspec.structs.replace(
            post,
            text="still here",
            versions=(Version(text="and before", at=None),),
            media=(Media(url="https://books.example/x.jpg", alt="a face"),),
            content_warning="secret",
        )
        if post.deleted
        else post
        for post in parts.posts
    ]
    assert msgspec.structs.replace(parts, posts=tuple(leftover)).build() == parts.build()


def test_a_persons_placement_outranks_the_machines_in_any_order(parts: Any) -> None:
    by_person = Placement(
        post="900122",
        question="1",
        reason=quote_note("it is about mornings"),
        confidence=1.0,
        by="person",
    )
    placements = (by_person, *parts.placements)
    story = msgspec.structs.replace(parts, placements=placements).build()
    assert "900122" in ids(story.questions[0].posts)
    assert "900122" not in ids(story.questions[1].posts)


@pytest.mark.parametrize(
    ("label", "kind", "asked", "answered"),
    [
        (None, "answer", ["900134"], []),  # it still asks, whatever else is said of it
        ("4.2", "answer", ["900134"], []),
        ("1", "answer", [], ["900134"]),
        ("1", "question", ["900134"], []),
    ],
)
def test_a_person_may_move_a_post_that_asks(
    parts: Any, label: str | None, kind: str, asked: list[str], answered: list[str]
) -> None:
    moved = Placement(
        post="900134",
        question=label,
        reason=quote_note("so it is"),
        confidence=1.0,
        by="person",
        kind=kind,
    )
    placements = (*parts.placements, moved)
    story = msgspec.structs.replace(parts, placements=placements).build()
    stands = next(one for one in story.questions if one.summary.label == (label or "4.2"))
    assert [one for one in ids(stands.asked) if one == "900134"] == asked
    assert [one for one in ids(stands.posts) if one == "900134"] == answered


def test_a_question_without_a_summary_leaves_all_its_posts_out(parts: Any) -> None:
    empty = Summary(questions=(), unplaced=())
    story = msgspec.structs.replace(parts, summary=empty).build()
    question: StoryQuestion = story.questions[3]
    assert (question.summary.posts, question.summary.people, question.summary.bullets) == (4, 4, ())
    assert list(question.summary.left_out) == ids(question.posts)


def test_an_unknown_time_zone_is_an_error_with_its_name(parts: Any) -> None:
    chat = msgspec.structs.replace(parts.chat, time_zone="Europe/Lodnon")
    story = build_story(
        chat, parts.posts, parts.placements, parts.summary, parts.ledger, parts.measures
    )
    with pytest.raises(InputError, match="There is no time zone called “Europe/Lodnon”"):
        render_html(story)
