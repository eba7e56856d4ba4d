"""Find what a person wants taken out, and note what it will be recognised by."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from chinwag.errors import InputError
from chinwag.model import ASKED, SPAM, Placement, Post, Removal
from chinwag.steps.collect import (
    Removed,
    fold_handle,
    fold_name,
    list_letters,
    list_stretches,
    make_digest,
    trace_person,
    trace_post,
)
from chinwag.workflows.find_post import find_post

_LETTERS = re.compile(r"[^\W\d_]+")
_FEWEST = 4  # letters of a lone word that may be a name


class Wanted(NamedTuple):
    """What is to be taken out: posts by their names, everything by `author`, as spam or not."""

    said: Sequence[str]
    author: str = ""
    as_spam: bool = False


class Found(NamedTuple):
    """What was found of it: how many posts and reposts, and the words by which files may name it.

    `handles` are those that name somebody only where they stand as a handle.
    """

    removals: tuple[Removal, ...]
    posts: int
    reposts: int
    needles: frozenset[str]
    handles: frozenset[str]


class Held(NamedTuple):
    """What a folder holds: posts, where they stand, and what was removed before."""

    posts: Sequence[Post]
    placements: Sequence[Placement]
    earlier: Sequence[Removal]


def trace_removal(chat: Held, wanted: Wanted, key: bytes, *, who: str, at: datetime) -> Found:
    """Return the requests to be noted for what is wanted out of a chat, and what they cover.

    A post that its place calls spam is taken out as such. A post that was taken out before is
    named without an error, and not noted again. Raises InputError where there is no such post.
    """
    tracer = _Tracer(chat, key)
    named = [find_post(chat.posts, name) for name in wanted.said if not tracer.was_removed(name)]
    removals = [tracer.trace_post(post, as_spam=wanted.as_spam) for post in named]
    removals += tracer.trace_silenced(named)
    if wanted.author:
        removals.append(tracer.trace_author(wanted.author, as_spam=wanted.as_spam))
    removed = Removed(removals, key)
    taken = [post for post in chat.posts if not post.deleted and removed.covers(post)]
    passed_on = sum(len(post.reposts) for post in taken)
    reposts = sum(removed.covers_author(one.author) for post in chat.posts for one in post.reposts)
    return Found(
        removals=tuple(msgspec.structs.replace(one, who=who, at=at) for one in removals),
        posts=len(taken),
        reposts=reposts + passed_on,
        needles=frozenset(tracer.needles),
        handles=frozenset(tracer.everyday),
    )


def refuse_unknown(author: str, near: Sequence[str]) -> InputError:
    """Return the error for somebody who said nothing here; `near` are those who may be meant."""
    return InputError(
        "Nobody called {author!r} wrote or reposted anything in this chat.",
        code="author-unknown",
        author=author,
        near=list(near),
    )


def list_near(posts: Sequence[Post], author: str) -> list[str]:
    """Return the handles of those who said something here that are this one with a server."""
    wanted = fold_handle(author)
    said = {post.author for post in posts}
    said |= {repost.author for post in posts for repost in post.reposts}
    return sorted(one for one in said if re.split("[@.]", fold_handle(one))[0] == wanted)


def is_named(posts: Iterable[Post], author: str) -> bool:
    """Return whether a post answers or mentions somebody of this handle."""
    handle = fold_handle(author)
    named = (one for post in posts for one in (post.reply_to_author, *post.mentions))
    return any(fold_handle(one) == handle for one in named)


class _Tracer:
    """Makes the requests; `needles` are the names of what it has traced, as they stand in files.

    `everyday` are handles that may stand there as words that mean nobody.
    """

    def __init__(self, chat: Held, key: bytes) -> None:
        self.needles: set[str] = set()
        self.everyday: set[str] = set()
        self._posts = chat.posts
        self._kinds = {placement.post: placement.kind for placement in chat.placements}
        self._digest = make_digest(key)
        self._earlier = Removed(chat.earlier, key)

    def was_removed(self, name: str) -> bool:
        """Return whether this names a post that was taken out before."""
        return self._earlier.covers_id(name)

    def trace_post(self, post: Post, *, as_spam: bool) -> Removal:
        """Return the request to take out one post."""
        common = self._list_common(post)
        is_spam = as_spam or self._kinds.get(post.id) == "spam"
        self._note_needles(post)
        return Removal(
            digests=tuple(dict.fromkeys(trace_post(post, self._digest, common))),
            why=SPAM if is_spam else ASKED,
        )

    def trace_silenced(self, taken: Sequence[Post]) -> list[Removal]:
        """Return requests to no longer name people of whom no post is left."""
        ids = {post.id for post in taken}
        left = {post.author for post in self._posts if post.id not in ids}
        silenced = {post.author for post in taken} - left - {""}
        return [self._trace_names(author) for author in sorted(silenced)]

    def _trace_names(self, author: str) -> Removal:
        handles, names = self._list_called(author)
        digests = trace_person(("", *handles), names, self._digest, self.everyday)
        return Removal(of="name", digests=tuple(dict.fromkeys(digests)))

    def trace_author(self, author: str, *, as_spam: bool) -> Removal:
        """Return the request to take out everything by somebody."""
        theirs = self._list_by(author)
        handles, names = self._list_called(author)
        digests = list(trace_person((author, *handles), names, self._digest, self.everyday))
        for post in theirs:
            self._note_needles(post)
            digests += trace_post(post, self._digest, self._list_common(post))
        return Removal(
            of="person",
            digests=tuple(dict.fromkeys(digests)),
            why=SPAM if as_spam else ASKED,
        )

    def _list_by(self, author: str) -> list[Post]:
        handle = fold_handle(author)
        return [post for post in self._posts if fold_handle(post.author) == handle]

    def _list_called(self, author: str) -> tuple[list[str], list[str]]:
        """Return the handle and numbers of somebody, and the names that can only mean them."""
        theirs = self._list_by(author)
        handle = fold_handle(author)
        handles = [handle, *dict.fromkeys(post.author_id for post in theirs if post.author_id)]
        names = self._list_names(handle, theirs)
        if handle in names:
            self.needles.add(handle)
        else:
            self.everyday.add(handle)
        self.needles |= {*handles[1:], *names}
        return handles, names

    def _note_needles(self, post: Post) -> None:
        named = (post.id, post.url, *post.aliases)
        self.needles |= {one for one in named if len(one) >= _FEWEST}

    def _list_common(self, post: Post) -> set[str]:
        """Return the stretches of a post's words that others said before: they are nobody's own."""
        texts = (post.text, *(version.text for version in post.versions))
        own = {stretch for text in texts for stretch in list_stretches(list_letters(text)[0])}
        return {
            stretch
            for other in self._posts
            if other.created_at < post.created_at and other.author != post.author
            for stretch in list_stretches(list_letters(other.text)[0])
            if stretch in own
        }

    def _list_names(self, handle: str, theirs: Sequence[Post]) -> list[str]:
        """Return the names of somebody by which a text can only mean them."""
        local = handle.partition("@")[0]
        names = {handle, local, *(fold_name(post.author_name) for post in theirs)} - {""}
        others = [post for post in self._posts if fold_handle(post.author) != handle]
        taken = {fold_name(post.author_name) for post in others}
        taken |= {fold_handle(post.author).partition("@")[0] for post in others}
        usual = _list_words(post.text for post in others)
        return sorted(
            name for name in names if name not in taken and _is_distinct(name, taken, usual)
        )


def _list_words(texts: Iterable[str]) -> set[str]:
    """Return the words that stand in lower case in some text."""
    return {word for text in texts for word in _LETTERS.findall(text) if word.islower()}


def _is_distinct(name: str, taken: Collection[str], usual: Collection[str]) -> bool:
    """Return whether a name means one person: several words, odd signs, or no usual word."""
    if " " in name:
        return True
    if not _LETTERS.fullmatch(name):
        return len(name) >= _FEWEST
    is_part = any(name in other.split() for other in taken)
    return len(name) >= _FEWEST and name not in usual and not is_part


def list_needles(needles: Iterable[str]) -> Iterator[bytes]:
    """Yield each name as it may stand in a file, in lower case."""
    for needle in needles:
        plain = needle.casefold()
        yield from {
            plain.encode(),
            msgspec.json.encode(plain)[1:-1],
            plain.encode("ascii", "backslashreplace").replace(b"\\x", b"\\u00"),
        }
