"""How long a reply without the hashtag takes to come from a Mastodon server, and at what cost.

An invented hour is played to the polling and the following of threads, over HTTP on this machine,
on a clock that jumps from one waiting to the next. The server counts requests as Mastodon does (300
in five minutes, told in the headers) and refuses what is over. Most replies answer a post with the
hashtag, some answer a reply without it; half of them come within two minutes of what they answer.
Beside: a server that counts no replies, so that threads are read by the clock alone. `--quick`
plays ten minutes.
"""

from __future__ import annotations

import asyncio
import heapq
import json
import random
import statistics
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.networks.fake_mastodon import FakeMastodon, after
from tests.networks.fake_server import START, Heard, answer, run_server
from tests.networks.watching import FakeWatch

from chinwag.errors import Refused
from chinwag.model import RawPost, Secret
from chinwag.networks.contract import Notice, Received, Route
from chinwag.networks.mastodon.poll import MastodonPoll
from chinwag.networks.mastodon.server import MastodonServer
from chinwag.networks.mastodon.threads import MastodonThreads
from chinwag.records.mastodon_statuses import convert_record

ALLOWED, PERIOD = 300, timedelta(minutes=5)
SECONDS, SEED = 3_600, 4
POSTS_A_MINUTE, REPLIES_A_MINUTE = 16, 8
NESTED = 0.3  # of the replies answer a reply without the hashtag


