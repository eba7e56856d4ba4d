"""Leads tell what the points do not: why there are none; of a chat, how much and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from chinwag.messages import open_catalogue
from chinwag.model import Chat, Placement, Post, Question, quote_note
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


def lead(rows: Sequence[tuple[str, str, str]]) -> tuple[str, str]:
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


def test_points_are_not_told_twice_and_the_chat_tells_what_was_said() -> None:
    rows = [
        ("ann", "answer", "A1 Warm rooms in winter, most of all for pensioners."),
        ("ben", "answer", "A1 In winter warm rooms, most of all for the pensioners!"),
        ("cem", "answer", "A1 Winters are long: quiet seats near the radiator."),
        ("eve", "thanks", "Thanks, what a winter chat"),
    ]
    assert lead(rows) == (
        "",
        "4 people wrote 4 posts; 1 question was answered. Among what was said: “Warm rooms in"
        " winter, most of all for pensioners.” (@ann).",
    )


def test_three_people_who_say_the_same_come_first_in_the_lead_of_a_chat() -> None:
    rows = [
        ("cem", "answer", "A1 We lend 300 lamps a year, and 40 of them come back repaired."),
        ("ann", "answer", "A1 Warm rooms in winter, most of all for pensioners."),
        ("ben", "answer", "A1 In winter warm rooms, most of all for the pensioners!"),
        ("dee", "answer", "A1 Warm rooms for pensioners in winter most of all"),
    ]
    assert lead(rows)[1] == (
        "4 people wrote 4 posts; 1 question was answered. 3 people said: “Warm rooms in winter,"
        " most of all for pensioners.” Most often named: “warm rooms” (3 people)."
    )


def test_the_lead_of_a_chat_cuts_no_quotation() -> None:
    long = "We lend lamps and " + ", ".join(f"{number} chairs" for number in range(20)) + "."
    assert lead([("ann", "answer", f"A1 {long}")])[1] == (
        "1 person wrote 1 post; 1 question was answered."
    )
