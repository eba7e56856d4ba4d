"""Which post asks in given words: how long it may be, and how many words tell."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.steps.questions.wordings import match_wording
from chinwag.steps.reading.read_post import read_in_time

WORDING = "Which tools does your village lend?"  # 35 letters


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        (WORDING, True),
        (f"Q1: {WORDING.upper()}", True),
        (f"{WORDING} {'x' * 68}", True),  # 104 letters: not three times as long
        (f"{WORDING} {'x' * 69}", False),
        ("Who pays?", False),
    ],
)
def test_a_post_asks_in_given_words_where_it_does_little_else(
    talk: Any, text: str, asks: bool
) -> None:
    post = talk.say(0, "host", text)
    assert match_wording(WORDING, read_in_time(talk.posts)) == (post if asks else None)


def test_three_words_tell_no_question(talk: Any) -> None:
    talk.say(0, "host", "Who pays us?")
    four = talk.say(1, "host", "Who pays us now?")
    reads = read_in_time(talk.posts)
    assert match_wording("Who pays us?", reads) is None
    assert match_wording("Who pays us now?", reads[1:]) == four


def test_what_is_lost_asks_nothing(talk: Any) -> None:
    talk.say(0, "host", WORDING, text_lost=True)
    assert match_wording(WORDING, read_in_time(talk.posts)) is None
