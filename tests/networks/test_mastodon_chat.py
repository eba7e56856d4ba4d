"""A chat on a Mastodon-compatible server that others wrote, which fails now and then, read by all
routes at once; and answers that real servers gave, read by polling."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.networks.fake_server import Heard, answer, run_server
from tests.networks.local_servers import LocalServers, are_installed
from tests.networks.mastodon_people import MastodonPeople
from tests.networks.watching import FakeWatch, run_route

from chinwag.errors import NetworkError
from chinwag.http.bodies import decode_json
from chinwag.networks.contract import Route
from chinwag.networks.mastodon.opening import list_server_routes
from chinwag.networks.mastodon.poll import MastodonPoll
from chinwag.networks.mastodon.server import MastodonServer
from chinwag.records.mastodon_statuses import convert_record
from chinwag.text.html import read_html


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    if not are_installed():
        pytest.skip("The servers are not installed here: scripts/test-networks does that.")
    with LocalServers(["mastodon"]) as servers:
        yield servers.addresses["mastodon"]


FAULTS = [
    {"effect": {"type": "ratelimit"}, "match": {"path_regex": "timelines|context"}, "count": 2},
    {"effect": {"type": "status", "status": 502}, "match": {"path_regex": "timelines"}, "count": 3},
    {"effect": {"type": "malformed"}, "match": {"path_regex": "timelines|context"}, "count": 4},
    {"effect": {"type": "latency", "delay_ms": 40}, "match": {"methods": ["GET"]}, "count": 20},
]


async def keep_running(route: Route, watch: FakeWatch) -> int:
    """Run a route until it ends, from its cursor after every break; give how often it broke."""
    breaks = 0
    while True:
        try:
            await run_route(route, watch)
        except NetworkError as error:
            if error.is_final:
                raise
            breaks += 1
            await watch.pause(error.wait or 1.0)
        else:
            return breaks


async def chat(people: MastodonPeople) -> dict[str, str]:
    """Chat for a while, and give what was said in the end, by id."""
    said: dict[str, str] = {}
    ids: list[str] = []
    for number in range(40):
        if number % 10 == 5:
            await people.break_down(**FAULTS[number // 10])
        text = f"A{number} #bookchat" if number % 3 else f"Without the tag {number}"
        answers = ids[number // 2] if number % 3 == 0 and ids else ""
        text = text if answers else f"A{number} #bookchat"
        ids.append(await people.post(f"person{number % 5}", text, answers))
        said[ids[-1]] = text
        if number % 8 == 7:
            said[ids[-2]] += " (better)"
            await people.edit(ids[-2], said[ids[-2]])
        if number in (9, 31):  # neither has an answer
            await people.delete(ids[-1])
            del said[ids.pop()]
    return said


@pytest.mark.networks
def test_a_chat_on_a_server_that_fails_is_had_whole(address: str) -> None:
    async def run() -> None:
        people = MastodonPeople(address)
        begin = datetime.now(UTC) - timedelta(minutes=1)
        routes = list_server_routes(MastodonServer(address, token=await people.sign_up("host")))
        watches = [
            FakeWatch("bookchat", since=begin, convert=convert_record, real_pause=0.02)
            for _ in routes
        ]
        for watch in watches:
            watch.time = datetime.now(UTC)
            watch.posts, watch.deleted = watches[0].posts, watches[0].deleted
        running = [
            asyncio.create_task(keep_running(route, watch))
            for route, watch in zip(routes, watches, strict=True)
        ]
        said = await chat(people)
        stream, *others = running
        for watch in watches:
            watch.until = max(watch.now(), datetime.now(UTC))
        assert sum(await asyncio.gather(*others)) >= 5
        stream.cancel()
        await asyncio.gather(stream, return_exceptions=True)

        names = set(watches[0].deleted)
        left = {
            post.id: post.text
            for post in watches[0].posts.values()
            if names.isdisjoint((post.id, *post.aliases))
        }
        assert left == said
        shown = {id_: read_html((await people.find(id_))["content"]).text for id_ in said}
        assert shown == said
        await people.close()

    asyncio.run(run())


def _list_statuses(page: str) -> list[dict[str, Any]]:
    """Give the statuses in a recorded answer: a page of them, a search, or a thread."""
    try:
        value = decode_json(page)
    except ValueError:
        return []
    if isinstance(value, dict):
        value = [one for key in ("statuses", "descendants") for one in value.get(key, ())]
    return [one for one in value if "account" in one]


def test_answers_of_real_servers_are_read_by_polling(shared_data: Path) -> None:
    pages = []
    for cassette in sorted((shared_data / "raw" / "mastodon").glob("*.y*ml")):
        recorded = yaml.safe_load(cassette.read_text(encoding="utf-8"))
        kept = recorded.get("http_interactions") or recorded["interactions"]
        pages += [one["response"]["body"]["string"] for one in kept]
    found = [one for page in pages for one in _list_statuses(page)]
    statuses = list({one["id"]: one for one in found}.values())
    watch = FakeWatch(since=datetime(2016, 1, 1, tzinfo=UTC), convert=convert_record)
    watch.time = datetime(2027, 1, 1, tzinfo=UTC)
    watch.until = watch.now() - timedelta(seconds=1)

    def say(heard: Heard) -> bytes:
        if "tag" not in heard.path:
            return answer({}, status="404 Not Found")
        return answer([] if "max_id" in heard.query else statuses)

    async def run() -> None:
        async with run_server(say) as server:
            await run_route(MastodonPoll(MastodonServer(server.address)), watch)

    asyncio.run(run())

    public = {one["uri"] for one in statuses if one.get("visibility") == "public"}
    assert len(public) >= 20
    assert set(watch.posts) == public
