"""Records of one post that share no id are found; posts that are two stay two."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.model import Post, Sighting, make_note
from chinwag.steps.collect import Matches, match_records, merge_posts, tell_matches

from .makers import at, make_post

WORDS = "We put the maps by the door, where everybody walks past them #shelfchat"
NUMBER = "1765075552957366272"
STATUS = "https://glam.example/users/ann/statuses/117434202930125428"
PAGE = "https://glam.example/@ann/117434202930125428"
RECORD = "at://did:plc:abc/app.bsky.feed.post/3mxrop75xzcgn"


def see(id_: str, file: str = "sheet.csv", text: str = WORDS, **more: Any) -> Post:
    """Return a record of ann's as it stands in a file; without more it has no address."""
    sightings = (Sighting(route="made", address=file, line=1),)
    return make_post(id_, text, **{"url": "", "sightings": sightings, **more})


@pytest.mark.parametrize(
    ("known", "sheet"),
    [
        (
            see(NUMBER, "a.json", url=f"https://twitter.com/ann/status/{NUMBER}"),
            see("row-00000000000000000001", url=f"https://mobile.x.com/i/web/status/{NUMBER}"),
        ),
        (
            see(NUMBER, "a.json", url=f"https://x.com/ann/status/{NUMBER}"),
            see("5", url=f"http://www.twitter.com/Ann/statuses/{NUMBER}?s=20"),
        ),
        (see(STATUS, "a.json", url=PAGE), see(PAGE, url=PAGE)),
        (see(STATUS, "a.json"), see("7", url=PAGE)),
        (
            see(STATUS, "a.json", aliases=("mastodon:social.example:99000000000000001",)),
            see("8", url="https://social.example/@ann@glam.example/99000000000000001"),
        ),
        (see(RECORD, "a.json"), see("9", url="https://bsky.app/profile/ann/post/3mxrop75xzcgn")),
    ],
)
def test_an_address_in_any_form_shows_that_two_records_are_of_one_post(
    known: Post, sheet: Post
) -> None:
    other_time = [known, make_post(**_change(sheet, text="Cut…", created_at=at(61)))]

    matches = match_records(other_time)

    assert (matches.by_address, matches.by_number, matches.by_content) == (1, 0, 0)
    assert [post.id for post in merge_posts(other_time, (), matches.pairs).posts] == [known.id]


def _change(post: Post, **changes: Any) -> dict[str, Any]:
    fields = {name: getattr(post, name) for name in post.__struct_fields__} | changes
    return {"id_": fields.pop("id"), **fields}


def test_a_number_without_its_server_is_known_by_its_digits() -> None:
    known = see(STATUS, "a.json")
    sheet = see("117434202930125428", created_at=at(61))

    assert match_records([sheet, known]) == Matches(pairs=((sheet.id, STATUS),), by_number=1)


def test_an_address_alone_proves_nothing_between_two_authors_with_other_words() -> None:
    theirs = see("x1", "a.json", author="bob", text="Buy my wares", url=PAGE)

    assert match_records([see(STATUS, "b.json", url=PAGE), theirs]) == Matches()


def test_an_article_that_two_posts_share_makes_them_no_one_post() -> None:
    article = "https://shelf.example/2020/maps"
    posts = [see("1", "a.csv", url=article), see("2", text="Again, for the late", url=article)]

    assert match_records(posts) == Matches()


@pytest.mark.parametrize(
    ("sheet", "is_same"),
    [
        (see("row-00000000000000000001"), True),
        (see("row-00000000000000000001", author="Ann@glam.example"), True),
        (see("row-00000000000000000001", author="Ann Lee"), True),
        (see("row-00000000000000000001", text="We put the maps by the door, whe…"), True),
        (see("row-00000000000000000001", text=f"{WORDS} https://t.co/abc"), True),
        (see("12", created_at=at(0)), True),
        (see("176507555295736000", created_at=at(0)), True),
        (see("row-00000000000000000001", created_at=at(2)), False),
        (see("row-00000000000000000001", author="bob"), False),
        (see("row-00000000000000000001", text="We put the maps by the window"), False),
        (see("row-00000000000000000001", "a.json"), False),
        (see(NUMBER), False),
        (see("row-00000000000000000001", text_lost=True), False),
    ],
)
def test_author_time_and_text_show_it_where_a_file_kept_no_id(sheet: Post, is_same: bool) -> None:
    known = see(STATUS, "a.json", author_name="Ann Lee", created_at=at(0.4))
    records = [known, sheet]

    matches = match_records(records)

    assert matches.by_content == int(is_same)
    merged = merge_posts(records, (), matches.pairs).posts
    assert [post.id for post in merged] == ([STATUS] if is_same else [STATUS, sheet.id])


def test_what_was_said_twice_in_each_of_two_files_stays_said_twice() -> None:
    said = [see("1", "a.json"), see("2", "a.json", created_at=at(0.2))]
    rows = [see("row-00000000000000000001"), see("row-00000000000000000002")]

    merged = merge_posts([*said, *rows], (), match_records([*said, *rows]).pairs)

    assert len(merged.posts) == 2


def test_the_order_of_the_files_changes_nothing() -> None:
    records = [see(STATUS, "a.json", url=PAGE), see("4", url=PAGE), see("row-1", "c.csv")]

    assert match_records(records) == match_records(records[::-1])


def test_a_note_says_what_was_recognised_by_what() -> None:
    assert tell_matches(Matches()) == ()
    assert tell_matches(Matches(by_address=33, by_content=2)) == (
        make_note("recognised-by-address", posts=33),
        make_note("recognised-by-content", posts=2),
    )
