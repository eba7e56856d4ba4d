"""Which accounts are one person's: those that somebody says are, and those of a host."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chinwag.model import Chat, Post

_SIGNS = re.compile(r"[\W_]+")


class People:
    """Says under which account somebody is counted.

    Two accounts of the chat's moderators are one person's where they show one name or have one
    handle, server apart; any accounts are where the chat says so (`one_person`). Any other account
    counts as a person: about participants nobody knows.
    """

    def __init__(self, chat: Chat | None = None, posts: Iterable[Post] = ()) -> None:
        self._counted: dict[str, str] = {}
        if chat is None:
            return
        self._join_hosts([one.author.casefold() for one in chat.moderators], posts)
        for group in chat.one_person:
            first, *others = dict.fromkeys(one.lstrip("@").casefold() for one in group) or [""]
            for other in others:
                self._join(first, other)

    def find(self, handle: str) -> str:
        """Return the handle, in lower case, of the account by which somebody is counted."""
        folded = handle.casefold()
        return self._counted.get(folded, folded)

    def count(self, posts: Iterable[Post]) -> int:
        """Return how many people wrote some posts; a tombstone is nobody's."""
        return len({self.find(post.author) for post in posts if post.author})

    def _join_hosts(self, hosts: list[str], posts: Iterable[Post]) -> None:
        if len(hosts) < 2:
            return
        names: dict[str, set[str]] = {host: {_find_stem(host)} for host in hosts}
        for post in posts:
            if (host := post.author.casefold()) in names and post.author_name:
                names[host].add(f"name {post.author_name.strip().casefold()}")
        for place, host in enumerate(hosts):
            same = (one for one in hosts[:place] if not names[one].isdisjoint(names[host]))
            if (first := next(same, None)) is not None:
                self._join(first, host)

    def _join(self, first: str, other: str) -> None:
        """Count another account, and all that are counted by it, by the first one's."""
        counted, instead = self.find(first), self.find(other)
        if counted == instead:
            return
        for handle in (other, instead, *self._counted):
            if self.find(handle) == instead:
                self._counted[handle] = counted


def _find_stem(handle: str) -> str:
    """Return a handle without its server: "chat" of "chat@glam.example" and "chat.bsky.example"."""
    local, at, _server = handle.lstrip("@").partition("@")
    return _SIGNS.sub("", local if at else local.partition(".")[0])
