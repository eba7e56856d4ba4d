"""Open pages hear each thing once, in order, whatever breaks, and nothing that was taken out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections, transaction
from django.test import Client

from chinwag.model import Post
from chinwag.web.chats.models import Chat, Entry, EntryKind, Membership, Series, User, name_public
from chinwag.web.live import hub as hub_module
from chinwag.web.live.hub import Hub
from chinwag.web.live.tell import tell

START = datetime(2026, 3, 5, 19, tzinfo=UTC)
WAIT = 60.0  # seconds after which a test that hangs is stopped

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def inkchat() -> Chat:
    series = Series.objects.create(slug="inkchat", name="Ink", hashtag="inkchat")
    return Chat.objects.create(
        series=series,
        slug="2026-03-05",
        title="Rooms",
        starts_at=START,
        ends_at=START + timedelta(hours=1),
        state="live",
    )


def keep_post(chat: Chat, number: int, words: str = "", *, deleted: bool = False) -> str:
    """Keep a post of the chat as the index has it, and return its key."""
    post = Post(
        id=f"p{number}",
        author="ann",
        created_at=START + timedelta(minutes=number),
        text="" if deleted else words or f"words of {number}",
        reply_to=None,
        url=f"https://glam.example/@ann/{number}",
        source="mastodon:poll",
        deleted=deleted,
    )
    Entry.objects.update_or_create(
        chat=chat,
        kind=EntryKind.POST,
        key=post.id,
        defaults={
            "public": name_public(chat, EntryKind.POST, post.id),
            "author": "" if deleted else post.author,
            "said_at": post.created_at,
            "body": {"post": msgspec.to_builtins(post), "placement": None},
        },
    )
    return post.id


def say(chat: Chat, *numbers: int, kind: str = "post") -> None:
    """Keep posts, and tell of each."""
    for number in numbers:
        with transaction.atomic():
            tell(chat, kind, keep_post(chat, number, deleted=kind == "gone"), question="1")


class Page:
    """An open page: what its stream has said."""

    def __init__(self, hub: Hub, headers: Mapping[str, str], query: str) -> None:
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/inkchat/2026-03-05/live",
            "query_string": query.encode(),
            "headers": [
                (name.encode(), value.encode())
                for name, value in ({"host": "localhost"} | dict(headers)).items()
            ],
            "client": ("203.0.113.7", 5000),
        }
        self.status = 0
        self.said = ""
        self.is_over = False
        self._gone = asyncio.Event()
        self._task = asyncio.create_task(hub.serve(scope, self._receive, self._send))

    @property
    def events(self) -> list[tuple[str, str, dict[str, Any]]]:
        pieces = [piece for piece in self.said.split("\n\n") if "event: " in piece]
        fields = [dict(line.split(": ", 1) for line in piece.split("\n")) for piece in pieces]
        return [(one["id"], one["event"], json.loads(one["data"])) for one in fields]

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(WAIT):
            while not is_so():
                assert not (self._task.done() and self._task.exception()), self._task.exception()
                await asyncio.sleep(0.01)

    async def hear(self, count: int) -> list[tuple[str, str, dict[str, Any]]]:
        await self.until(lambda: len(self.events) >= count)
        return self.events

    async def leave(self) -> None:
        self._gone.set()
        await self._task

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Mapping[str, Any]) -> None:
        self.status = message.get("status", self.status)
        self.said += message.get("body", b"").decode()
        self.is_over = message["type"] == "http.response.body" and not message.get("more_body")


class House:
    """The hub, and the pages that are open."""

    def __init__(self) -> None:
        self.hub = Hub()
        self._pages: list[Page] = []

    async def open(self, after: int | None = 0, headers: Mapping[str, str] | None = None) -> Page:
        query = "" if after is None else f"after={after}"
        page = Page(self.hub, headers or {}, query)
        self._pages.append(page)
        await page.until(lambda: page.status > 0)
        return page

    async def say(self, chat: Chat, *numbers: int, kind: str = "post") -> None:
        await sync_to_async(say)(chat, *numbers, kind=kind)

    def run(self, do: Callable[[], Coroutine[Any, Any, None]]) -> None:
        async def run_and_close() -> None:
            try:
                await do()
            finally:
                for page in self._pages:
                    await page.leave()
                self.hub.close()
                await sync_to_async(connections.close_all)()

        asyncio.run(run_and_close())


@pytest.fixture
def house() -> Iterator[House]:
    house = House()
    yield house
    tail = house.hub._tail
    if tail:
        tail.join(WAIT)


def sign_in(name: str) -> dict[str, str]:
    """Return the headers of somebody who has signed in."""
    user = User.objects.create_user(f"{name}@example.org", name=name)
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {"cookie": f"{settings.SESSION_COOKIE_NAME}={browser.cookies['sessionid'].value}"}


def test_what_is_told_is_heard_once_and_in_order(inkchat: Chat, house: House) -> None:
    async def act() -> None:
        page = await house.open()
        for number in range(1, 8):
            await house.say(inkchat, number)
        events = await page.hear(7)
        assert [(seq, kind, data["key"]) for seq, kind, data in events] == [
            (str(number), "post", f"p{number}") for number in range(1, 8)
        ]
        assert "words of 3" in events[2][2]["html"]
        assert events[2][2]["question"] == "1"

    house.run(act)


def test_who_comes_back_hears_what_was_missed_and_no_more(inkchat: Chat, house: House) -> None:
    async def act() -> None:
        await house.say(inkchat, 1, 2, 3)
        back = await house.open(after=1, headers={"last-event-id": "2"})
        late = await house.open(after=None)
        await house.say(inkchat, 4)
        assert [seq for seq, _, _ in await back.hear(2)] == ["3", "4"]
        assert [seq for seq, _, _ in await late.hear(1)] == ["4"]

    house.run(act)


def test_who_missed_too_much_looks_anew(
    inkchat: Chat, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "RING", 3)

    async def act() -> None:
        await house.say(inkchat, *range(1, 11))
        page = await house.open(after=2)
        assert [kind for _, kind, _ in (await page.hear(1))[:1]] == ["reload"]
        near = await house.open(after=8)
        assert [seq for seq, _, _ in await near.hear(2)] == ["9", "10"]

    house.run(act)


def test_asking_from_every_number_holds_few_pieces(inkchat: Chat, house: House) -> None:
    async def act() -> None:
        await house.say(inkchat, *range(1, 25))
        stays = await house.open(after=0)
        await stays.hear(24)
        for after in range(24):
            page = await house.open(after=after)
            assert next(seq for seq, _, _ in await page.hear(24 - after)) == str(after + 1)
            await page.leave()
        assert len(house.hub._rings[inkchat.pk]._pieces) == hub_module.MOST_PIECES
        await house.say(inkchat, 25)
        assert [seq for seq, _, _ in await stays.hear(25)][-1] == "25"

    house.run(act)


def test_a_number_that_the_site_never_gave_looks_anew(inkchat: Chat, house: House) -> None:
    async def act() -> None:
        await house.say(inkchat, 1)
        page = await house.open(after=4711)
        assert [kind for _, kind, _ in (await page.hear(1))[:1]] == ["reload"]

    house.run(act)


def test_words_that_were_taken_out_are_sent_to_nobody_again(inkchat: Chat, house: House) -> None:
    async def act() -> None:
        first = await house.open()
        await house.say(inkchat, 1, 2, 3)
        await first.hear(3)
        await house.say(inkchat, 2, kind="gone")
        gone = (await first.hear(4))[3]
        assert (gone[1], gone[2]["key"]) == ("gone", "p2")
        assert "This post was taken out." in gone[2]["html"]
        late = await house.open(after=0)
        events = await late.hear(1)
        assert events[0][1] == "reload"
        await house.say(inkchat, 4)
        await late.until(lambda: "words of 4" in late.said)
        assert "words of 2" not in late.said

    house.run(act)


def test_an_entry_that_is_no_more_has_no_words(inkchat: Chat, house: House) -> None:
    async def act() -> None:
        page = await house.open()
        await sync_to_async(tell)(inkchat, "gone", "p9")
        events = await page.hear(1)
        assert events == [("1", "gone", {"key": "p9", "html": ""})]

    house.run(act)


def test_a_visitor_has_four_streams_at_most(inkchat: Chat, house: House) -> None:
    headers = sign_in("ann")

    async def act() -> None:
        pages = [await house.open(headers=headers) for _ in range(5)]
        assert [page.status for page in pages] == [200, 200, 200, 200, 429]
        await pages[0].leave()
        assert (await house.open(headers=headers)).status == 200
        assert (await house.open()).status == 200

    house.run(act)


def test_an_address_has_so_many_streams_at_most(
    inkchat: Chat, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "LIVE_STREAMS_AN_ADDRESS", 2)

    async def act() -> None:
        pages = [await house.open() for _ in range(3)]
        assert [page.status for page in pages] == [200, 200, 429]

    house.run(act)


def test_a_quiet_stream_shows_that_it_is_alive(
    inkchat: Chat, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "BEAT", 0.01)

    async def act() -> None:
        page = await house.open()
        await page.until(lambda: page.said.count(": beat") > 2)
        await house.say(inkchat, 1)
        assert len(await page.hear(1)) == 1

    house.run(act)


def test_rights_are_looked_at_again_when_a_stream_has_been_open_for_long(
    inkchat: Chat, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    Series.objects.update(is_public=False)
    headers = sign_in("ann")
    member = Membership.objects.create(
        series=inkchat.series, user=User.objects.get(name="ann"), role="helper"
    )
    monkeypatch.setattr(hub_module, "LONGEST", 0.0)

    async def act() -> None:
        page = await house.open(headers=headers)
        assert page.status == 200
        await page.until(lambda: page.is_over)
        assert (await house.open()).status == 404
        await sync_to_async(member.delete)()
        assert (await house.open(headers=headers)).status == 404

    house.run(act)
