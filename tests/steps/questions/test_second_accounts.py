"""Who asks a question again on another account, and who only passes it on."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.model import Chat
from chinwag.steps.questions import find_questions

ASKED = "Which tools does your village lend out, and who mends them?"
LATE = "some more words that nobody has asked for"  # with its blank one more than forty letters


@pytest.mark.parametrize(
    ("text", "minute", "hosts"),
    [
        (f"Q1: {ASKED}", 4, True),
        (f"Q1: {ASKED}", 4.1, False),  # long after the first asking
        (f"Q1 again: {ASKED}", 9, True),  # it says that it is one
        (f"Q1: {ASKED} @ann", 1, False),  # it names somebody
        (f"RT @host Q1: {ASKED}", 1, False),
        (f"Q1: {ASKED} {LATE}", 1, False),
        (f"Q1: {ASKED} {LATE[:38]}", 1, True),
    ],
)
def test_who_asks_again_plainly_hosts_the_chat(
    chat: Chat, talk: Any, text: str, minute: float, hosts: bool
) -> None:
    talk.say(0, "host", f"Q1: {ASKED}")
    talk.say(minute, "second", text)
    talk.say(12, "host", "Q2: How do newcomers hear about the allotments?")
    talk.say(13, "ann", "A2: From the bakery window")
    found = find_questions(chat, talk.posts)
    assert [one.author for one in found.moderators] == ["host", *["second"] * hosts]


@pytest.mark.parametrize("told", [{"reply_to": "p1"}, {"quote_of": "p1"}])
def test_who_replies_or_quotes_passes_a_question_on(
    chat: Chat, talk: Any, told: dict[str, str]
) -> None:
    talk.say(0, "host", f"Q1: {ASKED}")
    talk.say(1, "second", f"Q1: {ASKED}", **told)
    talk.say(12, "host", "Q2: How do newcomers hear about the allotments?")
    found = find_questions(chat, talk.posts)
    assert [one.author for one in found.moderators] == ["host"]
