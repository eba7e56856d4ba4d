"""The accounts that a host has on several networks are one person; other people are their own."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chinwag.model import Chat, Moderator
from chinwag.steps.reading.people import People

HOSTS = ("Host@glam.example", "host.bsky.example", "other@glam.example", "third@glam.example")


@pytest.fixture
def hosted(chat: Chat) -> Chat:
    return msgspec.structs.replace(
        chat, moderators=tuple(Moderator(author=author) for author in HOSTS)
    )


def test_hosts_with_one_handle_or_one_name_are_one_person(hosted: Chat, talk: Any) -> None:
    talk.say(0, HOSTS[0], "Q1: Who lends?", author_name="The Host")
    talk.say(1, HOSTS[2], "Q2: Who mends?", author_name=" the host ")
    talk.say(2, HOSTS[3], "Q3: Who pays?", author_name="Third")
    talk.say(3, "ann@glam.example", "A3: The council", author_name="The Host")
    people = People(hosted, talk.posts)
    accounts = [*HOSTS, "ann@glam.example"]
    assert [people.find(account) for account in accounts] == [
        "host@glam.example",
        "host@glam.example",
        "host@glam.example",
        "third@glam.example",
        "ann@glam.example",
    ]
    assert people.count(talk.posts) == 3


def test_hosts_without_names_are_one_by_their_handles_alone(hosted: Chat, talk: Any) -> None:
    talk.say(0, HOSTS[2], "Q1: Who lends?")
    talk.say(1, HOSTS[3], "Q2: Who mends?")
    people = People(hosted, talk.posts)
    assert [people.find(account) for account in HOSTS] == [
        "host@glam.example",
        "host@glam.example",
        "other@glam.example",
        "third@glam.example",
    ]


def test_accounts_are_one_persons_where_people_say_so(hosted: Chat, talk: Any) -> None:
    talk.say(0, HOSTS[0], "Q1: Who lends?")
    talk.say(1, HOSTS[3], "Q2: Who mends?")
    talk.say(2, "ann@glam.example", "A2: The council")
    talk.say(3, "ann.books.example", "A2: And we do")
    groups = (("@THIRD@glam.example", HOSTS[1]), ("ann@glam.example", "ann.books.example"), ())
    people = People(msgspec.structs.replace(hosted, one_person=groups), talk.posts)
    assert [people.find(one) for one in (*HOSTS, *groups[1])] == [
        "third@glam.example",
        "third@glam.example",
        "other@glam.example",
        "third@glam.example",
        "ann@glam.example",
        "ann@glam.example",
    ]
    assert people.count(talk.posts) == 2


def test_two_accounts_are_enough_to_be_one_person(chat: Chat, talk: Any) -> None:
    both = tuple(Moderator(author=author) for author in HOSTS[:2])
    people = People(msgspec.structs.replace(chat, moderators=both), talk.posts)
    assert [people.find(account) for account in HOSTS[:2]] == ["host@glam.example"] * 2


def test_where_nobody_hosts_everybody_is_their_own(chat: Chat, talk: Any) -> None:
    talk.say(0, HOSTS[0], "We lend tools", author_name="The Host")
    talk.say(1, HOSTS[1], "We lend tools", author_name="The Host")
    talk.say(2, "HOST@glam.example", "We lend seeds", author_name="The Host")
    talk.say(3, "", "")
    for people in (People(), People(chat, talk.posts)):
        assert people.count(talk.posts) == 2
