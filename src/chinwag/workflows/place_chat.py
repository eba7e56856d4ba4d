"""Place every post of a chat folder under its question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from chinwag.model import Chat, Correction, Decision, Placement, Post, Sent
from chinwag.steps.deciding import place_by_decisions
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions, keep_given_questions, mark_announced
from chinwag.steps.reading import Readings
from chinwag.stores.folder import Change, ChatFolder, layout
from chinwag.workflows.encoders import FindEncoder, find_encoder
from chinwag.workflows.make_of_reading import Digests, make_of_reading
from chinwag.workflows.prepared import Prepared

# Where one of these changes during the placing, that is done again.
_MEANWHILE = (layout.CORRECTIONS, layout.OUTBOX, layout.DECISIONS)


class _Inputs(NamedTuple):
    chat: Chat
    posts: tuple[Post, ...]
    corrections: tuple[Correction, ...]
    sent: tuple[Sent, ...]
    decisions: tuple[Decision, ...]


def place_chat(
    into: Path, *, encoder: FindEncoder = find_encoder, prepared: Prepared | None = None
) -> tuple[Chat, tuple[Placement, ...]]:
    """Find the questions, place every post, keep both in the folder; return both.

    Corrections by people stand, and where nobody corrected, what a language model decided before;
    nobody is asked. `encoder` finds what compares posts in doubt by their meaning: at first the one
    on this machine, if any; `use_words` for none. `prepared` is what a run that goes on with the
    same posts has worked out already. Raises FolderError where the folder or its posts are missing,
    and what the encoder raises.
    """
    folder = ChatFolder.open(into)
    shared = prepared or Prepared()

    def place(given: _Inputs) -> tuple[Chat, tuple[Placement, ...]]:
        return _place_by_all(given, encoder, shared)

    sources = (layout.CHAT, layout.POSTS)
    return make_of_reading(folder, sources, lambda: _read(folder), place, _write)


def draft_placements(
    folder: ChatFolder, *, encoder: FindEncoder = find_encoder
) -> tuple[Chat, tuple[Post, ...], tuple[Placement, ...]]:
    """Return the chat, its posts, and where they stand without a language model's decisions.

    Nothing is written. Raises what `place_chat` does.
    """
    given = folder.read_steadily(lambda: _read(folder))
    chat, placements = _place(given, encoder, Readings())
    return chat, given.posts, placements


def prepare_placements(
    folder: ChatFolder,
    prepared: Prepared,
    *,
    describe: Callable[[Chat], Chat],
    encoder: FindEncoder = find_encoder,
) -> tuple[Chat, tuple[Post, ...], tuple[Placement, ...], tuple[Decision, ...]]:
    """Return the chat, its posts, where `place_chat` will put them, and what a model decided.

    `describe` returns the chat as it will be by then. Nothing is written; `prepared` keeps it for
    `place_chat`. Raises what that does.
    """
    given = folder.read_steadily(lambda: _read(folder))
    given = given._replace(chat=describe(given.chat))
    chat, placements = _place_by_all(given, encoder, prepared)
    return chat, given.posts, placements, given.decisions


def _place_by_all(
    given: _Inputs, encoder: FindEncoder, prepared: Prepared
) -> tuple[Chat, tuple[Placement, ...]]:
    """Return where posts stand by themselves, by people, and by what a model decided."""
    chat, placed = prepared.placed.make(
        (given, encoder), lambda: _place(given, encoder, prepared.readings)
    )
    return chat, place_by_decisions(chat, given.posts, placed, given.decisions)


def _read(folder: ChatFolder) -> _Inputs:
    return _Inputs(
        folder.read_chat(),
        folder.read_posts(),
        folder.read_corrections(),
        folder.read_outbox(),
        folder.read_decisions(),
    )


def _place(
    given: _Inputs, encoder: FindEncoder, readings: Readings
) -> tuple[Chat, tuple[Placement, ...]]:
    agenda = keep_given_questions(given.chat)
    chat = find_questions(given.chat, given.posts, agenda=agenda, readings=readings)
    chat = mark_announced(chat, given.posts, given.sent)
    corrections = [correction.as_placement() for correction in given.corrections]
    placed = place_posts(chat, given.posts, corrections, encoder=encoder(), readings=readings)
    return chat, placed


def _write(change: Change, made: tuple[Chat, tuple[Placement, ...]], read: Digests) -> None:
    chat, placements = made
    change.write_chat(chat)
    change.write_placements(placements)
    change.note_made(layout.PLACEMENTS, {name: read.get(name, "") for name in _MEANWHILE})
