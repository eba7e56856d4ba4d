"""Does a capture lose or double anything, or keep what was deleted, on a rough road?

A scripted chat on both real local networks (`scripts/test-networks --install`), up to 20 posts a
second: answers, untagged replies, reposts, edits, deletions. Meanwhile the capture is killed with
-9 at random moments and started again, connections are cut, servers are started again, a proxy
answers 429 and 502, and the disk (a small tmpfs, where this user may mount one) is full for a
while. At the end what the folder holds is compared with what the servers hold, and every file of
the folder, unpacked, is searched for the words of deleted posts and of their earlier versions. A
post to which no way leads (a reply without the hashtag to one that was deleted, a status that its
own server does not show on the tag's page) is out of reach: such are counted apart.

    .venv/bin/python benchmarks/capture_loss.py [--quick] [--posts 2000] [--kills 30] [--keep DIR]

It prints what it did and, last, one JSON line. Ends with status 1 where anything was lost,
doubled or left.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import msgspec

from rough_road import RoughRoad

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.networks.bluesky_people import Person
from tests.networks.local_servers import LocalServers, are_installed
from tests.networks.mastodon_people import MastodonPeople

from chinwag.stores.folder import ChatFolder

TAG = "roughchat"
PEOPLE = 12  # on each network
REFUSED = 0.08  # of new connections get a 429 or a 502
DISK = 48 << 20
FULL_FOR = 6.0  # seconds
AT_ONCE = 3  # writes to the Mastodon-compatible server: more than it has threads lock it up
SETTLE = 20.0  # seconds for what was said last to come, before the capture is ended
UNDISTURBED = 6.0  # seconds around a kill, a cut or a full disk, in which the lag is not counted


class Said(msgspec.Struct):
    """One post as it was made: its id, the words that only it has, and what became of it."""

    id: str
    words: list[str]  # the latest last
    network: str
    at: float
    handle: Any
    is_tagged: bool = True
    parent: Said | None = None
    deleted: bool = False

    def can_be_found(self) -> bool:
        """Say whether any way leads to it: the hashtag, or the posts that it answers, all there."""
        if self.is_tagged:
            return True
        return self.parent is not None and not self.parent.deleted and self.parent.can_be_found()


class Chat:
    """The people of both networks, and what they have said."""

    def __init__(self, servers: LocalServers, chance: random.Random) -> None:
        self.chance = chance
        self.servers = servers
        self.mastodon = MastodonPeople(servers.addresses["mastodon"])
        self.names = [f"person{number:02}" for number in range(PEOPLE)]
        self.bluesky: list[Person] = []
        self.locks: dict[int, asyncio.Lock] = {}
        self.said: list[Said] = []
        self.reposts: list[tuple[str, str]] = []  # id of the repost, id of the post
        self.number = 0
        self.mastodon_up = asyncio.Event()
        self.mastodon_up.set()
        self.mastodon_turn = asyncio.Semaphore(AT_ONCE)

    async def sign_up(self) -> None:
        """Give everybody an account."""
        pds = self.servers.addresses["pds"]
        for number, name in enumerate(self.names):
            await self.mastodon.sign_up(name)
            self.bluesky.append(await asyncio.to_thread(Person, pds, f"{name}x"))
            self.locks[number] = asyncio.Lock()
        # Were the first posts of a tag made at once, the server would make it twice, and show one.
        await self.mastodon.post(self.names[0], f"Welcome to #{TAG}")

    def new_words(self) -> str:
        """Give words that nobody has said."""
        self.number += 1
        return f"wort{self.number:05}{self.chance.randrange(16**6):06x}"

    def choose(self, network: str, *, fresh: bool = False) -> Said | None:
        """Choose a post that is there, a fresh one where somebody answers."""
        there = [one for one in self.said[-200:] if one.network == network and not one.deleted]
        return self.chance.choice(there[-30:] if fresh else there) if there else None

    async def act(self) -> None:
        """Do one thing that people do, on one of the networks."""
        network = self.chance.choice(("mastodon", "bluesky"))
        what = self.chance.random()
        parent = self.choose(network, fresh=True)
        if what < 0.06 and parent:
            await self.repost(network, parent)
        elif what < 0.24 and parent:
            await self.post(network, parent, tagged=False)
        elif what < 0.50 and parent:
            await self.post(network, parent, tagged=True)
        else:
            await self.post(network, None, tagged=True)
        if self.chance.random() < 0.05 and (one := self.choose(network)):
            await self.edit(one)
        if self.chance.random() < 0.05 and (one := self.choose(network)):
            await self.delete(one)

    async def post(self, network: str, parent: Said | None, *, tagged: bool) -> None:
        """Post, perhaps in answer to somebody, with the hashtag or without."""
        words = self.new_words()
        text = f"A{1 + self.number // 400}: {words} and more of it" + f" #{TAG}" * tagged
        by = self.chance.randrange(PEOPLE)
        if network == "mastodon":
            await self.mastodon_up.wait()
            answers = parent.id if parent else ""
            async with self.mastodon_turn:
                id_ = await self.mastodon.post(self.names[by], text, answers)
            handle: Any = self.names[by]
        else:
            async with self.locks[by]:
                made = await asyncio.to_thread(
                    self.bluesky[by].post, text, parent.handle[1] if parent else None
                )
            id_, handle = made["uri"], (by, made)
        self.said.append(Said(id_, [words], network, time.time(), handle, tagged, parent))

    async def edit(self, one: Said) -> None:
        """Change a post's words."""
        words = self.new_words()
        text = f"A1: {words} is what I meant #{TAG}"
        if one.network == "mastodon":
            await self.mastodon_up.wait()
            async with self.mastodon_turn:
                await self.mastodon.edit(one.id, text)
        else:
            by, made = one.handle
            async with self.locks[by]:
                await asyncio.to_thread(self.bluesky[by].change, made, text)
        one.words.append(words)
        one.is_tagged = True

    async def delete(self, one: Said) -> None:
        """Take a post back."""
        one.deleted = True
        if one.network == "mastodon":
            await self.mastodon_up.wait()
            async with self.mastodon_turn:
                await self.mastodon.delete(one.id)
        else:
            by, made = one.handle
            async with self.locks[by]:
                await asyncio.to_thread(self.bluesky[by].delete, made)

    async def repost(self, network: str, one: Said) -> None:
        """Pass a post on."""
        if network == "mastodon":
            return  # a boost carries no hashtag: no route of a chat sees it but by its count
        by = self.chance.randrange(PEOPLE)
        async with self.locks[by]:
            made = await asyncio.to_thread(self.bluesky[by].repost, one.handle[1])
        self.reposts.append((made["uri"], one.id))

    async def list_shown(self) -> set[str]:
        """Give the posts to which a way leads on Mastodon: its tag page, and the replies to it."""
        ask = httpx2.AsyncClient(base_url=self.mastodon.address, timeout=30)
        shown: set[str] = set()
        async with ask:
            waiting = [status async for status in list_tagged(ask)]
            while waiting:
                status = waiting.pop()
                if status["uri"] in shown:
                    continue
                shown.add(status["uri"])
                answer = await ask.get(f"/api/v1/statuses/{status['id']}/context")
                answer.raise_for_status()
                waiting += answer.json()["descendants"]
        return shown

    async def list_held(self) -> dict[str, str]:
        """Give the text of every post that the servers hold now, by its id."""
        held: dict[str, str] = {}
        for one in self.said:
            if one.network == "mastodon" and (status := await self.mastodon.find(one.id)):
                held[one.id] = status["content"]
        async with httpx2.AsyncClient(base_url=self.servers.addresses["pds"], timeout=30) as pds:
            for person in self.bluesky:
                async for record in list_records(pds, person.did):
                    held[record["uri"]] = record["value"]["text"]
        return held


