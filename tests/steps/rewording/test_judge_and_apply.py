"""Of what a model says, only what its posts carry gets into the summary, and the rest is named."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.steps.rewording.chat import (
    CAFE,
    CHAT,
    LAMP,
    PLACEMENTS,
    POSTS,
    SUMMARY,
    TOILETS,
)

from chinwag.model import Bullet, ModelAnswer, Quote, Rewording, Summary
from chinwag.steps.rewording import (
    Judged,
    apply_rewordings,
    judge_answer,
    plan_requests,
)
from chinwag.steps.tracing import check_summary, find_untraceable

GOOD = "The toilets are locked at six because nobody is there to check them."
REQUEST = plan_requests(CHAT, SUMMARY, POSTS, PLACEMENTS).requests[0]


def answer(*rows: dict[str, Any]) -> ModelAnswer:
    return ModelAnswer(text=msgspec.json.encode({"sentences": rows}).decode())


def row(sentence: str, point: str = "p1", posts: tuple[str, ...] = ("a1",)) -> dict[str, Any]:
    return {"point": point, "posts": posts, "sentence": sentence}


def bullets_of(summary: Summary) -> list[Bullet]:
    return [bullet for question in summary.questions for bullet in question.bullets]


def test_a_sentence_that_its_posts_carry_replaces_the_quotation_and_keeps_posts_and_counts() -> (
    None
):
    wordings, judged = judge_answer(REQUEST, answer(row(GOOD)), "fake")
    assert judged == (Judged(point="p1", sentence=GOOD, reason=""),)
    assert wordings == (
        Rewording(
            question="1", quoted="1", posts=("1", "2"), point=TOILETS.text, model="fake",
            said=GOOD, rests_on=("1",),
        ),
        Rewording(
            question="1", quoted="3", posts=("3",), point=CAFE.text, model="fake",
            refused="missing",
        ),
    )  # fmt: skip
    worded = apply_rewordings(CHAT, SUMMARY, POSTS, wordings)
    machine = msgspec.structs.replace(
        TOILETS,
        text=GOOD,
        origin="machine",
        parts=(Quote(post="1", author="tamsin", text=TOILETS.text),),
    )
    assert bullets_of(worded) == [machine, CAFE, LAMP]
    check_summary(worded, POSTS)


@pytest.mark.parametrize(
    ("offered", "reason", "words"),
    [
        (row(GOOD, point="p9"), "strange", "p9"),
        (row(GOOD, posts=()), "sourceless", ""),
        (row(GOOD, posts=("a2",)), "sourceless", "a2"),
        (row(GOOD, posts=("a1", "a3")), "elsewhere", "a3"),
        (row(GOOD, posts=("a1", "a4")), "elsewhere", "a4"),
        (row(GOOD, point="p2", posts=("a1",)), "elsewhere", "a1"),
        (row("The café stays open until nine."), "number", "nine"),
        (row("The toilets are locked at six by a guard."), "unsupported", "guard"),
        (row("The toilets are locked at seven, as nobody checks them."), "number", "seven"),
        (row(TOILETS.text), "copy", ""),
        (row(""), "empty", ""),
    ],
)
def test_any_other_sentence_is_refused_with_its_reason(
    offered: dict[str, Any], reason: str, words: str
) -> None:
    wordings, judged = judge_answer(REQUEST, answer(offered), "fake")
    assert judged == (
        Judged(point=offered["point"], sentence=offered["sentence"], reason=reason, words=words),
    )
    assert [one.said for one in wordings] == ["", ""]
    assert apply_rewordings(CHAT, SUMMARY, POSTS, wordings) == SUMMARY


def test_a_second_sentence_for_a_point_is_refused_after_a_good_one_and_tried_after_a_bad_one() -> (
    None
):
    bad = "The toilets are locked at nine because nobody is there to check them."
    _, judged = judge_answer(REQUEST, answer(row(bad), row(GOOD), row(GOOD)), "fake")
    assert [one.reason for one in judged] == ["number", "", "again"]


def test_what_is_kept_is_checked_again_before_it_is_shown() -> None:
    forged = Rewording(
        question="1", quoted="1", posts=("1", "2"), point=TOILETS.text, model="fake",
        said="The toilets are locked at nine.", rests_on=("1",),
    )  # fmt: skip
    assert apply_rewordings(CHAT, SUMMARY, POSTS, (forged,)) == SUMMARY
    gone = msgspec.structs.replace(POSTS[0], deleted=True, text="")
    good = msgspec.structs.replace(forged, said=GOOD)
    assert apply_rewordings(CHAT, SUMMARY, (gone, *POSTS[1:]), (good,)) == SUMMARY
    moved = msgspec.structs.replace(good, posts=("1",))
    assert apply_rewordings(CHAT, SUMMARY, POSTS, (moved,)) == SUMMARY


def test_a_machine_bullet_that_was_tampered_with_is_found_on_reading_back() -> None:
    wordings, _ = judge_answer(REQUEST, answer(row(GOOD)), "fake")
    worded = apply_rewordings(CHAT, SUMMARY, POSTS, wordings)
    question = worded.questions[0]
    forged = msgspec.structs.replace(
        question.bullets[0], text="Everybody agrees that the toilets are locked at six."
    )
    altered = msgspec.structs.replace(question, bullets=(forged, *question.bullets[1:]))
    summary = msgspec.structs.replace(worded, questions=(altered, *worded.questions[1:]))
    assert [one.reason for one in find_untraceable(summary, POSTS)] == [
        "it tells how many people say so, which is counted from the posts and never written:"
        " agrees."
    ]
