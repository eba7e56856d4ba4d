"""What hashtag or window leaves out is told where it is most of an hour."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chinwag.model import Gap, Post, Window, make_note
from chinwag.steps.collect import find_dropped, select_posts

from .makers import at, fill_timeline, make_post

HOUR = Window(start=at(0), end=at(60))


def make_posts(name: str, number: int, start: float, text: str) -> list[Post]:
    return [make_post(f"{name}{n}", text, created_at=at(start + n)) for n in range(number)]


def tell(posts: list[Post], window: Window, *, only_tagged: bool) -> tuple[Gap, ...]:
    taken = select_posts(posts, window, hashtag="shelfchat", only_tagged=only_tagged).posts
    return find_dropped(fill_timeline(posts), taken, window, "shelfchat", only_tagged=only_tagged)


@pytest.mark.parametrize(
    ("untagged", "told"),
    [(5, ()), (6, (Gap(what=make_note("left-out-untagged", posts=6, all_posts=11, hashtag="shelfchat")),))],
)  # fmt: skip
def test_a_hashtag_that_leaves_most_of_an_hour_out_is_told(
    untagged: int, told: tuple[Gap, ...]
) -> None:
    tagged = make_posts("t", 5, 0, "Maps #shelfchat")
    posts = [*tagged, *make_posts("u", untagged, 10, "Soup #food")]
    assert tell(posts, HOUR, only_tagged=True) == told


def test_each_hour_of_a_longer_window_is_looked_at() -> None:
    posts = [*make_posts("t", 40, 0, "Maps #shelfchat"), *make_posts("l", 1, 130, "#shelfchat")]
    posts += make_posts("u", 3, 140, "Soup #food")
    window = Window(start=at(0), end=at(180))
    assert tell(posts, window, only_tagged=True) == (
        Gap(what=make_note("left-out-untagged", posts=3, all_posts=4, hashtag="shelfchat")),
    )


@pytest.mark.parametrize(("after", "is_told"), [(5, False), (6, True)])
def test_a_window_that_leaves_most_of_its_hour_out_is_told(after: int, is_told: bool) -> None:
    window = Window(start=at(20), end=at(30))
    posts = [
        *make_posts("b", 2, 5, "Maps #shelfchat"),
        *make_posts("i", 7, 21, "Maps #shelfchat"),
        *make_posts("a", after, 40, "Maps #shelfchat"),
        *make_posts("d", 30, 60 * 24, "Maps #shelfchat"),
    ]
    note = make_note("left-out-around", posts=8, taken=7, start=window.start, end=window.end)
    assert tell(posts, window, only_tagged=False) == ((Gap(what=note),) if is_told else ())


def test_late_answers_are_not_left_out() -> None:
    asked = make_posts("q", 1, 0, "Q1: Maps? #shelfchat")
    late = [make_post(f"l{n}", "I too", created_at=at(70 + n), reply_to="q0") for n in range(4)]
    assert tell([*asked, *late], HOUR, only_tagged=False) == ()
    other = make_post("o", "Hm", created_at=HOUR.end + timedelta(minutes=1))
    assert tell([*asked, *late, other], HOUR, only_tagged=False) == ()
