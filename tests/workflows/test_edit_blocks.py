"""A story edited block by block: kept, set aside where another came first, standing again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from chinwag.errors import InputError, TraceError
from chinwag.model import Edition, ParagraphBlock, PointBlock
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.edit_blocks import (
    NotedBlocks,
    freeze_story,
    note_blocks,
    read_blocks,
    stand_again,
)
from chinwag.workflows.publish_chat import read_story

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
OPENING = ParagraphBlock(text="We met on a wet evening.")


def write(edition: Edition, *blocks: object) -> Edition:
    """Return an edition made from another, with blocks put before its own."""
    return msgspec.structs.replace(
        edition,
        blocks=(*blocks, *edition.blocks),
        before=edition.number,
    )


@pytest.fixture
def folder(snug: Path) -> Path:
    return snug


def test_an_edit_stands_and_counts_up(folder: Path) -> None:
    draft = read_blocks(folder).edition
    assert (draft.number, isinstance(draft.blocks[1], PointBlock)) == (0, True)
    noted = note_blocks(folder, write(draft, OPENING), at=AT, who="Ana")
    standing = ChatFolder.open(folder).read_edition()
    assert noted == NotedBlocks(edition=standing)
    assert standing is not None
    assert (standing.number, standing.who, standing.at, standing.before) == (1, "Ana", AT, 0)
    assert read_blocks(folder).edition.blocks == (OPENING, *draft.blocks)


def test_an_edit_that_changes_nothing_makes_no_edition(folder: Path) -> None:
    draft = read_blocks(folder).edition
    assert note_blocks(folder, write(draft), at=AT) == NotedBlocks(edition=None)
    assert ChatFolder.open(folder).read_editions() == ()


def test_an_edit_of_what_stands_no_more_is_kept_aside(folder: Path) -> None:
    draft = read_blocks(folder).edition
    first = note_blocks(folder, write(draft, OPENING), at=AT, who="Ana").edition
    later = note_blocks(folder, write(draft, ParagraphBlock(text="Mine.")), at=AT, who="Ben")
    assert (later.stands, later.edition and later.edition.number) == (False, 2)
    kept = ChatFolder.open(folder)
    assert (kept.read_edition(), kept.read_editions()) == (first, (first, later.edition))


def test_words_that_stand_in_no_post_are_refused(folder: Path) -> None:
    draft = read_blocks(folder).edition
    point = next(block for block in draft.blocks if isinstance(block, PointBlock))
    false = msgspec.structs.replace(
        point, bullet=msgspec.structs.replace(point.bullet, text="I never said this at all")
    )
    with pytest.raises(TraceError):
        note_blocks(folder, write(draft, false), at=AT)
    assert ChatFolder.open(folder).read_editions() == ()


def test_an_earlier_edition_stands_again(folder: Path) -> None:
    draft = read_blocks(folder).edition
    first = note_blocks(folder, write(draft, OPENING), at=AT).edition
    assert first is not None
    note_blocks(folder, write(first, ParagraphBlock(text="More.")), at=AT)
    again = stand_again(folder, 1, at=AT, who="Ana")
    assert again is not None
    assert (again.number, again.before, again.blocks) == (3, 2, first.blocks)
    assert stand_again(folder, 0, at=AT) is None
    assert read_blocks(folder).edition == draft
    with pytest.raises(InputError) as refused:
        stand_again(folder, 9, at=AT)
    assert refused.value.code == "edition-unknown"


def test_what_is_frozen_is_shown_as_it_was(folder: Path) -> None:
    draft = read_blocks(folder).edition
    assert freeze_story(folder, at=AT, who="Ana") == 1
    frozen = ChatFolder.open(folder).read_edition()
    assert frozen is not None
    assert (frozen.blocks, frozen.who, frozen.at) == (draft.blocks, "Ana", AT)
    assert freeze_story(folder, at=AT) == 1

    note_blocks(folder, write(frozen, OPENING), at=AT)
    kept = ChatFolder.open(folder)

    def read_first(number: int | None) -> object:
        edition = read_story(kept, number).edition
        return edition and edition.sections[0].blocks[:1]

    assert read_first(None) == (OPENING,)
    assert read_first(1) != (OPENING,)
    assert read_first(7) == (OPENING,)
