"""Summarise a chat folder whose posts have been placed."""

from __future__ import annotations

from pathlib import Path

import msgspec

from chinwag.errors import InputError
from chinwag.model import Chat, Summary
from chinwag.steps import summarise
from chinwag.stores.folder import ChatFolder


def summarise_chat(into: Path, *, fewest: int | None = None, most: int | None = None) -> Summary:
    """Draft the summary of every question, check it against its posts, keep it; give it.

    `fewest` and `most` bullets a question are kept in `chat.toml`; None leaves what it says.

    Raises FolderError where the posts have not been placed yet, TraceError where a bullet does
    not stand letter for letter in its posts (nothing is written then).
    """
    folder = ChatFolder.open(into)
    chat = limit_bullets(folder.read_chat(), fewest, most)
    posts, placements = folder.read_posts(), folder.read_placements()
    summary = summarise.summarise_chat(
        chat, posts, placements, fewest=chat.fewest_bullets, most=chat.most_bullets
    )
    summarise.check_summary(summary, posts)
    with folder.change() as change:
        change.write_chat(chat)
        change.write_summary(summary)
    return summary


def limit_bullets(chat: Chat, fewest: int | None, most: int | None) -> Chat:
    """Give the chat with the limits that a person set; raises InputError for impossible ones."""
    fewest = chat.fewest_bullets if fewest is None else fewest
    most = max(chat.most_bullets, fewest) if most is None else most
    if not 0 <= fewest <= most:
        raise InputError(
            f"A question cannot have at least {fewest} and at most {most} bullets.",
            todo="Let --fewest be no more than --most, and neither below 0.",
        )
    return msgspec.structs.replace(chat, fewest_bullets=fewest, most_bullets=most)
