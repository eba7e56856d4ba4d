"""Measure whether all that is posted on Bluesky can be filtered on one core as it comes.

A stand-in for Jetstream, in a process of its own, sends invented posts and reposts, 5,000 a second
for a minute, two in a thousand of them the chat's (tagged, or answers to tagged ones). They are
read by Chinwag's route and, beside it, by the loop of the `atproto` client (which
scripts/test-networks installs) doing the same with the events that it makes. Each reader is kept
to one core. Then each reads as fast as it can.
With --packed the stand-in packs every frame itself, so that how late events are says more of it
than of the reader; what a reader takes of its core holds.

    python benchmarks/jetstream.py [--rate N] [--seconds N] [--packed] [--quick]
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import hashlib
import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from chinwag.networks.bluesky.jetstream import BlueskyJetstream
from chinwag.networks.contract import Notice

PEER = Path(__file__).resolve().parents[1] / ".networks" / "venv" / "bin" / "python"
LOOP = Path(__file__).with_name("jetstream_peer.py")
TAG = "InkChat"
POST = "app.bsky.feed.post"
REPOST = "app.bsky.feed.repost"
DISTINCT = 20_000  # invented events, said again and again under new numbers
CHAT_EVERY = 500  # one event in so many is the chat's
DICTIONARY_ID = 7
FIRST_SEQ = 1_000_000_000
SOME = """
library book shelf reader loan morning rain coffee train garden music film game team match city vote
news house bread summer letter paper pencil ink story poem river mountain bicycle friend window
día libro casa leer noche gato perro amigo ciudad lluvia Buch Haus Wetter Stadt maison pluie ville
本 図書館 雨 猫 電車 朝 كتاب بيت مطر صديق 📚 ☕ 🌧️ 🎉 🐈
"""
WORDS = SOME.split()


class Event:
    """A frame cut where its number and time stand, so that they can be written anew."""

    def __init__(self, payload: dict[str, Any]) -> None:
        text = json.dumps(
            {"$type": "message", "payload": payload}, ensure_ascii=False, separators=(",", ":")
        ).encode()
        before, rest = text.split(b'"@seq"')
        between, after = rest.split(b"@time")
        self.parts = (before, between, after)

    def write(self, seq: int, at: str) -> bytes:
        """Give the frame with a number and a time in it."""
        before, between, after = self.parts
        return b"%s%d%s%s%s" % (before, seq, between, at.encode(), after)


def invent(chance: random.Random) -> list[Event]:
    """Give events as a Jetstream tells them: posts, answers, quotes, reposts and deletions."""
    dids = [f"did:plc:{_name(chance, 24)}" for _ in range(5_000)]
    known: list[str] = []
    events: list[Event] = []
    for number in range(DISTINCT):
        did, rkey = chance.choice(dids), f"3m{number:05d}{_name(chance, 6)}"
        is_chat = number % CHAT_EVERY == 0
        kind = chance.random()
        record: dict[str, Any] | None
        collection = POST
        if is_chat and number % (3 * CHAT_EVERY) == CHAT_EVERY and known:
            record = _post(chance, reply=chance.choice(known))
        elif is_chat:
            record = _post(chance, tag=TAG)
            known.append(f"at://{did}/{POST}/{rkey}")
        elif kind < 0.08:
            record, collection = None, chance.choice((POST, REPOST))
        elif kind < 0.45:
            subject = {"cid": _cid(chance), "uri": _address(chance, dids)}
            record = {"$type": REPOST, "createdAt": "2026-11-24T12:00:00.000Z", "subject": subject}
            collection = REPOST
        else:
            reply = _address(chance, dids) if chance.random() < 0.45 else ""
            record = _post(chance, reply=reply, tag="" if chance.random() < 0.9 else "caturday")
        events.append(Event(_commit(chance, did, rkey, collection, record)))
    return events


def _commit(
    chance: random.Random, did: str, rkey: str, collection: str, record: dict[str, Any] | None
) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "$type": "network.bsky.jetstream.subscribeEvents#commit",
        "seq": "@seq",
        "did": did,
        "time": "@time",
        "rev": f"3m{_name(chance, 11)}",
        "operation": "delete" if record is None else "create",
        "collection": collection,
        "rkey": rkey,
    }
    return payload if record is None else {**payload, "record": record, "cid": _cid(chance)}


def _post(chance: random.Random, *, reply: str = "", tag: str = "") -> dict[str, Any]:
    text = " ".join(chance.choices(WORDS, k=chance.randint(3, 40)))[:280]
    record: dict[str, Any] = {
        "$type": POST,
        "createdAt": "2026-11-24T12:00:00.000Z",
        "langs": [chance.choice(("en", "de", "es", "fr", "ja", "ar"))],
        "text": f"{text} #{tag}" if tag else text,
    }
    if tag:
        start = len(text.encode()) + 1
        record["facets"] = [
            {
                "index": {"byteStart": start, "byteEnd": start + len(tag) + 1},
                "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": tag}],
            }
        ]
    if reply:
        pointer = {"cid": _cid(chance), "uri": reply}
        record["reply"] = {"parent": pointer, "root": pointer}
    return record


def _name(chance: random.Random, length: int) -> str:
    return "".join(chance.choices("234567abcdefghijklmnopqrstuvwxyz", k=length))


def _cid(chance: random.Random) -> str:
    return f"bafyrei{_name(chance, 52)}"


def _address(chance: random.Random, dids: Sequence[str]) -> str:
    return f"at://{chance.choice(dids)}/{POST}/3m{_name(chance, 11)}"


class Stand:
    """A Jetstream and an app view on one port: one stream, of `count` events at `rate` a second.

    Speaks the web socket's bytes itself (RFC 6455), so that sending costs little beside reading.
    """

    def __init__(self, rate: int, count: int, *, packed: bool) -> None:
        self.rate, self.count, self.packed = rate, count, packed
        self.events = invent(random.Random(20261124))
        self.dictionary = b""
        if packed:
            import zstandard

            samples: list[bytes | bytearray | memoryview[int]] = [
                event.write(FIRST_SEQ, _say_time(0.0)) for event in self.events[:4000]
            ]
            trained = zstandard.train_dictionary(1 << 16, samples, dict_id=DICTIONARY_ID)
            self.dictionary = trained.as_bytes()
            self.pack = zstandard.ZstdCompressor(dict_data=trained, level=1).compress

    async def serve(self, port: multiprocessing.Queue[int]) -> None:
        """Serve until the process is ended; tell the port once it is open."""
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode():
                path = urlsplit(head.split(" ", 2)[1])
                if "upgrade: websocket" in head.lower():
                    await self._stream(head, parse_qs(path.query), reader, writer)
                    return
                writer.write(self._say(path.path, parse_qs(path.query)))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass

    def _say(self, path: str, query: dict[str, list[str]]) -> bytes:
        if path.endswith("getProfiles"):
            people = [{"did": did, "handle": f"{did[8:20]}.test"} for did in query["actors"]]
            body, kind, status = json.dumps({"profiles": people}).encode(), b"json", b"200 OK"
        elif path.endswith("getZstdDictionary") and self.dictionary:
            body, kind, status = self.dictionary, b"octet-stream", b"200 OK"
        else:
            body, kind, status = b"{}", b"json", b"404 Not Found"
        return b"HTTP/1.1 %s\r\nContent-Type: application/%s\r\nContent-Length: %d\r\n\r\n%s" % (
            *(status, kind, len(body)),
            body,
        )

    async def _stream(
        self,
        head: str,
        query: dict[str, list[str]],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        lines = head.split("\r\n")
        key = next(one[19:] for one in lines if one.lower().startswith("sec-websocket-key"))
        digest = hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()  # noqa: S324
        proto = "Sec-WebSocket-Protocol: xrpc.v1.json\r\n" if "xrpc.v1.json" in head else ""
        writer.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"{proto}Sec-WebSocket-Accept: {base64.b64encode(digest).decode()}\r\n\r\n".encode()
        )
        listening = asyncio.create_task(_answer_pings(reader, writer))
        is_packed = "zstdDictionary" in query
        began, sent = time.time(), 0
        while sent < self.count:
            due = self.count if not self.rate else int((time.time() - began) * self.rate) + 1
            batch = min(due, self.count, sent + 500)
            if batch == sent:
                await asyncio.sleep(0.005)
                continue
            for number in range(sent, batch):
                at = began + number / self.rate if self.rate else time.time()
                frame = self._write(number, _say_time(at))
                writer.write(_frame(self.pack(frame) if is_packed else frame, is_packed=is_packed))
            await writer.drain()
            sent = batch
        await listening

    def _write(self, number: int, at: str) -> bytes:
        if number == self.count - 1:
            last = Event(
                _commit(random.Random(1), "did:plc:last", "3last", POST, {"text": f"end #{TAG}"})
            )
            return last.write(FIRST_SEQ + number, at)
        return self.events[number % DISTINCT].write(FIRST_SEQ + number, at)


async def _answer_pings(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer a client's pings, short and masked as they are, until it goes."""
    try:
        while True:
            opcode, size = await reader.readexactly(2)
            mask = await reader.readexactly(4)
            said = await reader.readexactly(size & 0x7F)
            if opcode & 0x0F == 9:
                plain = bytes(one ^ mask[at % 4] for at, one in enumerate(said))
                writer.write(bytes([0x8A, len(plain)]) + plain)
    except (ConnectionError, asyncio.IncompleteReadError):
        pass


