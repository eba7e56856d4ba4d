"""A chat without numbers is grouped by what is asked of everybody, else by time and topic."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from chinwag.model import Chat, Moderator, Question, Window
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions

EIGHT = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)


def group(label: str, text: str, minute: float, *posts: str) -> Question:
    asked_at = EIGHT + timedelta(minutes=minute)
    return Question(label=label, text=text, asked_at=asked_at, posts=posts, by="time")


def test_without_numbers_the_hosts_questions_are_the_groups(chat: Chat, talk: Any) -> None:
    talk.say(0, "host_lib", "Hello everyone #shelfchat")
    for minute, text in ((5, "How do you lend tools?"), (20, "What breaks most often, and why?")):
        talk.say(minute, "host_lib", f"{text} #shelfchat")
        for number, name in enumerate(("ann", "bo", "cy")):
            talk.say(minute + 1 + number, name, f"@host_lib with care, says {name} #shelfchat")
    found = find_questions(chat, talk.posts)
    assert (found.numbered, found.moderators) == (False, (Moderator(author="host_lib"),))
    assert found.questions == (
        group("1", "How do you lend tools?", 5, "p2"),
        group("2", "What breaks most often, and why?", 20, "p6"),
    )


def test_a_guests_question_that_many_take_up_opens_a_group_and_makes_no_host(
    chat: Chat, talk: Any
) -> None:
    for minute in (0, 1, 2, 3):
        talk.say(minute, f"person{minute}", "We lend drills, and drills break #shelfchat")
    talk.say(12, "gus", "Does anybody here lend sewing machines? #shelfchat")
    for number, name in enumerate(("ann", "bo", "cy")):
        talk.say(13 + number, name, f"@gus two of them, says {name} #shelfchat")
    found = find_questions(chat, talk.posts)
    assert (found.questions, found.moderators) == (
        (
            group("1", "20:00 to 20:03: lend drills", 0),
            group("2", "Does anybody here lend sewing machines?", 12, "p5"),
        ),
        (),
    )


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("What do you lend most?", "What do you lend most?"),
        ("We lend tools.", "20:00 to 20:08"),
        ("“What do you lend most?” says the county.", "20:00 to 20:08"),
    ],
)
def test_a_stretch_is_called_by_what_its_host_asks(
    text: str, heading: str, chat: Chat, talk: Any
) -> None:
    talk.say(0, "ann", "Drills")
    talk.say(1, "host_lib", f"{text} #shelfchat")
    for minute, said in ((2, "@host_lib ladders"), (3, "Kettles"), (8, "Cups"), (8, "Pots")):
        talk.say(minute, f"person{minute}", said)
    host = Moderator(author="host_lib", by="person")
    found = find_questions(msgspec.structs.replace(chat, moderators=(host,)), talk.posts)
    assert [question.text for question in found.questions] == [heading]


def say_stretches(talk: Any) -> None:
    """Twice ten minutes with a pause between, one post long after, one greeting before."""
    talk.say(-30, "ann", "Hello everyone! #shelfchat")
    for minute, name in ((0, "ann"), (4, "bo"), (9, "cy")):
        talk.say(minute, name, f"Our buses stop early, {name} waits for buses #shelfchat")
    for minute, name in ((21, "ann"), (24, "bo"), (30, "cy")):
        talk.say(minute, name, f"A door with a code: doors cost {minute} pounds #shelfchat")
    talk.say(300, "late", "Said long after, of taxis #shelfchat")


def test_without_any_question_pauses_make_the_groups(chat: Chat, talk: Any) -> None:
    say_stretches(talk)
    window = Window(start=EIGHT - timedelta(hours=1), end=EIGHT + timedelta(hours=1))
    found = find_questions(msgspec.structs.replace(chat, window=window), talk.posts)
    assert (found.numbered, found.moderators) == (False, ())
    assert found.questions == (
        group("1", "20:00 to 20:09: buses stop early", 0),
        group("2", "20:21 to 20:30: doors cost", 21),
    )


def test_times_are_those_of_the_chats_own_zone(chat: Chat, talk: Any) -> None:
    say_stretches(talk)
    there = msgspec.structs.replace(chat, time_zone="Australia/Brisbane")
    assert [q.text[:14] for q in find_questions(there, talk.posts).questions] == [
        "06:00 to 06:09",
        "06:21 to 06:30",
    ]


def test_a_late_post_makes_no_group_of_its_own(chat: Chat, talk: Any) -> None:
    say_stretches(talk)
    found = find_questions(chat, talk.posts)
    assert [q.label for q in found.questions] == ["1", "2"]
    assert [p.question for p in place_posts(found, talk.posts)] == [None, *"111", *"222", "2"]


def test_words_that_stand_out_are_letter_for_letter_words_of_the_posts(
    chat: Chat, talk: Any
) -> None:
    say_stretches(talk)
    said = " ".join(post.text for post in talk.posts)
    for question in find_questions(chat, talk.posts).questions:
        for word in question.text.split(": ")[1].split(", "):
            assert word in said


@pytest.mark.parametrize(
    ("said", "name"),
    [
        # What two people say is no theme, nor is a plain word, however many say it.
        (("The ground rules help", "Ground rules first", "Fog"), ""),
        (("Marmalade now", "Our marmalade", "Hot marmalade", "Marmalade!"), ""),
        (("The ground rules help", "Ground rules first", "Our ground rules"), "ground rules"),
        (
            ("A harbour bell tower", "My harbour bell tower", "Harbour bell tower"),
            "harbour bell tower",
        ),
        (("A bell", "My church bell", "A church bell", "The church bell"), "church bell"),
        # Two people name a thing by its name; a capital that opens a sentence makes no name.
        (("We use Marmalade", "Our Marmalade", "Fog"), "Marmalade"),
        (("Marmalade helps", "Marmalade hurts", "Fog"), ""),
        (("JamPress helps", "JamPress hurts", "Fog"), "JamPress"),
        (("On Linux drums", "No Linux drums", "Fog"), "Linux drums"),
        (("Next Tuesday", "On Tuesday", "Snow"), ""),
        # Nobody in the chat is a theme of it.
        (("Ask Person2", "As Person2 says", "Fog"), ""),
        # A tag is told where hardly anything else is, if two people set it.
        (("We close #jamweek", "Fog #jamweek", "Snow"), "jamweek"),
        (("We close #jamweek", "Fog", "Snow"), ""),
    ],
)
def test_a_stretch_is_called_by_the_themes_of_several_people(
    chat: Chat, talk: Any, said: tuple[str, ...], name: str
) -> None:
    for minute, text in enumerate(said):
        talk.say(minute, f"person{minute}", f"{text} #shelfchat")
    (found,) = find_questions(chat, talk.posts).questions
    assert found.text == f"20:00 to 20:0{len(said) - 1}" + (f": {name}" if name else "")


@pytest.mark.parametrize("step", [5, 9, 45])
def test_few_groups_however_long_people_talk(chat: Chat, talk: Any, step: int) -> None:
    for minute in range(0, 300 * step, step):
        talk.say(minute, f"person{minute % 35}", "We lend tools and mend them #shelfchat")
    found = find_questions(chat, talk.posts)
    assert 1 <= len(found.questions) <= 12
    counts = Counter(p.question for p in place_posts(found, talk.posts))
    assert min(counts[question.label] for question in found.questions) >= 3


@pytest.mark.parametrize(
    ("changes", "groups"),
    [
        ({"text_lost": True}, 0),
        ({"deleted": True, "text": ""}, 0),
        ({"repost_of": "?"}, 0),
        ({"author": "ann"}, 1),
        ({"created_at": EIGHT}, 1),
        ({"text": ""}, 1),
        ({"text": "https://a.example/b"}, 1),
        ({"text": "?"}, 1),
    ],
)
@pytest.mark.parametrize("count", [1, 6])
def test_poor_chats_are_grouped_as_far_as_they_can_be(
    chat: Chat, talk: Any, changes: dict[str, Any], groups: int, count: int
) -> None:
    for minute in range(count):
        talk.say(minute, f"person{minute}", "We lend tools")
    talk.posts = [msgspec.structs.replace(post, **changes) for post in talk.posts]
    found = find_questions(chat, talk.posts)
    assert (found.numbered, len(found.questions), found.moderators) == (False, groups, ())
    placements = place_posts(found, talk.posts)
    assert [p.post for p in placements] == [post.id for post in talk.posts]
    assert {p.question for p in placements} <= {None, *(q.label for q in found.questions)}


@pytest.mark.parametrize(
    "changes", [{"text_lost": True}, {"deleted": True, "text": ""}, {"repost_of": "?"}]
)
def test_questions_of_posts_that_do_not_speak_are_not_found(
    chat: Chat, evening: Any, changes: dict[str, Any]
) -> None:
    posts = [msgspec.structs.replace(post, **changes) for post in evening.posts]
    found = find_questions(chat, posts)
    assert (found.numbered, found.questions, found.moderators) == (False, (), ())
    assert {p.question for p in place_posts(found, posts)} == {None}


def test_one_person_may_hold_a_numbered_chat_alone(chat: Chat, evening: Any) -> None:
    posts = [msgspec.structs.replace(post, author="ann") for post in evening.posts]
    found = find_questions(chat, posts)
    assert [q.posts for q in found.questions] == [("p4",), ("p9",), ("p13",)]
    assert found.moderators == (Moderator(author="ann"),)


@pytest.mark.parametrize(
    ("later", "names"),
    [
        (60, ["20:00 to 20:03: lend drills", "21:00 to 21:03: lend kettles"]),
        (
            3 * 24 * 60,
            [
                "3 Mar 20:00 to 3 Mar 20:03: lend drills",
                "6 Mar 20:00 to 6 Mar 20:03: lend kettles",
            ],
        ),
    ],
)
def test_groups_of_several_days_are_called_by_their_days(
    later: int, names: list[str], chat: Chat, talk: Any
) -> None:
    for minute in range(4):
        talk.say(minute, f"person{minute}", "We lend drills, and drills break #shelfchat")
    for minute in range(4):
        talk.say(later + minute, f"person{minute}", "We lend kettles and cups #shelfchat")
    assert [question.text for question in find_questions(chat, talk.posts).questions] == names
