"""Where in its chat a post was said, as the models are told."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chinwag.model import Chat
from chinwag.steps.judging.surroundings import Surroundings, expects_labels, surround
from chinwag.steps.questions import find_questions
from chinwag.steps.reading import ReadPost
from chinwag.steps.reading.read_post import read_in_time
from chinwag.steps.reading.view import ChatView, view_chat


def look(chat: Chat, talk: Any) -> ChatView:
    return view_chat(find_questions(chat, talk.posts), read_in_time(talk.posts))


def place(view: ChatView, post: str, *, labels_expected: bool = False) -> Surroundings:
    """Give the surroundings of a post, once they name the chat's tag; the tag left out."""
    told = surround(view, view.places[post], labels_expected=labels_expected)
    assert told.hashtag == "shelfchat"
    return msgspec.structs.replace(told, hashtag="")


def ask(talk: Any) -> None:
    for number, what in enumerate(("lend", "sit"), 1):
        talk.say(10 * number, "host", f"Q{number}: What would you {what}, and why?")


@pytest.mark.parametrize(
    ("minute", "author", "text", "reply_to", "expected"),
    [
        (5, "ann", "Hello", None, Surroundings(early=True)),
        (10.5, "ann", "Tools", None, Surroundings(waited=30.0)),
        (10.5, "host", "Tools", None, Surroundings(first=False, host=True, waited=30.0)),
        (21.5, "ann", "Tools", None, Surroundings(waited=90.0)),
        (22, "ann", "Tools", None, Surroundings(waited=120.0)),
        (22.1, "ann", "Tools", None, Surroundings(waited=126.0, closing=True)),
        (10.5, "ann", "Tools", "p1", Surroundings(waited=30.0, to="asking")),
        (10.5, "ann", "@nobody tools", None, Surroundings(waited=30.0, to="unknown")),
        (10.5, "ann", "Tools", "elsewhere", Surroundings(waited=30.0, to="unknown")),
    ],
)
def test_surroundings(
    chat: Chat,
    talk: Any,
    minute: float,
    author: str,
    text: str,
    reply_to: str | None,
    expected: Surroundings,
) -> None:
    ask(talk)
    post = talk.say(minute, author, text, reply_to=reply_to)
    assert place(look(chat, talk), post.id) == expected


def test_whom_a_post_answers(chat: Chat, talk: Any) -> None:
    ask(talk)
    first = talk.say(11, "ann", "Tools")
    aside = talk.say(11.1, "host", "And a kettle")
    said = [
        talk.say(12, "bo", "Which ones?", reply_to=first.id),
        talk.say(13, "ann", "And seeds", reply_to=first.id),
        talk.say(14, "bo", "Why?", reply_to=aside.id),
        talk.say(15, "cy", "@host why, please?"),
    ]
    view = look(chat, talk)
    assert [surround(view, view.places[post.id]).to for post in said] == [
        "other",
        "self",
        "host",
        "host",
    ]


def test_where_no_question_bears_a_number_nothing_is_told_of_them(chat: Chat, talk: Any) -> None:
    posts = [talk.say(minute, f"p{minute}", "We lend tools") for minute in (0, 4, 6)]
    told = place(look(chat, talk), posts[1].id, labels_expected=True)
    assert told == Surroundings(numbered=False, labels_expected=True)


def test_before_any_question_is_known_the_wait_is_a_usual_one(chat: Chat, talk: Any) -> None:
    post = talk.say(0, "ann", "Tools")
    view = view_chat(chat, read_in_time(talk.posts))
    assert place(view, post.id) == Surroundings(waited=120.0)


@pytest.mark.parametrize(
    ("labelled", "people", "bare", "expected"),
    [(3, 3, 34, True), (3, 3, 35, False), (4, 2, 10, False), (0, 0, 0, False)],
)
def test_labels_are_expected_of_three_people_and_eight_posts_in_a_hundred(
    talk: Any, labelled: int, people: int, bare: int, expected: bool
) -> None:
    for number in range(labelled):
        talk.say(number, f"p{number % people}", "A1: tools")
    for number in range(bare):
        talk.say(20 + number, f"q{number}", "Tools")
    assert expects_labels([ReadPost(post) for post in talk.posts]) is expected
