"""Place every post of a chat folder under its question."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from chinwag.model import Chat, Correction, Placement, Post, Sent
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions, keep_given_questions, mark_announced
from chinwag.steps.reading import Readings
from chinwag.stores.folder import Change, ChatFolder, layout
from chinwag.workflows.encoders import FindEncoder, find_encoder
from chinwag.workflows.make_of_reading import Digests, make_of_reading

_MEANWHILE = (layout.CORRECTIONS, layout.OUTBOX)  # may change during the placing: it is done again


class _Inputs(NamedTuple):
    chat: Chat
    posts: tuple[Post, ...]
    corrections: tuple[Correction, ...]
    sent: tuple[Sent, ...]


def place_chat(
    into: Path, *, encoder: FindEncoder = find_encoder, readings: Readings | None = None
) -> tuple[Chat, tuple[Placement, ...]]:
    """Find the questions, place every post, keep both in the folder; return both.

    Corrections by people stand. `encoder` finds what compares posts in doubt by their meaning: at
    first the one on this machine, if any; `use_words` for none. `readings` are those of a run that
    goes on with the same posts. Raises FolderError where the folder or its posts are missing, and
    what the encoder raises.
    """
    folder = ChatFolder.open(into)
    shared = readings or Readings()

    def read() -> _Inputs:
        return _Inputs(
            folder.read_chat(),
            folder.read_posts(),
            folder.read_corrections(),
            folder.read_outbox(),
        )

    def place(given: _Inputs) -> tuple[Chat, tuple[Placement, ...]]:
        agenda = keep_given_questions(given.chat)
        chat = find_questions(given.chat, given.posts, agenda=agenda, readings=shared)
        chat = mark_announced(chat, given.posts, given.sent)
        corrections = [correction.as_placement() for correction in given.corrections]
        return chat, place_posts(chat, given.posts, corrections, encoder=encoder(), readings=shared)

    return make_of_reading(folder, (layout.CHAT, layout.POSTS), read, place, _write)


def _write(change: Change, made: tuple[Chat, tuple[Placement, ...]], read: Digests) -> None:
    chat, placements = made
    change.write_chat(chat)
    change.write_placements(placements)
    change.note_made(layout.PLACEMENTS, {name: read.get(name, "") for name in _MEANWHILE})
