"""How quickly a chat is answered, and how late a person is, is read from when people spoke."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chinwag.model import Chat, Placement
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions

_SAYS = (
    "We should lend tools to everybody who asks",
    "Chairs need wheels so that groups can move them",
    "A kettle would do more than any poster we made",
    "Longer Sundays, since people work on the other days",
    "Corners where nobody talks are what students want",
)
_PEOPLE = ("ann", "bo", "cy", "dee", "eli", "fay", "gus", "hal", "ida", "jo")


def hold_chat(talk: Any, delay: float) -> Any:
    """Four questions, ten minutes apart; each person answers each, about `delay` minutes later."""
    for number in range(1, 5):
        talk.say(10 * number, "host", f"Q{number}: What would you change next, no. {number}?")
    for number in range(1, 5):
        for place, person in enumerate(_PEOPLE):
            minute = 10 * number + delay * (0.7 + 0.06 * place)
            talk.say(minute, person, _SAYS[(place + number) % len(_SAYS)])
    return talk


def place(chat: Chat, talk: Any) -> dict[str, Placement]:
    placements = place_posts(find_questions(chat, talk.posts), talk.posts)
    return {placement.post: placement for placement in placements}


def list_answers(talk: Any, placed: dict[str, Placement]) -> list[str | None]:
    return [placed[post.id].question for post in talk.posts[4:]]


@pytest.mark.parametrize("delay", [2, 4, 9])
def test_quick_and_slow_chats_are_each_read_at_their_own_pace(
    chat: Chat, talk: Any, delay: float
) -> None:
    hold_chat(talk, delay)
    assert list_answers(talk, place(chat, talk)) == [str(n) for n in range(1, 5) for _ in _PEOPLE]


def test_the_same_minute_is_late_in_a_slow_chat_and_not_in_a_quick_one(
    chat: Chat, begin_talk: Any
) -> None:
    quick, slow = hold_chat(begin_talk(), 2), hold_chat(begin_talk(), 9)
    said = [talk.say(31.5, "newcomer", "More plants") for talk in (quick, slow)]
    placed = [place(chat, talk)[post.id] for talk, post in zip((quick, slow), said, strict=True)]
    assert [placement.question for placement in placed] == ["3", "2"]


def test_a_chat_of_a_week_is_placed_like_one_of_an_hour(chat: Chat, begin_talk: Any) -> None:
    hour, week = hold_chat(begin_talk(), 9), hold_chat(begin_talk(), 9)
    begun = week.posts[0].created_at
    week.posts = [
        msgspec.structs.replace(post, created_at=begun + 168 * (post.created_at - begun))
        for post in week.posts
    ]
    assert list_answers(week, place(chat, week)) == list_answers(hour, place(chat, hour))


def test_who_is_late_stays_late(chat: Chat, talk: Any) -> None:
    """Others answer after four minutes; one person says thrice that they answer after twelve."""
    hold_chat(talk, 4)
    talk.say(22, "late", "A1: A bigger lift")
    talk.say(32, "late", "A2: A smaller desk")
    talk.say(32.2, "late", "A2: And a wider door")
    unsaid = talk.say(42, "late", "Warmer light")
    beside = talk.say(42, "newcomer", "Warmer light")
    placed = place(chat, talk)
    assert [placed[post.id].question for post in (unsaid, beside)] == ["3", "4"]


def test_where_only_one_question_was_asked_everything_answers_it(chat: Chat, talk: Any) -> None:
    talk.say(0, "host", "Q1: What would you change first, and why?")
    soon = talk.say(1, "ann", "A1: The lift")
    late = talk.say(300, "bo", "The stairs, now that I think of it")
    placed = place(chat, talk)
    assert [placed[post.id].question for post in (soon, late)] == ["1", "1"]


def test_questions_of_one_moment_are_no_pace(chat: Chat, talk: Any) -> None:
    for number in (1, 2, 3):
        talk.say(0, "host", f"Q{number}: What would you change next, no. {number}?")
    answer = talk.say(5, "ann", "A2: The lift")
    assert place(chat, talk)[answer.id].question == "2"