async def list_tagged(ask: httpx2.AsyncClient) -> Any:
    """Give every status of the tag's page."""
    below: dict[str, str] = {}
    while True:
        answer = await ask.get(f"/api/v1/timelines/tag/{TAG}", params={"limit": "40", **below})
        answer.raise_for_status()
        page = answer.json()
        if not page:
            return
        for status in page:
            yield status
        below = {"max_id": page[-1]["id"]}


async def list_records(pds: httpx2.AsyncClient, did: str) -> Any:
    cursor = ""
    while True:
        asked = {"repo": did, "collection": "app.bsky.feed.post", "limit": "100", "cursor": cursor}
        answer = await pds.get("/xrpc/com.atproto.repo.listRecords", params=asked)
        answer.raise_for_status()
        page = answer.json()
        for record in page["records"]:
            yield record
        cursor = page.get("cursor", "")
        if not cursor:
            return


class Capture:
    """A capture as a process of its own, which may be killed and started again."""

    def __init__(self, folder: Path, roads: dict[str, RoughRoad], token: str, log: Path) -> None:
        mastodon = roads["mastodon"].address
        self.folder = folder
        self.log = log
        hasty = Path(__file__).with_name("hasty_capture.py")
        self.command = [sys.executable, str(hasty), TAG, str(folder), mastodon]
        self.environ = os.environ | {
            "CHINWAG_MASTODON_TOKENS": f"{mastodon.removeprefix('http://')}={token}",
            "CHINWAG_BLUESKY_JETSTREAMS": roads["jetstream"].address,
            "CHINWAG_BLUESKY_APP_VIEW": roads["appview"].address,
            "CHINWAG_CONFIG": os.devnull,
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.kills: list[float] = []

    def start(self, *more: str) -> None:
        """Start it."""
        with self.log.open("ab") as out, self.log.with_suffix(".err").open("ab") as err:
            self.process = subprocess.Popen(
                [*self.command, *more], stdout=out, stderr=err, env=self.environ
            )

    def kill(self) -> None:
        """Kill it with -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.kills.append(time.time())

    def end(self) -> int:
        """Ask it to end, as Ctrl-C does, and give its exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=300)

    def read_log(self) -> Iterator[dict[str, Any]]:
        """Give what it said, as far as kills left it whole."""
        for line in self.log.read_bytes().splitlines():
            if line.startswith(b'{"event"') and line.endswith(b"}"):
                yield json.loads(line)


