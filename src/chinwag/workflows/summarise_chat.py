"""Summarise a chat folder whose posts have been placed."""

from __future__ import annotations

from pathlib import Path

from chinwag.model import Summary
from chinwag.steps import summarise
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.wishes import limit_bullets


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
    with folder.change() as change:
        change.write_chat(chat)
        change.write_summary(summary)
    return summary
