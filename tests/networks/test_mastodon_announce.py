"""Announcing on Mastodon: once, with its picture described, now or when it is time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from email.utils import format_datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.networks.fake_mastodon import GONE, after
from tests.networks.fake_server import START, FakeClock, Heard, answer, run_server

from chinwag.errors import InputError, NetworkError, Refused
from chinwag.model import Secret
from chinwag.networks.contract import Announced, Announcement, Picture
from chinwag.networks.mastodon.announce import (
    MastodonAnnouncer,
    Rules,
    count_characters,
    open_announcer,
    read_rules,
)
from chinwag.networks.mastodon.server import MastodonServer

CAT = Picture(data=b"\x89PNG\r\n\x1a\n", media_type="image/png", alt="A cat on a pile of books.")


def make(
    key: str = "q1", text: str = "Q1: What do you read? #InkChat", **more: Any
) -> Announcement:
    return Announcement(key=key, text=text, hashtag="InkChat", lang="en", **more)


class PostIndex:
    """A server that posts, remembers keys, and works on pictures for as long as it is told to."""

    def __init__(self) -> None:
        self.posts: dict[str, dict[str, Any]] = {}
        self.keys: dict[str, str] = {}
        self.said: list[dict[str, Any]] = []  # what was asked to be posted
        self.uploads: list[bytes] = []
        self.still_working = 0
        self.breaks = False  # it posts, and its answer is lost
        self.now = START
        self.instance: dict[str, Any] = {}
        self.scheduled: dict[str, Any] = {}

    def publish(self, content: str, minutes: float) -> None:
        """Post what is scheduled, as Mastodon does: under a new id, and the schedule is gone."""
        self.scheduled = {}
        self.posts["950"] = {
            "id": "950",
            "uri": "https://shelf.example/users/host/statuses/950",
            "url": "https://shelf.example/@host/950",
            "created_at": after(60 * minutes).isoformat(),
            "content": content,
        }

    def say(self, heard: Heard) -> bytes:
        body = json.loads(heard.body) if heard.body.startswith(b"{") else {}
        parts = heard.path.strip("/").split("/")[2:]
        match heard.method, parts:
            case "GET", ["accounts", "verify_credentials"]:
                return answer({"id": "1", "acct": "host"})
            case "GET", ["instance"]:
                return answer(self.instance) if self.instance else GONE
            case "POST", ["statuses"]:
                return self._post(heard.headers["idempotency-key"], body)
            case (("PUT" | "GET" | "DELETE"), ["statuses", number]) if number in self.posts:
                if heard.method == "PUT":
                    self.said.append(body)
                    self.posts[number]["content"] = body["status"]
                if heard.method == "DELETE":
                    return answer(self.posts.pop(number))
                return answer(self.posts[number])
            case _, ["scheduled_statuses", number]:
                return self._answer_scheduled(heard.method, number)
            case "GET", ["accounts", "1", "statuses"]:
                return answer([*self.posts.values()])
            case "POST", ["media"]:
                self.uploads.append(heard.body)
                return answer({"id": "m1"}, status="202 Accepted")
            case "GET", ["media", "m1"]:
                self.still_working -= 1
                status = "206 Partial Content" if self.still_working > 0 else "200 OK"
                return answer({"id": "m1"}, status=status)
            case "GET", ["search"]:
                return answer({"statuses": [{"id": "77", "uri": heard.query["q"]}]})
        return GONE

    def _answer_scheduled(self, method: str, number: str) -> bytes:
        if method == "DELETE":
            self.said.append({"deleted": number})
            return answer({})
        return answer(self.scheduled) if self.scheduled else GONE

    def _post(self, key: str, body: dict[str, Any]) -> bytes:
        dated = {"Date": format_datetime(self.now, usegmt=True)}
        if key in self.keys:
            return answer(self.posts[self.keys[key]], headers=dated)
        self.said.append(body)
        if "scheduled_at" in body:
            self.scheduled = {"id": "s1", "scheduled_at": body["scheduled_at"], "params": body}
            return answer(self.scheduled, headers=dated)
        number = str(900 + len(self.posts))
        self.keys[key] = number
        self.posts[number] = {
            "id": number,
            "uri": f"https://shelf.example/users/host/statuses/{number}",
            "url": f"https://shelf.example/@host/{number}",
            "created_at": self.now.isoformat(),
            "media_attachments": [{"id": one} for one in body.get("media_ids", [])],
        }
        if self.breaks:
            self.breaks = False
            return b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n{"
        return answer(self.posts[number], headers=dated)


Play = Callable[[MastodonAnnouncer, MastodonServer], Awaitable[None]]


def perform(shelf: PostIndex, play: Play) -> FakeClock:
    """Play with an announcer on a server."""
    clock = FakeClock()

    async def run() -> None:
        async with run_server(shelf.say) as fake:
            server = MastodonServer(fake.address, token=Secret("t0k"))
            await play(await open_announcer(server, clock), server)

    asyncio.run(run())
    return clock


FIRST = "https://shelf.example/users/host/statuses/900"


def test_a_question_is_posted_publicly_in_its_language() -> None:
    shelf = PostIndex()

    async def play(announcer: MastodonAnnouncer, _: MastodonServer) -> None:
        assert await announcer.announce(make()) == Announced(
            id=FIRST, url="https://shelf.example/@host/900", is_new=True
        )

    perform(shelf, play)
    assert shelf.said == [{"status": make().text, "language": "en", "visibility": "public"}]


def test_an_answer_that_is_lost_costs_no_second_post() -> None:
    shelf = PostIndex()
    shelf.breaks = True

    async def play(announcer: MastodonAnnouncer, server: MastodonServer) -> None:
        with pytest.raises(NetworkError):
            await announcer.announce(make())
        shelf.now = after(600)
        again = await open_announcer(server, FakeClock())  # another process, ten minutes later
        assert await again.announce(make()) == Announced(
            id=FIRST, url="https://shelf.example/@host/900", is_new=False
        )

    perform(shelf, play)
    assert len(shelf.posts) == 1


def test_a_picture_goes_with_its_description_and_is_waited_for_and_uploaded_once() -> None:
    shelf = PostIndex()
    shelf.still_working = 3
    shelf.breaks = True

    async def play(announcer: MastodonAnnouncer, _: MastodonServer) -> None:
        assert "A cat on a pile of books." in announcer.check(make(picture=CAT))
        with pytest.raises(NetworkError):
            await announcer.announce(make(picture=CAT))
        await announcer.announce(make(picture=CAT))

    clock = perform(shelf, play)
    assert shelf.said[0]["media_ids"] == ["m1"]
    assert len(shelf.uploads) == 1
    assert b'name="description"\r\n\r\nA cat on a pile of books.' in shelf.uploads[0]
    assert CAT.data in shelf.uploads[0]
    assert clock.pauses == [1.0, 1.0, 1.0]


def test_a_picture_that_never_gets_ready_is_an_error() -> None:
    shelf = PostIndex()
    shelf.still_working = 1000

    async def play(announcer: MastodonAnnouncer, _: MastodonServer) -> None:
        with pytest.raises(NetworkError, match="does not finish its work on the picture"):
            await announcer.announce(make(picture=CAT))

    perform(shelf, play)
    assert shelf.posts == {}


def test_what_is_later_waits_at_the_server_and_can_be_taken_back() -> None:
    shelf = PostIndex()

    async def play(announcer: MastodonAnnouncer, server: MastodonServer) -> None:
        at = after(3600).astimezone(ZoneInfo("Europe/Berlin"))
        waiting = await announcer.announce(make(at=at))
        assert waiting == Announced(id=f"mastodon:{server.host}:scheduled/s1", url="", is_new=True)
        with pytest.raises(InputError, match="is not out yet"):
            await announcer.edit(waiting.id, make())
        await announcer.delete(waiting.id)

    clock = perform(shelf, play)
    assert shelf.said[0]["scheduled_at"] == "2026-03-05T20:00:00+00:00"
    assert shelf.said[1] == {"deleted": "s1"}
    assert clock.pauses == []


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("422 Unprocessable Entity", ""),
        ("400 Bad Request", ""),
        ("403 Forbidden", "mastodon-token-may-not-post"),
        ("401 Unauthorized", "mastodon-token-may-not-post"),
        ("503 Service Unavailable", "refused"),
    ],
)
def test_the_right_to_post_is_tried_with_a_post_that_cannot_be(status: str, code: str) -> None:
    async def play() -> list[Heard]:
        async with run_server(lambda _: answer({}, status=status)) as fake:
            server = MastodonServer(fake.address, token=Secret("t"))
            announcer = MastodonAnnouncer(server, FakeClock(), Rules())
            if not code:
                await announcer.check_rights()
            else:
                with pytest.raises(Refused) as refused:
                    await announcer.check_rights()
                assert code in refused.value.code
            return fake.heard

    heard = asyncio.run(play())
    assert {(one.method, one.path, one.body) for one in heard} == {
        ("POST", "/api/v1/statuses", b'{"status":""}')
    }


def test_what_waited_at_the_server_is_found_by_its_words_when_it_is_out() -> None:
    shelf = PostIndex()
    content = (
        '<p>Q1: What do you read? <a class="mention hashtag" href="/tags/inkchat">#InkChat</a></p>'
    )

    async def play(announcer: MastodonAnnouncer, server: MastodonServer) -> None:
        announcement = make(at=after(3600))
        waiting = await announcer.announce(announcement)

        async def look_up() -> Announced | None:
            return await announcer.look_up(waiting.id, announcement.text, after(3600))

        assert await look_up() == Announced(id=waiting.id, url="", is_new=False)
        shelf.publish(content, minutes=20)  # the same words, said earlier
        assert await look_up() is None
        shelf.publish("<p>Something else</p>", minutes=60)
        assert await look_up() is None
        shelf.publish(content, minutes=60)
        assert await look_up() == Announced(
            id="https://shelf.example/users/host/statuses/950",
            url="https://shelf.example/@host/950",
            is_new=False,
        )

    perform(shelf, play)
    assert len(shelf.said) == 1


def test_what_is_due_in_a_few_minutes_is_held_here() -> None:
    shelf = PostIndex()

    async def play(announcer: MastodonAnnouncer, _: MastodonServer) -> None:
        assert (await announcer.announce(make(at=after(200)))).id == FIRST

    clock = perform(shelf, play)
    assert clock.pauses == [200.0]
    assert "scheduled_at" not in shelf.said[0]


def test_a_part_goes_under_the_one_before_and_under_a_post_from_elsewhere() -> None:
    shelf = PostIndex()

    async def play(announcer: MastodonAnnouncer, server: MastodonServer) -> None:
        first = await announcer.announce(make())
        await announcer.announce(make("q1.2", reply_to=first.id))
        await announcer.announce(make("q1.3", reply_to=server.name_alias("900")))
        await announcer.announce(make("q1.4", reply_to="https://far.example/users/bo/statuses/5"))

    perform(shelf, play)
    assert [said.get("in_reply_to_id") for said in shelf.said] == [None, "900", "900", "77"]


def test_an_edit_keeps_the_picture() -> None:
    shelf = PostIndex()

    async def play(announcer: MastodonAnnouncer, _: MastodonServer) -> None:
        first = await announcer.announce(make(picture=CAT))
        await announcer.edit(first.id, make(text="Q1, better #InkChat"))

    perform(shelf, play)
    assert (shelf.said[1]["status"], shelf.said[1]["media_ids"]) == ("Q1, better #InkChat", ["m1"])


def test_without_a_token_nothing_is_announced() -> None:
    with pytest.raises(InputError, match=r"There is no token for shelf\.example\."):
        asyncio.run(open_announcer(MastodonServer("shelf.example"), FakeClock()))


def test_a_token_that_is_not_known_there_is_refused_at_once() -> None:
    async def run() -> None:
        async with run_server(lambda _: answer({"error": "no"}, status="401 No")) as fake:
            await open_announcer(MastodonServer(fake.address, token=Secret("t")), FakeClock())

    with pytest.raises(Refused) as caught:
        asyncio.run(run())
    assert (caught.value.code, caught.value.status) == ("mastodon-token-refused", 401)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (make(text=" "), "There is nothing to announce."),
        (make(text="x" * 501), "The text has 501 characters; shelf.example takes 500."),
        (make(picture=Picture(data=b"x", media_type="image/png", alt="\n")), "The picture has no description."),
        (make(picture=Picture(data=b"x", media_type="image/png", alt="y" * 1501)), "The picture's description has 1501 characters; shelf.example takes 1500."),
        (make(picture=Picture(data=b"x", media_type="image/tiff", alt="y")), "shelf.example takes no pictures of the type image/tiff."),
        (make(picture=Picture(data=b"x" * (16 << 20) + b"x", media_type="image/png", alt="y")), "The picture has 16,777,217 bytes; shelf.example takes 16,777,216."),
    ],
)  # fmt: skip
def test_what_the_server_would_not_take_is_said_before(wrong: Announcement, what: str) -> None:
    announcer = MastodonAnnouncer(MastodonServer("shelf.example"), FakeClock(), Rules())
    with pytest.raises(InputError) as caught:
        announcer.check(wrong)
    assert str(caught.value) == what


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Q1", 2),
        ("see https://a.example/" + "x" * 300 + " now", 4 + 23 + 4),
        ("@ana@shelf.example and @bo", 12),
        ("cafe\u0301", 4),
        ("👍🏽", 2),
    ],
)
def test_characters_are_counted_as_the_server_counts(text: str, length: int) -> None:
    assert count_characters(text) == length


def test_rules_are_those_that_the_server_states() -> None:
    v2 = {
        "configuration": {
            "statuses": {"max_characters": 11_000, "characters_reserved_per_url": 30},
            "media_attachments": {
                "supported_mime_types": ["image/png", "video/mp4"],
                "image_size_limit": 1000,
                "description_limit": 420,
            },
        }
    }
    assert read_rules(v2) == Rules(
        text=11_000, url=30, description=420, picture=1000, types=("image/png",)
    )
    pleroma = {"max_toot_chars": 5000, "upload_limit": 16_000_000, "description_limit": 5000}
    assert read_rules(pleroma) == Rules(text=5000, description=5000, picture=16_000_000)
    assert read_rules({"configuration": "none"}) == Rules()
