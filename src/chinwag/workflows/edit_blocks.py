"""The host's version of the story, block by block: what a page needs to edit it, and keeping it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from chinwag.errors import InputError, Kept
from chinwag.model import Bullet, Chat, Edition, Post, Summary, is_kept_picture
from chinwag.steps.editing import (
    check_edition,
    compare_editions,
    draft_edition,
    find_edition,
    gather_material,
    keep_edition,
    number_next,
)
from chinwag.steps.summarise import list_candidates
from chinwag.stores.folder import ChatFolder


class BlockMaterial(msgspec.Struct, frozen=True, kw_only=True):
    """What a story is edited from.

    `edition` stands, true to the posts of now; it is the draft, with the number 0, where nobody has
    edited anything, and has seen every point that there is. `candidates` are the points that the
    posts of each question could make, best first, by its label.
    """

    chat: Chat
    posts: tuple[Post, ...]
    summary: Summary
    edition: Edition
    candidates: Mapping[str, tuple[Bullet, ...]]


class NotedBlocks(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an edit: the edition, and whether it stands.

    It is None where nothing was changed. It does not stand, though it is kept with the others,
    where another edition has come since.
    """

    edition: Edition | None
    stands: bool = True


def read_blocks(into: Path) -> BlockMaterial:
    """Return what the story is edited from. Raises FolderError where nothing was summed up yet."""
    folder = ChatFolder.open(into)
    return folder.read_steadily(lambda: _read(folder))


def note_blocks(into: Path, edition: Edition, *, at: datetime, who: str = "") -> NotedBlocks:
    """Keep an edition, made from the one numbered `edition.before`, as the one that stands.

    Its own number does not matter: it gets the next one. Raises TraceError where words of it do not
    stand in the posts that they name, InputError where it shows a picture that the folder does not
    keep; nothing is kept then.
    """
    folder = ChatFolder.open(into)
    with folder.change() as change:
        editions, standing = folder.read_editions(), folder.read_edition()
        made_from = find_edition(editions, edition.before) or draft_edition(folder.read_summary())
        made = msgspec.structs.replace(edition, number=number_next(editions), who=who, at=at)
        check_edition(made, folder.read_posts())
        _require_pictures(folder, made)
        if not compare_editions(made_from, made).is_changed:
            return NotedBlocks(edition=None)
        stands = edition.before == (standing.number if standing else 0)
        change.write_editions((*editions, made))
        if stands:
            change.write_edition(made)
    return NotedBlocks(edition=made, stands=stands)


def stand_again(into: Path, number: int, *, at: datetime, who: str = "") -> Edition | None:
    """Let an earlier edition stand again, as a new one; 0 lets the draft stand again.

    Return the edition that stands then. Raises InputError where there is none of that number.
    """
    folder = ChatFolder.open(into)
    with folder.change() as change:
        if number == 0:
            change.write_edition(None)
            return None
        editions, standing = folder.read_editions(), folder.read_edition()
        again = find_edition(editions, number)
        if again is None:
            raise InputError(
                "There is no edition {number} of this story.",
                code="edition-unknown",
                number=number,
            )
        made = msgspec.structs.replace(
            again,
            number=number_next(editions),
            before=standing.number if standing else 0,
            who=who,
            at=at,
        )
        change.write_editions((*editions, made))
        change.write_edition(made)
    return made


def freeze_story(into: Path, *, at: datetime, who: str = "") -> int:
    """Return the number of the edition that stands; the draft becomes one where none does.

    So what is published can be told, compared and shown again. Raises FolderError where nothing was
    summed up yet.
    """
    folder = ChatFolder.open(into)
    with folder.change() as change:
        standing = folder.read_edition()
        if standing is not None:
            return standing.number
        editions, draft = folder.read_editions(), _read(folder).edition
        made = msgspec.structs.replace(draft, number=number_next(editions), who=who, at=at)
        change.write_editions((*editions, made))
        change.write_edition(made)
    return made.number


def _require_pictures(folder: ChatFolder, edition: Edition) -> None:
    kept = {one.name for one in folder.read_kept_files() if is_kept_picture(one)}
    for name in edition.list_pictures():
        if name not in kept:
            raise InputError(
                "{folder} keeps no picture {name}.",
                code="picture-not-kept",
                kept=Kept.UNCHANGED,
                folder=folder.root,
                name=name,
            )


def _read(folder: ChatFolder) -> BlockMaterial:
    chat, posts, summary = folder.read_chat(), folder.read_posts(), folder.read_summary()
    candidates = {
        label: tuple(bullets)
        for label, bullets in list_candidates(chat, posts, folder.read_placements()).items()
    }
    standing = folder.read_edition()
    if standing is None:
        seen = gather_material(chat, posts, summary, candidates, None).list_seen()
        edition = msgspec.structs.replace(draft_edition(summary), seen=seen)
    else:
        edition = keep_edition(standing, posts)
    return BlockMaterial(
        chat=chat, posts=posts, summary=summary, edition=edition, candidates=candidates
    )
