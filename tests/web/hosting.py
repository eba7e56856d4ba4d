"""A host at work on a site that runs by itself, and a server on which people write meanwhile."""

from __future__ import annotations

import asyncio
import http.cookiejar
import json
import re
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode

from tests.networks.fake_mastodon import FakeMastodon
from tests.networks.fake_server import run_server
from tests.web.processes import OwnSite, Served

PATIENCE = 180.0  # seconds for whatever a busy machine makes wait
_LANDED = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def wait_until(is_so: Callable[[], Any], what: str) -> Any:
    """Return what is so once it is; fail with these words where it never comes to be."""
    until = time.monotonic() + PATIENCE
    while not (found := is_so()):
        assert time.monotonic() < until, what
        time.sleep(0.1)
    return found


class Town:
    """A server of the fediverse, in a thread of its own, and people who write there."""

    def __init__(self) -> None:
        self.address = ""
        self.written: list[str] = []
        self._fake = FakeMastodon()
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._begun = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._run(),))

    def write(self, text: str, *, author: str = "ana", at: datetime | None = None) -> None:
        """Write a post under the hashtag, now or at another time."""
        self.written.append(text)
        moment = at or datetime.now(UTC)
        self._loop.call_soon_threadsafe(
            lambda: self._fake.post(f"{text} #inkchat", moment, author=author)
        )

    def delete(self, text: str) -> None:
        """Take a post back."""
        self.written.remove(text)

        def take_back() -> None:
            said = self._fake.statuses.items()
            number = next(key for key, one in said if f"<p>{text} #" in one["content"])
            self._fake.delete(number)

        self._loop.call_soon_threadsafe(take_back)

    async def _run(self) -> None:
        async with run_server(self._fake.say) as server:
            self.address = server.address
            self._begun.set()
            await self._over.wait()


@contextmanager
def open_town() -> Iterator[Town]:
    """Open a town for as long as the block lasts."""
    town = Town()
    town._thread.start()
    town._begun.wait(PATIENCE)
    try:
        yield town
    finally:
        town._loop.call_soon_threadsafe(town._over.set)
        town._thread.join(PATIENCE)
        town._loop.close()


def point_to(site: OwnSite, town: Town) -> None:
    """Let the settings of a site name the town, with a token by which its stream is read."""
    host = town.address.removeprefix("http://")
    site.environment["CHINWAG_MASTODON_SERVERS"] = town.address
    site.environment["CHINWAG_MASTODON_TOKENS"] = f"{host}=a-token"


