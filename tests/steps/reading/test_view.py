"""What is seen of a chat before anything is judged: who goes on, and whom a post answers."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chinwag.model import Chat
from chinwag.steps.kinds.kinds import asks_chat, find_kinds
from chinwag.steps.questions import find_questions
from chinwag.steps.reading.read_post import read_in_time
from chinwag.steps.reading.view import ChatView, view_chat


def view(chat: Chat, talk: Any) -> ChatView:
    reads = read_in_time(talk.posts)
    return view_chat(chat, reads)


@pytest.mark.parametrize(
    ("text", "minutes", "goes_on"),
    [
        ("They cost little (2/2) #shelfchat", 9.9, True),
        ("They cost little (2/2) #shelfchat", 10, False),  # too long ago for a part
        ("They cost little (3/3) #shelfchat", 1, False),  # its second part is not here
        ("Also, they cost little #shelfchat", 9.9, True),
        ("Also, they cost little #shelfchat", 10, False),
        ("They cost little #shelfchat", 1, False),
    ],
)
def test_how_a_post_goes_on_from_its_authors_post_before(
    chat: Chat, talk: Any, text: str, minutes: float, goes_on: bool
) -> None:
    talk.say(0, "ann", "We lend tools (1/2) #shelfchat")
    talk.say(minutes, "ann", text)
    talk.say(minutes, "bo", text)  # nobody goes on from another's post
    assert view(chat, talk).going_on == [False, goes_on, False]


@pytest.mark.parametrize("lost", [0, 1])
def test_nobody_goes_on_from_a_post_or_with_one_whose_words_are_lost(
    chat: Chat, talk: Any, lost: int
) -> None:
    talk.say(0, "ann", "We lend tools (1/2) #shelfchat", text_lost=lost == 0)
    talk.say(1, "ann", "They cost little (2/2) #shelfchat", text_lost=lost == 1)
    assert view(chat, talk).going_on == [False, False]


def test_a_reply_to_an_asking_post_answers_it_wherever_that_stands(chat: Chat, talk: Any) -> None:
    """The very first post of a chat may ask; a reply to anybody else is a reply."""
    first = talk.say(0, "host_lib", "Q1: When is your library open, and who decides? #shelfchat")
    other = talk.say(1, "ann", "A1: From nine to five, and the council decides #shelfchat")
    for asked, minute in ((first, 2), (other, 3)):
        talk.say(
            minute,
            "bo",
            f"@{asked.author} We open at noon on Sundays and close at six",
            reply_to=asked.id,
            reply_to_author=asked.author,
        )
    found = find_questions(chat, talk.posts)
    assert find_kinds(view(found, talk)) == ["question", "answer", "answer", "reply"]


def test_who_asks_everybody_asks_the_chat_where_nothing_is_numbered(chat: Chat, talk: Any) -> None:
    talk.say(0, "ann", "Has anyone here lent tools to children? #shelfchat")
    talk.say(1, "bo", "Has anyone here lent tools to children? #shelfchat", text_lost=True)
    talk.say(2, "cy", "We lend tools to children #shelfchat")
    bare = view(msgspec.structs.replace(chat, numbered=False), talk)
    assert [asks_chat(bare, at) for at in range(3)] == [True, False, False]
    numbered = view(chat, talk)
    assert [asks_chat(numbered, at) for at in range(3)] == [False, False, False]
