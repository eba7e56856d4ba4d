"""Cutting a block of copied posts into posts, and asking for those that are links alone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from urllib.parse import quote

from chinwag.errors import NetworkError
from chinwag.http.client import Client, is_status
from chinwag.model import RawPost
from chinwag.networks.contract import Notice, Received, Watch, make_notice
from chinwag.records.permalinks import Permalink, read_permalink

PASTED = "pasted text"  # in the place of a server's address

_NOT_SHOWN = (401, 403, 404, 410)
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # marks of direction
# A name, a handle, and how long ago: "Ana @ana@shelf.example", "@ana.example · 2h", "(@ana)".
_AUTHOR = re.compile(r"(?:[^@#]{0,80}\s)?\(?@[\w.-]+(?:@[\w.-]+)?\)?(?:\s*[·•|].{0,60})?")


class Paste:
    """Yields what a person pasted, once, and ends.

    No server is asked for anything unless `resolve` is true: then the Mastodon servers of the links
    are asked for the posts behind them, one request each, `breath` seconds apart.
    """

    network = "paste"
    kind = "search"
    name = "paste:text"
    origin = "paste"

    def __init__(
        self, text: str, *, resolve: bool = False, contact: str = "", breath: float = 1.0
    ) -> None:
        self._blocks = cut_paste(text)
        self._resolve = resolve
        self._contact = contact
        self._breath = breath

    async def receive(
        self,
        watch: Watch,
        cursor: str,
    ) -> AsyncIterator[Received | Notice]:
        """Yield the pasted posts; one that no server shows gets a Notice, and stays a link."""
        start = int(cursor) if cursor.isdecimal() else 0
        for number, block in enumerate(self._blocks[start:], start=start + 1):
            raw = RawPost(
                route="paste:text",
                address=PASTED,
                line=number,
                at=watch.now(),
                payload={"text": block},
            )
            if link := self._find_link(block):
                try:
                    raw = await self._ask(link, watch)
                except NetworkError as error:
                    if not is_status(error, _NOT_SHOWN):
                        raise
                    yield make_notice(
                        "lacking",
                        "{address} cannot be had. {said}",
                        code="paste-not-found",
                        address=block,
                        said=str(error),
                    )
                await watch.pause(self._breath)
            yield Received(raws=(raw,), cursor=str(number))

    def _find_link(self, block: str) -> Permalink | None:
        """Return the link to a post that shall be asked for, None for none."""
        link = read_permalink(block) if self._resolve else None
        return link if link is not None and link.network == "mastodon" else None

    async def _ask(self, link: Permalink, watch: Watch) -> RawPost:
        """Return the record of the post behind a link, from the link's server."""
        async with Client(link.host, contact=self._contact) as client:
            path = f"/api/v1/statuses/{quote(link.number, safe='')}"
            status = (await client.get(watch, path)).read_json()
            payload = {"server": link.host, "status": status}
            return RawPost(
                route="mastodon:paste", address=client.server, at=watch.now(), payload=payload
            )


def cut_paste(text: str) -> tuple[str, ...]:
    """Return the posts in a block of text, each with all its lines.

    A post ends with the address of its page, or before a line that names the next one's author
    ("Ana @ana@shelf.example"), or at two blank lines. A line that is the address of a post's page
    and nothing else, right after another post has ended, is a post by itself.
    """
    blocks: list[list[str]] = [[]]
    blank = 0  # lines since the last one with words
    for line in map(str.strip, _UNSEEN.sub("", text).splitlines()):
        if not line:
            blank += 1
            continue
        if _begins_post(line, blocks[-1], blank):
            blocks.append([])
        elif blank and blocks[-1]:
            blocks[-1].append("")
        blocks[-1].append(line)
        blank = 0
        if _is_permalink(line):
            blocks.append([])
    posts = ("\n".join(block).strip() for block in blocks)
    return tuple(filter(None, posts))


def _begins_post(line: str, block: list[str], blank: int) -> bool:
    """Tell whether a line begins a post, after a block and so many blank lines."""
    return blank > 1 or (_is_author(line) and _has_words(block))


def _is_author(line: str) -> bool:
    return _AUTHOR.fullmatch(line) is not None


def _has_words(block: list[str]) -> bool:
    """Tell whether a block has more than the lines with its author and time."""
    return any(line and not _is_author(line) for line in block[1:])


def _is_permalink(line: str) -> bool:
    return not re.search(r"\s", line) and read_permalink(line) is not None
