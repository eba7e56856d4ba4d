"""A chat at one moment, and what the folder's files say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from chinwag.capture.editions import clear_editions
from chinwag.errors import DamagedFolder
from chinwag.model import SPAM, Chat, FileRecord, Ledger, Placement, Post, Removal, make_note
from chinwag.steps.collect import (
    Account,
    count_removed,
    find_gaps,
    order_posts,
    select_posts,
    tell_capture,
)
from chinwag.steps.deciding import keep_decisions, place_by_decisions
from chinwag.steps.rewording import keep_rewordings
from chinwag.stores.folder import ChatFolder


class Snapshot(NamedTuple):
    """A running chat at one moment. Nothing in it changes, so that a thread may read it.

    `posts` are all, in no order; `chat` has the questions found so far, and `written` is what
    chat.toml says; `ledger` knows the files alone, and `removals` are those that it heeds.
    """

    posts: Sequence[Post]
    chat: Chat
    written: Chat
    placed: Mapping[str, Placement]
    account: Account
    ledger: Ledger
    removals: tuple[Removal, ...] = ()


class ChatState(NamedTuple):
    """What the files of a folder shall say; `written` is what chat.toml says before.

    `removals` are those that it heeds.
    """

    posts: tuple[Post, ...]
    placements: tuple[Placement, ...]
    ledger: Ledger
    chat: Chat
    written: Chat
    removals: tuple[Removal, ...] = ()


def build_state(snapshot: Snapshot) -> ChatState:
    """Return what the folder's files shall say of a chat."""
    posts = choose_posts(snapshot)
    return ChatState(
        posts=posts,
        placements=tuple(snapshot.placed.get(post.id) or _await_placing(post) for post in posts),
        ledger=_draw_ledger(snapshot, posts),
        chat=snapshot.chat,
        written=snapshot.written,
        removals=snapshot.removals,
    )


def write_state(folder: ChatFolder, state: ChatState) -> Chat | None:
    """Write the folder's files, whole or not at all; return the chat that chat.toml then holds.

    A chat.toml that somebody has changed since it was last read stays as it is, and is to be read
    again: `state.written` is returned. Where somebody has noted a removal since, nothing is written
    and None returned: the state may hold what it took out. Raises BusyFolder, FolderError.
    """
    with folder.change(patience=0) as change:
        if _is_behind(folder, state.removals):
            return None
        clear_editions(change, folder, state.posts)
        change.write_posts(state.posts)
        decisions = keep_decisions(folder.read_decisions(), state.posts)
        placed = place_by_decisions(state.chat, state.posts, state.placements, decisions)
        change.write_placements(placed)
        change.write_ledger(msgspec.structs.replace(state.ledger, files=_list_files(folder, state)))
        # What a model said of a post goes when the post does.
        change.write_rewordings(keep_rewordings(folder.read_rewordings(), state.posts))
        change.write_decisions(decisions)
        if state.chat == state.written or _is_changed(folder, state.written):
            return state.written
        change.write_chat(state.chat)
    return state.chat


def _is_behind(folder: ChatFolder, removals: tuple[Removal, ...]) -> bool:
    """Return whether somebody has noted a removal, or taken one back, beside these."""
    try:
        return folder.read_removals() != removals
    except DamagedFolder:  # what it said before still holds
        return False


def _is_changed(folder: ChatFolder, written: Chat) -> bool:
    """Return whether chat.toml no longer says what it said when it was last read or written."""
    try:
        return folder.read_chat() != written
    except DamagedFolder:
        return True


def _list_files(folder: ChatFolder, state: ChatState) -> tuple[FileRecord, ...]:
    """Return the files under `raw/`, as they are now: a removal may have rewritten some."""
    try:
        return folder.read_ledger().files
    except DamagedFolder:  # which this mends
        return state.ledger.files


def read_state(folder: ChatFolder) -> ChatState:
    """Return what the folder's files say by now. Raises DamagedFolder where one cannot be read."""
    chat, posts = folder.read_chat(), folder.read_posts()
    placed = {one.post: one for one in folder.read_placements()}
    return ChatState(
        posts=posts,
        placements=tuple(placed.get(post.id) or _await_placing(post) for post in posts),
        ledger=folder.read_ledger(),
        chat=chat,
        written=chat,
        removals=folder.read_removals(),
    )


def choose_posts(snapshot: Snapshot) -> tuple[Post, ...]:
    """Return the chat's posts in order: those of its window, and the late ones after it."""
    posts, window = snapshot.posts, snapshot.chat.window
    if window is not None and window.by == "person":
        posts = select_posts(posts, window, hashtag=snapshot.chat.hashtag).posts
    return order_posts(posts)


def _draw_ledger(snapshot: Snapshot, posts: Sequence[Post]) -> Ledger:
    """Return the ledger as it stands; files and rows kept aside are counted at the end."""
    chat = snapshot.chat
    capture = snapshot.account.sum_up(posts, chat.hashtag)
    told, notes = tell_capture(capture)
    gaps = find_gaps(
        posts,
        hashtag=chat.hashtag,
        window=chat.window,
        follows_threads=any(route.kind == "thread" for route in capture.routes),
    )
    return msgspec.structs.replace(
        snapshot.ledger,
        archived=len(posts),
        folded=sum(len(post.reposts) for post in posts),
        merged=sum(max(0, len(post.sightings) - 1) for post in posts),
        deleted=sum(post.deleted for post in posts),
        text_lost=sum(post.text_lost for post in posts),
        removed=count_removed(posts),
        spam=count_removed(posts, SPAM),
        gaps=(*gaps, *told),
        notes=notes,
        capture=capture,
    )


def _await_placing(post: Post) -> Placement:
    return Placement(
        post=post.id,
        question=None,
        reason=make_note("not-placed-yet"),
        confidence=0.0,
        by="time",
        kind="reply",
    )
