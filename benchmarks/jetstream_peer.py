"""The loop of the `atproto` client over a Jetstream, for `jetstream.py` to compare with.

Run by it in .networks/venv: `jetstream_peer.py ADDRESS HASHTAG packed|plain`. Prints one JSON line.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from typing import Any

from atproto import JetstreamClient, models

COMMIT = models.NetworkBskyJetstreamSubscribeEvents.Commit
PARAMS = {"collections": ["app.bsky.feed.post", "app.bsky.feed.repost"], "kinds": ["commit"]}


class Loop:
    """Keeps the chat's posts, answers and reposts, and notes when they came."""

    def __init__(self, client: JetstreamClient, hashtag: str) -> None:
        self._client = client
        self._tag = f"#{hashtag.lower()}"
        self._known: set[str] = set()
        self._began = self._cpu = 0.0
        self.lags: list[float] = [0.0]
        self.seconds = self.cpu_seconds = 0.0

    def take(self, event: Any) -> None:
        """Look at one event; the last one ends the loop."""
        if not self._began:
            self._began, self._cpu = time.time(), time.process_time()
        if not isinstance(event, COMMIT) or not self._is_ours(event.record):
            return
        self._known.add(f"at://{event.did}/{event.collection}/{event.rkey}")
        self.lags.append(time.time() - datetime.fromisoformat(event.time).timestamp())
        if event.rkey == "3last":
            self.seconds = time.time() - self._began
            self.cpu_seconds = time.process_time() - self._cpu
            self._client.stop()

    def _is_ours(self, record: Any) -> bool:
        if record is None:
            return False
        if self._tag in (getattr(record, "text", None) or "").lower():
            return True
        reply, subject = getattr(record, "reply", None), getattr(record, "subject", None)
        answers = (reply.parent.uri, reply.root.uri) if reply else ()
        passes_on = (subject.uri,) if subject else ()
        return any(uri in self._known for uri in (*answers, *passes_on))


def main() -> None:
    """Read the stream to its end."""
    address, hashtag, packed = sys.argv[1:]
    base = address.replace("http", "ws", 1) + "/xrpc"
    client = JetstreamClient(params=PARAMS, base_uri=base, compress=packed == "packed")
    loop = Loop(client, hashtag)
    client.start(loop.take)
    told = {"lags": loop.lags, "seconds": loop.seconds, "cpu_seconds": loop.cpu_seconds}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
