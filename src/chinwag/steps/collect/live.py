"""Collecting live: records merged, folded and deleted one by one, as the batch would do them all.

A record touches few posts: the one that it is of, the one that it reposts, and those that named it
before it came. Only these are merged and folded again, so that a record costs the same however long
the chat has been running. Reposts recognised by their words alone are found by the batch
afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from chinwag.model import Deletion, Post
from chinwag.steps.collect.fold import fold_reposts
from chinwag.steps.collect.merge import merge_posts
from chinwag.steps.collect.remove import Removed

_NAMING = ("reply_to", "thread", "quote_of")  # fields that name another post and need no folding


class LiveCollection:
    """The posts of a chat as they stand, after every record so far.

    `removed` is what people asked to have taken out: nothing that comes brings it back.

    >>> collection = LiveCollection()                              # doctest: +SKIP
    >>> changed = collection.add(records)   # new, edited, deleted, in any order  # doctest: +SKIP
    """

    def __init__(self, posts: Iterable[Post] = (), removed: Removed | None = None) -> None:
        """Begin with what is there already; `removed` is what people asked to have taken out."""
        self.removed = removed or Removed(())
        self._posts: dict[str, Post] = {}
        self._ids: dict[str, str] = {}  # a post's id by any id of it, or of a repost under it
        self._aliases: set[str] = set()  # ids of posts beside the one they go by
        # By an id that no post has yet, the ids of the posts that name it.
        self._naming: defaultdict[str, set[str]] = defaultdict(set)
        # By a post's id, every id that a record of it gave its parent: each server has its own.
        self._answered: defaultdict[str, set[str]] = defaultdict(set)
        self._deletions: dict[str, Deletion] = {}
        for post in posts:
            self._put(post)

    @property
    def posts(self) -> Sequence[Post]:
        """The posts, in the order in which each was first met."""
        return tuple(self._posts.values())

    def knows(self, id_: str) -> bool:
        """Return whether this is an id of a post, an alias of one, or of a repost under one."""
        return id_ in self._ids

    def find(self, id_: str) -> Post | None:
        """Return the post that has this id or alias, or under which the repost stands."""
        return self._posts.get(self._ids.get(id_, ""))

    def list_deleted(self) -> frozenset[str]:
        """Return every id that a deletion names, and every id of a tombstone."""
        tombs = (post for post in self._posts.values() if post.deleted)
        known = {id_ for post in tombs for id_ in (post.id, *post.aliases)}
        return frozenset(known | self._deletions.keys())

    def add(self, records: Iterable[Post | Deletion]) -> dict[str, Post | None]:
        """Take records in; return each post that changed by its id, None for one that is gone.

        A repost whose original has come is gone: it stands under its original.
        """
        posts: list[Post] = []
        deletions: list[Deletion] = []
        for record in records:
            if isinstance(record, Deletion):
                deletions.append(self.removed.take_out_deletion(record))
            elif (kept := self.removed.take_out(record)) is not None:
                posts.append(kept)
        self._deletions.update((deletion.id, deletion) for deletion in deletions)
        return self._settle(posts, {deletion.id for deletion in deletions})

    def take_out(self, ids: Iterable[str]) -> dict[str, Post | None]:
        """Apply what `removed` says by now to posts that are there already; return what changed.

        `list_removed` says which those are.
        """
        changed: dict[str, Post | None] = {}
        for id_ in ids:
            post = self._posts.get(id_)
            if post is None:
                continue
            self._drop(post)
            changed[id_] = None
            if (kept := self.removed.take_out(post)) is not None:
                changed[kept.id] = kept
                self._put(kept)
        return changed

    def _settle(self, records: Sequence[Post], deleted: set[str]) -> dict[str, Post | None]:
        """Merge and fold records with the posts that they touch; return what changed."""
        self._note_parents(records)
        before = self._find_touched(records, deleted)
        merged = merge_posts((*before.values(), *records), self._deletions.values())
        folded = fold_reposts(merged.posts).posts
        for post in before.values():
            self._drop(post)
        for post in folded:
            self._put(post)
        after = self._point_all(before, folded)
        gone: dict[str, Post | None] = {id_: None for id_ in before if id_ not in after}
        return gone | {id_: post for id_, post in after.items() if before.get(id_) != post}

    def _note_parents(self, records: Sequence[Post]) -> None:
        for record in records:
            if record.reply_to:
                self._answered[record.id].add(record.reply_to)

    def _point_all(self, before: dict[str, Post], folded: Sequence[Post]) -> dict[str, Post]:
        """Let these posts, and others that named one by an id it had before, name ids of now.

        Return the posts that were put, and others that were pointed elsewhere, by id.
        """
        after = {post.id: post for post in folded}
        for post in (*folded, *self._find_misnaming(before, after)):
            pointed = self._point(post)
            if pointed is not post:
                after[post.id] = pointed
        return after

    def _find_touched(self, records: Sequence[Post], deleted: set[str]) -> dict[str, Post]:
        """Return the posts that these records may change, the earliest first."""
        ids = deleted.union(*map(_list_ids, records))
        touched = {self._ids[id_] for id_ in ids & self._ids.keys()}
        touched.update(*(self._naming[id_] for id_ in ids & self._naming.keys()))
        return {id_: self._posts[id_] for id_ in sorted(touched, key=self._find_place)}

    def _find_misnaming(self, before: dict[str, Post], after: dict[str, Post]) -> tuple[Post, ...]:
        """Return the posts that name one by the id that it had before it was merged."""
        renamed = (before.keys() - after.keys()) & self._ids.keys()
        if not renamed:
            return ()
        return tuple(
            post for post in self._posts.values() if not renamed.isdisjoint(_list_named(post))
        )

    def _find_place(self, id_: str) -> tuple[str, str]:
        post = self._posts[id_]
        return post.created_at.isoformat(), post.id

    def _put(self, post: Post) -> None:
        self._posts[post.id] = post
        for id_ in _list_own(post):
            self._ids[id_] = post.id
        self._aliases.update(post.aliases)
        for repost in post.reposts:
            self._ids[repost.id] = post.id
        for id_ in self._list_all_named(post) - self._posts.keys():
            self._naming[id_].add(post.id)

    def _drop(self, post: Post) -> None:
        del self._posts[post.id]
        for id_ in (*_list_own(post), *(repost.id for repost in post.reposts)):
            if self._ids.get(id_) == post.id:
                del self._ids[id_]
        self._aliases.difference_update(post.aliases)
        for id_ in self._list_all_named(post):
            self._naming[id_].discard(post.id)

    def _list_all_named(self, post: Post) -> set[str]:
        return self._list_answered(post).union(_list_named(post))

    def _list_answered(self, post: Post) -> set[str]:
        """Return every id by which a record of a post named what it answers."""
        return set().union(*(self._answered.get(own, ()) for own in _list_own(post)))

    def _point(self, post: Post) -> Post:
        """Let a post name others by their ids where it knew them by another; return it."""
        changes = {
            field: self._ids[named]
            for field in _NAMING
            if (named := getattr(post, field)) in self._aliases
        }
        parent = self._find_parent(post)
        if parent:
            changes["reply_to"] = parent
        if not changes:
            return post
        self._drop(post)
        pointed = msgspec.structs.replace(post, **changes)
        self._put(pointed)
        return pointed

    def _find_parent(self, post: Post) -> str:
        """Return the parent of a post whose own name for it leads nowhere, "" where none is there.

        Another server's record of the post may have named it by an id that is known.
        """
        if post.reply_to in self._ids:
            return ""
        known = self._list_answered(post) & self._aliases
        return max((self._ids[id_] for id_ in known), default="")


def list_removed(posts: Iterable[Post], removed: Removed) -> tuple[str, ...]:
    """Return the ids of the posts of which something is to be taken out."""
    return tuple(post.id for post in posts if _is_removed(post, removed))


def _is_removed(post: Post, removed: Removed) -> bool:
    kept = removed.take_out(post)
    if kept is post:
        return False
    return not (post.deleted and kept == post)  # a tombstone stays as it is


def _list_ids(post: Post) -> Iterator[str]:
    """Return every id that a record names as its own or as its original's."""
    yield from _list_own(post)
    if post.repost_of not in ("", "?"):
        yield post.repost_of


def _list_own(post: Post) -> Iterator[str]:
    yield post.id
    yield from post.aliases


def _list_named(post: Post) -> Iterator[str]:
    """Return the ids by which a post names others."""
    for field in (*_NAMING, "repost_of"):
        if (named := getattr(post, field)) not in (None, "", "?"):
            yield named
