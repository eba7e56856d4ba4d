"""Removing: leave out what an author asked to have taken out, wherever it comes from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from chinwag.model import ASKED, Deletion, Note, Post, Removal
from chinwag.records.repairs import WORDS_TAKEN_OUT
from chinwag.steps.collect.mask import (
    knows_person,
    mask_file_name,
    mask_text,
    names_gone,
    names_person,
)
from chinwag.steps.collect.match import fold_text
from chinwag.steps.collect.merge import make_tombstone
from chinwag.steps.collect.traces import (
    OPENING,
    fold_handle,
    list_names,
    list_own_numbers,
    list_own_pages,
    make_digest,
    tell_minute,
    tells_author,
)

_REPOST = re.compile(
    r"^\s*(?:RT|MT)\s+@?(?P<author>[\w.\-]+(?:@[\w.\-]+)?)(?:\s*:\s*|\s+)(?P<text>.*)", re.DOTALL
)
_DELETED = "deleted"  # why a post is left out although nobody asked for that
_NAMING = ("reply_to", "thread", "quote_of", "repost_of")
_OF_FILES = ("file", "path")  # parts of notes that name a file
_TOMB = re.compile(r"removed-[0-9a-f]{20}")
_MINUTES = (-1, 0, 1)  # by which the times of one post may differ between two files


class Removed:
    """Everything that is to be left out of a chat: it says what may stay of a post.

    `key` is the folder's own, with which the digests of the removals were made. `ids` are those of
    posts that are gone for another reason, such as a deletion.
    """

    def __init__(
        self, removals: Iterable[Removal] = (), key: bytes = b"", ids: Iterable[str] = ()
    ) -> None:
        asked = tuple(removals)
        self._deleted = frozenset(ids)
        self._ids = self._deleted | {removal.post for removal in asked} - {""}
        self._authors = {removal.author for removal in asked} - {""}
        self._why = {one: removal.why for removal in asked for one in removal.digests}
        self._digest = make_digest(key)
        self._file_names: dict[str, str] = {}

    def __bool__(self) -> bool:
        """Whether anybody asked for anything."""
        return bool(self._ids or self._authors or self._why)

    def covers(self, post: Post) -> bool:
        """Whether this post is to be left out: by its id, author or words, or as a repost."""
        return bool(self.find_reason(post))

    def find_reason(self, post: Post) -> str:
        """Return why a post is to be left out, "" where it may stay."""
        ids = {post.id, post.repost_of, *post.aliases}
        if ids & (self._ids - self._deleted):
            return ASKED
        known = (self._find("id", id_) or self._find("repost", id_) for id_ in ids)
        why = next(filter(None, known), "") if self._why else ""
        why = why or self._find_author(post.author) or (_DELETED if ids & self._deleted else "")
        if why or not self._why:
            return why
        return self._find_by_page(post) or self._find_by_words(post)

    def covers_author(self, handle: str) -> bool:
        """Whether everything by this author is to be left out."""
        return bool(self._find_author(handle))

    def _find_author(self, handle: str) -> str:
        """Return why everything by this author is to be left out, "" where it may stay."""
        if self._authors and hash_author(handle) in self._authors:
            return ASKED
        return self._find("author", fold_handle(handle)) if handle and self._why else ""

    def covers_id(self, id_: str) -> bool:
        """Whether this is the id of a post that is to be left out."""
        return id_ in self._ids or self._knows("id", id_)

    def take_out(self, post: Post) -> Post | None:
        """Return what may stay: a tombstone for a post, nothing for a repost.

        A post that stays keeps only those reposts whose authors stay, and nothing of the words and
        names of what is gone; it is the very same where there were none.
        """
        if not self:
            return post
        if why := self.find_reason(post):
            return None if self._only_repeats(post) else self._bury(post, why)
        reposts = tuple(one for one in post.reposts if not self._covers_repost(one.id, one.author))
        if len(reposts) < len(post.reposts):
            post = msgspec.structs.replace(post, reposts=reposts)
        return self._clean(post) if self._why else post

    def take_out_deletion(self, deletion: Deletion) -> Deletion:
        """Return a deletion that names no post or person that is gone."""
        if not self._why:
            return deletion
        author = "" if self.covers_author(deletion.author) else deletion.author
        kept = msgspec.structs.replace(
            deletion, id=self.rename(deletion.id), author=author, reply_to=self._point(deletion)
        )
        return deletion if kept == deletion else kept

    def rename(self, id_: str) -> str:
        """Return the id that stands for one that is gone: it names nobody. Others stay."""
        if not id_ or not self._why:
            return id_
        tells = self._knows("telling", id_) or names_person(id_, self._knows)
        return self._name_tomb(id_) if tells else id_

    def _name_tomb(self, id_: str) -> str:
        return id_ if _TOMB.fullmatch(id_) else f"removed-{self._digest('tomb', id_)}"

    def hides(self, address: str) -> bool:
        """Whether an address names a post or a person that is gone."""
        return bool(self._why) and names_gone(address, self._knows)

    def mask(self, text: str) -> str:
        """Return a text without the words and names of what is gone."""
        return mask_text(text, self._knows, is_near=False) if self._why and text else text

    def mask_file_name(self, name: str) -> str:
        """Return the name of a file without the people and posts that are gone."""
        if not self._why or not name:
            return name
        if name not in self._file_names:
            self._file_names[name] = mask_file_name(name, self._knows)
        return self._file_names[name]

    def names_file(self, *names: str) -> bool:
        """Whether one of a file's names tells of somebody or something that is gone."""
        return any(self.mask_file_name(name) != name for name in names)

    def mask_note(self, note: Note) -> Note:
        """Return a note without the words and names of what is gone in its parts."""
        parts = {
            name: self.mask_file_name(part)
            if name in _OF_FILES and isinstance(part, str)
            else self._mask_part(part)
            for name, part in note.parts.items()
        }
        return note if parts == note.parts else msgspec.structs.replace(note, parts=parts)

    def _mask_part(self, part: Any) -> Any:
        if isinstance(part, str):
            return self.rename(part) if self.covers_id(part) else self.mask(part)
        return tuple(map(self._mask_part, part)) if isinstance(part, tuple) else part

    def _find(self, kind: str, text: str) -> str:
        return self._why.get(self._digest(kind, text), "") if text else ""

    def _knows(self, kind: str, text: str) -> bool:
        return bool(self._why) and bool(text) and self._digest(kind, text) in self._why

    def _find_by_page(self, post: Post) -> str:
        pages = (self._find("page", page) for page in list_own_pages(post))
        numbers = (self._find("number", number) for number in list_own_numbers(post))
        return next(filter(None, (*pages, *numbers)), "")

    def _find_by_words(self, post: Post) -> str:
        """Return why a post that comes again, with another id or none, is to be left out."""
        if post.deleted or post.text_lost or not post.text:
            return ""
        if repeated := _REPOST.match(post.text):
            opening = fold_text(repeated["text"])[:OPENING]
            author = fold_handle(repeated["author"])
            if why := self._find_author(author):
                return why
            return self._find("copy", f"{author}|{opening}")
        essence = fold_text(post.text)
        said = (self._find("said", one) for one in _list_said(post, essence))
        return next(filter(None, said), "")

    def _list_likes(self, post: Post) -> Iterator[str]:
        """Yield ids under which the tombstones of one post in several files are one.

        They are made of what is known about what is gone: its pages, or who said what in which
        minute.
        """
        if not self._why or post.deleted:
            return
        essence = fold_text(post.text)
        said = _list_said(post, essence) if essence and not post.text_lost else ()
        for kind, texts in (("page", list_own_pages(post)), ("said", said)):
            yield from (self._name_tomb(f"{kind}|{one}") for one in texts if self._knows(kind, one))

    def _only_repeats(self, post: Post) -> bool:
        return (
            bool(post.repost_of)
            or _REPOST.match(post.text) is not None
            or self._knows("repost", post.id)
        )

    def _bury(self, post: Post, why: str) -> Post:
        """Return the tombstone of a post; the very same where it is one already."""
        tomb = make_tombstone(post)
        if why != _DELETED:
            tomb = msgspec.structs.replace(
                self._rename_all(tomb),
                id=self._rename_own(post.id, post),
                aliases=self._list_aliases(post),
                removed=post.removed or why,
            )
        tomb = self._clean_sightings(tomb)
        return post if tomb == post else tomb

    def _list_aliases(self, post: Post) -> tuple[str, ...]:
        own = (self._rename_own(alias, post) for alias in post.aliases)
        return tuple(dict.fromkeys((*own, *self._list_likes(post))))

    def _rename_own(self, id_: str, post: Post) -> str:
        tells = bool(self._why) and tells_author(id_, post)
        return self._name_tomb(id_) if tells else self.rename(id_)

    def _covers_repost(self, id_: str, author: str) -> bool:
        return self.covers_author(author) or self._knows("repost", id_)

    def _rename_all(self, post: Post) -> Post:
        """Return a post that names others by the ids by which they may be named."""
        changes = {
            field: renamed
            for field in _NAMING
            if (named := getattr(post, field)) and (renamed := self.rename(named)) != named
        }
        return msgspec.structs.replace(post, **changes) if changes else post

    def _point(self, deletion: Deletion) -> str | None:
        return self.rename(deletion.reply_to) if deletion.reply_to else deletion.reply_to

    def _clean(self, post: Post) -> Post:
        """Return a post without the words and names of what is gone."""
        post = self._clean_sightings(post)
        if post.deleted:
            return self._rename_all(post)
        changes = self._clean_texts(post) | self._clean_names(post)
        kept = {field: value for field, value in changes.items() if value != getattr(post, field)}
        if not kept:
            return self._rename_all(post)
        if kept.keys() & {"text", "versions", "content_warning", "media"}:
            kept["repairs"] = tuple(sorted({*post.repairs, WORDS_TAKEN_OUT}))
        return self._rename_all(msgspec.structs.replace(post, **kept))

    def _clean_sightings(self, post: Post) -> Post:
        """Return a post that was seen in no file whose name tells of what is gone."""
        seen_in = [one.address for one in post.sightings if "://" not in one.address]
        if not self.names_file(*seen_in):
            return post
        return msgspec.structs.replace(
            post,
            sightings=tuple(
                one
                if "://" in one.address
                else msgspec.structs.replace(one, address=self.mask_file_name(one.address))
                for one in post.sightings
            ),
        )

    def _clean_texts(self, post: Post) -> dict[str, Any]:
        named = frozenset(
            fold_handle(one).partition("@")[0] for one in post.mentions if self._names(one)
        )
        is_near = self._is_near(post)

        def mask(text: str) -> str:
            return mask_text(text, self._knows, named, is_near=is_near) if text else text

        return {
            "text": mask(post.text),
            "versions": tuple(
                msgspec.structs.replace(version, text=mask(version.text))
                for version in post.versions
            ),
            "content_warning": mask(post.content_warning),
            "media": tuple(
                msgspec.structs.replace(one, alt=mask(one.alt))
                for one in post.media
                if not names_gone(one.url, self._knows)
            ),
        }

    def _clean_names(self, post: Post) -> dict[str, Any]:
        answered = "" if self.covers_id(post.reply_to or "") else post.reply_to_author
        return {
            "links": tuple(link for link in post.links if not names_gone(link, self._knows)),
            "mentions": tuple(one for one in post.mentions if not self._names(one)),
            "reply_to_author": "" if self._names(answered) else answered,
        }

    def _names(self, handle: str) -> bool:
        return knows_person(fold_handle(handle), self._knows) or self.covers_author(handle)

    def _is_near(self, post: Post) -> bool:
        """Return whether a post answers, quotes or names what is gone."""
        if any(self.covers_id(getattr(post, field) or "") for field in _NAMING):
            return True
        spoken_to = (post.reply_to_author, *post.mentions)
        return any(self._knows("voice", fold_handle(one)) for one in spoken_to)


def count_removed(posts: Iterable[Post], why: str = "") -> int:
    """Return how many posts were taken out, or only those for one reason."""
    return sum(post.removed == why if why else bool(post.removed) for post in posts)


def hash_author(handle: str) -> str:
    """Return what earlier versions kept of a handle: the SHA-256 of it in lower case."""
    return hashlib.sha256(handle.strip().lstrip("@").casefold().encode()).hexdigest()


def _list_said(post: Post, essence: str) -> Iterator[str]:
    """Yield who said this in which minute, under each name and in each minute it may be."""
    for name in list_names(post.author, post.author_name):
        for later in _MINUTES:
            yield f"{name}|{tell_minute(post.created_at, later)}|{essence}"
