"""The host's version of the story, block by block: what a page needs to edit it, and keeping it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from chinwag.errors import InputError, Kept
from chinwag.model import (
    Bullet,
    Chat,
    Edition,
    HeadingBlock,
    KeptFile,
    PictureBlock,
    Placement,
    Post,
    Summary,
    is_kept_picture,
    name_picture,
)
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
from chinwag.stores.folder import Change, ChatFolder
from chinwag.workflows.keep_files import keep_in_change
from chinwag.workflows.prepared import Prepared


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


class BroughtPicture(NamedTuple):
    """A picture for a story: its content as it is kept, its media type, and what it shows in words.

    It stands first `under` the question with that label; behind what opens the story for "".
    """

    data: bytes
    media_type: str
    words: str
    under: str = ""


class NotedBlocks(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an edit: the edition, and whether it stands.

    It is None where nothing was changed. It does not stand, though it is kept with the others,
    where another edition has come since.
    """

    edition: Edition | None
    stands: bool = True


def read_blocks(into: Path, prepared: Prepared | None = None) -> BlockMaterial:
    """Return what the story is edited from. Raises FolderError where nothing was summed up yet.

    `prepared` is what a run that summed up the same posts has worked out already.
    """
    folder = ChatFolder.open(into)
    return folder.read_steadily(lambda: _read(folder, prepared or Prepared()))


def prepare_candidates(
    chat: Chat, posts: tuple[Post, ...], placements: tuple[Placement, ...], prepared: Prepared
) -> Mapping[str, tuple[Bullet, ...]]:
    """Return the points that posts which stand like this could make; `prepared` keeps them."""
    return prepared.candidates.make(
        (chat, posts, placements),
        lambda: list_candidates(chat, posts, placements, readings=prepared.readings),
    )


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
        before = standing.number if standing else 0
        made = msgspec.structs.replace(again, before=before, who=who, at=at)
        return _let_stand(change, editions, made)


def add_picture(into: Path, picture: BroughtPicture, *, at: datetime, who: str = "") -> Edition:
    """Keep a picture in the folder, and show it in a new edition, which stands; return that.

    Raises InputError where the edition has no question `under` which it would stand; FolderError
    where nothing was summed up yet. Nothing is kept then.
    """
    digest = hashlib.sha256(picture.data).hexdigest()
    file = KeptFile(
        name=name_picture(digest, picture.media_type),
        sha256=digest,
        at=at,
        bytes=len(picture.data),
        media_type=picture.media_type,
        words=picture.words,
        who=who,
    )
    folder = ChatFolder.open(into)
    with folder.change() as change:
        standing, editions = _read(folder, Prepared()).edition, folder.read_editions()
        place = _find_place(standing, picture.under)
        block = PictureBlock(address=file.name, description=picture.words)
        blocks = (*standing.blocks[:place], block, *standing.blocks[place:])
        made = msgspec.structs.replace(
            standing, blocks=blocks, before=standing.number, who=who, at=at
        )
        brought = change.scratch / "picture"
        brought.write_bytes(picture.data)
        keep_in_change(change, folder, brought, file)
        return _let_stand(change, editions, made)


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
        editions, draft = folder.read_editions(), _read(folder, Prepared()).edition
        made = msgspec.structs.replace(draft, who=who, at=at)
        return _let_stand(change, editions, made).number


def _let_stand(change: Change, editions: Sequence[Edition], edition: Edition) -> Edition:
    """Keep an edition under the next number, as the one that stands; return it."""
    made = msgspec.structs.replace(edition, number=number_next(editions))
    change.write_editions((*editions, made))
    change.write_edition(made)
    return made


def _find_place(edition: Edition, label: str) -> int:
    """Return the place behind a question's heading; for "" behind what opens the story."""
    headings = [
        (place, block)
        for place, block in enumerate(edition.blocks)
        if isinstance(block, HeadingBlock) and block.level == 2
    ]
    if not label:
        return headings[0][0] if headings else len(edition.blocks)
    for place, block in headings:
        if block.question == label:
            return place + 1
    raise InputError(
        "The story has no question {question}.",
        code="story-question-unknown",
        kept=Kept.UNCHANGED,
        question=label,
        known=[block.question for _place, block in headings if block.question],
    )


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


def _read(folder: ChatFolder, prepared: Prepared) -> BlockMaterial:
    chat, posts, summary = folder.read_chat(), folder.read_posts(), folder.read_summary()
    candidates = prepare_candidates(chat, posts, folder.read_placements(), prepared)
    standing = folder.read_edition()
    if standing is None:
        seen = gather_material(chat, posts, summary, candidates, None).list_seen()
        edition = msgspec.structs.replace(draft_edition(summary), seen=seen)
    else:
        edition = keep_edition(standing, posts)
    return BlockMaterial(
        chat=chat, posts=posts, summary=summary, edition=edition, candidates=candidates
    )
