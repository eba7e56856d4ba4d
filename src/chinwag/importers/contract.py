"""The promise that an importer, a file in `formats/`, keeps.

An importer splits a file into raw records and converts one record into posts. Everything else
(opening, decompressing, decoding, choosing the format, keeping broken rows aside, counting) is
done once, in `reading`, for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

import msgspec

from chinwag.importers.source import Source
from chinwag.model import AsideRow, Deletion, Post, RawPost, ToldStory
from chinwag.records.contract import ReadOptions


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whom a file of people names: posts in other files may have the number alone."""

    id: str
    handle: str
    name: str = ""


class Importer(Protocol):
    """One export format.

    `name` is what `--format` takes ("twarc-v1-csv"), `title` how people call it ("tweets from
    twarc 1 (CSV)"), `about` a sentence or two on how such a file comes about; `chinwag formats`
    shows them.
    """

    name: str
    title: str
    about: str

    def sniff(self, head: Source) -> float:
        """Return how sure it is, from 0 to 1, that the file is of this format, by its first bytes.

        Never raises. Looks at `head.peek()` (decoded text of the first 64 kB) and, for archives,
        at `head.names()`.
        """
        ...

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost | AsideRow]:
        """Yield the records one by one, as received, each with its line, in bounded memory.

        A stretch that is no record at all is yielded as an AsideRow; bad input never raises.
        """
        ...

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion | Person]:
        """Return the posts of one record (a page of an API holds many, an edit history none).

        Raises RowError for a record that cannot be read, and NoTimeZone where times state no zone
        and `options.time_zone` is None. A repost is a Post with `repost_of` set ("?" where the
        original's id is unknown) and with as much of the original's `text` as is known.
        """
        ...


@runtime_checkable
class Teller(Protocol):
    """What an importer promises besides, where its files hold more than posts: a story of them."""

    def tell(self, source: Source, options: ReadOptions) -> Iterator[ToldStory]:
        """Yield the stories of a file: what their author wrote, and the posts that they show.

        The ids of posts are those that `convert` gives them. Never raises for what is broken.
        """
        ...
