"""Whole evenings: which questions were asked, by which posts, and who hosts; with and without numbers.

`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from tests.steps.sample import hold_rows
from tests.steps.village import EVENINGS, tell_evening

from chinwag.model import Chat, Post
from chinwag.steps.kinds.asking import find_askings
from chinwag.steps.questions import find_questions
from chinwag.steps.reading.read_post import read_in_time

ROWS = Path(__file__).parent / "villages"
CHAT = Chat(series="#villagechat", hashtag="villagechat", title="")


def list_rows(posts: list[Post], chat: Chat = CHAT) -> list[str]:
    """Return a row for each question that is found, and one for the hosts."""
    chat = find_questions(chat, posts)
    rows = [
        f"{one.label}\t{one.by}\t{' '.join(one.posts)}\t{one.asked_at:%H:%M}\t{one.text}"
        for one in chat.questions
        if one.asked_at
    ]
    hosts = " ".join(moderator.author for moderator in chat.moderators)
    return [*rows, f"hosts\t{hosts}\tnumbered {chat.numbered}"]


def take_numbers_out(post: Post) -> Post:
    text = re.sub(r"\b(?:Q|A|Question )\d[:.)]?(?: -)?|^\d\)", "", post.text)
    return msgspec.structs.replace(post, text=text.strip())


@pytest.mark.parametrize("name", EVENINGS)
def test_the_questions_of_an_evening(name: str) -> None:
    hold_rows(ROWS / f"{name}.tsv", list_rows(tell_evening(EVENINGS[name])))


@pytest.mark.parametrize("name", EVENINGS)
def test_the_groups_of_an_evening_without_numbers(name: str) -> None:
    posts = [take_numbers_out(post) for post in tell_evening(EVENINGS[name])]
    hold_rows(ROWS / f"{name}.groups.tsv", list_rows(posts))


@pytest.mark.parametrize("name", EVENINGS)
def test_what_may_ask_in_an_evening_is_scored_to_the_digit(name: str) -> None:
    rows = [
        f"{one.at}\t{one.number}\t{one.part or '-'}\t{one.score}\t{one.wording[:60]}"
        for one in find_askings(read_in_time(tell_evening(EVENINGS[name])))
    ]
    hold_rows(ROWS / f"{name}.askings.tsv", rows)