def _frame(payload: bytes, *, is_packed: bool) -> bytes:
    size = len(payload)
    length = bytes([size]) if size < 126 else b"\x7e" + size.to_bytes(2, "big")
    return (b"\x82" if is_packed else b"\x81") + length + payload


def _say_time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def run_stand(rate: int, count: int, packed: bool, port: multiprocessing.Queue[int]) -> None:
    """Serve in a process of its own, on the last core."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    asyncio.run(Stand(rate, count, packed=packed).serve(port))


class Watching:
    """A chat that knows what it was given."""

    def __init__(self) -> None:
        self.hashtag = TAG
        self.until: datetime | None = None
        self.since = datetime.now(UTC) - timedelta(hours=1)
        self.known: set[str] = set()

    def is_known(self, id: str) -> bool:
        """Say whether it was given."""
        return id in self.known

    def list_posts(self, network: str) -> Sequence[tuple[str, datetime]]:  # noqa: ARG002
        """Give nothing: no threads are followed here."""
        return ()

    def now(self) -> datetime:
        """Give the time."""
        return datetime.now(UTC)

    async def pause(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


async def read_as_chinwag(address: str) -> dict[str, Any]:
    """Read the stream as a capture does, and give when the chat's posts came and what it cost."""
    route, watch = BlueskyJetstream([address], app_view=address), Watching()
    lags = [0.0]
    started, cpu = 0.0, 0.0
    async for item in route.receive(watch, ""):
        if isinstance(item, Notice):
            started, cpu = time.time(), time.process_time()
            continue
        for raw in item.raws:
            event = raw.payload["event"]
            watch.known.add(f"at://{event['did']}/{event['collection']}/{event['rkey']}")
            lags.append(time.time() - datetime.fromisoformat(event["time"]).timestamp())
            if event["rkey"] == "3last":
                cpu_seconds = time.process_time() - cpu
                return {
                    "lags": lags,
                    "seconds": time.time() - started,
                    "cpu_seconds": cpu_seconds,
                }
    raise SystemExit("The stream ended before its end.")


