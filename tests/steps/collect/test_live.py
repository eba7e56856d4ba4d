"""Records taken in one by one stand as the batch has them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from chinwag.model import Deletion, Post, Removal, Repost, Sighting
from chinwag.steps.collect import LiveCollection, Removed, fold_reposts, list_removed, merge_posts

START = datetime(2026, 11, 24, 18, tzinfo=UTC)
NAMES = ("a", "b", "c", "d")
PARENTS = {"b": "a", "c": "a", "a": "d"}


def make_post(name: str, seconds: int = 0, **said: object) -> Post:
    post = Post(
        id=f"https://glam.example/{name}",
        author=f"{name}@glam.example",
        text=f"What {name} says",
        created_at=START + timedelta(seconds=seconds),
        reply_to=None,
        url="",
        source="mastodon:stream",
        sightings=(Sighting(route="mastodon:stream", address="glam.example", at=START),),
    )
    return msgspec.structs.replace(post, **said)


def make_boost(name: str, original: str) -> Post:
    return make_post(
        f"{name}-boosts-{original}",
        90,
        text=f"What {original} says",
        repost_of=f"https://glam.example/{original}",
    )


@st.composite
def records(draw: st.DrawFn) -> Post:
    """Give one record: of one of four posts, seen by one of two servers, or a boost of one."""
    name, server = draw(st.sampled_from(NAMES)), draw(st.sampled_from(("one", "two")))
    if draw(st.booleans()):
        return make_boost(draw(st.sampled_from(NAMES)), name)
    parent = PARENTS.get(name)
    edited = draw(st.booleans())
    return make_post(
        name,
        NAMES.index(name),
        text=f"What {name} says{' now' if edited else ''}",
        edited_at=START + timedelta(minutes=5) if edited else None,
        aliases=(f"mastodon:{server}:{name}",),
        reply_to=f"mastodon:{server}:{parent}" if parent else None,
        sightings=(Sighting(route="mastodon:stream", address=server, at=START),),
    )


@given(st.lists(st.lists(records(), max_size=4), max_size=6))
def test_records_in_any_order_stand_as_the_batch_has_them(batches: list[list[Post]]) -> None:
    collection = LiveCollection()
    shown: dict[str, Post] = {}
    for batch in batches:
        for id_, post in collection.add(batch).items():
            if post is None:
                del shown[id_]
            else:
                shown[id_] = post

    everything = [post for batch in batches for post in batch]
    batch_posts = {post.id: post for post in fold_reposts(merge_posts(everything).posts).posts}
    assert {post.id: post for post in collection.posts} == batch_posts
    assert shown == batch_posts


def test_a_deletion_takes_the_text_and_the_boosts_whenever_it_comes() -> None:
    post, boost = make_post("a"), make_boost("b", "a")
    deletion = Deletion(id=post.id, source="mastodon")
    tomb = msgspec.structs.replace(merge_posts([post], [deletion]).posts[0])

    before, after = LiveCollection(), LiveCollection()
    before.add([deletion])
    before.add([post])
    after.add([post, boost])
    changed = after.add([deletion])

    assert before.posts == (tomb,)
    assert after.posts == (tomb,)
    assert changed == {post.id: tomb}
    assert tomb.text == ""
    assert after.list_deleted() == {post.id}
    assert after.add([post]) == {}


def test_a_post_is_known_by_every_id_and_by_the_boosts_under_it() -> None:
    post = make_post("a", aliases=("mastodon:one:1",))
    boost = make_boost("b", "a")
    collection = LiveCollection([post])
    collection.add([boost])

    folded = msgspec.structs.replace(
        post, reposts=(Repost(id=boost.id, author=boost.author, at=boost.created_at),)
    )
    assert [collection.find(id_) for id_ in (post.id, "mastodon:one:1", boost.id, "x")] == [
        folded,
        folded,
        folded,
        None,
    ]


def test_what_people_asked_to_have_taken_out_goes_and_does_not_come_back() -> None:
    post, other = make_post("a"), make_post("b")
    collection = LiveCollection([post, other])

    collection.removed = Removed([Removal(post=post.id)])
    ids = list_removed(collection.posts, collection.removed)
    changed = collection.take_out(ids)
    again = collection.add([post])

    assert ids == (post.id,)
    assert [one.text for one in changed.values() if one] == [""]
    assert list_removed(collection.posts, collection.removed) == ()
    assert again == {}
    assert {one.id: one.text for one in collection.posts} == {post.id: "", other.id: other.text}
