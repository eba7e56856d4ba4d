"""Questions that are put as statements, questions that a person gave, and chats with one number."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chinwag.model import Chat, Question
from chinwag.steps.questions import find_questions, keep_given_questions

AIM = "Our aim is to lend more tools in winter"
ASKED = (
    "What comes back broken?",
    "Who mends it, and when?",
    "Where does it stand?",
    "How do you lend it?",
)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        # In its turn, between questions of the same person, a statement asks.
        ("Q1 Q2 S3 Q4", {"1": ASKED[0], "2": ASKED[1], "3": AIM, "4": ASKED[3]}),
        # After the last, before the first, or beside a part of the same number it does not.
        ("Q1 Q2 Q3 S4", {"1": ASKED[0], "2": ASKED[1], "3": ASKED[2]}),
        ("S0 Q1 Q2 Q3", {"1": ASKED[1], "2": ASKED[2], "3": ASKED[3]}),
        ("Q1.1 S1 Q2 Q3", {"1": ASKED[0], "2": ASKED[2], "3": ASKED[3]}),
        ("Q1 S3 Q2 Q4", {"1": ASKED[0], "2": ASKED[2], "4": ASKED[3]}),
    ],
)
def test_a_statement_asks_in_its_turn(
    chat: Chat, talk: Any, said: str, found: dict[str, str]
) -> None:
    """`said` are the numbers in the order of saying: "Q" asks plainly, "S" states."""
    for at, label in enumerate(said.split()):
        number = label[1:]
        talk.say(
            3 * at, "host", f"Q{number}. {AIM}" if label[0] == "S" else f"{label}: {ASKED[at]}"
        )
        talk.say(3 * at + 1, "nell", "we do")
    questions = find_questions(chat, talk.posts).questions
    assert {question.label: question.text for question in questions} == found


@pytest.mark.parametrize(("answer", "numbered"), [("A3: We do", True), ("A4: We do", False)])
def test_one_number_makes_a_chat_numbered_where_somebody_answers_it(
    chat: Chat, talk: Any, answer: str, numbered: bool
) -> None:
    talk.say(0, "host", "Q3: Who lends tools to you?")
    talk.say(1, "nell", answer)
    assert find_questions(chat, talk.posts).numbered is numbered


def test_what_a_person_gave_is_kept_unasked(chat: Chat, talk: Any) -> None:
    asked = talk.say(0, "host", "Q1: Who lends tools?").created_at
    questions = [
        Question(label=label, text="Who lends?", asked_at=asked, posts=("p1",), by=by)
        for label, by in (("1", "agenda"), ("2", "person"), ("3", "posts"))
    ]
    kept = keep_given_questions(msgspec.structs.replace(chat, questions=tuple(questions)))
    assert kept == tuple(
        msgspec.structs.replace(question, asked_at=None, posts=()) for question in questions[:2]
    )
    assert keep_given_questions(None) == ()


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("Q2: Name one thing to try before the next winter.", True),
        ("Q2: Share a tip that worked, now or ten minutes into a shift.", True),
        ("Q2: Let's move on to the next one now, friends", False),
        ("Q2: Give us two minutes, it is coming", False),
    ],
)
def test_a_command_asks_unless_its_opening_says_that_the_question_is_to_come(
    chat: Chat, talk: Any, said: str, asks: bool
) -> None:
    talk.say(0, "host", "Q1: What comes back broken?")
    talk.say(1, "nell", "A1: Drills")
    talk.say(8, "host", said)
    talk.say(9, "nell", "Ladders, mostly")
    talk.say(14, "host", "Q3: Who mends it, and when?")
    labels = [question.label for question in find_questions(chat, talk.posts).questions]
    assert ("2" in labels) == asks
