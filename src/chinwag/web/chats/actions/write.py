"""Editing the draft of a story, a block at a time: shown at once, kept in the folder soon after.

Whoever changes a block says which revision of it they saw. Where somebody changed it meanwhile
nothing is changed, and the page shows both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from chinwag.model import Block as StoryBlock
from chinwag.model import (
    GoneBlock,
    HeadingBlock,
    LinkBlock,
    ParagraphBlock,
    PictureBlock,
    PointBlock,
    Post,
    RuleBlock,
    make_note,
)
from chinwag.steps.editing import join_points, take_point, word_point
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.actions.note import note
from chinwag.web.chats.models import (
    Block,
    Change,
    ChangeKind,
    Chat,
    Draft,
    Presence,
    User,
    WorkState,
)
from chinwag.web.chats.queries.write import DraftPage, read_block, read_posts, write_block
from chinwag.web.live.tell import tell

_LONG_AGO = timedelta(seconds=5)  # what was changed by then is kept, although somebody goes on


@transaction.atomic
def move_block(user: User, block: Block, by: int) -> None:
    """Move a block up (-1) or down (1) by one; at the end of the page it stays."""
    rows = _lock(block.draft)
    at = _find(rows, block)
    to = max(0, min(len(rows) - 1, at + by))
    rows.insert(to, rows.pop(at))
    _keep_order(user, block.draft, rows)


@transaction.atomic
def place_block(user: User, block: Block, before: Block | None) -> None:
    """Put a block before another, or at the very end."""
    rows = _lock(block.draft)
    moved = rows.pop(_find(rows, block))
    rows.insert(_find(rows, before) if before else len(rows), moved)
    _keep_order(user, block.draft, rows)


@transaction.atomic
def put_under(user: User, block: Block, question: str) -> None:
    """Put a block at the end of a question. Raises Declined where the draft has none of it."""
    rows = _lock(block.draft)
    moved = rows.pop(_find(rows, block))
    rows.insert(_find_end(rows, question), moved)
    _keep_order(user, block.draft, rows)


@transaction.atomic
def leave_out(user: User, block: Block, revision: int) -> None:
    """Take a block out of the draft. Raises Declined where somebody changed it meanwhile."""
    _require_seen(block, revision)
    draft = block.draft
    block.delete()
    _want_kept(user, draft)


@transaction.atomic
def word_block(user: User, block: Block, revision: int, words: Mapping[str, str]) -> Block:
    """Give a block other words; whose they are is found, not asked.

    `words` holds "text". Raises Declined where somebody changed the block meanwhile, and where
    words are missing.
    """
    row = _require_seen(block, revision)
    worded = _word(read_block(row), words, read_posts(row.draft))
    return _keep_body(user, row, worded)


@transaction.atomic
def join_next(user: User, block: Block) -> Block:
    """Join a point with the point after it. Raises Declined where none follows it."""
    rows = _lock(block.draft)
    at = _find(rows, block)
    pair = rows[at : at + 2]
    points = [body for row in pair if isinstance(body := read_block(row), PointBlock)]
    if len(points) < 2:
        raise Declined("no-point-after")
    pair[1].delete()
    return _keep_body(user, pair[0], join_points(points, read_posts(block.draft)))


@transaction.atomic
def part_block(user: User, block: Block) -> None:
    """Part a joined point into the points that it was made of. Raises Declined for a single one."""
    rows = _lock(block.draft)
    at = _find(rows, block)
    point = read_block(rows[at])
    if not isinstance(point, PointBlock) or len(point.voices) < 2:
        raise Declined("one-point")
    first, *others = (take_point(voice) for voice in point.voices)
    _keep_body(user, rows[at], first)
    new = [Block.objects.create(**_begin(user, block.draft, one)) for one in others]
    _keep_order(user, block.draft, [*rows[: at + 1], *new, *rows[at + 1 :]])


@transaction.atomic
def add_block(
    user: User, draft: Draft, kind: str, words: Mapping[str, str], after: Block | None
) -> Block:
    """Write a new block after another, or at the top. Raises Declined where words are missing."""
    rows = _lock(draft)
    made = Block.objects.create(**_begin(user, draft, _MAKE[kind](words)))
    at = _find(rows, after) + 1 if after else 0
    _keep_order(user, draft, [*rows[:at], made, *rows[at:]])
    return made


@transaction.atomic
def add_picture(user: User, draft: Draft, name: str, words: str, after: Block | None) -> Block:
    """Put a picture that the chat keeps after a block, or at the top.

    Raises Declined where it is not kept any more.
    """
    if not draft.chat.files.filter(name=name).exists():
        raise Declined("picture-gone")
    rows = _lock(draft)
    picture = PictureBlock(address=name, description=_require(" ".join(words.split())))
    made = Block.objects.create(**_begin(user, draft, picture))
    at = _find(rows, after) + 1 if after else 0
    _keep_order(user, draft, [*rows[:at], made, *rows[at:]])
    return made


def clear_picture(draft: Draft, name: str) -> None:
    """Put a note where a picture stood that is taken out. Call it in a transaction."""
    gone = write_block(GoneBlock(why=make_note("edition-picture-gone")))
    for row in _lock(draft):
        if row.body["type"] == "picture" and row.body["address"] == name:
            row.body, row.revision = gone, row.revision + 1
            row.save()


@transaction.atomic
def take_spare(user: User, draft: Draft, quoted: str, question: str) -> Block:
    """Put a point that was left out, or has come since, at the end of a question.

    Raises Declined where there is no such point any more.
    """
    rows = _lock(draft)
    material = DraftPage(draft.chat, "en").material
    groups = (material.offers, material.unused)
    points = [one for group in groups for one in group.get(question, ())]
    point = next((one for one in points if one.bullet.quoted == quoted), None)
    if point is None:
        raise Declined("no-such-point")
    made = Block.objects.create(**_begin(user, draft, point))
    at = _find_end(rows, question)
    _keep_order(user, draft, [*rows[:at], made, *rows[at:]])
    return made


@transaction.atomic
def put_in_point(
    user: User, draft: Draft, point: PointBlock, question: str, after: Block | None
) -> Block:
    """Put a point after another block; at the top of its question where that is None.

    Raises Declined where the draft has nothing of the question.
    """
    rows = _lock(draft)
    at = _find(rows, after) + 1 if after else _find_start(rows, question)
    made = Block.objects.create(**_begin(user, draft, point))
    _keep_order(user, draft, [*rows[:at], made, *rows[at:]])
    return made


@transaction.atomic
def order_blocks(user: User, draft: Draft, wanted: Sequence[int]) -> None:
    """Put some blocks, by their ids, in this order, in the places that they have."""
    rows = _lock(draft)
    named = {row.pk: row for row in rows if row.pk in wanted}
    in_order = iter([named[pk] for pk in wanted if pk in named])
    _keep_order(user, draft, [next(in_order) if row.pk in named else row for row in rows])


@transaction.atomic
def name_theme(user: User, block: Block, theme: str) -> Block:
    """Say what a point is about. Raises Declined for a block that is no point."""
    rows = _lock(block.draft)
    row = rows[_find(rows, block)]
    point = read_block(row)
    if not isinstance(point, PointBlock):
        raise Declined("block-gone")
    bullet = msgspec.structs.replace(point.bullet, theme=theme)
    return _keep_body(user, row, msgspec.structs.replace(point, bullet=bullet))


@transaction.atomic
def name_person(
    user: User, draft: Draft, handle: str, *, name: str = "", hide: bool = False
) -> None:
    """Show a person by another name, or by none; with neither, as before.

    Raises Declined for a handle that nobody in the chat has.
    """
    _lock(draft)
    known = {post.author.casefold(): post.author for post in read_posts(draft).values()}
    person = known.get(handle.strip().removeprefix("@").casefold())
    if person is None:
        raise Declined("person-unknown")
    draft.hidden = [one for one in draft.hidden if one != person] + [person] * hide
    draft.names = {one: said for one, said in draft.names.items() if one != person}
    if name and not hide:
        draft.names[person] = " ".join(name.split())
    draft.save(update_fields=["hidden", "names"])
    _want_kept(user, draft)


@transaction.atomic
def stand_again(user: User, draft: Draft, number: int) -> Change:
    """Let an earlier edition stand again; 0 is Chinwag's own draft.

    What was changed and not kept yet is kept first, as an edition of its own.
    """
    keep_at_once(draft.chat)
    change = Change.objects.create(
        chat=draft.chat, kind=ChangeKind.STAND_AGAIN, what={"number": number}, made_by=user
    )
    note(user, "let an edition stand again", draft.chat.slug, chat=draft.chat, number=number)
    tell(draft.chat, "draft")
    return change


def keep_at_once(chat: Chat) -> None:
    """Have what was changed of the draft kept before whatever is asked for next."""
    _list_waiting(chat).update(made_at=timezone.now() - _LONG_AGO)


def be_here(user: User, chat: Chat, block: int | None) -> None:
    """Note that somebody has the chat's desk open, and on which block they are."""
    Presence.objects.update_or_create(
        chat=chat, user=user, defaults={"block": block, "seen_at": timezone.now()}
    )


