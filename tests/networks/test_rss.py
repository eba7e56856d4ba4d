"""Feeds of a hashtag: each entry once, and no trick of XML."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from tests.networks.fake_server import START, Heard, answer, run_server
from tests.networks.watching import FakeWatch, run_route

from chinwag.errors import InputError, NetworkError
from chinwag.model import Media, Post
from chinwag.networks.rss.feed import FeedPoll
from chinwag.records.feed_entries import convert_record
from chinwag.records.xml_elements import XmlFault, read_xml

MASTODON = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/">
  <channel>
    <title>#InkChat</title><link>https://shelf.example/tags/InkChat</link>{items}
  </channel>
</rss>"""
ITEM = """
    <item>
      <guid isPermaLink="true">https://quire.example/@tom/{number}</guid>
      <link>https://quire.example/@tom/{number}</link>
      <pubDate>Thu, 05 Mar 2026 19:0{minute}:02 +0000</pubDate>
      <description>&lt;p&gt;A{minute}: seeds &amp;amp; tools &lt;a href="https://quire.example/tags/InkChat" class="mention hashtag"&gt;#InkChat&lt;/a&gt;&lt;/p&gt;</description>
      <media:content url="https://quire.example/cat.png" type="image/png" medium="image">
        <media:description type="plain">A cat</media:description>
      </media:content>
      <category>inkchat</category><category>seeds</category>
    </item>"""


def make_feed(*minutes: int) -> bytes:
    items = "".join(
        ITEM.format(number=116_000_000_000_000_000 + one, minute=one) for one in minutes
    )
    return MASTODON.format(items=items).encode()


def read(say: Callable[[Heard], bytes], minutes: float = 3) -> FakeWatch:
    watch = FakeWatch(until=START + timedelta(minutes=minutes), convert=convert_record)

    async def run() -> None:
        async with run_server(say) as server:
            await run_route(FeedPoll(f"{server.address}/tags/InkChat.rss?a=1"), watch)

    asyncio.run(run())
    return watch


def test_every_entry_comes_once_with_what_it_says() -> None:
    feeds = [make_feed(1), make_feed(2, 1), make_feed(3, 2, 1)]
    heard: list[Heard] = []

    def say(one: Heard) -> bytes:
        heard.append(one)
        turn = min(len(heard), len(feeds))
        if one.headers.get("if-none-match") == '"3"':
            return answer(b"", status="304 Not Modified")
        return answer(feeds[turn - 1], headers={"ETag": f'"{turn}"'})

    watch = read(say, minutes=5)

    assert sorted(post.text for post in watch.posts.values()) == [
        f"A{minute}: seeds & tools #InkChat" for minute in (1, 2, 3)
    ]
    assert len(watch.raws) == 3
    assert watch.posts["https://quire.example/@tom/116000000000000001"] == Post(
        id="https://quire.example/@tom/116000000000000001",
        author="tom@quire.example",
        text="A1: seeds & tools #InkChat",
        created_at=datetime(2026, 3, 5, 19, 1, 2, tzinfo=UTC),
        reply_to=None,
        url="https://quire.example/@tom/116000000000000001",
        source="rss:feed",
        hashtags=("InkChat", "seeds"),
        media=(Media(url="https://quire.example/cat.png", alt="A cat"),),
        aliases=("mastodon:quire.example:116000000000000001",),
    )
    assert [one.headers.get("if-none-match") for one in heard[:5]] == [
        None,
        '"1"',
        '"2"',
        '"3"',
        '"3"',
    ]
    assert (heard[0].path, heard[0].query) == ("/tags/InkChat.rss", {"a": "1"})
    assert [notice.kind for notice in watch.notices] == ["lacking"]


def test_entries_from_before_the_chat_are_left_out() -> None:
    old = make_feed(1).replace(b"05 Mar 2026", b"05 Feb 2026")
    assert read(lambda _: answer(old), minutes=-1).raws == []


def test_atom_is_read_as_well() -> None:
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry>
    <id>tag:example,2026:1</id><link rel="self" href="https://a.example/1.atom"/>
    <link rel="alternate" href="https://a.example/1"/><published>2026-03-05T19:20:00Z</published>
    <author><name>@Bo</name></author><category term="InkChat"/>
    <content type="html">&lt;p&gt;Hello&lt;/p&gt;</content></entry></feed>"""

    (post,) = read(lambda _: answer(feed), minutes=-1).posts.values()

    assert (post.id, post.author, post.text) == ("https://a.example/1", "Bo", "Hello")
    assert post.created_at == datetime(2026, 3, 5, 19, 20, tzinfo=UTC)
    assert post.hashtags == ("InkChat",)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (b"<!DOCTYPE html><html>", "it declares a document type, which no feed needs"),
        (b"<html><body/></html>", "did not answer with a feed, but with <html>"),
        (make_feed(1)[:300], "it is no XML (no element found: line"),
        (b"{}", "it is no XML (not well-formed (invalid token): line 1, column 0)"),
        (b"", "it is no XML (no element found: line 1, column 0)"),
    ],
)
def test_what_is_no_feed_is_an_error(said: bytes, what: str) -> None:
    with pytest.raises(NetworkError) as caught:
        read(lambda _: answer(said))
    assert what in str(caught.value)


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>
<rss><channel><item><title>&b;</title></item></channel></rss>"""
ELSEWHERE = (
    b"""<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>"""
)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (LAUGHS, "it declares a document type"),
        (ELSEWHERE, "it declares a document type"),
        (b"<a>" * 100_000, "it is nested beyond reason"),
        (b"<rss>&undeclared;</rss>", "it is no XML"),
        (b"<a x='1' x='2'/>", "it is no XML"),
    ],
)
def test_no_trick_of_xml_is_fallen_for(said: bytes, what: str) -> None:
    with pytest.raises(XmlFault, match=what):
        read_xml(said)


@pytest.mark.parametrize(
    "address", ["", "mastodon.example", "ftp://a.example/x", "https://u:p@a/x"]
)
def test_what_is_no_address_is_said_to_be_none(address: str) -> None:
    with pytest.raises(InputError, match="is not the address of a feed"):
        FeedPoll(address)
