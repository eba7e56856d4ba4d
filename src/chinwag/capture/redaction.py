"""Take deleted text out of a capture's journals, and leave the rest of them as received.

A line that holds a deleted post, quotes one or passes one on is put down anew: the posts in it
that may stay, and tombstones for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from chinwag.model import Deletion, Post, RawPost, Removal
from chinwag.records.contract import RowError
from chinwag.records.live import convert_live
from chinwag.records.vocabulary import EVENT, KEPT_POSTS, name_network
from chinwag.steps.collect import Removed


class Redactions:
    """Everything whose text must not be kept: deleted posts by every id, and what people wish."""

    def __init__(self, ids: Iterable[str], removals: Iterable[Removal]) -> None:
        self.removals = tuple(removals)
        self.ids = frozenset(ids) | {wish.post for wish in self.removals if wish.post}
        self._removed = Removed((*(Removal(post=id_) for id_ in self.ids), *self.removals))
        # An address that names a post names it wherever it stands; a bare number does not.
        self._names = tuple(id_.encode() for id_ in self.ids if "/" in id_)

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.ids or self.removals)

    def touches(self, post: Post) -> bool:
        """Say whether a post is gone, or repeats one that is."""
        return self._removed.covers(post) or post.quote_of in self.ids

    def is_named_in(self, raw: RawPost) -> bool:
        """Say whether a record speaks of a gone post by its address: it may hold it whole."""
        if not self._names:
            return False
        said = msgspec.json.encode(raw.payload)
        return any(name in said for name in self._names)

    def take_out(self, post: Post) -> Post | None:
        """Give what may stay of a post, None for nothing."""
        return self._removed.take_out(post)


def make_redactor(gone: Redactions) -> Callable[[RawPost], RawPost]:
    """Give the function that puts each record of a journal down as it may be kept.

    A record with nothing gone in it is given back as it is.
    """

    def redact(raw: RawPost) -> RawPost:
        if name_network(raw.route) == EVENT or not gone:
            return raw
        return redact_record(raw, read_record(raw), gone)

    return redact


def read_record(raw: RawPost) -> tuple[Post | Deletion, ...]:
    """Give what a record says; nothing for one that cannot be read."""
    try:
        return tuple(convert_live(raw))
    except RowError:
        return ()


def redact_record(raw: RawPost, records: Iterable[Post | Deletion], gone: Redactions) -> RawPost:
    """Give a record without the text that is gone; the very same one where it holds none."""
    posts = [record for record in records if isinstance(record, Post)]
    if isinstance(raw.payload, dict) and KEPT_POSTS in raw.payload:
        is_clean = not any(gone.touches(post) and not post.deleted for post in posts)
    else:
        touched = any(gone.touches(post) for post in posts)
        is_clean = not touched and not (posts and gone.is_named_in(raw))
    if is_clean:
        return raw
    kept = [left for post in posts if (left := gone.take_out(post)) is not None]
    return msgspec.structs.replace(raw, payload={KEPT_POSTS: msgspec.to_builtins(kept)})