class Clock(FakeWatch):
    """The chat's time: when everybody waits, it jumps to whoever waits least."""

    def __init__(self, until: datetime, waiters: int) -> None:
        super().__init__(since=START - timedelta(minutes=1), until=until, convert=convert_record)
        self._waiters = waiters
        self._waiting: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._count = 0
        self._acts: list[tuple[datetime, int, Callable[[], None]]] = []

    def plan(self, at: datetime, act: Callable[[], None]) -> None:
        """Let something happen at a time."""
        self._count += 1
        heapq.heappush(self._acts, (at, self._count, act))

    async def pause(self, seconds: float) -> None:
        """Wait until everybody waits and nobody is due before."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        due = self.time + timedelta(seconds=max(seconds, 0.001))
        heapq.heappush(self._waiting, (due, self._count, waiting))
        self.jump()
        await waiting

    def leave(self) -> None:
        """Wait no more."""
        self._waiters -= 1
        self.jump()

    def jump(self) -> None:
        """Go on to the next moment at which somebody is due, if everybody waits."""
        if len(self._waiting) < self._waiters or not self._waiting:
            return
        due, _, waiting = heapq.heappop(self._waiting)
        while self._acts and self._acts[0][0] <= due:
            self.time, _, act = heapq.heappop(self._acts)
            act()
        self.time = max(self.time, due)
        waiting.set_result(None)


class Allowance:
    """Counts requests by Mastodon's windows, and refuses what is over."""

    def __init__(self, clock: Clock, fake: FakeMastodon) -> None:
        self._clock, self._fake = clock, fake
        self.windows: dict[int, int] = {}
        self.refused = 0

    def say(self, heard: Heard) -> bytes | AsyncIterator[bytes]:
        """Answer a request, or refuse it."""
        window = int(self._clock.now().timestamp() // PERIOD.total_seconds())
        self.windows[window] = self.windows.get(window, 0) + 1
        left = ALLOWED - self.windows[window]
        reset = datetime.fromtimestamp((window + 1) * PERIOD.total_seconds(), START.tzinfo)
        headers = {
            "X-RateLimit-Limit": str(ALLOWED),
            "X-RateLimit-Remaining": str(max(0, left)),
            "X-RateLimit-Reset": reset.isoformat(),
        }
        if left < 0:
            self.refused += 1
            return answer({"error": "Throttled"}, status="429 Too Many Requests", headers=headers)
        said = self._fake.say(heard)
        assert isinstance(said, bytes)
        head, _, body = said.partition(b"\r\n\r\n")
        more = "".join(f"\r\n{name}: {value}" for name, value in headers.items()).encode()
        return head + more + b"\r\n\r\n" + body


class Uncounted(FakeMastodon):
    """A server that does not say how many replies a status has."""

    def post(self, text: str, at: datetime = START, **more: Any) -> str:
        """Post something."""
        number = super().post(text, at, **more)
        del self.statuses[number]["replies_count"]
        return number


def plan_hour(clock: Clock, fake: FakeMastodon, seconds: int) -> dict[str, datetime]:
    """Plan the posts of the hour; return, filled as it passes, when each reply was posted."""
    chance = random.Random(SEED)
    tagged: list[tuple[datetime, str]] = []
    untagged: list[tuple[datetime, str]] = []
    replies: dict[str, datetime] = {}

    def post(at: datetime) -> None:
        tagged.append((at, fake.post(f"A1: a thought {len(tagged)} #InkChat", at)))

    def reply(at: datetime) -> None:
        pool = untagged if untagged and chance.random() < NESTED else tagged
        if not pool:
            return
        wanted = at - timedelta(seconds=chance.expovariate(1 / 173))  # half within two minutes
        _, parent = min(pool, key=lambda one: abs(one[0] - wanted))
        number = fake.post(f"Yes, {len(replies)}", at, author="bo", answers=parent)
        untagged.append((at, number))
        replies[number] = at

    for act, rate in ((post, POSTS_A_MINUTE), (reply, REPLIES_A_MINUTE)):
        at = 0.0
        while (at := at + chance.expovariate(rate / 60)) < seconds:
            moment = after(at)
            clock.plan(moment, lambda act=act, moment=moment: act(moment))  # type: ignore[misc]
    return replies


async def run_route(route: Route, clock: Clock, seen: dict[str, datetime]) -> None:
    """Run a route to its end; one that is refused waits as it is told, and goes on."""
    cursor, is_over = "", False
    while not is_over:
        try:
            async with aclosing(route.receive(clock, cursor)) as items:  # type: ignore[type-var]
                async for item in items:
                    cursor = _keep(item, clock, seen) or cursor
            is_over = True
        except Refused as refused:
            await clock.pause(refused.wait or 60.0)
    clock.leave()


def _keep(item: Received | Notice, clock: Clock, seen: dict[str, datetime]) -> str | None:
    clock.keep(item)
    if isinstance(item, Notice):
        return None
    for raw in item.raws:
        seen.setdefault(_name_number(raw), clock.now())
    return item.cursor


def _name_number(raw: RawPost) -> str:
    return str(raw.payload.get("status", {}).get("id"))


async def play(seconds: int, fake: FakeMastodon, *, with_token: bool) -> dict[str, object]:
    clock = Clock(until=after(seconds), waiters=2)
    allowance = Allowance(clock, fake)
    replies = plan_hour(clock, fake, seconds)
    seen: dict[str, datetime] = {}
    async with run_server(allowance.say) as running:
        token = Secret("t") if with_token else Secret()
        server = MastodonServer(running.address, token=token)
        if with_token:
            server.listening.begin()  # as beside a stream: the page is read once a minute
        routes = (MastodonPoll(server), MastodonThreads(server))
        await asyncio.gather(*(run_route(route, clock, seen) for route in routes))
    found = [
        (seen[number] - at).total_seconds() for number, at in replies.items() if number in seen
    ]
    return _sum_up(found, len(replies), allowance)


def _sum_up(delays: Sequence[float], replies: int, allowance: Allowance) -> dict[str, object]:
    return {
        "replies": replies,
        "missed": replies - len(delays),
        "median_s": round(statistics.median(delays), 1),
        "p90_s": round(statistics.quantiles(delays, n=10)[-1], 1),
        "worst_s": round(max(delays), 1),
        "requests_in_five_minutes": max(allowance.windows.values()),
        "refused": allowance.refused,
    }


def main() -> None:
    seconds = 600 if "--quick" in sys.argv else SECONDS
    results: dict[str, object] = {}
    for name, fake, with_token in (
        ("with a token, beside a stream", FakeMastodon(), True),
        ("as a stranger", FakeMastodon(), False),
        ("beside: by the clock alone", Uncounted(), True),
    ):
        figures = asyncio.run(play(seconds, fake, with_token=with_token))
        results[name] = figures
        print(name)
        for label, value in figures.items():
            print(f"  {label:26} {value}")
    print(json.dumps({"benchmark": "reply_delay", **results}))


if __name__ == "__main__":
    main()
