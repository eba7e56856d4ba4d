"""Pasted posts and links: what they become, and that nothing is asked of anybody unasked."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.networks.fake_mastodon import FakeMastodon
from tests.networks.fake_server import START, run_server
from tests.networks.watching import FakeWatch, run_route

from chinwag.messages import open_catalogue
from chinwag.model import Deletion, Post, RawPost
from chinwag.networks.paste.paste import Paste
from chinwag.records import mastodon_statuses, pasted_posts
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.pasted_posts import cut_paste
from chinwag.records.permalinks import Permalink, read_permalink

MASTODON = "https://shelf.example/@ana/116177000000000000"
BLUESKY = "https://bsky.app/profile/bo.example/post/3mgd3w3kkts2a"
X = "https://x.com/cy/status/2029630000000000000"
BLOCK = f"""Ana
@ana@shelf.example
2h
A1: seeds & tools

and patience #InkChat
{MASTODON}
Bo \u202a@bo.example\u202c · 3m
A1: games #InkChat
{BLUESKY}

Cy
@cy
·
Mar 5
A1: @dee says so #InkChat
{X}
Dee @dee@quire.example
2026-03-05T19:20:00Z
A2: maps #InkChat
"""


def convert(text: str, **options: Any) -> Post | Deletion:
    raw = RawPost(route="paste:text", address="pasted text", line=1, payload={"text": text})
    (post,) = pasted_posts.convert_record(raw, ReadOptions(**options))
    return post


def test_a_block_is_cut_into_its_posts() -> None:
    posts = [convert(one) for one in cut_paste(BLOCK)]

    assert [(post.author, post.text) for post in posts if isinstance(post, Post)] == [
        ("ana@shelf.example", "A1: seeds & tools\n\nand patience #InkChat"),
        ("bo.example", "A1: games #InkChat"),
        ("cy", "A1: @dee says so #InkChat"),
        ("dee@quire.example", "A2: maps #InkChat"),
    ]


def test_a_pasted_post_says_where_its_id_and_time_come_from() -> None:
    blocks = cut_paste(BLOCK)

    assert convert(blocks[0]) == Post(
        id=MASTODON,
        author="ana@shelf.example",
        text="A1: seeds & tools\n\nand patience #InkChat",
        created_at=datetime.fromtimestamp((116177000000000000 >> 16) / 1000, UTC),
        reply_to=None,
        url=MASTODON,
        source="paste:text",
        author_name="Ana",
        hashtags=("InkChat",),
        aliases=("mastodon:shelf.example:116177000000000000",),
        repairs=("time restored from the id",),
    )
    last = convert(blocks[3])
    assert isinstance(last, Post)
    assert (last.created_at, last.url) == (datetime(2026, 3, 5, 19, 20, tzinfo=UTC), "")
    assert last.repairs == ("id made from time, author and text",)
    assert last == convert(blocks[3])


def test_links_alone_are_posts_of_their_own() -> None:
    assert cut_paste(f"{MASTODON}\n{BLUESKY}\n\n{X}") == (MASTODON, BLUESKY, X)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (MASTODON, "it is a link alone, and nobody asked for the post behind it"),
        ("A1: who said that?", "it has no author"),
        ("Ana @ana@shelf.example\nA1: seeds", "it gives no time: paste its address below it"),
        ("", "it is a link alone, and nobody asked for the post behind it"),
    ],
)  # fmt: skip
def test_what_tells_too_little_is_kept_aside_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(RowError) as caught:
        convert(text)
    assert str(caught.value) == reason


def test_nothing_is_asked_of_anybody_and_what_was_given_is_not_given_again() -> None:
    watch = FakeWatch(convert=lambda *_: ())
    asyncio.run(run_route(Paste(f"{MASTODON}\n{X}"), watch))
    asyncio.run(run_route(Paste(f"{MASTODON}\n{X}\n{BLUESKY}"), watch))

    assert [raw.payload["text"] for raw in watch.raws] == [MASTODON, X, BLUESKY]
    assert [raw.line for raw in watch.raws] == [1, 2, 3]
    assert watch.pauses == []


def test_the_posts_behind_links_come_where_somebody_wants_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake = FakeMastodon()
    number = fake.post("A1: seeds #InkChat", number="116177000000000000")
    watch = FakeWatch(convert=lambda *_: ())

    async def run() -> None:
        async with run_server(fake.say) as server:

            def read_here(address: str) -> Permalink | None:  # links say https; the test has http
                link = read_permalink(address)
                return Permalink(
                    address=link.address, network=link.network, host=server.address, author=link.author,
                    number=link.number, id=link.id,
                ) if link else None  # fmt: skip

            monkeypatch.setattr("chinwag.networks.paste.paste.read_permalink", read_here)
            gone = "https://shelf.example/@ana/116177000000000001"
            await run_route(Paste(f"{MASTODON}\n{gone}\n{X}", resolve=True), watch)

    asyncio.run(run())

    assert [raw.route for raw in watch.raws] == ["mastodon:paste", "paste:text", "paste:text"]
    (post,) = mastodon_statuses.convert_record(watch.raws[0], ReadOptions())
    assert isinstance(post, Post)
    assert (post.text, post.created_at) == ("A1: seeds #InkChat", START)
    assert number in post.id
    assert [notice.note.code for notice in watch.notices] == [
        "paste-not-found",
        "paste-unreadable",  # a link to X alone
    ]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://shelf.example/@bo@far.example/12345678", ("mastodon", "bo@far.example", None)),
        ("https://twitter.com/ana/status/20", ("x", "ana", None)),
        ("https://mobile.twitter.com/ana/status/1445078208190291973?s=20", ("x", "ana", datetime(2021, 10, 4, 17, 27, 47, 744000, tzinfo=UTC))),
        ("https://bsky.app/profile/did:plc:abc/post/3jzfcijpj2z2a", ("bluesky", "did:plc:abc", datetime(2023, 6, 30, 15, 3, 1, 887000, tzinfo=UTC))),
    ],
)  # fmt: skip
def test_an_address_tells_its_post(address: str, told: tuple[str, str, datetime | None]) -> None:
    link = read_permalink(address)
    assert link is not None
    assert (link.network, link.author, link.created_at) == told


@pytest.mark.parametrize(
    "address", ["https://shelf.example/about", "x.com/ana", "", "https://x.com/ana"]
)
def test_what_is_no_post_is_none(address: str) -> None:
    assert read_permalink(address) is None


def test_a_post_that_is_not_kept_is_told_with_the_reason() -> None:
    watch = FakeWatch(convert=lambda *_: ())
    asyncio.run(
        run_route(Paste(f"Bo\n@bo\n·\n2h\nA1: games #InkChat\n3\nCy\n@cy\n·\n2h\nA1\n{X}"), watch)
    )

    assert len(watch.raws) == 2
    assert [open_catalogue().word_note(notice.note) for notice in watch.notices] == [
        "The pasted post 'Bo @bo · 2h A1: games #InkChat 3' is not kept: its page shows '2h', which is no time: paste its address below it."
    ]
