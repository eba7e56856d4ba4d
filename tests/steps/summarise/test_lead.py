"""The lead says how many answered and what most of them said, in figures that can be counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from chinwag.messages import open_catalogue
from chinwag.model import Chat, Placement, Post, Question, Repost, quote_note
from chinwag.steps.summarise import summarise_chat

START = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
CHAT = Chat(
    series="#bookchat",
    hashtag="bookchat",
    title="Lending",
    questions=(
        Question(label="1", text="What do your readers want?"),
        Question(label="2", text="Why?"),
    ),
)


def lead(rows: Sequence[tuple[str, str, str]], reposts: int = 0) -> tuple[str, str]:
    """Give the leads of the first question and of the chat; rows are author, kind, text."""
    posts = [
        Post(
            id=str(number),
            author=author,
            text=text,
            created_at=START + timedelta(minutes=number),
            reply_to=None,
            url="",
            source="test",
            reposts=tuple(Repost(id=f"r{one}", author="x", at=START) for one in range(reposts)),
        )
        for number, (author, _, text) in enumerate(rows)
    ]
    placements = [
        Placement(
            post=str(number),
            question="1",
            reason=quote_note(""),
            confidence=1,
            by="time",
            kind=kind,
        )
        for number, (_, kind, _) in enumerate(rows)
    ]
    summary = summarise_chat(CHAT, posts, placements)
    words = open_catalogue()
    return words.word_notes(summary.questions[0].lead), words.word_notes(summary.lead)


def test_nothing_said() -> None:
    assert lead([]) == ("Nothing was said on this question.", "Nothing was said in this chat.")


def test_nobody_answered() -> None:
    assert lead([("ann", "thanks", "Thanks all!")]) == (
        "Nobody answered.",
        "1 person wrote 1 post; 1 question was answered.",
    )


def test_one_answered_and_nothing_can_be_quoted() -> None:
    assert lead([("ann", "answer", "A1 Books")])[0] == (
        "1 person answered in 1 post. No post of theirs says by itself what could be quoted."
    )


def test_what_several_say_and_what_most_name() -> None:
    rows = [
        ("ann", "answer", "A1 Warm rooms in winter, most of all for pensioners."),
        ("ben", "answer", "A1 In winter warm rooms, most of all for the pensioners!"),
        ("cem", "answer", "A1 Winters are long: quiet seats near the radiator."),
        ("dee", "answer", "A1 Sockets. And soup in winter for the students."),
        ("dee", "answer", "A1 Also winter coats to borrow, which nobody expected."),
        ("eve", "thanks", "Thanks, what a winter chat"),
    ]
    assert lead(rows)[0] == (
        "4 people answered in 5 posts. 2 of them say, or agree with: “Warm rooms in winter, most of"
        " all for pensioners.” Most often named: “winter” (4 people)."
    )


def test_what_was_passed_on_most_where_no_two_say_the_same() -> None:
    rows = [("ann", "answer", "A1 Warm rooms in winter, most of all for pensioners.")]
    assert lead(rows, reposts=3)[0] == (
        "1 person answered in 1 post. Passed on most (3 times):"
        " “Warm rooms in winter, most of all for pensioners.”"
    )
