"""A question that was only answered is a question all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from chinwag.model import Chat, Placement, Post, Question, quote_note
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions

CHAT = Chat(series="#snugchat", hashtag="snugchat", title="Snug")
START = datetime(2026, 10, 13, 18, tzinfo=UTC)


def said(minute: int, author: str, text: str) -> Post:
    return Post(
        id=f"p{minute}",
        author=author,
        text=f"{text} #snugchat",
        created_at=START + timedelta(minutes=minute),
        reply_to=None,
        url="",
        source="made",
    )


POSTS = [
    said(1, "ines", "Q1: Who uses the library after dark?"),
    said(3, "bo", "A1: Night-shift nurses"),
    said(4, "cleo", "A1: Teenagers without a desk at home"),
    said(12, "bo", "A2: A locked front door sends people home"),
    said(13, "cleo", "A2: The last bus leaves at seven"),
    said(20, "ines", "Q3: What will you try before the spring?"),
    said(22, "dev", "A3: A torch at the door"),
]


def test_a_number_that_two_people_answer_is_a_question_without_wording() -> None:
    chat = find_questions(CHAT, POSTS)
    assert [(one.label, one.text, one.asked_at, one.posts) for one in chat.questions] == [
        ("1", "Who uses the library after dark?", POSTS[0].created_at, ("p1",)),
        ("2", "", POSTS[3].created_at, ()),
        ("3", "What will you try before the spring?", POSTS[5].created_at, ("p20",)),
    ]
    placed = {one.post: (one.question, one.by) for one in place_posts(chat, POSTS)}
    assert (placed["p12"], placed["p13"]) == (("2", "label"), ("2", "label"))


def test_a_number_far_past_the_last_question_is_a_slip() -> None:
    posts = [*POSTS, said(25, "bo", "A33: A kettle"), said(26, "dev", "A33: Biscuits")]
    assert [one.label for one in find_questions(CHAT, posts).questions] == ["1", "2", "3"]


def test_answers_alone_make_a_numbered_chat() -> None:
    answers = [post for post in POSTS if not post.text.startswith("Q")]
    chat = find_questions(CHAT, answers)
    assert chat.numbered
    assert [(one.label, one.text) for one in chat.questions] == [("1", ""), ("2", ""), ("3", "")]


def test_a_question_of_the_agenda_takes_its_time_from_its_answers() -> None:
    agenda = [
        Question(label="1", text="Who comes?", by="agenda"),
        Question(label="2", text="What keeps people away?", by="agenda"),
        Question(label="9", text="And never asked?", by="agenda"),
    ]
    posts = POSTS[:5]
    chat = find_questions(CHAT, posts, agenda)
    assert [(one.label, one.text, one.asked_at) for one in chat.questions] == [
        ("1", "Who comes?", POSTS[0].created_at),
        ("2", "What keeps people away?", POSTS[3].created_at),
        ("9", "And never asked?", None),
    ]
    correction = Placement(
        post="p12", question="1", reason=quote_note(""), confidence=1.0, by="person"
    )
    placed = {one.post: one.question for one in place_posts(chat, posts, [correction])}
    assert (placed["p12"], placed["p13"]) == ("1", "2")
