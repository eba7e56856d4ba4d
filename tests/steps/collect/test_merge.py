"""One post a post, however often and wherever it was seen."""

from __future__ import annotations

import random
from typing import Any

from chinwag.model import Deletion, Media, Post, Sighting, Version, make_note
from chinwag.steps.collect import merge_posts

from .makers import at, make_post

LONG = "We put the maps by the door, where everybody who comes in walks past them"


def test_a_post_seen_in_two_files_is_one_post_with_both_sightings() -> None:
    sheet = make_post(
        "1", f"{LONG} https://t.co/abc", source="tags", links=("https://t.co/abc",),
        created_at=at(0), sightings=(Sighting(route="tags", address="a.csv", line=7),),
        media=(Media(url="https://pics.example/1"),), repost_count=2,
    )  # fmt: skip
    whole = make_post(
        "1", f"{LONG} https://maps.example/door", source="twarc", author_name="Ann",
        links=("https://maps.example/door",), created_at=at(0).replace(second=31), reply_to="0",
        media=(Media(url="https://pics.example/1", alt="A map"),), repost_count=1,
        sightings=(Sighting(route="twarc", address="b.jsonl", line=3),),
    )  # fmt: skip
    expected = make_post(
        "1", f"{LONG} https://maps.example/door", source="tags", author_name="Ann",
        links=("https://maps.example/door",), created_at=at(0).replace(second=31), reply_to="0",
        media=(Media(url="https://pics.example/1", alt="A map"),), repost_count=2,
        sightings=(*sheet.sightings, *whole.sightings),
    )  # fmt: skip
    merged = merge_posts([sheet, whole, sheet])
    assert (merged.posts, merged.repeated, merged.notes) == ((expected,), 2, ())


def test_a_text_cut_short_yields_to_the_whole() -> None:
    cut = make_post("1", f"{LONG[:60]}… https://t.co/x")
    whole = make_post("1", LONG)
    for records in ([cut, whole], [whole, cut]):
        merged = merge_posts(records)
        assert (merged.posts[0].text, merged.posts[0].versions) == (LONG, ())
        assert merged.notes == ()


def test_a_text_that_is_lost_yields_to_its_own() -> None:
    lost = make_post("1", f"{LONG}, and much more that somebody else said", text_lost=True)
    merged = merge_posts([lost, make_post("1", "Mine")])
    assert (merged.posts[0].text, merged.posts[0].text_lost) == ("Mine", False)
    assert merged.notes == ()


def test_a_later_edit_wins_and_keeps_what_was_said_before() -> None:
    first = make_post("1", "Maps by the dor", created_at=at(0))
    second = make_post("1", "Maps by the door", created_at=at(0), edited_at=at(2))
    third = make_post("1", "Maps by the window", created_at=at(0), edited_at=at(5))
    merged = merge_posts([second, third, first])
    assert merged.posts[0].text == "Maps by the window"
    assert merged.posts[0].versions == (
        Version(text="Maps by the dor", at=at(0)),
        Version(text="Maps by the door", at=at(2)),
    )
    assert merged.notes == ()


def test_what_a_post_says_again_is_no_earlier_version() -> None:
    first = make_post("1", "Maps by the door")
    edited = make_post(
        "1",
        "Maps by the door",
        edited_at=at(9),
        versions=(Version(text="Maps by the dor", at=at(4)), Version(text=first.text, at=at(0))),
    )
    (merged,) = merge_posts([first, edited]).posts
    assert merged.versions == (Version(text="Maps by the dor", at=at(4)),)


def test_a_place_where_a_post_was_seen_is_kept_with_its_earliest_time() -> None:
    times = [at(9), None, at(4)]
    records = [
        make_post("1", sightings=(Sighting(route="m:stream", address="a.example", at=time),))
        for time in times
    ]
    for order in (records, records[::-1]):
        assert merge_posts(order).posts[0].sightings == records[2].sightings


def test_two_texts_of_one_id_are_told_when_nothing_says_which_is_later() -> None:
    merged = merge_posts([make_post("1", "Tea"), make_post("1", "Coffee")])
    assert merged.posts == (make_post("1", "Coffee"),)
    assert merged.notes == (make_note("two-texts", post="1", kept="Coffee", other="Tea"),)


