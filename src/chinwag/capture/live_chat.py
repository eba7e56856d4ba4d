"""A chat while it is captured: its posts, their places, its account, kept up record by record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from chinwag.capture.redaction import Redactions, redact_record
from chinwag.errors import InputError
from chinwag.model import Chat, Deletion, FileRecord, Ledger, Placement, Post, RawPost
from chinwag.records.contract import HiddenRow, RowError
from chinwag.records.live import convert_live
from chinwag.records.vocabulary import EVENT, JOURNAL, name_network
from chinwag.steps.collect import (
    Account,
    LiveCollection,
    Removed,
    find_gaps,
    order_posts,
    select_posts,
    tell_capture,
)
from chinwag.steps.placing import LivePlacer
from chinwag.steps.questions import keep_given_questions
from chinwag.stores.folder import ChatFolder, layout
from chinwag.stores.folder.journal import read_journal

MOST_PLACED = 50  # posts that are placed one by one at a time
MANY = 200  # waiting posts from which on placing everything at once is quicker
_EDITABLE = (layout.CHAT, layout.CORRECTIONS, layout.REMOVED)  # what people may change meanwhile


class Fresh(NamedTuple):
    """A record that brings something new, and what it says."""

    raw: RawPost
    records: tuple[Post | Deletion, ...]


class Waiting(NamedTuple):
    """Posts to be placed: those that changed (None for one that is gone), or everything."""

    changed: dict[str, Post | None]
    everything: Sequence[Post]


class ChatState(NamedTuple):
    """What the files of a folder shall say; `chat` is None where chat.toml says it already."""

    posts: tuple[Post, ...]
    placements: tuple[Placement, ...]
    ledger: Ledger
    chat: Chat | None


class LiveChat:
    """The chat of a folder, loaded whole, to which records are added.

    `sift` what came, put it on the disk, then `add` it; `write` the folder's files now and then.
    """

    def __init__(self, folder: ChatFolder) -> None:
        self.folder = folder
        self.account = Account()
        self.collection = LiveCollection(folder.read_posts())
        self._said: dict[tuple[str, str], int] = {}  # what each route last said of a post
        self._awaited: set[str] = set()  # ids sifted, and not added yet
        self.gone = Redactions((), ())  # everything whose text must not be kept
        self._stamps: dict[str, tuple[int, int]] = {}
        self._placer: LivePlacer | None = None
        self._placed: dict[str, Placement] = {}
        self._waiting: dict[str, Post | None] = {}  # what changed and is to be placed
        self._ledger = folder.read_ledger()
        self._read_journals()
        self.reload()
        self._cleared = self.gone  # an import has cleared what was captured before

    def reload(self) -> None:
        """Read what people changed: the chat's own file, corrections, and what is taken out."""
        self._stamps = _stamp(self.folder.root)
        self._written = self.folder.read_chat()
        self.removals = self.folder.read_removals()
        self.collection.take_out(Removed(self.removals))
        self._find_gone()
        self.chat = self._written
        self._corrections = self.folder.read_corrections()
        self._placer = None  # the next placing begins with all posts

    def is_changed_by_others(self) -> bool:
        """Say whether somebody has changed one of the files that people may change."""
        stamps = _stamp(self.folder.root)
        changed = {name for name in stamps if stamps[name] != self._stamps.get(name)}
        if changed == {layout.CHAT} and self.folder.read_chat() == self._written:
            self._stamps = stamps  # that was the capture itself
            return False
        return bool(changed)

    def knows(self, id_: str) -> bool:
        """Say whether a post of the chat has this id or alias, the latest among them."""
        return self.collection.knows(id_) or id_ in self._awaited

    def sift(self, raws: Iterable[RawPost]) -> list[Fresh]:
        """Give the records that say something new, without text that is gone.

        A route that looks at the same posts again and again says most things twice. What may not
        be kept at all (it is not public) goes no further.
        """
        fresh: list[Fresh] = []
        for raw in raws:
            if name_network(raw.route) == EVENT:
                fresh.append(Fresh(raw, ()))
                continue
            try:
                records = tuple(convert_live(raw))
            except HiddenRow:
                continue
            except (RowError, InputError):
                records = ()
            if self._is_news(raw, records):
                fresh.append(self._redact(raw, records))
        return fresh

    def add(self, fresh: Sequence[Fresh]) -> tuple[str, ...]:
        """Take in what is on the disk by now; give the ids of the posts in it."""
        for one in fresh:
            self.account.see(one.raw)
        records = [record for one in fresh for record in one.records]
        changed = self.collection.add(records)
        self._waiting.update(changed)
        if any(post is not None and post.deleted for post in changed.values()) or any(
            isinstance(record, Deletion) for record in records
        ):
            self._find_gone()
        ids = [record.id for record in records]
        self._awaited = {id_ for id_ in self._awaited if not self.collection.knows(id_)}
        return tuple(dict.fromkeys(ids))

    def redact(self, fresh: Iterable[Fresh]) -> list[Fresh]:
        """Give records without text that has gone since they were sifted."""
        return [self._redact(one.raw, one.records) for one in fresh]

    def has_text_to_clear(self) -> bool:
        """Say whether more is gone than when the journals were last cleared."""
        return self.gone is not self._cleared

    def note_cleared(self, gone: Redactions) -> None:
        """Take note that the journals hold nothing of this any more."""
        self._cleared = gone

    def use_files(self, files: tuple[FileRecord, ...]) -> None:
        """Take note that sealed journals have been written anew."""
        self._ledger = msgspec.structs.replace(self._ledger, files=files)

    def list_posts(self) -> tuple[Post, ...]:
        """Give the chat's posts in order: those of its window, and the late ones after it."""
        posts = self.collection.posts
        if (window := self.chat.window) is not None and window.by == "person":
            posts = select_posts(posts, window, hashtag=self.chat.hashtag).posts
        return order_posts(posts)

    def take_waiting(self) -> Waiting:
        """Give the posts that wait to be placed; all of them where placing begins anew."""
        if self._placer is None or len(self._waiting) > MANY:
            self._placer, self._waiting = None, {}
            return Waiting({}, self.collection.posts)
        first = dict(list(self._waiting.items())[:MOST_PLACED])
        for id_ in first:
            del self._waiting[id_]
        return Waiting(first, ())

    def place(self, waiting: Waiting) -> None:
        """Place posts. It may be called in a thread of its own, while more are added."""
        if self._placer is None:
            self._placer = LivePlacer(
                self._written,
                waiting.everything,
                self._corrections,
                keep_given_questions(self._written),
            )
        for id_, post in waiting.changed.items():
            if post is None:
                self._placer.remove(id_)
            else:
                self._placer.add(post)
        self._placer.catch_up()
        self.chat = self._placer.chat
        self._placed = {one.post: one for one in self._placer.placements()}

    def has_waiting(self) -> bool:
        """Say whether posts wait to be placed."""
        return self._placer is None or bool(self._waiting)

    def list_placements(self, posts: Iterable[Post]) -> tuple[Placement, ...]:
        """Give where the posts stand, in their order; the latest may not be placed yet."""
        return tuple(self._placed.get(post.id) or _await_placing(post) for post in posts)

    def take_state(self) -> ChatState:
        """Give what the folder's files shall say."""
        posts = self.list_posts()
        return ChatState(
            posts=posts,
            placements=self.list_placements(posts),
            ledger=self.draw_ledger(posts),
            chat=self.chat if self.chat != self._written else None,
        )

    def note_written(self, state: ChatState) -> None:
        """Take note that this is in the folder: it is no change by others."""
        self._written = state.chat or self._written

    def draw_ledger(self, posts: Sequence[Post]) -> Ledger:
        """Give the ledger as it stands; files and rows kept aside are counted at the end."""
        capture = self.account.sum_up(posts, self.chat.hashtag)
        told, notes = tell_capture(capture)
        gaps = find_gaps(
            posts,
            hashtag=self.chat.hashtag,
            window=self.chat.window,
            follows_threads=any(route.kind == "thread" for route in capture.routes),
        )
        return msgspec.structs.replace(
            self._ledger,
            archived=len(posts),
            folded=sum(len(post.reposts) for post in posts),
            merged=sum(max(0, len(post.sightings) - 1) for post in posts),
            deleted=sum(post.deleted for post in posts),
            text_lost=sum(post.text_lost for post in posts),
            gaps=(*gaps, *told),
            notes=notes,
            capture=capture,
        )

    def count_questions(self) -> Counter[str | None]:
        """Give how many posts stand under each question, and under None."""
        return Counter(placement.question for placement in self._placed.values())

    def find_last(self) -> Post | None:
        """Give the post that was written last."""
        spoken = (one for one in self.collection.posts if not (one.deleted or one.repost_of))
        return max(spoken, key=lambda post: post.created_at, default=None)

    def count_since(self, moment: datetime) -> int:
        """Give how many posts were written since a moment."""
        return sum(post.created_at >= moment for post in self.collection.posts)

    def _find_gone(self) -> None:
        gone = Redactions(self.collection.list_deleted(), self.removals)
        if gone.ids != self.gone.ids or gone.removals != self.gone.removals:
            self.gone = gone

    def _is_news(self, raw: RawPost, records: Sequence[Post | Deletion]) -> bool:
        """Say whether a record says what its route has not said before; note what it says."""
        by = f"{raw.route} {raw.address}"
        said = {(by, record.id): _hash_record(record) for record in records}
        if not records:  # it cannot be read, and is kept as it is
            said = {(by, ""): hash(msgspec.json.encode(raw.payload))}
        is_news = any(self._said.get(key) != what for key, what in said.items())
        self._said.update(said)
        for record in records:
            if isinstance(record, Post):
                self._awaited.update((record.id, *record.aliases))
        return is_news

    def _redact(self, raw: RawPost, records: tuple[Post | Deletion, ...]) -> Fresh:
        kept = redact_record(raw, records, self.gone) if self.gone else raw
        return Fresh(raw, records) if kept is raw else Fresh(kept, tuple(_convert(kept)))

    def _read_journals(self) -> None:
        """Go over what was captured before: who said what, and what was deleted."""
        deletions: list[Deletion] = []
        for file in self._ledger.files:
            if file.format != JOURNAL:
                continue
            for raw in read_journal(self.folder.root / file.raw):
                self.account.see(raw)
                if name_network(raw.route) != EVENT:
                    records = _convert(raw)
                    self._is_news(raw, records)
                    deletions += [one for one in records if isinstance(one, Deletion)]
        self._awaited.clear()
        self.collection.add(deletions)


def _await_placing(post: Post) -> Placement:
    return Placement(
        post=post.id,
        question=None,
        reason="it has only just come",
        confidence=0.0,
        by="time",
        kind="reply",
    )


def _convert(raw: RawPost) -> tuple[Post | Deletion, ...]:
    try:
        return tuple(convert_live(raw))
    except (RowError, InputError):
        return ()


def _hash_record(record: Post | Deletion) -> int:
    """Give a number for what a record says, whenever and however often it says it."""
    if isinstance(record, Post):
        return hash(msgspec.json.encode(msgspec.structs.replace(record, sightings=())))
    return hash(record.id)


def _stamp(root: Path) -> dict[str, tuple[int, int]]:
    """Give when the files that people may change were last written, and their sizes."""
    stamps = {}
    for name in _EDITABLE:
        if (path := root / name).exists():
            status = path.stat()
            stamps[name] = (status.st_mtime_ns, status.st_size)
    return stamps
