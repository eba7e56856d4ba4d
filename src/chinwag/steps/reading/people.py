"""Who is one person: the accounts that a host has on several networks are told as one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chinwag.model import Chat, Post

_SIGNS = re.compile(r"[\W_]+")


class People:
    """Tells by which account somebody is counted.

    Two accounts of the chat's moderators are one person's where they show one name or have one
    handle, server apart. Any other account is a person of its own: of participants nobody knows.
    """

    def __init__(self, chat: Chat | None = None, posts: Iterable[Post] = ()) -> None:
        self._counted: dict[str, str] = {}
        hosts = [one.author.casefold() for one in chat.moderators] if chat else []
        if len(hosts) < 2:
            return
        names: dict[str, set[str]] = {host: {_find_stem(host)} for host in hosts}
        for post in posts:
            if (host := post.author.casefold()) in names and post.author_name:
                names[host].add(f"name {post.author_name.strip().casefold()}")
        for place, host in enumerate(hosts):
            same = (one for one in hosts[:place] if not names[one].isdisjoint(names[host]))
            if (first := next(same, None)) is not None:
                self._counted[host] = self._counted.get(first, first)

    def find(self, handle: str) -> str:
        """Return the handle, in lower case, of the account by which somebody is counted."""
        folded = handle.casefold()
        return self._counted.get(folded, folded)

    def count(self, posts: Iterable[Post]) -> int:
        """Return how many people wrote some posts; a tombstone is nobody's."""
        return len({self.find(post.author) for post in posts if post.author})


def _find_stem(handle: str) -> str:
    """Return a handle without its server: "chat" of "chat@glam.example" and "chat.bsky.example"."""
    local, at, _server = handle.lstrip("@").partition("@")
    return _SIGNS.sub("", local if at else local.partition(".")[0])
