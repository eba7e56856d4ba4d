"""Which events are the chat's, by their bytes and by what they say."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.networks.fake_server import START
from tests.networks.watching import FakeWatch

from chinwag.model import RawPost
from chinwag.networks.bluesky.sieve import Commit, Sieve
from chinwag.networks.contract import Received
from chinwag.records import bluesky_posts
from chinwag.records.ids import BLUESKY_POST, BLUESKY_REPOST

KNOWN = f"at://did:plc:ana/{BLUESKY_POST}/3known"
TAG = "app.bsky.richtext.facet#tag"


def make_sieve(hashtag: str = "InkChat") -> Sieve:
    watch = FakeWatch(hashtag, convert=bluesky_posts.convert_record)
    watch.until = START + timedelta(hours=2)
    event = {
        "did": "did:plc:ana",
        "operation": "create",
        "collection": BLUESKY_POST,
        "rkey": "3known",
        "record": {"text": "Q1", "createdAt": START.isoformat()},
    }
    watch.keep(Received(raws=(RawPost(route="bluesky:test", address="", payload=event),)))
    return Sieve(watch)


def commit(operation: str = "create", collection: str = BLUESKY_POST, **record: Any) -> Commit:
    return Commit(
        did="did:plc:bob",
        operation=operation,
        collection=collection,
        rkey="3mine",
        record=record,
        at=START + timedelta(minutes=1),
    )


def frame(one: Commit, *, escaped: bool = False) -> bytes:
    event = {
        "$type": "message",
        "payload": {
            "did": one.did,
            "operation": one.operation,
            "collection": one.collection,
            "rkey": one.rkey,
            "record": one.record,
        },
    }
    return json.dumps(event, ensure_ascii=escaped, separators=(",", ":")).encode()


REF = {"uri": KNOWN, "cid": "x"}
OTHER = {"uri": f"at://did:plc:cy/{BLUESKY_POST}/3other", "cid": "x"}


@pytest.mark.parametrize(
    "record",
    [
        {"text": "Hello #INKchat!"},
        {"text": "Hello", "tags": ["inkchat"]},
        {"text": "Hello", "facets": [{"features": [{"$type": TAG, "tag": "InkChat"}]}]},
        {"text": "Hello", "reply": {"root": REF, "parent": OTHER}},
        {"text": "Hello", "reply": {"root": OTHER, "parent": REF}},
        {"text": "Hello", "embed": {"record": REF}},
        {"text": "Hello", "embed": {"record": {"record": REF}, "media": {}}},
    ],
)
def test_the_hashtag_and_what_answers_the_chat_are_the_chats(record: dict[str, Any]) -> None:
    sieve, one = make_sieve(), commit(**record)

    assert sieve.may_want(frame(one))
    assert sieve.wants(one)


@pytest.mark.parametrize(
    "record",
    [
        {"text": "Hello"},
        {"text": "InkChat without its sign"},
        {"text": "#InkChats are another tag"},
        {"text": "Hello", "reply": {"root": OTHER, "parent": OTHER}},
        {"text": "Hello", "tags": "inkchat", "facets": {"features": 3}, "reply": [], "embed": "x"},
        {"text": 7, "facets": [None, {"features": [None, {"tag": 3}]}], "tags": [None]},
    ],
)
def test_everything_else_is_not(record: dict[str, Any]) -> None:
    assert not make_sieve().wants(commit(**record))


def test_a_repost_is_the_chats_where_its_original_is() -> None:
    sieve = make_sieve()

    assert sieve.wants(commit(collection=BLUESKY_REPOST, subject=REF))
    assert not sieve.wants(commit(collection=BLUESKY_REPOST, subject=OTHER))
    assert not sieve.wants(commit(collection="app.bsky.feed.like", subject=REF))


def test_of_deletions_only_those_of_the_chats_posts_are_wanted() -> None:
    sieve = make_sieve()
    known = Commit(did="did:plc:ana", operation="delete", collection=BLUESKY_POST, rkey="3known")

    assert sieve.may_want(frame(known))
    assert sieve.wants(known)
    assert not sieve.wants(commit("delete"))


def test_what_was_kept_a_moment_ago_is_known_already() -> None:
    sieve, question = make_sieve(), commit(text="Q2 #InkChat")
    answer = commit(text="A2", reply={"root": {"uri": question.id}, "parent": {"uri": question.id}})

    assert not sieve.may_want(frame(answer))
    sieve.keep(question.id)

    assert sieve.may_want(frame(answer))
    assert sieve.wants(answer)


def test_what_is_before_or_after_the_chat_is_not_wanted() -> None:
    sieve = make_sieve()
    for minutes, wanted in ((-1, False), (0, True), (120, True), (121, False)):
        at = START + timedelta(minutes=minutes)
        one = Commit(
            did="d",
            operation="create",
            collection=BLUESKY_POST,
            rkey="r",
            record={"text": "#InkChat"},
            at=at,
        )
        assert sieve.wants(one) is wanted


@pytest.mark.parametrize(
    "hashtag", ["InkChat", "Büchereichat", "本の話", "uk_lib", "straßenchat", "a1"]
)
@given(escaped=st.booleans(), upper=st.booleans(), before=st.text(), after=st.text())
def test_no_post_with_the_hashtag_is_let_go_by_its_bytes(
    hashtag: str, escaped: bool, upper: bool, before: str, after: str
) -> None:
    written = hashtag.upper() if upper else hashtag
    one = commit(text=f"{before} #{written} {after}".encode("utf-8", "replace").decode())
    sieve = make_sieve(hashtag)

    assert sieve.wants(one)
    assert sieve.may_want(frame(one, escaped=escaped))


def test_every_real_post_that_a_search_found_is_the_chats_by_its_bytes_and_by_its_words(
    shared_data: Path,
) -> None:
    path = shared_data / "raw" / "bluesky" / "bluesky_searchPosts_tidytuesday_2025.json"
    posts = json.loads(path.read_text(encoding="utf-8"))["posts"]
    records = [post["record"] for post in posts]
    sieve = make_sieve("TidyTuesday")

    assert len(records) == 575
    for record in records:
        one = commit(**record)
        assert sieve.wants(one)
        assert sieve.may_want(frame(one))
