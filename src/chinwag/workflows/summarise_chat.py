"""Summarise a chat folder whose posts have been placed."""

from __future__ import annotations

from pathlib import Path

from chinwag.model import Chat, Post, Summary
from chinwag.steps import summarise, tracing
from chinwag.steps.reading import Readings
from chinwag.steps.rewording import apply_rewordings, keep_rewordings
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import limit_bullets
from chinwag.workflows.encoders import FindEncoder, find_encoder


def summarise_chat(
    into: Path,
    *,
    fewest: int | None = None,
    most: int | None = None,
    encoder: FindEncoder = find_encoder,
    readings: Readings | None = None,
) -> Summary:
    """Draft the summary of every question, check it against its posts, keep it; give it.

    `fewest` and `most` bullets a question are kept in `chat.toml`; None leaves what it says. What a
    language model said before of the same points stands again; nobody is asked. `encoder`
    gives what confirms who says the same: the one on this machine, where it is installed.
    `readings` are those of a run that placed the same posts.

    Raises FolderError where the posts have not been placed yet, TraceError where a bullet does
    not stand letter for letter in its posts (nothing is written then).
    """
    folder = ChatFolder.open(into)
    chat, posts, summary = draft_summary(
        folder, fewest=fewest, most=most, encoder=encoder, readings=readings
    )
    wordings = keep_rewordings(folder.read_rewordings(), posts)
    summary = apply_rewordings(chat, summary, posts, wordings)
    tracing.check_summary(summary, posts)
    with folder.change() as change:
        change.write_chat(chat)
        change.write_summary(summary)
        change.write_rewordings(wordings)
    return summary


def draft_summary(
    folder: ChatFolder,
    *,
    fewest: int | None = None,
    most: int | None = None,
    encoder: FindEncoder = find_encoder,
    readings: Readings | None = None,
) -> tuple[Chat, tuple[Post, ...], Summary]:
    """Give the chat, its posts, and its summary in the posts' own words; nothing is written."""
    chat = limit_bullets(folder.read_chat(), fewest, most)
    posts, placements = folder.read_posts(), folder.read_placements()
    summary = summarise.summarise_chat(
        chat,
        posts,
        placements,
        fewest=chat.fewest_bullets,
        most=chat.most_bullets,
        encoder=encoder(),
        readings=readings,
    )
    return chat, posts, summary
