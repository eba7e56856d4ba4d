"""What an edit does: an edition beside the one that it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from chinwag.model import (
    Block,
    Edition,
    GoneBlock,
    HeadingBlock,
    ParagraphBlock,
    PointBlock,
    QuotationBlock,
)
from chinwag.steps.editing.keep import list_points


class EditOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What an edit does, counted.

    `points` are those of the edition after it. Of the points before it `left_out` are not used any
    more; `joined` are those that others were joined with; `reworded` are in the host's own words,
    `shortened` in other words of their posts; `moved` stand under another question. `added` are
    points that were not used before. `paragraphs` are those that the host wrote or changed.
    `hidden` are the handles of people whose names are not told. `gone` counts the points that have
    gone since, with their posts. `is_changed` is False where the edit changes nothing at all.
    """

    is_changed: bool
    points: int
    left_out: int
    added: int
    joined: int
    reworded: int
    shortened: int
    moved: int
    apart: int
    answers: int
    paragraphs: int
    hidden: tuple[str, ...]
    gone: int


def compare_editions(before: Edition, after: Edition) -> EditOutcome:
    """Return what makes `after` of `before`."""
    homes, new_homes = find_homes(before.blocks), find_homes(after.blocks)
    points = {point.voices[0].quoted: point for point in list_points(before)}
    kept = [point for point in list_points(after) if point.voices[0].quoted in points]
    apart, answers = _list_apart(after), _list_answers(after)
    voiced = {voice.quoted for point in list_points(after) for voice in point.voices}
    changed = [
        point.bullet.origin
        for point in kept
        if point.bullet.text != points[point.voices[0].quoted].bullet.text
    ]
    origins = Counter(changed)
    return EditOutcome(
        is_changed=_strip(before) != _strip(after),
        points=len(list_points(after)),
        left_out=len(points.keys() - voiced - apart - answers),
        added=len(list_points(after)) - len(kept),
        joined=sum(
            len(point.voices) > len(points[point.voices[0].quoted].voices) for point in kept
        ),
        reworded=origins["person"],
        shortened=origins["quoted"],
        moved=sum(homes[one] != new_homes[one] for one in homes.keys() & new_homes.keys()),
        apart=len(apart - _list_apart(before)),
        answers=len(answers - _list_answers(before)),
        paragraphs=len(_list_paragraphs(after) - _list_paragraphs(before)),
        hidden=after.hidden,
        gone=sum(isinstance(block, GoneBlock) for block in before.blocks),
    )


def _list_apart(edition: Edition) -> set[str]:
    return {block.quote.post for block in edition.blocks if isinstance(block, QuotationBlock)}


def _list_answers(edition: Edition) -> set[str]:
    return {reply.post for point in list_points(edition) for reply in point.bullet.replies}


def _list_paragraphs(edition: Edition) -> set[str]:
    return {block.text for block in edition.blocks if isinstance(block, ParagraphBlock)}


def _strip(edition: Edition) -> tuple[object, ...]:
    """Return what a host can change in an edition."""
    blocks = tuple(block for block in edition.blocks if not isinstance(block, GoneBlock))
    return blocks, edition.hidden, edition.names


def find_homes(blocks: Sequence[Block]) -> dict[str, str]:
    """Return under which question, or which heading of the host's own, each point stands."""
    homes: dict[str, str] = {}
    home = ""
    for block in blocks:
        if isinstance(block, HeadingBlock) and block.level == 2:
            home = block.question or block.text
        elif isinstance(block, PointBlock):
            homes[block.voices[0].quoted] = home
    return homes
