"""Take a story that somebody told elsewhere, of the posts that were imported, as the hosts' own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from chinwag.capture.received import open_source
from chinwag.importers import tells_stories
from chinwag.model import Chat, Edition, Note, Placement, Post, Summary, ToldStory
from chinwag.stores.folder import Change, ChatFolder, layout
from chinwag.workflows.chat_details import is_title_made
from chinwag.workflows.make_of_reading import Digests, make_of_reading

_SOURCES = (
    layout.CHAT,
    layout.POSTS,
    layout.PLACEMENTS,
    layout.SUMMARY,
    layout.LEDGER,
    layout.REMOVED,
    layout.EDITION,
    layout.EDITIONS,
)


class _Inputs(NamedTuple):
    chat: Chat
    posts: tuple[Post, ...]
    placements: tuple[Placement, ...]
    summary: Summary
    told: tuple[ToldStory, ...]


class _Made(NamedTuple):
    chat: Chat | None  # where its title is another now
    edition: Edition | None


def take_told_story(into: Path) -> Note | None:
    """Let the story that a file tells of its posts stand as the first edition; return a note of it.

    The chat gets its title, where that was made of the date. Only where nobody has ever edited the
    story: what people did there stands, the draft to which they went back too. It is None where no
    file tells one, or none in words of its author. Raises FolderError where nothing has been
    summed up yet.
    """
    folder = ChatFolder.open(into)
    if not _may_tell(folder):
        return None
    made = make_of_reading(
        folder, _SOURCES, lambda: _read(folder), lambda given: _make(folder, given), _write
    )
    if made.edition is None:
        return None
    from chinwag.steps.editing import note_told  # noqa: PLC0415 - as in `_make`

    return note_told(made.edition)


def _may_tell(folder: ChatFolder) -> bool:
    """Return whether a file of the folder may tell a story that nobody has taken or edited."""
    files = folder.read_ledger().files
    is_edited = folder.read_edition() is not None or bool(folder.read_editions())
    return not is_edited and any(tells_stories(file.format) for file in files)


def _read(folder: ChatFolder) -> _Inputs:
    chat, posts, placements = folder.read_chat(), folder.read_posts(), folder.read_placements()
    summary = folder.read_summary()
    told: list[ToldStory] = []
    if _may_tell(folder):
        for file in folder.read_ledger().files:
            if tells_stories(file.format):
                told += open_source(folder, file, chat.hashtag).list_told()
    return _Inputs(chat, posts, placements, summary, tuple(told))


def _make(folder: ChatFolder, given: _Inputs) -> _Made:
    """Return the chat with its title, and the edition that is told.

    What it needs is loaded here, so that a recap of other files does not wait for it.
    """
    from chinwag.steps.collect import Removed  # noqa: PLC0415
    from chinwag.steps.editing import check_edition, tell_edition  # noqa: PLC0415

    chat, posts, placements, summary, told = given
    removed = Removed(folder.read_removals(), folder.read_removal_key())

    def may_say(words: str) -> bool:
        return removed.mask(words) == words

    titles = [one.title for one in told if one.title and may_say(one.title)]
    if titles and is_title_made(chat):
        chat = msgspec.structs.replace(chat, title=titles[0])
    titled = chat if chat != given.chat else None
    edition = tell_edition(told, chat, posts, placements, may_say)
    if edition is None:
        return _Made(titled, None)
    edition = msgspec.structs.replace(
        edition, number=1, seen=_list_seen(chat, posts, placements, summary)
    )
    check_edition(edition, posts)
    return _Made(titled, edition)


def _list_seen(
    chat: Chat, posts: Sequence[Post], placements: Sequence[Placement], summary: Summary
) -> tuple[str, ...]:
    """Return the posts that are there to choose from: what comes later is offered as new."""
    from chinwag.steps.editing import gather_material  # noqa: PLC0415 - as in `_make`
    from chinwag.steps.summarise import list_candidates  # noqa: PLC0415

    candidates = list_candidates(chat, posts, placements)
    return gather_material(chat, posts, summary, candidates, None).list_seen()


def _write(change: Change, made: _Made, _read: Digests) -> None:
    if made.chat is not None:
        change.write_chat(made.chat)
    if made.edition is not None:
        change.write_edition(made.edition)
        change.write_editions((made.edition,))