class Trouble:
    """Everything that goes wrong meanwhile."""

    def __init__(self, capture: Capture, roads: dict[str, RoughRoad], chat: Chat) -> None:
        self.capture, self.roads, self.chat = capture, roads, chat
        self.moments: list[float] = []
        self.restarts: Counter[str] = Counter()
        self.full = 0

    async def kill_often(self, times: int, over: float, chance: random.Random) -> None:
        """Kill the capture at random moments, and start it again each time."""
        begun = time.time()
        for moment in sorted(chance.uniform(2.0, over) for _ in range(times)):
            await asyncio.sleep(max(0.0, begun + moment - time.time()))
            await asyncio.to_thread(self.capture.kill)
            self.capture.start()

    async def cut_often(self, every: float) -> None:
        """Cut every connection now and then."""
        while True:
            await asyncio.sleep(every)
            self.moments.append(time.time())
            for road in self.roads.values():
                road.cut_all()

    async def restart_servers(self, after: float) -> None:
        """Start the servers again while people talk."""
        await asyncio.sleep(after)
        self.moments.append(time.time())
        self.chat.mastodon_up.clear()
        await asyncio.sleep(1.5)  # what is on its way is answered
        await asyncio.to_thread(self.chat.servers.restart, "mastodon")
        self.chat.mastodon_up.set()
        await asyncio.to_thread(self.chat.servers.restart, "jetstream")
        self.moments.append(time.time())
        self.restarts.update(("mastodon", "jetstream"))

    async def fill_disk(self, after: float, mount: Path) -> None:
        """Let the disk be full for a while."""
        await asyncio.sleep(after)
        self.moments.append(time.time())
        filler = mount / "filler"
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 4096)
            except OSError:
                self.full += 1
        await asyncio.sleep(FULL_FOR)
        filler.unlink()
        self.moments.append(time.time())


