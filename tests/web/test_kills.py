"""Whatever is killed at whatever moment: nothing is lost, and nothing is there twice."""

from __future__ import annotations

import os
import random
import re
import signal
import time

from tests.web.hosting import (
    Host,
    Reader,
    Town,
    find_chat,
    found_site,
    list_children,
    open_reader,
    open_town,
    point_to,
    wait_until,
)
from tests.web.processes import OwnSite, Served
from tests.web.test_imports import MARCH, write_csv

from chinwag.stores.folder import ChatFolder

KILLS = 30 if os.environ.get("CHINWAG_TEST_PROFILE") == "thorough" else 8
PARTS = ("web", "keeper", "capture")


def test_kills_lose_nothing_and_double_nothing(own_site: OwnSite) -> None:
    chance = random.Random(12)
    with open_town() as town:
        point_to(own_site, town)
        with own_site.serve("--port", "0") as served:
            host = found_site(served)
            day = start_capture(host, own_site)
            chat, archive = f"/inkchat/{day}/", f"/inkchat/{day}/archive/"
            town.write("Q1: What would you do with one empty room?", author="host")
            wait_until(lambda: list_shown(host, archive), "nothing came")
            brought = host.bring("/desk/inkchat/import", "march.csv", write_csv(MARCH))
            with open_reader(served, chat) as reader:
                kill_and_write(served, town, chance)
                wait_until(lambda: "Keep it" in host.read(brought), "the file was never read")
                host.fill_in(brought, do="keep", **{"into-0": "new"})
                everything = len(town.written)
                wait_until(
                    lambda: len(list_shown(host, archive)) >= everything, "posts are missing"
                )
                check_folder(own_site, day, town)
                check_screen(host, archive, everything)
                wait_until(lambda: len(reader.list_told("post")) >= everything, "not all was told")
                check_stream(reader)
            end = f"/desk/inkchat/{day}/capture"
            host.fill_in(end, f"{end}/stop")
            wait_until(lambda: "The capture has ended." in host.read(end), "it never ended")
            check_folder(own_site, day, town)
            check_screen(host, archive, everything)
            assert "empty room" in host.read(f"{chat}story/")
            wait_until(lambda: "1 chat is kept." in host.read(brought), "the file was never kept")
            assert len(list_shown(host, "/inkchat/2026-03-05/archive/")) == 6
            assert host.read("/inkchat/chats").count('href="/inkchat/20') == 2
        assert own_site.run("admin", "check") == []
        assert not any((own_site.folder / "uploads").iterdir())


def start_capture(host: Host, site: OwnSite) -> str:
    (day,) = set(re.findall(r"/desk/inkchat/([0-9-]+)/", host.read("/desk/")))
    page = f"/desk/inkchat/{day}/capture"
    host.fill_in(page, f"{page}/start", **{"read-mastodon": "on", "grace": "30"})
    return find_chat(site)


def kill_and_write(served: Served, town: Town, chance: random.Random) -> None:
    """Kill one part after the other, while people write."""
    for number in range(KILLS):
        town.write(f"A1: answer {number}, before", author=f"p{number % 5}")
        time.sleep(chance.random())
        kill(served, chance.choice(PARTS))
        town.write(f"A1: answer {number}, after", author=f"p{number % 5}")


def kill(served: Served, part: str) -> None:
    """Kill a part of the site as soon as it runs."""

    def find() -> int | None:
        children = list_children(served.process.pid).items()
        return next((pid for pid, words in children if part in words), None)

    os.kill(wait_until(find, f"no {part} runs"), signal.SIGKILL)


def list_shown(host: Host, archive: str) -> list[str]:
    """Return the posts on every page of an archive, in order."""
    shown: list[str] = []
    number = 1
    while True:
        page = host.read(f"{archive}?page={number}")
        shown += re.findall(r'<article class="post[^"]*" id="p-(\w+)"', page)
        if 'rel="next"' not in page:
            return shown
        number += 1


def check_folder(site: OwnSite, day: str, town: Town) -> None:
    posts = ChatFolder.open(site.folder / "chats" / "inkchat" / day).read_posts()
    assert sorted(post.text.removesuffix(" #inkchat") for post in posts) == sorted(town.written)


def check_screen(host: Host, archive: str, everything: int) -> None:
    shown = list_shown(host, archive)
    assert (len(shown), len(set(shown))) == (everything, everything)


def check_stream(reader: Reader) -> None:
    """Check that an open page heard every event once, and of each post once that it is new."""
    numbers = [number for number, _, _ in reader.heard]
    assert numbers == list(range(1, len(numbers) + 1))
    told = reader.list_told("post")
    assert len(told) == len(set(told))
