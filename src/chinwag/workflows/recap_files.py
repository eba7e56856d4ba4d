"""From files to a published write-up: everything, in order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from chinwag.errors import Kept
from chinwag.model import Chat, Note, Placement, Summary
from chinwag.steps.collect.doubts import doubt_agenda
from chinwag.steps.measure import measure_chat
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.import_files import ImportReport, import_files
from chinwag.workflows.kept import tell_kept
from chinwag.workflows.place_chat import place_chat
from chinwag.workflows.prepared import Prepared
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.publish_chat import publish_chat
from chinwag.workflows.summarise_chat import summarise_chat
from chinwag.workflows.told_story import take_told_story


class Recap(msgspec.Struct, frozen=True, kw_only=True):
    """What a recap made: what came in, the chat, where its posts went, what they say, the page.

    `doubts` is what looks wrong in the agenda, where there was one. `told` says that a file told a
    story of its posts, where that was taken just now.
    """

    imported: ImportReport
    chat: Chat
    placements: tuple[Placement, ...]
    summary: Summary
    story: Path
    doubts: tuple[Note, ...] = ()
    told: Note | None = None


def recap_files(
    files: Sequence[Path | str],
    into: Path | str,
    details: ChatDetails | None = None,
    progress: Progress = say_nothing,
) -> Recap:
    """Import the files, place every post, summarise every question, publish the story.

    The folder `into` is made, or added to. Raises what its steps raise (see errors.py); where the
    files are archived by then, the error says so.
    """
    folder = Path(into)
    imported = import_files(
        [Path(file) for file in files], folder, details or ChatDetails(), progress
    )
    with tell_kept(Kept.ARCHIVED):
        return _write_up(folder, imported, progress)


def _write_up(folder: Path, imported: ImportReport, progress: Progress) -> Recap:
    progress("Placing the posts", 0, 3)
    prepared = Prepared()
    chat, placements = place_chat(folder, prepared=prepared)
    progress("Summarising the questions", 1, 3)
    summary = summarise_chat(folder, prepared=prepared)
    del prepared  # in a large chat readings take most of the memory, and a story needs none
    progress("Publishing the story", 2, 3)
    told = take_told_story(folder)
    chat = ChatFolder.open(folder).read_chat()
    story = publish_chat(folder)
    progress("Publishing the story", 3, 3)
    posts = ChatFolder.open(folder).read_posts()
    measures = measure_chat(posts, placements, chat)  # now that it is known what is spam
    return Recap(
        imported=msgspec.structs.replace(imported, measures=measures),
        chat=chat,
        placements=placements,
        summary=summary,
        story=story,
        doubts=doubt_agenda(chat, posts),
        told=told,
    )
