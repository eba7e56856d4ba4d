"""A chat: one hour under one hashtag, with its window, its moderators and its questions."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """From when to when the chat ran, in aware UTC; both ends belong to it.

    `by` is "person" where somebody gave it and "posts" where it was found in the posts.
    """

    start: datetime
    end: datetime
    by: str = "posts"


class Question(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question of the chat.

    `label` is its number as text ("3"; "9.2" is Q9 part 2). `asked_at` is when it was first asked
    in the posts, and `posts` are the ids of every post that asks it, the first one first. Where no
    post asks it, `asked_at` is when it was first answered under its number, None where it never
    was; `text` is then empty but for a question of the agenda. `by` is "agenda" where a person
    gave the wording and the chat has no questions but those given and what its hosts asked besides,
    "person" where a person gave
    this one its wording, "posts" where it was read from the posts, "time" for the groups of an
    un-numbered chat.
    """

    label: str
    text: str
    asked_at: datetime | None = None
    posts: tuple[str, ...] = ()
    by: str = "posts"


class Moderator(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who asks the questions. `by` is "person" where given, "posts" where found."""

    author: str
    by: str = "posts"


class Chat(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One chat. `hashtag` has no `#`; `series` is how the series is called ("#uklibchat").

    `time_zone` is the IANA name in which the story shows its times; everything stored is UTC. A
    capture follows the chat for `grace` minutes after its end, None where nobody said how long. A
    question's summary has from `fewest_bullets` to `most_bullets` bullets. `contact` is where to
    write to its hosts: a web address, a mail address or words. `numbered` is false where no
    numbered question was found: its questions are then groups by time and topic.
    `dropped_questions` are the labels of questions that a person took out, and `not_moderators` the
    handles of people who, as a person said, are not moderators. `one_person` are groups of handles:
    as a person said, the accounts of each group are one person's.
    """

    series: str
    hashtag: str
    title: str
    time_zone: str = "UTC"
    numbered: bool = True
    window: Window | None = None
    grace: float | None = None
    moderators: tuple[Moderator, ...] = ()
    questions: tuple[Question, ...] = ()
    dropped_questions: tuple[str, ...] = ()
    not_moderators: tuple[str, ...] = ()
    one_person: tuple[tuple[str, ...], ...] = ()
    contact: str = ""
    fewest_bullets: int = 3
    most_bullets: int = 8
