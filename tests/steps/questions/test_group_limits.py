"""Where a chat without numbers is parted: how many take a question up, how long a stretch lasts."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.model import Chat
from chinwag.steps.questions import find_questions

ASKS = "Does anybody here lend sewing machines?"


def find_texts(chat: Chat, talk: Any) -> list[str]:
    return [question.text for question in find_questions(chat, talk.posts).questions]


def chatter(talk: Any, minutes: list[float]) -> None:
    for number, minute in enumerate(minutes):
        talk.say(minute, f"person{number % 5}", "We lend drills, and drills break #shelfchat")


@pytest.mark.parametrize(("people", "opens"), [(2, False), (3, True)])
def test_a_guests_question_opens_a_group_where_three_take_it_up(
    chat: Chat, talk: Any, people: int, opens: bool
) -> None:
    chatter(talk, [0, 1, 2, 3])
    talk.say(8, "gus", f"{ASKS} #shelfchat")
    for number in range(people):
        talk.say(9 + number, f"p{number}", "@gus two of them #shelfchat")
    assert (ASKS in find_texts(chat, talk)) is opens


@pytest.mark.parametrize(("minute", "opens"), [(18, True), (18.1, False)])
def test_it_is_taken_up_within_ten_minutes(
    chat: Chat, talk: Any, minute: float, opens: bool
) -> None:
    chatter(talk, [0, 1, 2, 3])
    talk.say(8, "gus", f"{ASKS} #shelfchat")
    for number, when in enumerate((9, 10, minute)):
        talk.say(when, f"p{number}", "@gus two of them #shelfchat")
    assert (ASKS in find_texts(chat, talk)) is opens


def test_who_replies_takes_up_as_who_names_and_nobody_does_so_twice(chat: Chat, talk: Any) -> None:
    chatter(talk, [0, 1, 2, 3])
    asked = talk.say(8, "gus", f"{ASKS} #shelfchat")
    talk.say(9, "ann", "Two of them", reply_to=asked.id)
    talk.say(9.5, "ann", "Blue ones", reply_to=asked.id)
    talk.say(10, "bo", "Two of them", reply_to=asked.id)
    talk.say(10.5, "gus", "Good", reply_to=asked.id)
    assert ASKS not in find_texts(chat, talk)
    talk.say(11, "cy", "@gus two of them")
    assert ASKS in find_texts(chat, talk)


@pytest.mark.parametrize(("later", "opens"), [(5.9, False), (6, True)])
def test_of_two_questions_within_six_minutes_the_one_taken_up_by_more_opens(
    chat: Chat, talk: Any, later: float, opens: bool
) -> None:
    chatter(talk, [0, 1, 2, 3])
    talk.say(8, "gus", f"{ASKS} #shelfchat")
    other = "What would you do without any drills at all?"
    talk.say(8 + later, "hal", f"{other} #shelfchat")
    for number in range(4):
        talk.say(9 + number / 2, f"p{number}", "@gus two of them #shelfchat")
    for number in range(3):
        talk.say(15 + number / 2, f"q{number}", "@hal we would weep #shelfchat")
    assert [text for text in find_texts(chat, talk) if text in (ASKS, other)] == (
        [ASKS, other] if opens else [ASKS]
    )


def test_a_stretch_lasts_eight_to_twenty_minutes_and_ends_at_its_longest_pause(
    chat: Chat, talk: Any
) -> None:
    early, fit = [0, 1, 2, 3, 6.9], [7.5, 8, 9, 10, 11]
    after = [14, 15, 16, 17, 18, 19, 20, 21, 22]
    chatter(talk, [*early, *fit, *after])
    assert [text[:14] for text in find_texts(chat, talk)] == ["20:00 to 20:11", "20:14 to 20:22"]


@pytest.mark.parametrize(("posts", "people", "groups"), [(3, 2, 2), (2, 2, 1), (3, 1, 1)])
def test_a_group_holds_three_posts_by_two_people(
    chat: Chat, talk: Any, posts: int, people: int, groups: int
) -> None:
    chatter(talk, [0, 1, 2, 3])
    for number in range(posts):
        talk.say(40 + number, f"late{number % people}", "We lend seeds in spring #shelfchat")
    assert len(find_texts(chat, talk)) == groups
