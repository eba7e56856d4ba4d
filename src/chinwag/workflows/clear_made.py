"""Cut what is taken out from everything that was made of it, in the same change of the folder."""

from __future__ import annotations

from collections.abc import Mapping

from chinwag.errors import ChinwagError
from chinwag.model import Chat, Edition, Ledger, Placement, Post, Summary
from chinwag.steps.collect import (
    Removed,
    clear_outbox,
    clear_placements,
    clear_summary,
)
from chinwag.stores.folder import Change, ChatFolder, layout
from chinwag.workflows.publish_chat import StoryInputs, make_story, render_files

_EMPTY = Summary(questions=(), unplaced=())


def clear_made(
    change: Change,
    folder: ChatFolder,
    chat: Chat,
    posts: tuple[Post, ...],
    ledger: Ledger,
    removed: Removed,
) -> None:
    """Write placements, summary, story and outbox of a folder without what is removed.

    `chat`, `posts` and `ledger` are what the change writes. What is written here is out of date
    from the start, and is made again later.
    """
    if sent := folder.read_outbox():
        change.write_outbox(clear_outbox(sent, removed))
    if folder.read_edits():
        change.write_edits(())
    if not folder.has(layout.PLACEMENTS):
        return
    placements = clear_placements(folder.read_placements(), posts, removed)
    change.write_placements(placements)
    change.note_cut(layout.PLACEMENTS)
    if not folder.has(layout.SUMMARY):
        return
    summary = _clear_summary(folder, chat, posts, placements, removed)
    edition = change.read_edition()
    pictures = folder.read_pictures(edition)
    story, summary = _make_story((chat, posts, placements), summary, ledger, edition, pictures)
    change.write_summary(summary)
    change.note_cut(layout.SUMMARY)
    if folder.has(layout.STORY):
        change.write_story(story)
        change.note_cut(layout.STORY)


def _clear_summary(
    folder: ChatFolder,
    chat: Chat,
    posts: tuple[Post, ...],
    placements: tuple[Placement, ...],
    removed: Removed,
) -> Summary:
    """Return the summary cut; one that cannot be read may hold any words, and is emptied."""
    try:
        return clear_summary(folder.read_summary(), chat, posts, placements, removed)
    except ChinwagError:
        return _EMPTY


def _make_story(
    made: tuple[Chat, tuple[Post, ...], tuple[Placement, ...]],
    summary: Summary,
    ledger: Ledger,
    edition: Edition | None,
    pictures: Mapping[str, bytes],
) -> tuple[dict[str, bytes], Summary]:
    """Return the files of a story, and the summary that it rests on.

    That is an empty one where a point of the other does not stand in its posts any more, and there
    are no files where not even that can be told.
    """
    for tried in (summary, _EMPTY):
        try:
            given = StoryInputs(*made, tried, ledger, edition, pictures)
            return render_files(make_story(given)), tried
        except ChinwagError:
            continue
    return {}, _EMPTY
