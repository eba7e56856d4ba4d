"""Short links that nobody shared: Twitter's clients append one for a picture or a quoted post.

A source that says what they lead to settles it for each; where none does, the number of a chat's
posts that end in one shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from chinwag.model import Post

_HOST = "t.co/"
_APPENDED = re.compile(r"(?:^|[^:>→(👉👇\s])\s*(?P<link>https?://t\.co/\w+)\s*$", re.IGNORECASE)
_OFTEN = 0.15  # of a chat's posts that end in a short link: more than people share
_FEWEST = 5  # posts that do, so that it is a habit


def find_appended(post: Post) -> str:
    """Return the short link that ends a post and that nothing leads up to, "" without one.

    Where the source says what it leads to, it is not one of these.
    """
    if _HOST not in post.text.lower():  # most posts: they need no closer look
        return ""
    found = _APPENDED.search(post.text)
    link = found["link"] if found else ""
    return "" if post.links and link not in post.links else link


def appends_links(posts: Iterable[Post]) -> bool:
    """Return whether the short links with which a chat's posts end were appended by clients."""
    spoken = [post for post in posts if post.is_spoken]
    ending = sum(bool(find_appended(post)) for post in spoken)
    return ending >= max(_FEWEST, _OFTEN * len(spoken))
