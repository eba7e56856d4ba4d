"""An invented chat, said post by post."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from chinwag.model import Chat, Post

START = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)


class Talk:
    """Posts of one evening; `say` adds one and gives it."""

    def __init__(self) -> None:
        self.posts: list[Post] = []

    def say(self, minute: float, author: str, text: str, **more: object) -> Post:
        """Add a post `minute` minutes after eight; its id is p1, p2, ... in the order of saying."""
        fields = {
            "id": f"p{len(self.posts) + 1}",
            "author": author,
            "text": text,
            "created_at": START + timedelta(minutes=minute),
            "reply_to": None,
            "url": "",
            "source": "test",
            "hashtags": tuple(re.findall(r"#(\w+)", text)),
            "mentions": tuple(re.findall(r"@(\w+)", text)),
            "links": tuple(re.findall(r"https?://\S+", text)),
        }
        post = Post(**(fields | more))  # type: ignore[arg-type]
        self.posts.append(post)
        return post


@pytest.fixture(scope="session")
def begin_talk() -> type[Talk]:
    return Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest.fixture
def chat() -> Chat:
    return Chat(series="#shelfchat", hashtag="shelfchat", title="Opening hours")


@pytest.fixture
def evening(talk: Talk) -> Talk:
    """Three questions by one host, answers by five people, most of them numbered."""
    talk.say(-20, "host_lib", "#shelfchat starts in 20 minutes: opening hours!")
    talk.say(0, "host_lib", "Welcome to #shelfchat! Please introduce yourself.")
    talk.say(1, "ann", "Hi all, Ann from Leeds here #shelfchat")
    talk.say(5, "host_lib", "Q1: When is your library open, and who decides? #shelfchat")
    talk.say(6.5, "ann", "A1: Nine to five; the council decides. #shelfchat")
    talk.say(7, "bo", "A1 We open at noon on Sundays #shelfchat")
    talk.say(8, "cy", "Until midnight before exams, students asked for it #shelfchat")
    talk.say(15, "host_lib", "Q2 coming up! #shelfchat")
    talk.say(
        16, "host_lib", "Q2: What would it cost you to open longer, in money or staff? #shelfchat"
    )
    talk.say(17, "dee", "A2: Two more salaries at least #shelfchat")
    talk.say(18, "bo", "A2 Security at night is dear #shelfchat")
    talk.say(20, "eli", "A2: Heating! #shelfchat")
    talk.say(30, "host_lib", "Q3: How could volunteers or self-service help? #shelfchat")
    talk.say(32, "ann", "A3: Self-service at night works for us #shelfchat")
    talk.say(33, "dee", "A3: Volunteers need somebody to lead them #shelfchat")
    talk.say(45, "host_lib", "Thanks everyone for a great #shelfchat!")
    return talk


@pytest.fixture
def slow(talk: Talk) -> Talk:
    """Three questions by one host; half of the answers come when the next one is out."""
    talk.say(0, "host_lib", "Q1: When is your library open, and who decides? #shelfchat")
    talk.say(10, "host_lib", "Q2: What would it cost to stay longer, in money or staff? #shelfchat")
    talk.say(20, "host_lib", "Q3: How could volunteers or self-service help? #shelfchat")
    for minute, author, text in (
        (4, "ann", "A1: Nine to five are our hours; the council decides. #shelfchat"),
        (8, "bo", "A1 We open at noon on Sundays #shelfchat"),
        (11, "cy", "A1: Until midnight before exams #shelfchat"),
        (13, "dee", "A1: We close for lunch, would you believe it? #shelfchat"),
        (14, "ann", "A2: Two more salaries at least #shelfchat"),
        (18, "bo", "A2 Security at night is dear #shelfchat"),
        (21, "cy", "A2: Better pay for weekends #shelfchat"),
        (23, "dee", "A2: The heating budget! #shelfchat"),
        (24, "ann", "A3: Self-service at night works for us #shelfchat"),
        (28, "bo", "A3: Volunteers need somebody to lead them #shelfchat"),
    ):
        talk.say(minute, author, text)
    return talk