def tell(told: dict[str, Any], count: int) -> dict[str, float]:
    """Give a reader's figures: what it kept, what it cost, and how late it was."""
    lags = sorted(told["lags"][1:])
    return {
        "kept": len(lags),
        "seconds": round(told["seconds"], 2),
        "of_a_core": round(told["cpu_seconds"] / told["seconds"], 3),
        "events_per_cpu_second": round(count / told["cpu_seconds"]),
        "lag_ms_median": round(lags[len(lags) // 2] * 1000, 1),
        "lag_ms_p99": round(lags[int(len(lags) * 0.99)] * 1000, 1),
        "lag_ms_last": round(told["lags"][-1] * 1000, 1),
    }


def measure(reader: str, rate: int, count: int, *, packed: bool) -> dict[str, float]:
    """Let one reader read one stream, each in a process on a core of its own."""
    port: multiprocessing.Queue[int] = multiprocessing.Queue()
    stand = multiprocessing.Process(target=run_stand, args=(rate, count, packed, port))
    stand.start()
    try:
        address = f"http://127.0.0.1:{port.get(timeout=120)}"
        command = [str(PEER), str(LOOP), address, TAG, "packed" if packed else "plain"]
        if reader == "chinwag":
            command = [sys.executable, __file__, "--read", address]
        core = min(os.sched_getaffinity(0))
        done = subprocess.run(
            ["taskset", "-c", str(core), *command], capture_output=True, text=True, check=False
        )
    finally:
        stand.kill()
        stand.join()
    if done.returncode:
        raise SystemExit(f"{reader} failed: {done.stderr[-2000:]}")
    return tell(json.loads(done.stdout.splitlines()[-1]), count)


def list_readers() -> Iterator[str]:
    """Give the readers that there are."""
    yield "chinwag"
    if PEER.exists():
        yield "atproto"
    else:
        print("The client to compare with is not here: scripts/test-networks --install brings it.")


def main() -> None:
    """Measure at the pace asked for, then flat out; print a line each, and all as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=5_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--packed", action="store_true", help="compressed, as Jetstream offers it")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--read", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(json.dumps(asyncio.run(read_as_chinwag(options.read))))
        return
    seconds = 4 if options.quick else options.seconds
    count = options.rate * seconds
    found: dict[str, Any] = {}
    for reader in list_readers():
        paced = measure(reader, options.rate, count, packed=options.packed)
        flat = measure(reader, 0, min(count, 100_000), packed=options.packed)
        found[reader] = {"paced": paced, "flat_out": flat}
        print(
            f"{reader:8} kept {paced['kept']}, took {paced['of_a_core']:.0%} of a core, was"
            f" {paced['lag_ms_median']:.0f} ms late (median), {paced['lag_ms_p99']:.0f} ms (99 %),"
            f" {paced['lag_ms_last']:.0f} ms at the end; flat out"
            f" {flat['events_per_cpu_second']:,} events for each second of a core"
        )
    print(
        json.dumps(
            {
                "benchmark": "jetstream",
                "rate": options.rate,
                "seconds": seconds,
                "packed": options.packed,
                "of_the_chat": -(-count // CHAT_EVERY) + 1,
                "compared_with": "the loop of atproto's JetstreamClient over the same events",
                **found,
            }
        )
    )


if __name__ == "__main__":
    main()
