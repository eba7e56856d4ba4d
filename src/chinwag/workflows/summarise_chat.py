"""Summarise a chat folder whose posts have been placed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from chinwag.model import Chat, Placement, Post, Rewording, Summary
from chinwag.steps import summarise, tracing
from chinwag.steps.reading import Readings
from chinwag.steps.rewording import apply_rewordings, keep_rewordings
from chinwag.stores.folder import Change, ChatFolder, layout
from chinwag.workflows.chat_details import limit_bullets
from chinwag.workflows.encoders import FindEncoder, find_encoder
from chinwag.workflows.make_of_reading import Digests, make_of_reading

_SOURCES = (layout.CHAT, layout.POSTS, layout.PLACEMENTS, layout.WORDINGS)


class _Inputs(NamedTuple):
    chat: Chat
    posts: tuple[Post, ...]
    placements: tuple[Placement, ...]
    rewordings: tuple[Rewording, ...]


class _Made(NamedTuple):
    chat: Chat
    summary: Summary
    rewordings: tuple[Rewording, ...]


def summarise_chat(
    into: Path,
    *,
    fewest: int | None = None,
    most: int | None = None,
    encoder: FindEncoder = find_encoder,
    readings: Readings | None = None,
) -> Summary:
    """Draft the summary of every question, check it against its posts, keep it; return it.

    `fewest` and `most` bullets a question are kept in `chat.toml`; None leaves what it says. What a
    language model said before of the same points stands again; nobody is asked. `encoder`
    finds what confirms who says the same: the one on this machine, where it is installed.
    `readings` are those of a run that placed the same posts.

    Raises FolderError where the posts have not been placed yet, TraceError where a bullet does
    not stand letter for letter in its posts (nothing is written then).
    """
    folder = ChatFolder.open(into)

    def read() -> _Inputs:
        chat = limit_bullets(folder.read_chat(), fewest, most)
        inputs = chat, folder.read_posts(), folder.read_placements(), folder.read_rewordings()
        return _Inputs(*inputs)

    def make(given: _Inputs) -> _Made:
        draft = _draft(given.chat, given.posts, given.placements, encoder, readings)
        kept = keep_rewordings(given.rewordings, given.posts)
        summary = apply_rewordings(given.chat, draft, given.posts, kept)
        tracing.check_summary(summary, given.posts)
        return _Made(given.chat, summary, tuple(kept))

    return make_of_reading(folder, _SOURCES, read, make, _write).summary


def _write(change: Change, made: _Made, _read: Digests) -> None:
    change.write_chat(made.chat)
    change.write_summary(made.summary)
    change.write_rewordings(made.rewordings)
    change.note_made(layout.SUMMARY)


def draft_summary(
    folder: ChatFolder,
    *,
    fewest: int | None = None,
    most: int | None = None,
    encoder: FindEncoder = find_encoder,
    readings: Readings | None = None,
) -> tuple[Chat, tuple[Post, ...], Summary]:
    """Return the chat, its posts, and its summary in the posts' own words; nothing is written."""
    chat, posts, placements = folder.read_steadily(
        lambda: (folder.read_chat(), folder.read_posts(), folder.read_placements())
    )
    chat = limit_bullets(chat, fewest, most)
    return chat, posts, _draft(chat, posts, placements, encoder, readings)


def _draft(
    chat: Chat,
    posts: Sequence[Post],
    placements: Sequence[Placement],
    encoder: FindEncoder,
    readings: Readings | None,
) -> Summary:
    return summarise.summarise_chat(
        chat,
        posts,
        placements,
        fewest=chat.fewest_bullets,
        most=chat.most_bullets,
        encoder=encoder(),
        readings=readings,
    )
