"""Place every post of a chat folder under its question."""

from __future__ import annotations

from pathlib import Path

from chinwag.model import Chat, Placement
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions, keep_given_questions, mark_announced
from chinwag.steps.reading import Readings
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.encoders import FindEncoder, find_encoder


def place_chat(
    into: Path, *, encoder: FindEncoder = find_encoder, readings: Readings | None = None
) -> tuple[Chat, tuple[Placement, ...]]:
    """Find the questions, place every post, keep both in the folder; give both.

    Corrections by people stand. `encoder` finds what compares posts in doubt by their meaning: at
    first the one on this machine, if any; `use_words` for none. `readings` are those of a run that
    goes on with the same posts. Raises FolderError where the folder or its posts are missing, and
    what the encoder raises.
    """
    folder = ChatFolder.open(into)
    chat, posts = folder.read_chat(), folder.read_posts()
    readings = readings or Readings()
    chat = find_questions(chat, posts, agenda=keep_given_questions(chat), readings=readings)
    chat = mark_announced(chat, posts, folder.read_outbox())
    corrections = folder.read_corrections()
    placements = place_posts(chat, posts, corrections, encoder=encoder(), readings=readings)
    with folder.change() as change:
        change.write_chat(chat)
        change.write_placements(placements)
    return chat, placements
