"""Kinds of post are told apart by what they say, in several languages."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.steps.place.kinds import tell_kind


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("greeting", "Hi all! #shelfchat"),
        ("greeting", "Hello everyone, Ann from Leeds here #shelfchat"),
        ("greeting", "Guten Abend zusammen! #shelfchat"),
        ("greeting", "Bonsoir à tous #shelfchat"),
        ("greeting", "¡Hola! #shelfchat"),
        ("greeting", "Merhaba arkadaşlar #shelfchat"),
        ("greeting", "I have to run, good night! #shelfchat"),
        ("thanks", "Thanks everyone for a great #shelfchat!"),
        ("thanks", "Merci à toutes et à tous #shelfchat"),
        ("thanks", "Vielen Dank! #shelfchat"),
        ("thanks", "Muchas gracias por el chat #shelfchat"),
        ("thanks", "Obrigada a todos #shelfchat"),
        ("thanks", "Grazie mille #shelfchat"),
        ("thanks", "Teşekkürler! #shelfchat"),
        ("housekeeping", "Q2 coming up! #shelfchat"),
        ("housekeeping", "Please remember to use the hashtag #shelfchat"),
        ("housekeeping", "#shelfchat starts in 15 minutes!"),
        ("housekeeping", "We will be using a Q1/A1 format #shelfchat"),
        ("agreement", "@ann This! #shelfchat"),
        ("agreement", "@ann so true"),
        ("agreement", "+1 #shelfchat"),
        ("agreement", "👏👏👏"),
        ("agreement", "@ann genau!"),
        (
            "announcement",
            "Registration for our spring school is open https://a.example/b #shelfchat",
        ),
        ("spam", "Get 5000 free followers, click here https://a.example/b #shelfchat"),
        ("reply", "@ann How many guards do you pay? #shelfchat"),
        ("answer", "We open at noon on Sundays #shelfchat"),
        (
            "answer",
            "A1: Thanks to volunteers we open on Sundays, and they run the till, too #shelfchat",
        ),
        (
            "answer",
            "Thanks to our council we stayed open. It pays for the heating, the till and two guards. #shelfchat",
        ),
        ("answer", "Hello Kitty books are what children in our town borrow most of all #shelfchat"),
        ("answer", "A book that helped us: https://a.example/book #shelfchat"),
    ],
)
def test_what_a_post_says_tells_its_kind(talk: Any, kind: str, text: str) -> None:
    assert tell_kind(talk.say(0, "bo", text)) == kind


def test_people_introduce_themselves_once(talk: Any) -> None:
    post = talk.say(0, "bo", "I'm Bo, in charge of the night desk and of two cats")
    assert [tell_kind(post, first=first) for first in (True, False)] == ["greeting", "answer"]


def test_hello_before_the_first_question_is_a_greeting_at_any_length(talk: Any) -> None:
    post = talk.say(0, "bo", "Hello! A long day, but here with tea, biscuits and two sleepy cats")
    assert [tell_kind(post, early=early) for early in (True, False)] == ["greeting", "answer"]
