"""Take deleted text out of a capture's journals, and leave the rest of them as received.

A line that holds a deleted post, quotes one or passes one on is rewritten with the posts in it that
may stay, and tombstones for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from chinwag.capture.reading import LiveRecord, read_record
from chinwag.model import Deletion, Post, RawPost, Removal
from chinwag.records.vocabulary import EVENT, KEPT_POSTS, name_network
from chinwag.steps.collect import Removed


class Redactions:
    """Everything whose text must not be kept: deleted posts by every id, and removals."""

    def __init__(self, ids: Iterable[str], removals: Iterable[Removal], key: bytes = b"") -> None:
        self.removals = tuple(removals)
        self.key = key
        self.ids = frozenset(ids) | {removal.post for removal in self.removals if removal.post}
        self._removed = Removed(self.removals, key, self.ids)
        # An address that names a post names it wherever it stands; a bare number does not.
        self._names = tuple(id_.encode() for id_ in self.ids if "/" in id_)

    def __bool__(self) -> bool:
        """Return whether there is anything to take out."""
        return bool(self.ids or self.removals)

    def touches(self, post: Post) -> bool:
        """Return whether a post is gone, or repeats, quotes or names what is."""
        return self.take_out(post) is not post or self.quotes(post)

    def quotes(self, post: Post) -> bool:
        """Return whether a post quotes what is gone: its record may hold those words."""
        return bool(post.quote_of) and self._removed.covers_id(post.quote_of)

    def names_deleted(self, record: LiveRecord) -> bool:
        """Return whether a record deletes a post by an id that may name nobody any more."""
        deletions = (said for said in record.says if isinstance(said, Deletion))
        return any(self._removed.take_out_deletion(one) is not one for one in deletions)

    def is_named_in(self, raw: RawPost) -> bool:
        """Return whether a record names a gone post by its address: it may hold it whole."""
        if not self._names:
            return False
        payload = msgspec.json.encode(raw.payload)
        return any(name in payload for name in self._names)

    def take_out(self, post: Post) -> Post | None:
        """Return what may stay of a post, None for nothing."""
        return self._removed.take_out(post)


def make_redactor(gone: Redactions) -> Callable[[RawPost], RawPost]:
    """Return the function that returns each record of a journal as it may be kept.

    It returns the very same record where nothing gone is in it.
    """

    def redact(raw: RawPost) -> RawPost:
        if name_network(raw.route) == EVENT or not gone:
            return raw
        return redact_record(LiveRecord(raw, read_record(raw) or ()), gone).raw

    return redact


def redact_record(record: LiveRecord, gone: Redactions) -> LiveRecord:
    """Return a record without the text that is gone; the very same one where it holds none."""
    posts = [said for said in record.says if isinstance(said, Post)]
    if _is_clean(record.raw, posts, gone) and not gone.names_deleted(record):
        return record
    kept = tuple(left for post in posts if (left := gone.take_out(post)) is not None)
    payload = {KEPT_POSTS: msgspec.to_builtins(kept)}
    return LiveRecord(msgspec.structs.replace(record.raw, payload=payload), kept)


def _is_clean(raw: RawPost, posts: Sequence[Post], gone: Redactions) -> bool:
    touched = [post for post in posts if gone.touches(post)]
    if isinstance(raw.payload, dict) and KEPT_POSTS in raw.payload:
        return all(gone.take_out(post) in (post, None) or post.deleted for post in touched)
    if touched:
        return False
    return not (posts and gone.is_named_in(raw))
