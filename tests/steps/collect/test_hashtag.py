"""The chat's hashtag, found in the posts or said by a person."""

from __future__ import annotations

import pytest

from chinwag.errors import NoChat
from chinwag.model import make_note
from chinwag.steps.collect import Timeline, find_hashtag, is_firehose, tell_hashtag

from .makers import at, fill_timeline, make_chat, make_post


def test_the_tag_of_most_people_wins_over_the_tag_of_most_posts() -> None:
    bot = [
        make_post(f"b{n}", "Vacancy! #jobs", author="bot", created_at=at(n / 3)) for n in range(400)
    ]
    assert find_hashtag(fill_timeline([*bot, *make_chat(0)])) == "shelfchat"


def test_the_tag_is_given_in_the_case_most_often_written() -> None:
    posts = [
        make_post("1", "hello #ShelfChat", author="ann"),
        make_post("2", "hello #shelfchat", author="ben"),
        make_post("3", "bye #ShelfChat", author="ben"),
    ]
    timeline = fill_timeline(posts)
    assert find_hashtag(timeline) == "ShelfChat"
    assert find_hashtag(timeline, files_said="#SHELFCHAT") == "ShelfChat"
    assert find_hashtag(timeline, files_said="other") == "other"


def test_a_log_without_hashtags_is_a_chat_and_is_told() -> None:
    log = [make_post(f"{n}", "a line", author=f"p{n % 5}", created_at=at(n)) for n in range(60)]
    passing = make_post("61", "see #bibliography in the wiki", created_at=at(30))
    timeline = fill_timeline([*log, passing])
    assert find_hashtag(timeline) == ""
    assert tell_hashtag(timeline, "") == make_note("hashtag-none")


@pytest.mark.parametrize("minute", [0, 14, 29, 30, 31, 44, 59])
@pytest.mark.parametrize("posts", [9, 13, 60])
def test_a_stray_tag_is_nobodys_hashtag_whenever_it_is_said(minute: int, posts: int) -> None:
    log = [make_post(f"{n}", "a line", author=f"p{n % 5}", created_at=at(n)) for n in range(posts)]
    bye = make_post("bye", "#endmeeting", author="p1", created_at=at(minute))
    assert find_hashtag(fill_timeline([*log, bye])) == ""


def test_a_tag_of_two_people_among_many_is_nobodys_hashtag() -> None:
    log = [make_post(f"{n}", "a line", author=f"p{n % 9}", created_at=at(n)) for n in range(12)]
    slides = [
        make_post("s1", "see #slides", author="p1", created_at=at(5)),
        make_post("s2", "more #slides", author="p2", created_at=at(6)),
    ]
    assert find_hashtag(fill_timeline([*log, *slides])) == ""


def test_how_many_carry_the_tag_is_told() -> None:
    timeline = fill_timeline([*make_chat(0), make_post("x", "no tag here", author="zoe")])
    assert tell_hashtag(timeline, "shelfchat") == make_note(
        "hashtag-on-posts", hashtag="shelfchat", posts=120, all_posts=121, people=12
    )
    assert tell_hashtag(timeline, "other") == make_note("hashtag-on-no-post", hashtag="other")
    alone = fill_timeline([make_post("1", "Maps #shelfchat")])
    assert tell_hashtag(alone, "shelfchat") == make_note(
        "hashtag-on-one-post", hashtag="shelfchat", people=1
    )


def test_an_account_archive_is_a_firehose_and_a_capture_is_not() -> None:
    diary = [make_post(f"d{n}", "lunch #food", created_at=at(n * 500)) for n in range(300)]
    assert is_firehose(fill_timeline([*diary, *make_chat(0)]), "shelfchat")
    assert not is_firehose(fill_timeline(make_chat(0)), "shelfchat")
    assert not is_firehose(fill_timeline(diary), "")


def test_no_post_at_all_is_no_chat() -> None:
    with pytest.raises(NoChat, match="The files hold no posts"):
        find_hashtag(Timeline())
