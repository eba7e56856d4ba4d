"""What is to the point: signs of words, and points that say little but the question's words."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

from chinwag.model import Chat, Placement, Post, Question, quote_note
from chinwag.steps.reading import ReadPost
from chinwag.steps.summarise import summarise_chat
from chinwag.steps.summarise.relevance import WordSigns, find_signs, weigh_gains
from chinwag.steps.summarise.statement import make_statement
from chinwag.text.words import WordWeights

START = datetime(2026, 10, 13, 18, 0, tzinfo=UTC)
WEIGHTS = WordWeights(of={"curtain": 2.0, "lock": 3.0}, unseen=4.0)


def make_post(number: int, author: str, text: str) -> Post:
    return Post(
        id=str(number),
        author=author,
        text=text,
        created_at=START + timedelta(minutes=number),
        reply_to=None,
        url="",
        source="test",
    )


def place(post: Post) -> Placement:
    return Placement(post=post.id, question="1", reason=quote_note(""), confidence=1, by="time")


def test_the_signs_of_each_word() -> None:
    posts = [make_post(0, "ann", "Curtains."), make_post(1, "ben", "The curtain has a lock.")]
    statements = [make_statement([(ReadPost(post), place(post))], "") for post in posts]
    assert list(find_signs(statements, WEIGHTS, "Which curtain?")) == [
        ("curtain", WordSigns(1.0, math.log(2), 2.0, 0.0, 0.5)),
        ("lock", WordSigns(0.0, 0.0, 3.0, 0.5, 0.5)),
    ]


def test_a_word_of_the_question_said_early_by_two_gains_most() -> None:
    posts = [make_post(0, "ann", "Curtains."), make_post(1, "ben", "The curtain has a lock.")]
    statements = [make_statement([(ReadPost(post), place(post))], "") for post in posts]
    gains = weigh_gains(statements, WEIGHTS, "Which curtain?")
    assert {word: round(gain, 2) for word, gain in gains.items()} == {"curtain": 1.89, "lock": 1.51}


def summarise(texts: list[str]) -> list[str]:
    posts = [make_post(number, f"p{number}", f"A1: {text}") for number, text in enumerate(texts)]
    chat = Chat(
        series="#chat",
        hashtag="chat",
        title="",
        questions=(Question(label="1", text="What keeps readers out of the library at night?"),),
    )
    summary = summarise_chat(chat, posts, [place(post) for post in posts])
    return [bullet.text for bullet in summary.questions[0].bullets]


def test_a_point_that_only_says_the_question_again_is_no_bullet() -> None:
    answer = "Heavy doors and a card that only students carry."
    echo = "Night keeps readers out of the library at night."
    assert summarise([echo, answer]) == [answer]


def test_every_good_point_is_shown_where_there_are_five() -> None:
    answers = [
        "Heavy doors and a card that only students carry.",
        "Buses stop at nine and the car park charges until midnight.",
        "Guards ask strangers for proof of an address they may not have.",
        "Wheelchair users find the lift switched off after supper.",
        "Parents cannot bring toddlers past the turnstile.",
    ]
    assert summarise(answers) == answers