class Host:
    """A host in a browser without JavaScript. Whatever ends the site meanwhile is waited for."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._cookies = http.cookiejar.CookieJar()
        keep = urllib.request.HTTPCookieProcessor(self._cookies)
        self._opener = urllib.request.build_opener(keep)

    def list_cookies(self) -> list[dict[str, str]]:
        """Return the cookies by which the site knows the host."""
        return [{"name": one.name, "value": one.value or ""} for one in self._cookies]

    def read(self, path: str) -> str:
        """Return a page."""
        return self._ask(path, None, {})

    def fill_in(self, path: str, form: str = "", **said: str) -> str:
        """Send a form that stands on a page, to `form` where that is another address."""
        return self.send(form or path, csrfmiddlewaretoken=self.read_token(path), **said)

    def read_token(self, path: str) -> str:
        """Return what every form of a page must send along."""
        (token, *_) = _LANDED.findall(self.read(path))
        return str(token)

    def send(self, form: str, **said: str) -> str:
        """Send what a form says, at once; return the page that follows."""
        return self._ask(form, urlencode(said).encode(), {})

    def bring(self, path: str, name: str, content: bytes) -> str:
        """Bring a file; return the address of the page that tells of it."""
        (token, *_) = _LANDED.findall(self.read(path))
        parts = [
            _write_part('name="csrfmiddlewaretoken"', token.encode()),
            _write_part(f'name="uploads"; filename="{name}"', content),
        ]
        body = b"".join(parts) + b"--edge--\r\n"
        request = urllib.request.Request(self._served.find_address() + path, body)
        request.add_header("Content-Type", "multipart/form-data; boundary=edge")
        with self._opener.open(request, timeout=PATIENCE) as answer:
            return str(answer.url).removeprefix(self._served.find_address())

    def _ask(self, path: str, body: bytes | None, headers: dict[str, str]) -> str:
        until = time.monotonic() + PATIENCE
        while True:
            request = urllib.request.Request(self._served.find_address() + path, body, headers)
            try:
                with self._opener.open(request, timeout=PATIENCE) as answer:
                    return unescape(answer.read().decode())
            except HTTPError as refused:
                with refused:
                    raise AssertionError(f"{path}: {refused.code}") from refused
            except (URLError, ConnectionError, TimeoutError):
                assert time.monotonic() < until, self._served.read_log()
                time.sleep(0.1)


def found_site(served: Served, keeper: Served | None = None, *, hashtag: str = "inkchat") -> Host:
    """Return the site's owner, with a series and a chat of it that has just begun."""
    host = Host(served)
    code = (keeper or served).wait_for(r"give: (\S+)")
    host.fill_in("/site/first/", code=code, email="host@example.org", name="Host")
    zone = {"time_zone": "UTC", "language": "en"}
    host.fill_in("/site/series", name="Ink", slug="inkchat", hashtag=hashtag, **zone)
    begun = (datetime.now(UTC) - timedelta(minutes=5)).replace(second=0, microsecond=0)
    at = begun.strftime("%Y-%m-%dT%H:%M")
    host.fill_in("/desk/inkchat/new", title="Rooms", topic="", starts_at=at, minutes="300")
    return host


def find_chat(site: OwnSite) -> str:
    """Return the day of the only chat that is captured, as its folder is called."""
    folder = site.folder / "chats" / "inkchat"
    return str(wait_until(lambda: [*folder.glob("*/chat.toml")], "no folder")[0].parent.name)


class Reader:
    """A page that stays open: it hears a chat's stream, and comes back whenever that breaks."""

    def __init__(self, served: Served, chat: str) -> None:
        self.heard: list[tuple[int, str, str]] = []
        self._served = served
        self._path = f"{chat}live?after=0"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen)

    def list_told(self, kind: str) -> list[str]:
        """Return what was told of this kind, by key, in order."""
        return [key for _, told, key in self.heard if told == kind]

    def _listen(self) -> None:
        while not self._over.is_set():
            last = str(self.heard[-1][0]) if self.heard else "0"
            request = urllib.request.Request(self._served.find_address() + self._path)
            request.add_header("Last-Event-ID", last)
            try:
                with urllib.request.urlopen(request, timeout=5) as stream:
                    self._read(stream)
            except (OSError, http.client.HTTPException):
                self._over.wait(0.2)

    def _read(self, stream: Any) -> None:
        fields: dict[str, str] = {}
        for line in stream:
            if self._over.is_set():
                return
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                fields[name] = value
            elif "event" in fields:
                key = json.loads(fields["data"]).get("key", "")
                self.heard.append((int(fields["id"]), fields["event"], key))
                fields = {}


@contextmanager
def open_reader(served: Served, chat: str) -> Iterator[Reader]:
    """Let a reader listen to a chat for as long as the block lasts."""
    reader = Reader(served, chat)
    reader._thread.start()
    try:
        yield reader
    finally:
        reader._over.set()
        reader._thread.join(PATIENCE)


def list_children(pid: int) -> dict[int, list[str]]:
    """Return the processes that a process started, and those that these started, by their words."""
    found: dict[int, list[str]] = {}
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for child in map(int, children):
            words = Path(f"/proc/{child}/cmdline").read_bytes().decode().split("\0")
            found |= {child: words, **list_children(child)}
    except OSError:
        pass  # it has ended meanwhile
    return found


def _write_part(what: str, content: bytes) -> bytes:
    head = f"--edge\r\nContent-Disposition: form-data; {what}\r\n\r\n".encode()
    return head + content + b"\r\n"
