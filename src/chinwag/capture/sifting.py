"""What is news: a route that looks at the same posts again and again says most things twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from chinwag.capture.reading import LiveRecord, Says, read_record
from chinwag.model import Post, RawPost
from chinwag.records.vocabulary import EVENT, name_network


class Sifter:
    """Picks the records that say something new, each route's by itself."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], int] = {}  # what each route last said of a post
        self._awaited: set[str] = set()  # ids that were sifted, and are in no post yet

    def sift(self, raws: Iterable[RawPost]) -> list[LiveRecord]:
        """Return the records that say something new, each with what it says.

        What may not be kept at all goes no further.
        """
        fresh: list[LiveRecord] = []
        for raw in raws:
            if name_network(raw.route) == EVENT:
                fresh.append(LiveRecord(raw, ()))
                continue
            says = read_record(raw)
            if says is None:
                continue
            if self.note(raw, says):
                fresh.append(LiveRecord(raw, says))
                self._await(says)
        return fresh

    def note(self, raw: RawPost, says: Says) -> bool:
        """Note what a record says; return whether its route has not said that before."""
        by = f"{raw.route} {raw.address}"
        said = {(by, record.id): _hash_record(record) for record in says}
        if not says:  # it cannot be read, and is kept as it is
            said = {(by, ""): hash(msgspec.json.encode(raw.payload))}
        is_news = any(self._said.get(key) != what for key, what in said.items())
        self._said.update(said)
        return is_news

    def is_awaited(self, id_: str) -> bool:
        """Return whether a post with this id or alias is on its way to the disk."""
        return id_ in self._awaited

    def forget_awaited(self, is_there: Callable[[str], bool]) -> None:
        """Wait no longer for posts that are there."""
        self._awaited = {id_ for id_ in self._awaited if not is_there(id_)}

    def _await(self, says: Says) -> None:
        for record in says:
            if isinstance(record, Post):
                self._awaited.update((record.id, *record.aliases))


def _hash_record(record: object) -> int:
    """Return a number for what a record says, whenever and however often it says it."""
    if isinstance(record, Post):
        return hash(msgspec.json.encode(msgspec.structs.replace(record, sightings=())))
    return hash(getattr(record, "id", ""))
