"""Pictures and files of a chat: kept, described, taken out. They show at once.

The content lies below the uploads before its change is there, and the keeper puts it into the
chat's folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec
from django.db import transaction
from django.utils import timezone

from chinwag.model import FILES, KeptFile, name_picture
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.actions.imports import name_files
from chinwag.web.chats.actions.note import note
from chinwag.web.chats.actions.write import clear_picture
from chinwag.web.chats.models import Change, ChangeKind, Chat, ChatFile, Draft, User, WorkState
from chinwag.web.chats.queries.files import find_waiting, name_waiting
from chinwag.web.live.tell import tell

MOST_CHAT_BYTES = 200_000_000  # of all files of one chat

_PIECE = 1 << 20


class Brought(NamedTuple):
    """A file as it will be kept: its content, its media type, what it is called and what it is."""

    content: BinaryIO
    media_type: str
    name: str
    words: str
    is_public: bool = False


def keep_picture(user: User, chat: Chat, brought: Brought, uploads: Path) -> str:
    """Keep a picture for a chat's story; return its name, the same for the same picture."""
    return _keep(user, chat, brought, uploads, is_picture=True)


def keep_file(user: User, chat: Chat, brought: Brought, uploads: Path) -> str:
    """Keep a file with a chat; return its name. Raises Declined where the chat keeps too much."""
    return _keep(user, chat, brought, uploads)


def replace_file(user: User, file: ChatFile, brought: Brought, uploads: Path) -> str:
    """Put another file in the place of one; return its name. Raises Declined as `keep_file`."""
    return _keep(user, file.chat, brought, uploads, instead=file)


@transaction.atomic
def describe_file(user: User, file: ChatFile, words: str, *, is_public: bool) -> None:
    """Change the description of a file, and whether everybody may have it."""
    what = {"name": file.name, "words": words, "is_public": is_public}
    Change.objects.create(chat=file.chat, kind=ChangeKind.DESCRIBE_FILE, what=what, made_by=user)
    show_file_change(file.chat, ChangeKind.DESCRIBE_FILE, what)
    note(user, "described a file", file.chat.slug, chat=file.chat, is_public=is_public)
    tell(file.chat, "files")


@transaction.atomic
def take_out_file(user: User, file: ChatFile) -> None:
    """Take a file out of everything that is kept of the chat."""
    what = {"name": file.name}
    Change.objects.create(chat=file.chat, kind=ChangeKind.TAKE_OUT_FILE, what=what, made_by=user)
    show_file_change(file.chat, ChangeKind.TAKE_OUT_FILE, what)
    draft = Draft.objects.filter(chat=file.chat).first()
    if file.is_picture and draft:
        clear_picture(draft, file.name)
    note(user, "took out a file", file.chat.slug, chat=file.chat)
    tell(file.chat, "draft" if file.is_picture else "files")


def show_files(chat: Chat, kept: Iterable[KeptFile]) -> None:
    """Let the site list these files, and on top what people changed since. In a transaction."""
    chat.files.all().delete()
    ChatFile.objects.bulk_create(_list_file(chat, file) for file in kept if not file.gone)
    kinds = (ChangeKind.KEEP_FILE, ChangeKind.DESCRIBE_FILE, ChangeKind.TAKE_OUT_FILE)
    for change in chat.changes.filter(state=WorkState.WANTED, kind__in=kinds).order_by("id"):
        show_file_change(chat, change.kind, change.what)


def show_file_change(chat: Chat, kind: str, what: Mapping[str, Any]) -> None:
    """Let the site list the files of a chat as they are after a change."""
    if kind == ChangeKind.DESCRIBE_FILE:
        said = {name: what[name] for name in ("words", "is_public")}
        chat.files.filter(name=what["name"]).update(**said)
    elif kind == ChangeKind.TAKE_OUT_FILE:
        chat.files.filter(name=what["name"]).delete()
    else:
        chat.files.filter(name=what["instead"]).delete()
        file = msgspec.convert(what["file"], KeptFile)
        if not chat.files.filter(name=file.name).exists():
            _list_file(chat, file).save()


def _list_file(chat: Chat, file: KeptFile) -> ChatFile:
    names = ("name", "sha256", "media_type", "bytes", "words", "who", "at", "is_public")
    return ChatFile(chat=chat, **{name: getattr(file, name) for name in names})


def _keep(
    user: User,
    chat: Chat,
    brought: Brought,
    uploads: Path,
    *,
    is_picture: bool = False,
    instead: ChatFile | None = None,
) -> str:
    """Lay a file down, and ask the keeper to put it into the chat's folder; return its name."""
    part = Path(tempfile.mkdtemp(dir=uploads, prefix=".part-"))
    try:
        digest, size = _lay_down(brought.content, find_waiting(part, 0))
        with transaction.atomic():
            Chat.objects.select_for_update().get(pk=chat.pk)  # two files get two names
            named = _name(chat, brought, digest, instead, is_picture=is_picture)
            _require_room(chat, size)
            file = KeptFile(
                name=named,
                sha256=digest,
                at=timezone.now(),
                bytes=size,
                media_type=brought.media_type,
                words=brought.words,
                who=user.name,
                is_public=brought.is_public,
            )
            what = {"file": msgspec.to_builtins(file), "instead": instead.name if instead else ""}
            change = Change.objects.create(
                chat=chat, kind=ChangeKind.KEEP_FILE, what=what, made_by=user, made_at=file.at
            )
            show_file_change(chat, ChangeKind.KEEP_FILE, what)
            note(user, "kept a file", chat.slug, chat=chat, bytes=size)
            tell(chat, "files")
            name_waiting(part, 0).rename(name_waiting(uploads, change.pk))
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return file.name


def _lay_down(content: BinaryIO, path: Path) -> tuple[str, int]:
    """Write a file and have it on the disk; return its digest and its size."""
    path.parent.mkdir()
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as kept:
        while piece := content.read(_PIECE):
            digest.update(piece)
            size += kept.write(piece)
        kept.flush()
        os.fsync(kept.fileno())
    return digest.hexdigest(), size


def _name(
    chat: Chat, brought: Brought, digest: str, instead: ChatFile | None, *, is_picture: bool
) -> str:
    """Return the name of a file in the chat's folder, which no other of the chat has."""
    if is_picture:
        return name_picture(digest, brought.media_type)
    others = chat.files.exclude(pk=instead.pk) if instead else chat.files.all()
    taken = [name.removeprefix(f"{FILES}/") for name in others.values_list("name", flat=True)]
    return f"{FILES}/{name_files([*taken, brought.name])[-1]}"


def _require_room(chat: Chat, size: int) -> None:
    if size + sum(chat.files.values_list("bytes", flat=True)) > MOST_CHAT_BYTES:
        raise Declined("chat-full")
