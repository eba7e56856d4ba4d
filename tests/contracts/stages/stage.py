"""What a network needs to play in the suite of networks: a server on this machine, with people.

A network joins with a file of its name beside this one, in which `open_stage` opens its stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from tests.networks.watching import FakeWatch

from chinwag.model import Deletion, Post, RawPost
from chinwag.networks.contract import Announcer, Route
from chinwag.records.contract import ReadOptions


class Stage(Protocol):
    """A network on this machine, with people on it. Ids are those that its posts get."""

    @property
    def now(self) -> datetime:
        """Give what its server takes for now."""
        ...

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]: ...
    async def post(self, author: str, text: str, answers: str = "") -> str: ...
    async def edit(self, id: str, text: str) -> None: ...
    async def delete(self, id: str) -> None: ...
    async def shut(self) -> None:
        """Break every connection, and let nobody in."""

    async def open(self) -> None: ...
    def list_routes(self) -> Sequence[Route]:
        """Give every kind of route there is, each a new one, those that stream first."""

    async def make_announcer(self, watch: FakeWatch) -> Announcer: ...
    async def read(self, id: str) -> str:
        """Give a post's text as it stands on the server, "" where it is gone."""
