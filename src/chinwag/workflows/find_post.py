"""Name a post as people do: by its id, its address, or the end of either."""

from __future__ import annotations

from collections.abc import Sequence

from chinwag.errors import InputError
from chinwag.model import Post


def find_post(posts: Sequence[Post], name: str) -> Post:
    """Return the post that a person names by its id, its permalink, or the end of either.

    Raises InputError where there is none, or more than one.
    """
    exact = [post for post in posts if name in (post.id, post.url)]
    found = exact or [post for post in posts if post.id.endswith(name) or post.url.endswith(name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError("No post of this chat is called {name!r}.", code="post-unknown", name=name)
    several = ", ".join(post.id for post in found[:3])
    raise InputError(
        "{number} posts end in {name!r}: {several}.",
        code="post-ambiguous",
        number=len(found),
        name=name,
        several=f"{several} and others" if len(found) > 3 else several,
    )
