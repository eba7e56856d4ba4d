"""The people whom one file names, and the posts of another that has only their numbers."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from chinwag.importers import Person
from chinwag.model import Post


class People:
    """Handles and names by number."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._people = {person.id: person for person in people}

    def name_author(self, post: Post) -> Post:
        """Return a post with its author's handle where it had the number, else as it is."""
        person = self._people.get(post.author) if post.author == post.author_id else None
        if person is None:
            return post
        return msgspec.structs.replace(
            post,
            author=person.handle,
            author_name=person.name,
            url=post.url.replace(f"/{person.id}/", f"/{person.handle}/", 1),
        )
