"""Short links that clients append are told from those that people share."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.steps.reading.appended import appends_links, find_appended

LINK = "https://t.co/abc1"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (f"We lend drills {LINK}", LINK),
        (f"We lend drills\n{LINK} ", LINK),
        (f"We lend drills {LINK.upper()}", LINK.upper()),
        (LINK, LINK),
        (f"  {LINK}", LINK),
        (f"We lend drills: {LINK}", ""),  # a sign leads up to it
        (f"We lend drills 👉 {LINK}", ""),
        (f"We lend drills ({LINK}", ""),
        (f"{LINK} shows our drills", ""),
        ("We lend drills https://shelf.example/abc1", ""),
        ("We lend drills", ""),
    ],
)
def test_a_short_link_at_the_end_to_which_nothing_leads_is_appended(
    talk: Any, text: str, link: str
) -> None:
    assert find_appended(talk.say(0, "ann", text, links=())) == link
    assert find_appended(talk.say(0, "ann", text, links=(LINK, LINK.upper()))) == link


def test_a_link_of_which_the_source_tells_where_it_leads_is_not_appended(talk: Any) -> None:
    told = talk.say(0, "ann", f"We lend drills {LINK}", links=("https://shelf.example/drills",))
    assert find_appended(told) == ""


@pytest.mark.parametrize(
    ("ending", "others", "appended"),
    [(5, 0, True), (4, 0, False), (6, 34, True), (6, 35, False), (5, 29, False)],
)
def test_clients_append_where_five_posts_and_more_than_a_seventh_end_so(
    talk: Any, ending: int, others: int, appended: bool
) -> None:
    for number in range(ending):
        talk.say(number, "ann", f"We lend drill {number} {LINK}", links=())
    for number in range(others):
        talk.say(number, "bo", f"We lend saw {number}")
    assert appends_links(talk.posts) is appended


def test_what_is_not_spoken_says_nothing_of_links(talk: Any) -> None:
    for number in range(5):
        talk.say(number, "ann", f"We lend drills {LINK}", links=(), repost_of="far" * (number > 3))
    assert appends_links(talk.posts) is False
