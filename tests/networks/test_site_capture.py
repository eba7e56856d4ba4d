"""A site captures from real servers of this machine, while a reader has its archive open."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from uuid import uuid4

import pytest
from tests.networks.bluesky_people import Person
from tests.networks.local_servers import LocalServers
from tests.networks.mastodon_people import MastodonPeople
from tests.web.hosting import find_chat, found_site, open_reader, wait_until
from tests.web.processes import OwnSite, make_own_site

from chinwag.stores.folder import ChatFolder

pytestmark = [pytest.mark.networks, pytest.mark.slow]

CAFE = "A1: We lent ours to a repair café, and two hundred people came #roomchat"
EXAMS = "A1: A quiet room for exams, with the keys held by the students #roomchat"
REGRETTED = "A1: Something that is taken back at once #roomchat"


def point_to(site: OwnSite, servers: LocalServers, token: str) -> None:
    """Let the settings of a site name the servers of this machine, and no others."""
    at = servers.addresses
    host = at["mastodon"].removeprefix("http://")
    site.environment |= {
        "CHINWAG_MASTODON_SERVERS": at["mastodon"],
        "CHINWAG_MASTODON_TOKENS": f"{host}={token}",
        "CHINWAG_BLUESKY_JETSTREAMS": at["jetstream"],
        "CHINWAG_BLUESKY_APP_VIEW": at["appview"],
    }


def test_a_capture_of_both_networks_is_watched_live_and_kept(
    local_servers: LocalServers, tmp_path: Path
) -> None:
    site = make_own_site(tmp_path / "site")
    with (
        asyncio.Runner() as runner,
        Person(local_servers.addresses["pds"], f"ana-{uuid4().hex[:6]}") as ana,
    ):
        ben = MastodonPeople(local_servers.addresses["mastodon"])
        point_to(site, local_servers, runner.run(ben.sign_up("ben")).reveal())
        with site.serve("--port", "0") as served:
            host = found_site(served, hashtag="roomchat")
            (day,) = set(re.findall(r"/desk/inkchat/([0-9-]+)/", host.read("/desk/")))
            desk, chat = f"/desk/inkchat/{day}/capture", f"/inkchat/{day}/"
            both = {"read-mastodon": "on", "read-bluesky": "on", "grace": "30"}
            host.fill_in(desk, f"{desk}/start", **both)
            wait_until(lambda: "All is well" in host.read(desk), "a route does not stand")
            folder = site.folder / "chats" / "inkchat" / find_chat(site)
            with open_reader(served, chat) as reader:
                cafe = runner.run(ben.post("ben", CAFE))
                exams = str(ana.post(EXAMS)["uri"])
                regretted = ana.post(REGRETTED)
                everything = {cafe, exams, str(regretted["uri"])}
                wait_until(lambda: everything <= set(reader.list_told("post")), "not all was told")
                ana.delete(regretted)
                wait_until(lambda: reader.list_told("gone"), "what was taken back still stands")
                shown = host.read(f"{chat}archive/")
            host.fill_in(desk, f"{desk}/stop")
            wait_until(lambda: "The capture has ended." in host.read(desk), "it does not end")
        runner.run(ben.close())
    said = {"café": "repair café" in shown, "exams": "keys held by the students" in shown}
    assert said | {"regretted": "taken back at once" in shown} == {
        "café": True,
        "exams": True,
        "regretted": False,
    }
    kept = {post.id for post in ChatFolder.open(folder).read_posts() if not post.deleted}
    assert kept & everything == {cafe, exams}
    told = [key for key in reader.list_told("post") if key in everything]
    assert sorted(told) == sorted(everything)
