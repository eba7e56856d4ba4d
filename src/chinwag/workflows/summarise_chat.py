"""Summarise a chat folder whose posts have been placed."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from chinwag.model import Chat, Decision, Placement, Post, Rewording, Summary
from chinwag.steps import summarise, tracing
from chinwag.steps.deciding import choose_bullets, note_decisions
from chinwag.steps.reading import Readings
from chinwag.steps.rewording import apply_rewordings, keep_rewordings
from chinwag.stores.folder import Change, ChatFolder, layout
from chinwag.workflows.chat_details import limit_bullets
from chinwag.workflows.encoders import FindEncoder, find_encoder
from chinwag.workflows.make_of_reading import Digests, make_of_reading
from chinwag.workflows.prepared import Prepared

_SOURCES = (
    layout.CHAT,
    layout.POSTS,
    layout.PLACEMENTS,
    layout.WORDINGS,
    layout.DECISIONS,
)


class _Inputs(NamedTuple):
    chat: Chat
    posts: tuple[Post, ...]
    placements: tuple[Placement, ...]
    decisions: tuple[Decision, ...]


def _read(folder: ChatFolder, fewest: int | None, most: int | None) -> _Inputs:
    chat = limit_bullets(folder.read_chat(), fewest, most)
    posts, placements = folder.read_posts(), folder.read_placements()
    return _Inputs(chat, posts, placements, folder.read_decisions())


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
    prepared: Prepared | None = None,
) -> Summary:
    """Draft the summary of every question, check it against its posts, keep it; return it.

    `fewest` and `most` bullets a question are kept in `chat.toml`; None leaves what it says. What a
    language model said before of the same points stands again, and so do the points that one chose;
    nobody is asked. `encoder` finds what confirms who says the same: the one on this machine, where
    it is installed.
    `prepared` is what a run that placed the same posts has worked out already.

    Raises FolderError where the posts have not been placed yet, TraceError where a bullet does
    not stand letter for letter in its posts (nothing is written then).
    """
    folder, shared = ChatFolder.open(into), prepared or Prepared()

    def read() -> tuple[_Inputs, tuple[Rewording, ...]]:
        given = _read(folder, fewest, most)
        given = given._replace(posts=shared.readings.share(given.posts))
        return given, folder.read_rewordings()

    def make(read: tuple[_Inputs, tuple[Rewording, ...]]) -> _Made:
        given, rewordings = read
        draft = _draft(given, encoder, shared)
        kept = keep_rewordings(rewordings, given.posts)
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
) -> tuple[Chat, tuple[Post, ...], Summary]:
    """Return the chat, its posts, and its summary in the posts' own words; nothing is written."""
    given = folder.read_steadily(lambda: _read(folder, fewest, most))
    return given.chat, given.posts, _draft(given, encoder, Prepared())


def prepare_summary(
    chat: Chat,
    posts: tuple[Post, ...],
    placements: tuple[Placement, ...],
    decisions: tuple[Decision, ...],
    prepared: Prepared,
    *,
    encoder: FindEncoder = find_encoder,
) -> None:
    """Let `prepared` keep what `summarise_chat` will draft of posts that stand like this."""
    _draft(
        _Inputs(limit_bullets(chat, None, None), posts, placements, decisions), encoder, prepared
    )


def _draft(given: _Inputs, encoder: FindEncoder, prepared: Prepared) -> Summary:
    return prepared.drafted.make(
        (given, encoder), lambda: _summarise(given, encoder, prepared.readings)
    )


def _summarise(given: _Inputs, encoder: FindEncoder, readings: Readings) -> Summary:
    """Return the summary in the posts' own words, with the points that a model chose, if any."""
    chosen = choose_bullets(given.chat, given.posts, given.placements, given.decisions)
    summary = summarise.summarise_chat(
        given.chat,
        given.posts,
        given.placements,
        fewest=given.chat.fewest_bullets,
        most=given.chat.most_bullets,
        encoder=encoder(),
        readings=readings,
        chosen=chosen,
    )
    notes = note_decisions(given.decisions, chosen)
    return msgspec.structs.replace(summary, notes=notes) if notes else summary
