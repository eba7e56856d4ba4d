"""A post as read: what its text says, worked out once and dropped with the reading."""

from __future__ import annotations

import gc
from typing import Any

import msgspec
import pytest

from chinwag.model import Chat
from chinwag.steps.placing import LivePlacer
from chinwag.steps.reading import Readings, ReadPost


def test_what_a_post_says(talk: Any) -> None:
    read = ReadPost(
        talk.say(
            1, "bo", "@ann @cy A3: Our bus (1/2) stops “at four schools” https://b.example #bus"
        )
    )
    assert [(label.role, label.number) for label in read.usual_labels] == [("answer", 3)]
    assert read.plain == "@ann @cy Our bus (1/2) stops “at four schools” https://b.example #bus"
    assert read.names.led == ("ann", "cy")
    assert read.names.named == frozenset({"ann", "cy"})
    assert read.addressed == ("ann", "cy")
    assert read.addressee == "ann"
    assert read.quotations == ("at four schools",)
    assert read.speech_words == ("our", "bus", "stops", "at", "four", "schools")
    assert (read.replies, read.is_silent, read.asks) == (True, False, False)


def test_a_post_without_words_of_its_own_is_silent(talk: Any) -> None:
    post = talk.say(1, "bo", "Our bus stops at four schools")
    states: list[dict[str, Any]] = [{"deleted": True}, {"text_lost": True}, {"repost_of": "p9"}, {}]
    reads = [ReadPost(msgspec.structs.replace(post, **state)) for state in states]
    assert [read.is_silent for read in reads] == [True, True, True, False]


def test_what_a_room_finds_in_a_post_is_found_once_for_the_same_arguments(talk: Any) -> None:
    asked: list[tuple[str, int]] = []

    def repeat(read: ReadPost, times: int) -> str:
        asked.append((read.id, times))
        return read.text * times

    read = ReadPost(talk.say(1, "bo", "yes"))
    found = [read.recall(repeat, times) for times in (2, 2, 3)]
    assert (found, asked) == (["yesyes", "yesyes", "yesyesyes"], [("p1", 2), ("p1", 3)])


def test_a_post_is_read_once_a_run_and_anew_when_it_was_edited(talk: Any) -> None:
    post = talk.say(1, "bo", "A1: the bus")
    edited = msgspec.structs.replace(post, text="A2: the bus")
    readings = Readings()
    (first,) = readings.read([post])
    again = readings.read([post, edited])
    assert again[0] is first
    assert [label.number for label in again[1].labels] == [2]


def test_a_run_that_reads_its_posts_again_goes_on_with_the_first_ones(talk: Any) -> None:
    post, other = talk.say(1, "bo", "A1: the bus"), talk.say(2, "cem", "A1: the tram")
    again = msgspec.structs.replace(post)
    edited = msgspec.structs.replace(other, text="A2: the tram")
    readings = Readings()
    readings.read([post, other])

    shared = readings.share([again, edited, talk.say(3, "ola", "new")])

    assert shared[0] is post
    assert [one.text for one in shared] == ["A1: the bus", "A2: the tram", "new"]


def test_a_running_chat_keeps_no_word_of_a_post_that_was_taken_out(talk: Any, chat: Chat) -> None:
    placer = LivePlacer(chat)
    placer.add(talk.say(0, "host_lib", "Q1: When do you open, and why then? #shelfchat"))
    placer.add(talk.say(1, "bo", "A1: At noon, for the market #shelfchat"))
    placer.remove("p2")
    gc.collect()
    assert [
        one.text for one in gc.get_objects() if isinstance(one, ReadPost) and one.id == "p2"
    ] == []


def test_a_very_long_post_is_read_in_part_and_kept_whole(talk: Any) -> None:
    post = talk.say(1, "bo", "A2: yes " * 10_000)
    read = ReadPost(post)
    assert (read.given, len(read.given.text)) == (post, 80_000)
    assert read.text == ("A2: yes " * 2_500).rstrip()
    readings = Readings()
    assert readings.read([post])[0] is readings.read([post])[0]


@pytest.mark.parametrize(
    ("text", "end", "marked"),
    [
        ("*Q1* What?", 5, True),
        ("Q1= What?", 4, True),
        ("*A2* Yes", 5, True),
        ("Q1 What?", 3, False),
        ("**Q1 of 3** What?", 5, False),  # of how many it is one closes nothing
    ],
)
def test_what_closes_a_label_belongs_to_it(talk: Any, text: str, end: int, marked: bool) -> None:
    (label,) = ReadPost(talk.say(0, "ann", text)).labels
    assert (label.end, label.marked) == (end, marked)


def test_a_spoken_word_of_many_posts_is_held_once(talk: Any) -> None:
    posts = talk.say(1, "ann", "A1: Maps"), talk.say(2, "bo", "A1: maps")
    (one,), (other,) = (read.speech_words for read in Readings().read(posts))
    assert one == "maps"
    assert one is other
