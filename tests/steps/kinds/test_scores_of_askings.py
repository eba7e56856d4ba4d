"""How much a post looks like an asking: by how it reads, who says it, and who follows it."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.steps.kinds.asking import ASKS, asks_everybody, find_askings
from chinwag.steps.reading import ReadPost


def score(talk: Any, *moderators: str) -> list[int]:
    reads = [ReadPost(post) for post in talk.posts]
    return [one.score for one in find_askings(reads, moderators)]


@pytest.mark.parametrize(
    ("text", "scored"),
    [
        # Four words, a question mark, an opening that asks, a label at the start; nothing off for
        # who is first with one number alone, one off for who is with none.
        ("Q1: How late do you open?", 1 + 2 + 1 + 1),
        ("Q1: Share what you did in winter", 1 + 1 + 1),
        ("Q1: One thing: please share it", 1 + 1),
        ("Q1: Libraries open late", -1 + 1 - 1),
        ("Q1: I think we open late", 1 - 1 + 1 - 1),
        ("How late do all of you open? Q1", 1 + 2 + 1),
        ("We asked (Q1) how late you open", 1 + 1),
        ("We asked Q1: how late you open", 1 + 1),
        ("On Q1 we all said that it works", 1 - 1 - 1 - 1),
        ("Q1 coming up!", -1 + 1 - 3 - 1),
        ("RT @x: Q1: How late do you open?", 5 - 3),
        ("@x Q1: How late do you open?", 5 - 1),
        ("Hello all\nQ1: How late do you open?", 5),
    ],
)
def test_what_a_text_scores_by_itself(talk: Any, text: str, scored: int) -> None:
    talk.say(0, "host", text)
    assert score(talk) == [scored]


def test_a_list_of_numbers_asks_none_of_them(talk: Any) -> None:
    talk.say(0, "host", "Q1 and Q2: how did you fare?")
    two = score(talk)[-1]
    talk.posts.clear()
    talk.say(0, "host", "Q1 Q2 Q3: how did you fare?")
    three = score(talk)[-1]
    assert [two, three] == [5 - 2, 4 - 4 - 1]


def test_a_reply_to_somebody_else_asks_less_than_one_to_oneself(talk: Any) -> None:
    talk.say(0, "host", "Q1: How late do you open?", reply_to="x", reply_to_author="ann")
    talk.say(20, "host", "Q2: How late do you open?", reply_to="x", reply_to_author="host")
    other, own = score(talk)
    assert own - other == 1


def test_who_is_first_with_several_numbers_asks(talk: Any) -> None:
    """One less who is first with no number, one more with several; two more whom a person named."""
    for number in range(1, 7):
        talk.say(20 * number, "host", f"Q{number}: How late do you open?")
        assert score(talk)[-1] == (5 if number == 1 else 6)
    talk.say(200, "guest", "Q6: How late do you open?")
    assert score(talk)[-1] == 5 - 1
    assert score(talk, "guest")[-1] == 5 + 2


@pytest.mark.parametrize(("posts", "lost"), [(5, 2), (4, 0)])
def test_an_asking_that_hardly_anybody_follows_announces(talk: Any, posts: int, lost: int) -> None:
    talk.say(0, "host", "Q1: How late do you open?")
    talk.say(20, "host", "Q1: How late do you open?")
    for number in range(posts):
        talk.say(21 + number, f"p{number}", "Until nine")
    talk.say(29.9, "host", "Good")
    first, second = score(talk)
    assert second == 5
    assert second - first == lost


@pytest.mark.parametrize(
    ("author", "text", "scored"),
    [
        # Whoever asks plainly later, the first only announced; who is first with a number is so
        # with what asks, the other is not (-1).
        ("guest", "Q1: How late do you open?", [4 - 3 - 1, 5]),
        ("host", "Q1: How late do you open?", [4 - 3, 5]),
        # What only announces as well takes nothing from another's post ...
        ("guest", "Q1: Are you all ready?", [4, 5 - 1]),
        # ... nor from one's own in the same words, which is said again; in others it is the asking.
        ("host", "Q1: Are you ready?", [4, 4]),
        ("host", "Q1: Are you all ready?", [4 - 3, 5]),
    ],
)
def test_what_may_announce_does_where_another_post_asks(
    talk: Any, author: str, text: str, scored: list[int]
) -> None:
    talk.say(0, "host", "Q1: Are you ready?")
    talk.say(1, author, text)
    assert score(talk) == scored


def test_only_posts_of_the_ten_minutes_after_it_follow(talk: Any) -> None:
    talk.say(0, "host", "Q1: How late do you open?")
    talk.say(20, "host", "Q1: How late do you open?")
    for number in range(4):
        talk.say(21 + number, f"p{number}", "Until nine")
    talk.say(30, "p5", "Until ten")
    assert score(talk)[0] == 3
    talk.posts.pop()
    talk.say(30.1, "p5", "Until ten")
    assert score(talk)[0] == 5


@pytest.mark.parametrize("state", [{"deleted": True}, {"text_lost": True}, {"repost_of": "x"}])
def test_a_post_without_words_of_its_own_asks_nothing(talk: Any, state: dict[str, Any]) -> None:
    talk.say(0, "host", "Q1: How late do you open?", **state)
    assert score(talk) == []


def test_what_scores_three_points_asks() -> None:
    assert ASKS == 3


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Has anyone here lent tools?", True),
        ("We lend tools. Would every one of you?", True),
        ("Tools for all the people here?", False),  # invites nobody
        ("Has anyone lent tools", False),
        ("Has anyone lent?", False),  # three words
        ("How are you all?", False),
        ("How are you all tonight?", True),
        ("@ann has anyone here lent tools?", False),
        (".@ann has anyone here lent tools?", False),
        ("皆さんは道具を貸していますか？", True),
    ],
)
def test_a_question_to_all_without_a_number(talk: Any, text: str, asks: bool) -> None:
    assert asks_everybody(ReadPost(talk.say(0, "ann", text))) is asks
    reply = talk.say(1, "ann", text, reply_to="x")
    assert asks_everybody(ReadPost(reply)) is False
