"""Publish a chat folder's story: the page, and the files that come with it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from chinwag.model import Chat, Ledger, Placement, Post, Story, Summary
from chinwag.steps.measure import measure_chat
from chinwag.steps.publish import (
    build_story,
    render_bullets_csv,
    render_html,
    render_json,
    render_markdown,
    render_posts_csv,
)
from chinwag.steps.tracing import check_summary
from chinwag.stores.folder import Change, ChatFolder, layout
from chinwag.version import __version__
from chinwag.workflows.make_of_reading import Digests, make_of_reading

_SOURCES = (layout.CHAT, layout.POSTS, layout.PLACEMENTS, layout.SUMMARY, layout.LEDGER)

_FOR_EXCEL = "utf-8-sig"  # without a byte order mark Excel takes a table for one in ANSI


class _Inputs(NamedTuple):
    chat: Chat
    posts: tuple[Post, ...]
    placements: tuple[Placement, ...]
    summary: Summary
    ledger: Ledger


def publish_chat(into: Path) -> Path:
    """Make `story/` of the folder; return the path of its page.

    Raises FolderError where the chat has not been summarised yet, TraceError where a bullet does
    not stand in its posts: a story is never published on a summary that has lost its sources.
    """
    folder = ChatFolder.open(into)
    make_of_reading(folder, _SOURCES, lambda: _read(folder), _make_files, _write)
    return folder.find_story()


def read_story(folder: ChatFolder) -> Story:
    """Return the story as the folder has it at one moment. Raises what `publish_chat` does."""
    return _make_story(folder.read_steadily(lambda: _read(folder)))


def render_files(story: Story) -> dict[str, bytes]:
    """Return the files of `story/` by their names, the page first."""
    return {
        "index.html": render_html(story).encode(),
        "story.md": render_markdown(story).encode(),
        "story.json": render_json(story),
        "posts.csv": render_posts_csv(story).encode(_FOR_EXCEL),
        "bullets.csv": render_bullets_csv(story).encode(_FOR_EXCEL),
    }


def _read(folder: ChatFolder) -> _Inputs:
    return _Inputs(
        folder.read_chat(),
        folder.read_posts(),
        folder.read_placements(),
        folder.read_summary(),
        folder.read_ledger(),
    )


def _make_files(given: _Inputs) -> dict[str, bytes]:
    return render_files(_make_story(given))


def _make_story(given: _Inputs) -> Story:
    check_summary(given.summary, given.posts)
    measures = measure_chat(given.posts, given.placements)
    chat = msgspec.structs.replace(given.chat, dropped_questions=(), not_moderators=())
    return build_story(chat, *given[1:], measures, made_with=__version__)


def _write(change: Change, files: dict[str, bytes], _read: Digests) -> None:
    change.write_story(files)
    change.note_made(layout.STORY)
