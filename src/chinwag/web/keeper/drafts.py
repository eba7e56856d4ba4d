"""Drafts: the folder's edition as blocks to edit, and edited blocks as an edition of the folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from chinwag.model import Edition, is_kept_picture
from chinwag.steps.editing import keep_edition
from chinwag.stores.folder import ChatFolder, layout
from chinwag.web.chats.models import (
    Block,
    Change,
    ChangeKind,
    Chat,
    Draft,
    EditionLine,
    WorkState,
)
from chinwag.web.chats.queries.write import DraftPage, write_block
from chinwag.web.keeper.advice import forget_gone
from chinwag.workflows.edit_blocks import BlockMaterial, note_blocks, read_blocks


def take_up_draft(chat: Chat, root: Path, material: BlockMaterial | None = None) -> None:
    """Bring a chat's draft up to what its folder says, or what `material` was read of it.

    Blocks that are changed and not kept yet stay, true to the posts of now.
    """
    folder = ChatFolder.open(root)
    if not folder.has(layout.SUMMARY):
        return
    material, editions = material or read_blocks(root), folder.read_editions()
    with transaction.atomic():
        draft, _ = Draft.objects.get_or_create(chat=chat)
        draft.summary = msgspec.to_builtins(material.summary)
        draft.candidates = msgspec.to_builtins(material.candidates)
        is_masked = bool(material.edition.hidden or material.edition.names)
        draft.posts = msgspec.to_builtins(material.posts) if is_masked else []
        if chat.changes.filter(kind=ChangeKind.EDIT, state=WorkState.WANTED).exists():
            kept = keep_edition(DraftPage(chat, "en").edition, material.posts)
            _replace_blocks(draft, _list_bodies(kept))
        else:
            _take_edition(draft, material.edition)
        draft.save()
        forget_gone(chat, material.posts)
        _note_editions(chat, editions)


def keep_draft(root: Path, change: Change) -> None:
    """Keep a chat's blocks as an edition of its folder, unless a try before has done so."""
    chat = change.chat
    if any(one.at == change.made_at for one in ChatFolder.open(root).read_editions()):
        return
    page = DraftPage(chat, "en")
    files = ChatFolder.open(root).read_kept_files()
    pictures = {one.name for one in files if is_kept_picture(one)}
    edition = _leave_pictures(page.edition, pictures)
    edition = msgspec.structs.replace(edition, seen=page.material.list_seen())
    noted = note_blocks(root, edition, at=change.made_at, who=change.who)
    kept = noted.edition
    saved: dict[str, Any] = {"saved_at": timezone.now()}
    if kept is not None:
        saved |= {"edition": kept.number} if noted.stands else {"set_aside": kept.number}
    Draft.objects.filter(chat=chat).update(**saved)


def _leave_pictures(edition: Edition, kept: Container[str]) -> Edition:
    """Return an edition without pictures that the folder would not keep."""
    lost = [name for name in edition.list_pictures() if name not in kept]
    blocks = (one for one in edition.blocks if getattr(one, "address", "") not in lost)
    return msgspec.structs.replace(edition, blocks=tuple(blocks))


def _take_edition(draft: Draft, edition: Edition) -> None:
    """Let a draft be as an edition is."""
    draft.edition, draft.seen = edition.number, list(edition.seen)
    draft.hidden, draft.names = list(edition.hidden), dict(edition.names)
    draft.saved_at = draft.saved_at or timezone.now()
    _replace_blocks(draft, _list_bodies(edition))


def _list_bodies(edition: Edition) -> list[dict[str, Any]]:
    return [write_block(block) for block in edition.blocks]


def _replace_blocks(draft: Draft, bodies: Sequence[dict[str, Any]]) -> None:
    """Let a draft have these blocks.

    One that was there already keeps its row, so that an open page still finds it, and counts up
    where it has changed.
    """
    left: defaultdict[str, list[Block]] = defaultdict(list)
    for row in draft.blocks.all():
        left[_name(row.body)].append(row)
    changed, new = [], []
    for position, body in enumerate(bodies):
        rows = left[_name(body)]
        if not rows:
            new.append(Block(draft=draft, position=position, body=body))
            continue
        row = rows.pop(0)
        row.position = position
        if row.body != body:
            row.body, row.revision = body, row.revision + 1
        changed.append(row)
    gone = [row.pk for rows in left.values() for row in rows]
    Block.objects.filter(pk__in=gone).delete()
    Block.objects.bulk_update(changed, ["position", "body", "revision"])
    Block.objects.bulk_create(new)


def _name(body: dict[str, Any]) -> str:
    """Return what tells a block from others in any edition of a chat."""
    if body["type"] == "point":
        return f"point {body['voices'][0]['quoted']}"
    if body["type"] == "heading" and body.get("question"):
        return f"question {body['question']}"
    said = body.get("quote", {}).get("post") or body.get("url") or body.get("address")
    return f"{body['type']} {said or body.get('text', '')}"


def _note_editions(chat: Chat, editions: Sequence[Edition]) -> None:
    """Keep the list of editions as the folder has it."""
    chat.editions.all().delete()
    EditionLine.objects.bulk_create(
        EditionLine(chat=chat, number=one.number, who=one.who, at=one.at, blocks=_list_bodies(one))
        for one in editions
    )
