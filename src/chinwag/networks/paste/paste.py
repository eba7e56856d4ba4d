"""Giving the posts in a block of copied text, and asking for those that are links alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

from chinwag.errors import InputError, NetworkError
from chinwag.http.client import Client, is_status
from chinwag.model import RawPost
from chinwag.networks.contract import Notice, Received, Watch, make_notice
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.pasted_posts import convert_record, cut_paste
from chinwag.records.permalinks import Permalink, read_permalink

_ROUTE = "paste:text"
_SHOWN = 60  # characters of a block by which it is known again

PASTED = "pasted text"  # in the place of a server's address

_NOT_SHOWN = (401, 403, 404, 410)


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
        self, text: str, *, resolve: bool = False, operator: str = "", breath: float = 1.0
    ) -> None:
        self._blocks = cut_paste(text)
        self._resolve = resolve
        self._operator = operator
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
                route=_ROUTE,
                address=PASTED,
                line=number,
                at=watch.now(),
                payload={"text": block},
            )
            link = self._find_link(block)
            if link:
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
            if link is None and (why := _find_fault(raw)):
                yield make_notice(
                    "lacking",
                    "The pasted post {start!r} is not kept: {why}.",
                    code="paste-unreadable",
                    start=block[:_SHOWN].replace("\n", " "),
                    why=why,
                )
            yield Received(raws=(raw,), cursor=str(number))

    def _find_link(self, block: str) -> Permalink | None:
        """Return the link to a post that is to be asked for, None where there is none."""
        link = read_permalink(block) if self._resolve else None
        return link if link is not None and link.network == "mastodon" else None

    async def _ask(self, link: Permalink, watch: Watch) -> RawPost:
        """Return the record of the post behind a link, from the link's server."""
        async with Client(link.host, operator=self._operator) as client:
            path = f"/api/v1/statuses/{quote(link.number, safe='')}"
            status = (await client.get(watch, path)).read_json()
            payload = {"server": link.host, "status": status}
            return RawPost(
                route="mastodon:paste", address=client.server, at=watch.now(), payload=payload
            )


def _find_fault(raw: RawPost) -> str:
    """Return why no post can be made of a pasted block, "" where one can."""
    if raw.route != _ROUTE:
        return ""
    try:
        convert_record(raw, ReadOptions())
    except (RowError, InputError) as fault:
        return str(fault).rstrip(".")
    return ""