def test_files_whose_clocks_differ_are_told() -> None:
    merged = merge_posts([make_post("1", created_at=at(300)), make_post("1", created_at=at(0))])
    assert merged.posts[0].created_at == at(0)
    assert merged.notes == (make_note("differing-times", posts=1, first=("1",)),)


def test_a_deleted_post_leaves_only_its_place() -> None:
    said = make_post(
        "1", author_name="Ann", author_id="7", links=("https://a.example",), reply_to="0",
        media=(Media(url="https://pics.example/1"),), versions=(Version(text="Old", at=None),),
    )  # fmt: skip
    repost = make_post("2", "RT @ann: Our shelves talk.", author="ben", repost_of="1")
    unknown = Deletion(id="9", source="made")
    merged = merge_posts([said, repost], [Deletion(id="1", source="made"), unknown])
    tombstone: dict[str, Any] = {"author": "", "url": "", "deleted": True}
    assert merged.posts == (
        make_post("1", "", reply_to="0", **tombstone),
        make_post("2", "", **tombstone),
    )
    assert merged.unknown == (unknown,)


def test_one_status_seen_on_two_servers_is_one_and_its_aliases_lead_to_it() -> None:
    here = make_post("https://home.example/1", aliases=("mastodon:home.example:1",))
    there = make_post("https://home.example/1", aliases=("mastodon:away.example:88",))
    reply = make_post("https://away.example/2", "Yes", reply_to="mastodon:away.example:88")
    merged = merge_posts([reply, here, there])
    assert [(post.id, post.reply_to) for post in merged.posts] == [
        ("https://away.example/2", "https://home.example/1"),
        ("https://home.example/1", None),
    ]
    deletion = Deletion(id="mastodon:away.example:88", source="made")
    assert [post.deleted for post in merge_posts([reply, here, there], [deletion]).posts] == [
        False,
        True,
    ]


def test_a_parent_that_one_of_two_servers_knows_is_found_whichever_number_sorts_first() -> None:
    parent = make_post("https://home.example/1", aliases=("mastodon:home.example:1",))
    here = make_post("https://home.example/2", reply_to="mastodon:home.example:1")
    there = make_post("https://home.example/2", reply_to="mastodon:older.example:88")

    for records in ([parent, here, there], [there, here, parent]):
        answer = next(post for post in merge_posts(records).posts if post.id == here.id)
        assert answer.reply_to == parent.id


def test_a_record_known_by_an_alias_is_the_same_post() -> None:
    local = make_post("mastodon:home.example:1", author_name="Ann")
    proper = make_post("https://home.example/1", aliases=("mastodon:home.example:1",))
    (post,) = merge_posts([local, proper]).posts
    assert (post.id, post.author_name) == ("https://home.example/1", "Ann")


def test_an_exact_parent_comes_before_a_rounded_one() -> None:
    exact, rounded = "575486036429549569", "575486036429549000"
    sheet = make_post("3", reply_to=rounded, repairs=("parent's id rounded",), author_name="Ann")
    whole = make_post("3", reply_to=exact)
    (post,) = merge_posts([sheet, whole]).posts
    assert (post.reply_to, post.repairs, post.author_name) == (exact, (), "Ann")


def test_the_order_of_the_records_changes_nothing() -> None:
    records: list[Post] = [
        make_post("1", "Tea"), make_post("1", "Coffee"), make_post("1", "Mate", edited_at=at(3)),
        make_post("2", aliases=("x", "y")), make_post("y", "No", aliases=("z",)),
        make_post("3", reply_to="z"), make_post("3", created_at=at(4)),
    ]  # fmt: skip
    expected = merge_posts(records)
    for seed in range(20):
        shuffled = random.Random(seed).sample(records, len(records))
        merged = merge_posts(shuffled)
        assert sorted(merged.posts, key=lambda post: post.id) == sorted(
            expected.posts, key=lambda post: post.id
        )
        assert merged.notes == expected.notes


def test_the_repost_of_a_repost_of_a_deleted_post_goes_with_it() -> None:
    posts = [make_post("1"), make_post("2", repost_of="1"), make_post("3", repost_of="2")]
    merged = merge_posts(posts, [Deletion(id="1", source="made")])
    assert [post.deleted for post in merged.posts] == [True, True, True]
    assert merge_posts(merged.posts).posts == merged.posts
