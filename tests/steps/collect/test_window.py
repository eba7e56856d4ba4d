"""When the chat ran."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from chinwag.errors import NoChat
from chinwag.messages import open_catalogue
from chinwag.model import Post, Window
from chinwag.steps.collect import FoundWindow, Timeline, find_windows, tell_windows

from .makers import at, fill_timeline, make_chat, make_post

DAY = 24 * 60.0


def make_trickle(first_day: int, days: int) -> list[Post]:
    """Return seven posts a day by as many strangers, none of them near a chat of this module."""
    return [
        make_post(
            f"t{day}-{n}", f"By the way {n} #shelfchat", author=f"stranger{day}{n}",
            created_at=at(day * DAY + 200 + n * 130),
        )
        for day in range(first_day, first_day + days)
        for n in range(7)
    ]  # fmt: skip


def word_all(*found: FoundWindow) -> tuple[str, ...]:
    return tuple(map(open_catalogue().word_note, tell_windows(found)))


def test_a_file_of_an_hour_is_the_window() -> None:
    (found,) = find_windows(fill_timeline(make_chat(0)), "shelfchat")
    assert found.window == Window(start=at(0), end=at(59.5))
    assert word_all(found) == (
        "All posts lie within a few hours, so the window takes them all:"
        " 2026-10-13 20:00 to 20:59 UTC.",
    )


def test_a_burst_in_a_week_is_found_with_its_lead_in_and_after_talk() -> None:
    lead_in = make_post("lead", "Starting soon #shelfchat", created_at=at(-20))
    after = [
        make_post("after1", "That was good #shelfchat", created_at=at(70)),
        make_post("after2", "It was #shelfchat", author="ben", created_at=at(90)),
        make_post("morning", "Just read it all #shelfchat", author="cy", created_at=at(150)),
    ]
    posts = [*make_trickle(-5, 7), lead_in, *make_chat(0), *after]
    (found,) = find_windows(fill_timeline(posts), "shelfchat")
    assert found.window == Window(start=at(-20), end=at(90))
    assert (found.posts, found.people) == (123, 14)


def test_the_latest_of_several_chats_is_taken_and_the_others_are_told() -> None:
    posts = [*make_chat(-7 * DAY, people=20, posts=200), *make_trickle(-7, 8), *make_chat(0)]
    found = find_windows(fill_timeline(posts), "shelfchat")
    assert [one.window for one in found] == [
        Window(start=at(0), end=at(59.5)),
        Window(start=at(-7 * DAY), end=at(-7 * DAY + 59.7)),
    ]
    assert word_all(*found) == (
        "The window was found by its burst of posts: 2026-10-13 20:00 to 20:59 UTC.",
        "The files seem to hold another chat, which is not taken.",
        "200 posts by 20 people: 2026-10-06 20:00 to 20:59 UTC.",
    )


def test_a_smaller_gathering_after_the_chat_does_not_take_its_place() -> None:
    gossip = make_chat(DAY, people=3, posts=20, name="g")
    posts = [*make_trickle(-3, 6), *make_chat(0), *gossip]
    found = find_windows(fill_timeline(posts), "shelfchat")
    assert found[0].window.start == at(0)


def test_a_faint_stir_beside_a_large_chat_is_no_chat() -> None:
    stir = [
        make_post(
            f"s{n}", "Q1: anybody? #shelfchat", author=f"s{n % 3}", created_at=at(DAY + 5 * n)
        )
        for n in range(12)
    ]
    posts = [*make_trickle(-3, 6), *make_chat(0, people=40, posts=400), *stir]
    assert len(find_windows(fill_timeline(posts), "shelfchat")) == 1


def test_an_asynchronous_chat_is_taken_whole() -> None:
    posts = [
        make_post(f"{n}", "slow thought #shelfchat", author=f"p{n % 9}", created_at=at(n * 97.0))
        for n in range(100)
    ]
    (found,) = find_windows(fill_timeline(posts), "shelfchat")
    assert found.window == Window(start=at(0), end=at(99 * 97.0))
    assert word_all(found) == (
        "No hour stands out from the others, so the window takes them all:"
        " 2026-10-13 20:00 to 2026-10-20 12:03 UTC.",
        "No hour stands out in 6 days: this may be no chat of an evening, but what was said under"
        " a hashtag for a while.",
    )


def test_a_quiet_day_without_an_hour_is_not_called_many() -> None:
    posts = [
        make_post(f"{n}", "slow thought #shelfchat", author=f"p{n % 9}", created_at=at(n * 28.0))
        for n in range(100)
    ]
    (found,) = find_windows(fill_timeline(posts), "shelfchat")
    assert [note.code for note in found.notes] == ["window-whole"]


def test_announcements_of_the_day_belong_to_a_file_of_one_chat() -> None:
    announcement = make_post("a", "Today at eight #shelfchat", created_at=at(-600))
    (found,) = find_windows(fill_timeline([announcement, *make_chat(0)]), "shelfchat")
    assert found.window == Window(start=at(0), end=at(59.5))
    assert found.takes == Window(start=at(-600), end=at(59.5))
    assert word_all(found) == (
        "The window was found by its burst of posts: 2026-10-13 20:00 to 20:59 UTC.",
        "1 more post of that day is taken along, which announced it or came late.",
    )


def test_a_chat_held_twice_on_a_day_is_one() -> None:
    posts = [*make_chat(0), *make_chat(480)]
    posts = [msgspec.structs.replace(post, id=f"{n}") for n, post in enumerate(posts)]
    (found,) = find_windows(fill_timeline(posts), "shelfchat")
    assert found.window == found.takes == Window(start=at(0), end=at(480 + 59.5))
    assert word_all(found) == (
        "All posts lie within a day, so the window takes them all:"
        " 2026-10-13 20:00 to 2026-10-14 04:59 UTC.",
        "They come in 2 bursts.",
        "120 posts by 12 people: 2026-10-14 04:00 to 04:59 UTC.",
        "120 posts by 12 people: 2026-10-13 20:00 to 20:59 UTC.",
    )


def test_a_day_of_a_busy_tag_is_not_its_chat() -> None:
    chat = make_chat(0)
    day = [
        make_post(
            f"d{n}", "by the way #shelfchat", author=f"q{n % 40}", created_at=at(-700 + n * 14)
        )
        for n in range(100)
    ]
    (found,) = find_windows(fill_timeline([*day, *chat]), "shelfchat")
    assert at(-60) <= found.takes.start
    assert found.takes.end <= at(160)


def test_posts_with_wrong_clocks_do_not_stretch_the_window() -> None:
    strays = [
        make_post("future", created_at=datetime(2099, 1, 1, tzinfo=UTC)),
        make_post("epoch", created_at=datetime(1970, 1, 1, tzinfo=UTC)),
    ]
    (found,) = find_windows(fill_timeline([*strays, *make_chat(0)]), "shelfchat")
    assert found.window == Window(start=at(0), end=at(59.5))
    assert word_all(found) == (
        "All posts lie within a few hours, so the window takes them all:"
        " 2026-10-13 20:00 to 20:59 UTC.",
        "2 posts are left out: their dates lie far from the others.",
    )


def test_one_person_talking_for_an_hour_is_a_chat() -> None:
    posts = make_chat(0, people=1)
    (found,) = find_windows(fill_timeline(posts), "shelfchat")
    assert (found.posts, found.people) == (120, 1)
    week = [
        *posts,
        *(make_post(f"d{n}", created_at=at(n * DAY), author="p0") for n in range(-6, 6)),
    ]
    (found,) = find_windows(fill_timeline(week), "shelfchat")
    assert found.window == Window(start=at(0), end=at(59.5))


def test_one_post_is_a_window_of_a_moment() -> None:
    (found,) = find_windows(fill_timeline([make_post("1")]), "shelfchat")
    assert found.window == Window(start=at(0), end=at(0))


def test_fractions_of_a_second_stay_inside() -> None:
    last = make_post("last", created_at=at(61).replace(microsecond=999_999))
    (found,) = find_windows(fill_timeline([*make_chat(0), last]), "shelfchat")
    assert found.window.end == last.created_at


def test_a_post_seen_twice_counts_once() -> None:
    once, twice = make_chat(0), make_chat(0) + make_chat(0)
    assert find_windows(fill_timeline(twice)) == find_windows(fill_timeline(once))


def test_no_post_at_all_is_no_chat() -> None:
    with pytest.raises(NoChat, match="The files hold no posts"):
        find_windows(Timeline())


def test_two_quiet_chats_are_two_where_each_numbers_its_questions() -> None:
    posts = [
        make_post(
            f"{day}-{n}", f"{text} #shelfchat", author=f"p{n}", created_at=at(day * 1440 + n * 9.0)
        )
        for day in (0, 14)
        for n, text in enumerate(["Q1: Who?", "A1: Me", "A1: Us", "Good night"])
    ]
    windows = find_windows(fill_timeline(posts), "shelfchat")
    assert [found.window for found in windows] == [
        Window(start=at(14 * 1440), end=at(14 * 1440 + 27)),
        Window(start=at(0), end=at(27)),
    ]
    unasked = [msgspec.structs.replace(post, text=post.text.replace("Q1: ", "")) for post in posts]
    assert len(find_windows(fill_timeline(unasked), "shelfchat")) == 1