def _lock(draft: Draft) -> list[Block]:
    """Return the blocks in order; until the transaction ends nobody else changes any."""
    Draft.objects.select_for_update().get(pk=draft.pk)
    return list(draft.blocks.select_for_update())


def _find(rows: Sequence[Block], block: Block) -> int:
    """Return where a block stands. Raises Declined where it is no longer there."""
    for at, row in enumerate(rows):
        if row.pk == block.pk:
            return at
    raise Declined("block-gone")


def _find_end(rows: Sequence[Block], question: str) -> int:
    """Return where the blocks of a question end. Raises Declined where it has no heading."""
    inside = False
    for at, row in enumerate(rows):
        is_heading = row.body["type"] == "heading" and row.body.get("level", 2) == 2
        if is_heading and inside:
            return at
        inside = inside or (is_heading and row.body.get("question", "") == question)
    if not inside:
        raise Declined("question-unknown", label=question)
    return len(rows)


def _find_start(rows: Sequence[Block], question: str) -> int:
    """Return where the blocks of a question begin. Raises Declined where it has no heading."""
    for at, row in enumerate(rows):
        is_heading = row.body["type"] == "heading" and row.body.get("level", 2) == 2
        if is_heading and row.body.get("question", "") == question:
            return at + 1
    raise Declined("question-unknown", label=question)


