"""The servers that other tests rely on: they stand, keep what they hold, and feed the Jetstream."""

from __future__ import annotations

import json
import urllib.request
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.networks.bluesky_people import POST, Person
from tests.networks.local_servers import LocalServers
from websockets.sync.client import connect

pytestmark = pytest.mark.networks


def read_json(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return json.load(answer)


def read_events(address: str, did: str, count: int) -> list[dict[str, Any]]:
    query = urlencode({"kinds": "commit", "collections": POST, "dids": did, "cursor": 0})
    path = f"/xrpc/network.bsky.jetstream.subscribeEvents?{query}"
    with connect(f"{address}{path}", compression=None) as stream:
        return [json.loads(stream.recv(timeout=20))["payload"] for _ in range(count)]


def test_a_post_reaches_the_app_view_and_the_stream_and_outlives_restarts(
    local_servers: LocalServers,
) -> None:
    at = local_servers.addresses
    with Person(at["pds"], "ana-restarts") as ana:
        first = ana.post("Before the restart #restartchat")
        local_servers.settle()
        query = urlencode({"uris": first["uri"]})
        shown = read_json(f"{at['appview']}/xrpc/app.bsky.feed.getPosts?{query}")
        before = read_events(at["jetstream"], ana.did, 1)

        local_servers.restart("pds")
        local_servers.restart("jetstream")
        second = ana.post("After the restart #restartchat")

    assert [post["record"] for post in shown["posts"]] == [first["record"]]
    events = read_events(at["jetstream"], ana.did, 2)
    assert [one["record"] for one in events] == [first["record"], second["record"]]
    assert events[:1] == before


def test_the_mastodon_server_is_empty_and_outlives_a_restart(local_servers: LocalServers) -> None:
    address = f"{local_servers.addresses['mastodon']}/api/v1/timelines/tag/restartchat"
    assert read_json(address) == []
    local_servers.restart("mastodon")
    assert read_json(address) == []
