"""A question that its host put in two posts: how soon the second comes, and what begins it."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.steps.kinds.asking import clean_question
from chinwag.steps.kinds.halves import find_halves, join_halves
from chinwag.steps.reading.read_post import read_in_time

BROKEN = "Q2: Who mends what comes back, on which day..."
ASKED = "Q2: Who mends what comes back?"
STATED = "Q2: Tell us who mends what comes back."
CONTINUED = "Q2: Tell us who mends what comes back (cont.)"


@pytest.mark.parametrize(
    ("first", "second", "seconds", "goes_on"),
    [
        (BROKEN, "...and who pays?", 120, True),
        (BROKEN, "...and who pays?", 121, False),
        (BROKEN, "and who pays", 120, True),
        (BROKEN, "Who pays for it?", 120, True),
        (BROKEN, "We pay for it", 60, False),
        (CONTINUED, "and who pays", 90, True),
        (ASKED, "And who pays?", 60, True),
        (ASKED, "And who pays?", 61, False),
        (ASKED, "Who pays?", 60, False),
        (ASKED, "And we pay", 60, False),
        (ASKED, "(cont'd) and we pay", 120, True),
        (STATED, "And who pays?", 60, True),
        (STATED, "And who pays?", 61, False),
        (STATED, "and we pay", 60, False),
        (BROKEN, "Q2 cont'd: who pays?", 120, True),
        (BROKEN, "Q2: ...who pays?", 120, True),
        (BROKEN, "Q2: who pays?", 60, False),
        (BROKEN, "Q3 cont'd: who pays?", 60, False),
        (BROKEN, "@ann and who pays?", 60, False),
        (BROKEN, "and who pays? 2/2", 60, False),
        ("A2: The joiner mends it...", "...and who pays?", 60, False),
        ("Q1 and Q2 ask who mends it...", "...and who pays?", 60, False),
        ("And Q2 asks who mends it...", "...and who pays?", 60, False),
    ],
)
def test_a_second_half_goes_on_soon_and_plainly(
    talk: Any, first: str, second: str, seconds: int, goes_on: bool
) -> None:
    talk.say(0, "host", first)
    talk.say(
        0.1, "ann", "and who are you?"
    )  # of somebody else's question nobody is the second half
    talk.say(seconds / 60, "host", second)
    reads = read_in_time(talk.posts)
    assert find_halves(reads) == ({0: reads[2]} if goes_on else {})


@pytest.mark.parametrize("lost", [{"text_lost": True}, {"deleted": True}, {"reply_to": "p2"}])
def test_no_half_is_silent_or_a_reply_to_somebody(talk: Any, lost: dict[str, Any]) -> None:
    talk.say(0, "host", BROKEN)
    talk.say(0.1, "ann", "Good evening")
    talk.say(1, "host", "...and who pays?", **lost)
    assert find_halves(read_in_time(talk.posts)) == {}


def test_a_host_who_answers_the_first_half_goes_on_with_it(talk: Any) -> None:
    first = talk.say(0, "host", BROKEN)
    talk.say(1, "host", "...and who pays?", reply_to=first.id)
    reads = read_in_time(talk.posts)
    assert find_halves(reads) == {0: reads[1]}


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        (f"{BROKEN} #shelfchat", "...and who pays?", f"{BROKEN[:-3]} and who pays?"),
        (f"{BROKEN[:-3]}…", "… (cont) and who pays?", f"{BROKEN[:-3]} and who pays?"),
        (CONTINUED, "cont'd: who pays?", f"{STATED[:-1]} who pays?"),
        (STATED, "and who pays?", f"{STATED} and who pays?"),
    ],
)
def test_halves_are_joined_without_what_says_that_they_go_on(
    first: str, second: str, whole: str
) -> None:
    assert join_halves(first, second) == whole


def test_sixty_tags_at_most_come_off_a_question() -> None:
    tags = [f"#t{number}" for number in range(61)]
    assert clean_question(f"Who pays? {' '.join(tags[1:])}") == "Who pays?"
    assert clean_question(f"Who pays? {' '.join(tags)}") == "Who pays? #t0"
