"""Files of one chat that do not agree, one disagreement at a time."""

from __future__ import annotations

import msgspec
from tests.stores.test_chat_folder import CHAT, PLACEMENTS, POSTS

from chinwag.model import (
    Chat,
    Correction,
    Ledger,
    Placement,
    Post,
    QuestionSummary,
    Summary,
    quote_note,
)
from chinwag.steps.tracing import compare_placements, compare_posts, compare_summary

LEDGER = Ledger(
    files=(), archived=2, folded=0, merged=0, outside=0, deleted=0, text_lost=0, gaps=(), notes=()
)
SUMMARY = Summary(
    questions=(
        QuestionSummary(
            label="6.2",
            text="And who pays?",
            posts=1,
            people=1,
            bullets=(),
            links=(),
            left_out=("p2",),
        ),
        QuestionSummary(
            label="7", text="Never asked", posts=0, people=0, bullets=(), links=(), left_out=()
        ),
    ),
    unplaced=(),
)
CORRECTION = Correction(
    post="p2", question="7", reason=quote_note("It fits."), confidence=1.0, by="person"
)


def tell_posts(posts: tuple[Post, ...], ledger: Ledger = LEDGER, gone: str = "") -> list[str]:
    return [one.what for one in compare_posts(posts, ledger, lambda post: post.author == gone)]


def test_posts_agree_with_the_ledger_and_with_what_was_taken_out() -> None:
    assert tell_posts(POSTS) == []
    assert tell_posts((*POSTS, POSTS[0])) == [
        "posts.jsonl holds 1 post twice.",
        "ledger.json counts 2 posts, and posts.jsonl holds 3.",
    ]
    assert tell_posts(POSTS, gone="bo") == [
        "posts.jsonl still holds 1 post that should have been taken out."
    ]
    gone = (POSTS[0], msgspec.structs.replace(POSTS[1], deleted=True, text=""))
    assert tell_posts(gone, gone="bo") == [
        "ledger.json counts 0 deleted posts, and posts.jsonl holds 1."
    ]


def tell_placements(
    placements: tuple[Placement, ...], *corrections: Correction, chat: Chat = CHAT
) -> list[str]:
    return [one.what for one in compare_placements(chat, POSTS, placements, corrections)]


def test_placements_agree_with_posts_questions_and_corrections() -> None:
    first, second = PLACEMENTS
    placed = (first, CORRECTION.as_placement())
    earlier = msgspec.structs.replace(CORRECTION, question=None)
    assert tell_placements(PLACEMENTS) == []
    assert tell_placements(placed, earlier, CORRECTION) == []
    assert tell_placements((first,)) == ["placements.jsonl: posts without a place, 1."]
    stray = msgspec.structs.replace(second, post="p3")
    assert tell_placements((first, stray, second, second)) == [
        "placements.jsonl: places of posts that are not in posts.jsonl, 1.",
        "placements.jsonl: posts with two places, 1.",
    ]
    assert tell_placements(PLACEMENTS, CORRECTION) == [
        "placements.jsonl: posts that do not stand where a person put them, 1."
    ]
    by_another = msgspec.structs.replace(placed[1], question="6.2")
    assert tell_placements((first, by_another), CORRECTION) == [
        "placements.jsonl: posts that do not stand where a person put them, 1."
    ]
    as_before = msgspec.structs.replace(placed[1], by="time")
    assert tell_placements((first, as_before), CORRECTION) == [
        "placements.jsonl: posts that do not stand where a person put them, 1."
    ]
    assert tell_placements(placed) == [
        "placements.jsonl: posts placed by a person, with no correction that says so, 1."
    ]
    fewer = msgspec.structs.replace(CHAT, questions=CHAT.questions[1:])
    assert tell_placements(PLACEMENTS, chat=fewer) == [
        "placements.jsonl: posts stand on questions that chat.toml lacks: Q6.2."
    ]


def tell_summary(summary: Summary, placements: tuple[Placement, ...] = PLACEMENTS) -> list[str]:
    return [one.what for one in compare_summary(CHAT, POSTS, placements, summary)]


def test_the_summary_agrees_with_the_questions_and_with_where_posts_stand() -> None:
    assert tell_summary(SUMMARY) == []
    reworded = msgspec.structs.replace(SUMMARY.questions[0], text="Who pays?")
    assert tell_summary(
        msgspec.structs.replace(SUMMARY, questions=(reworded, SUMMARY.questions[1]))
    ) == ["summary.json: its questions are not those of chat.toml."]
    away = msgspec.structs.replace(PLACEMENTS[1], question=None)
    assert tell_summary(SUMMARY, (PLACEMENTS[0], away)) == [
        "summary.json: the posts that it has under no question are not those of now.",
        "summary.json: it counts 1 post by 1 on Q6.2, and there are 0 by 0.",
        "summary.json: the posts that it leaves out on Q6.2 are not those of now.",
    ]
