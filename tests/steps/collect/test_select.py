"""The posts of one chat out of many."""

from __future__ import annotations

from chinwag.model import Version, Window
from chinwag.steps.collect import Selected, select_posts

from .makers import at, make_post

HOUR = Window(start=at(0), end=at(60))
DAY = 24 * 60.0


def test_the_window_is_taken_and_the_rest_counted() -> None:
    inside = (make_post("1"), make_post("2", "no tag", created_at=at(60)))
    around = (make_post("0", created_at=at(-1)), make_post("3", created_at=at(61)))
    assert select_posts([*inside, *around], HOUR, hashtag="shelfchat") == Selected(
        posts=inside, outside=2
    )


def test_late_replies_and_late_answers_are_taken_for_seven_days() -> None:
    said = make_post("1")
    first = make_post("2", "I agree", created_at=at(DAY), reply_to="1")
    second = make_post("3", "So do I", created_at=at(2 * DAY), reply_to="2")
    labelled = make_post("4", "A3: late, but here #shelfchat", created_at=at(3 * DAY))
    reposted = make_post("5", "RT", created_at=at(DAY), repost_of="1")
    elsewhere = make_post("6", "Hm", created_at=at(DAY), reply_to="another")
    untagged = make_post("7", "A3: of another chat", created_at=at(DAY))
    too_late = make_post("8", "And I", created_at=at(9 * DAY), reply_to="1")
    # Newest first, as many files are: replies stand before what they answer.
    posts = [too_late, untagged, elsewhere, reposted, labelled, second, first, said]
    assert select_posts(posts, HOUR, hashtag="ShelfChat") == Selected(
        posts=(reposted, labelled, second, first, said), late=("5", "4", "3", "2"), outside=3
    )


def test_answers_in_the_next_chat_are_not_late_ones() -> None:
    answer = make_post("2", "A3: here #shelfchat", created_at=at(7 * DAY - 30))
    posts = [make_post("1"), answer]
    following = Window(start=at(7 * DAY - 60), end=at(7 * DAY))
    assert select_posts(posts, HOUR, hashtag="shelfchat").late == ("2",)
    assert select_posts(posts, HOUR, hashtag="shelfchat", others=[following]).late == ()


def test_of_a_file_of_many_tags_only_the_thread_around_tagged_posts_is_taken() -> None:
    asked = make_post("1", "What do you shelve?", created_at=at(1))
    tagged = make_post("2", "Maps #shelfchat", created_at=at(2), reply_to="1")
    reply = make_post("3", "Nice", created_at=at(3), reply_to="2")
    lunch = make_post("4", "Soup #food", created_at=at(4))
    posts = [asked, tagged, reply, lunch]
    assert select_posts(posts, HOUR, hashtag="shelfchat", only_tagged=True) == Selected(
        posts=(asked, tagged, reply), untagged=1
    )


def test_a_post_that_had_the_hashtag_before_an_edit_is_taken() -> None:
    versions = (Version(text="Maps #shelfchat", at=at(1)),)
    edited = make_post("1", "Maps", created_at=at(1), versions=versions)
    assert select_posts([edited], HOUR, hashtag="shelfchat", only_tagged=True).posts == (edited,)


def test_a_reply_that_names_an_alias_of_its_parent_is_a_reply() -> None:
    said = make_post("https://one.example/1", aliases=("mastodon:one.example:1",))
    late = make_post("2", "Yes", created_at=at(90), reply_to="mastodon:one.example:1")
    assert select_posts([late, said], HOUR).late == ("2",)


def test_an_iterator_is_as_good_as_a_list() -> None:
    posts = [make_post("1"), make_post("2", created_at=at(90), reply_to="1")]
    assert select_posts(iter(posts), HOUR) == select_posts(posts, HOUR)