def mount_disk() -> Path | None:
    """Mount a small disk of its own; None where this user may not."""
    folder = Path(tempfile.mkdtemp(prefix="chinwag-disk-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return folder
    folder.rmdir()
    return None


async def run(said: argparse.Namespace) -> dict[str, Any]:
    chance = random.Random(said.seed)
    disk = mount_disk()
    if disk is None:
        print("This user may not mount a disk: it is never full in this run.")
    base = disk or Path(tempfile.mkdtemp(prefix="chinwag-loss-"))
    logs = Path(tempfile.mkdtemp(prefix="chinwag-loss-log-"))
    with LocalServers() as servers:
        chat = Chat(servers, chance)
        await chat.sign_up()
        roads = {
            name: RoughRoad(servers.addresses[name], REFUSED, chance)
            for name in ("mastodon", "jetstream", "appview")
        }
        for road in roads.values():
            await road.start()
        token = (await chat.mastodon.sign_up("listener")).reveal()
        capture = Capture(base / "chat", roads, token, logs / "capture.jsonl")
        trouble = Trouble(capture, roads, chat)
        result = await hold_chat(said, chat, capture, trouble, disk)
        result |= await compare(chat, capture, trouble)
        for road in roads.values():
            await road.stop()
        await chat.mastodon.close()
        for person in chat.bluesky:
            person.close()
    if said.keep:
        shutil.copytree(base / "chat", said.keep, dirs_exist_ok=True)
        shutil.copytree(logs, said.keep / "logs", dirs_exist_ok=True)
    if disk is not None:
        subprocess.run(["umount", str(disk)], check=False)
    shutil.rmtree(base, ignore_errors=True)
    return result


async def hold_chat(
    said: argparse.Namespace, chat: Chat, capture: Capture, trouble: Trouble, disk: Path | None
) -> dict[str, Any]:
    """Let people talk while everything goes wrong; then fill in, and end the capture."""
    capture.start()
    await asyncio.sleep(4.0)
    length = said.posts / said.rate
    chance = random.Random(said.seed + 1)
    troubles = [
        asyncio.create_task(trouble.kill_often(said.kills, length, chance)),
        asyncio.create_task(trouble.cut_often(max(8.0, length / 12))),
        asyncio.create_task(trouble.restart_servers(length * 0.4)),
    ]
    if disk is not None:
        troubles.append(asyncio.create_task(trouble.fill_disk(length * 0.65, disk)))
    begun = time.time()
    acting: set[asyncio.Task[None]] = set()
    failed = 0
    for number in range(said.posts):
        acting.add(asyncio.create_task(chat.act()))
        await asyncio.sleep(max(0.0, begun + (number + 1) / said.rate - time.time()))
        if len(acting) > 40:
            await asyncio.wait(acting, return_when=asyncio.FIRST_COMPLETED)
        failed += sum(one.exception() is not None for one in acting if one.done())
        if number % 200 == 199:
            print(f"{len(chat.said):,} posts after {time.time() - begun:.0f} s", flush=True)
        acting = {one for one in acting if not one.done()}
    ends = await asyncio.gather(*acting, return_exceptions=True)
    failed += sum(isinstance(end, BaseException) for end in ends)
    spent = time.time() - begun
    await asyncio.gather(troubles[0], troubles[2], *troubles[3:])
    troubles[1].cancel()
    print(f"{len(chat.said):,} posts in {spent:.0f} s; {failed} attempts failed at the servers.")
    await asyncio.sleep(SETTLE)
    status = await asyncio.to_thread(capture.end)
    capture.start("--once")
    assert capture.process is not None
    once = await asyncio.to_thread(capture.process.wait, 600)
    return {"posts": len(chat.said), "seconds": round(spent, 1), "statuses": [status, once]}


async def compare(chat: Chat, capture: Capture, trouble: Trouble) -> dict[str, Any]:
    """Compare the folder with what the servers hold."""
    held = await chat.list_held()
    folder = ChatFolder.open(capture.folder)
    posts = {post.id: post for post in folder.read_posts()}
    alive = [one for one in chat.said if not one.deleted]
    missing = [one for one in alive if one.id not in posts or posts[one.id].deleted]
    shown = await chat.list_shown()
    lost = [
        one
        for one in missing
        if (one.id in shown if one.network == "mastodon" else one.can_be_found())
    ]
    stale = [
        one
        for one in alive
        if one.id in posts and one.words[-1] not in posts[one.id].text and one not in missing
    ]
    words = Counter(
        word
        for one in alive
        for word in one.words[-1:]
        for post in posts.values()
        if word in post.text
    )
    under = {repost.id for post in posts.values() for repost in post.reposts}
    gone = {one.id for one in chat.said if one.deleted}
    reposts_lost = [id_ for id_, of in chat.reposts if of not in gone and id_ not in under]
    everything = read_everything(capture.folder)
    left = [word for one in chat.said if one.deleted for word in one.words if word in everything]
    unknown = [id_ for id_ in held if id_ not in {one.id for one in chat.said}]
    ledger = folder.read_ledger()
    account = ledger.capture
    assert account is not None
    return {
        "held": len(held) - len(unknown),
        "deleted": len(gone),
        "edited": sum(len(one.words) > 1 for one in chat.said),
        "reposts": len(chat.reposts),
        "lost": len(lost),
        "out_of_reach": len(missing) - len(lost),
        "lost_ids": [(one.id, one.network, one.words) for one in lost[:5]],
        "doubled": sum(number - 1 for number in words.values() if number > 1),
        "stale": len(stale),
        "stale_ids": [(one.id, one.words) for one in stale[:5]],
        "reposts_lost": len(reposts_lost),
        "deleted_text_left": len(left),
        "left": left[:5],
        "kills": len(capture.kills),
        "torn": account.torn,
        "runs": account.runs,
        "refused": sum(road.refused for road in trouble.roads.values()),
        "cut": sum(road.cut for road in trouble.roads.values()),
        "restarts": sum(trouble.restarts.values()),
        "disk_full": trouble.full,
        "bytes": sum(path.stat().st_size for path in capture.folder.rglob("*") if path.is_file()),
        **measure_lag(chat, capture, trouble),
    }


def measure_lag(chat: Chat, capture: Capture, trouble: Trouble) -> dict[str, Any]:
    """Give the seconds from when a server had a post to when it was on the disk."""
    kept: dict[str, float] = {}
    for event in capture.read_log():
        if event["event"] == "kept":
            at = datetime.fromisoformat(event["at"]).timestamp()
            for id_ in event["posts"]:
                kept.setdefault(id_, at)
    moments = (*capture.kills, *trouble.moments)
    lags, calm = [], []
    for one in chat.said:
        if one.id in kept:
            lags.append(max(0.0, kept[one.id] - one.at))
            if not any(-1.0 < one.at - moment < UNDISTURBED for moment in moments) and not any(
                one.at < moment < kept[one.id] for moment in moments
            ):
                calm.append(lags[-1])
    return {
        "lag_median": _round(statistics.median(lags) if lags else None),
        "lag_p99": _round(_find_p99(lags)),
        "lag_calm_median": _round(statistics.median(calm) if calm else None),
        "lag_calm_p99": _round(_find_p99(calm)),
        "lag_calm_posts": len(calm),
    }


def read_everything(root: Path) -> str:
    """Give every file of a folder, unpacked, one after the other."""
    files = (path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file())
    return "\n".join(
        (gzip.decompress(one) if one[:2] == b"\x1f\x8b" else one).decode(errors="replace")
        for one in files
    )


def _find_p99(values: list[float]) -> float | None:
    return sorted(values)[int(0.99 * (len(values) - 1))] if values else None


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="60 posts and 3 kills")
    parser.add_argument("--posts", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--rate", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep the folder and the logs there")
    said = parser.parse_args()
    if said.quick:
        said.posts, said.kills, said.rate = 60, 3, 4.0
    if not are_installed():
        print("The servers are not installed here: `scripts/test-networks --install` does that.")
        return
    result = asyncio.run(run(said))
    for name, value in result.items():
        print(f"{name:>20}: {value}")
    print(
        json.dumps({"benchmark": "capture_loss", "against": "the servers' own records", **result})
    )
    wrong = ("lost", "doubled", "stale", "reposts_lost", "deleted_text_left")
    sys.exit(any(result[name] for name in wrong) or result["statuses"] != [0, 0])


if __name__ == "__main__":
    main()
