"""An evening in which everything happens: which questions were asked, by which posts, by whom.

`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from tests.steps.questions.test_villages import list_rows, take_numbers_out
from tests.steps.sample import hold_rows
from tests.steps.storm import CHAT, HOST, tell_storm
from tests.steps.village import START

from chinwag.model import Chat, Moderator, Post, Question
from chinwag.steps.kinds.asking import asks_everybody, clean_question, find_askings
from chinwag.steps.kinds.halves import find_halves, join_halves, read_second_half
from chinwag.steps.questions import find_questions
from chinwag.steps.questions.find_questions import may_change_questions
from chinwag.steps.reading.read_post import read_in_time
from chinwag.text.labels import strip_labels

ROWS = Path(__file__).parent / "storm"
SEEDS = (7, 8, 9)
NAMED = msgspec.structs.replace(CHAT, moderators=(Moderator(author=HOST, by="person"),))
PLANNED = (
    Question(label="1", text="Which tools does your village lend out?", by="agenda"),
    Question(label="3", text="What went wrong with the bus, and what instead?", by="agenda"),
    Question(label="7", text="Which of us will write all of this up?", by="agenda"),
)


def unlabel(post: Post) -> Post:
    text = strip_labels(take_numbers_out(post).text, everywhere=True)
    return msgspec.structs.replace(post, text=re.sub(r"Q\d+|^[1-9](?=[/)])", "", text))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("chat", [CHAT, NAMED], ids=["found", "named"])
def test_the_questions_of_the_storm(seed: int, chat: Chat) -> None:
    kind = "named" if chat is NAMED else "found"
    hold_rows(ROWS / f"{kind}{seed}.tsv", list_rows(tell_storm(seed), chat))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("pace", [1, 3, 8])
def test_the_groups_of_the_storm_without_numbers(seed: int, pace: int) -> None:
    """However slowly people talk: `pace` times as long passes from post to post."""
    posts = [
        msgspec.structs.replace(one, created_at=START + pace * (one.created_at - START))
        for one in map(unlabel, tell_storm(seed))
    ]
    hold_rows(ROWS / f"groups{seed}.{pace}.tsv", list_rows(posts))


@pytest.mark.parametrize("by", ["agenda", "person"])
def test_what_was_planned_for_the_storm_is_found_in_it(by: str) -> None:
    planned = tuple(msgspec.structs.replace(one, by=by) for one in PLANNED)
    chat = find_questions(CHAT, tell_storm(), planned)
    rows = [
        f"{one.label}\t{one.by}\t{one.asked_at and f'{one.asked_at:%H:%M:%S}'}\t{' '.join(one.posts)}"
        f"\t{one.text}"
        for one in chat.questions
    ]
    hold_rows(ROWS / f"{by}.tsv", rows)


def test_what_may_ask_in_the_storm_is_scored_to_the_digit() -> None:
    reads = read_in_time(tell_storm())
    halves = find_halves(reads)
    rows = [
        f"{one.read.id}\t{one.number}\t{one.part or '-'}\t{one.score}\t{one.announces:d}{one.amid:d}"
        f"\t{one.second.id if one.second else '-'}\t{one.wording[:60]}"
        for one in find_askings(reads)
    ]
    rows += [
        f"half\t{reads[at].id}\t{second.id}\t{join_halves(reads[at].text, read_second_half(second))}"
        for at, second in halves.items()
    ]
    rows += [f"everybody\t{read.id}" for read in reads if asks_everybody(read)]
    rows += [f"cleaned\t{clean_question(read.text)!r}" for read in reads]
    hold_rows(ROWS / "askings.tsv", rows)


def test_which_posts_of_the_storm_may_change_its_questions() -> None:
    posts = tell_storm()
    reads = read_in_time(posts)
    begun = find_questions(CHAT, [read.post for read in reads[:60]])
    grouped = find_questions(CHAT, [unlabel(read.post) for read in reads[:60]])
    rows = [
        f"{read.id}\t{may_change_questions(begun, read):d}{may_change_questions(grouped, read):d}"
        f"{may_change_questions(CHAT, read):d}"
        for read in reads
    ]
    hold_rows(ROWS / "changing.tsv", rows)