def _require_seen(block: Block, revision: int) -> Block:
    """Return the block as it is now, locked. Raises Declined where it is not as it was seen."""
    _lock(block.draft)
    row = Block.objects.select_for_update().filter(pk=block.pk).first()
    if row is None:
        raise Declined("block-gone")
    if row.revision != revision:
        raise Declined("block-changed", block=row)
    return row


def _keep_body(user: User, row: Block, block: StoryBlock) -> Block:
    row.body, row.revision = write_block(block), row.revision + 1
    row.edited_by, row.edited_at = user, timezone.now()
    row.save()
    _want_kept(user, row.draft, row)
    return row


def _keep_order(user: User, draft: Draft, rows: Sequence[Block]) -> None:
    for position, row in enumerate(rows):
        row.position = position
    Block.objects.bulk_update(rows, ["position"])
    _want_kept(user, draft)


def _begin(user: User, draft: Draft, block: StoryBlock) -> dict[str, Any]:
    """Return the fields of a new row; its place is given by `_keep_order`."""
    return {
        "draft": draft,
        "position": 0,
        "body": write_block(block),
        "edited_by": user,
        "edited_at": timezone.now(),
    }


def _want_kept(user: User, draft: Draft, row: Block | None = None) -> None:
    """Ask the keeper to keep the draft as an edition, once nobody goes on."""
    if not _list_waiting(draft.chat).update(made_at=timezone.now(), made_by=user):
        Change.objects.create(chat=draft.chat, kind=ChangeKind.EDIT, made_by=user)
        note(user, "edited the story", draft.chat.slug, chat=draft.chat)
    tell(draft.chat, "draft", block=row.pk if row else None)


def _list_waiting(chat: Chat) -> QuerySet[Change]:
    """Return the edits that are to be kept when nobody goes on; there is one at most."""
    return chat.changes.filter(kind=ChangeKind.EDIT, state=WorkState.WANTED)


def _word(block: StoryBlock, words: Mapping[str, str], posts: Mapping[str, Post]) -> StoryBlock:
    """Return a block in these words."""
    text = words["text"].strip()
    match block:
        case PointBlock():
            return word_point([block], text, posts)
        case HeadingBlock():
            is_same = " ".join(text.split()) == block.text
            return msgspec.structs.replace(
                block,
                text=_require(" ".join(text.split())),
                reworded=block.reworded or (bool(block.question) and not is_same),
            )
        case ParagraphBlock():
            return ParagraphBlock(text=_require(text))
        case PictureBlock():
            described = _require(" ".join(text.split()))
            return PictureBlock(address=block.address, description=described)
        case LinkBlock():
            return msgspec.structs.replace(block, words=" ".join(text.split()))
    raise Declined("no-words-to-change")


def _require(text: str) -> str:
    if not text:
        raise Declined("words-missing")
    return text


def _make_paragraph(words: Mapping[str, str]) -> StoryBlock:
    return ParagraphBlock(text=_require(words["text"].strip()))


def _make_heading(words: Mapping[str, str]) -> StoryBlock:
    return HeadingBlock(text=_require(" ".join(words["text"].split())), level=3)


def _make_link(words: Mapping[str, str]) -> StoryBlock:
    return LinkBlock(url=_require(words["address"]), words=" ".join(words["text"].split()))


def _make_picture(words: Mapping[str, str]) -> StoryBlock:
    description = _require(" ".join(words["text"].split()))
    return PictureBlock(address=_require(words["address"]), description=description)


_MAKE: dict[str, Callable[[Mapping[str, str]], StoryBlock]] = {
    "paragraph": _make_paragraph,
    "heading": _make_heading,
    "link": _make_link,
    "picture": _make_picture,
    "rule": lambda _words: RuleBlock(),
}
NEW_KINDS = tuple(_MAKE)
