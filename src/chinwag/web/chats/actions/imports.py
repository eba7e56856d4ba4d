"""Bringing in files, and deciding about what was found in them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.actions.note import note
from chinwag.web.chats.models import Chat, Import, Series, User, WorkState

_LONGEST_NAME = 150  # bytes of a file's name that are kept, without its ending
_FILES = "files"  # the folder inside an import's own, in which they lie

Details = Mapping[str, Any]


def bring_files(
    user: User,
    series: Series,
    chat: Chat | None,
    files: Sequence[UploadedFile],
    details: Details,
    uploads: Path,
) -> Import:
    """Keep uploaded files below `uploads`, and ask the keeper to look at them.

    The files are there before the row is, and the row is there before anybody hears of it.
    """
    part = Path(tempfile.mkdtemp(dir=uploads, prefix=".part-"))
    try:
        names = _write_files(files, part / _FILES)
        with transaction.atomic():
            brought = Import.objects.create(
                series=series,
                chat=chat,
                files=names,
                details=dict(details),
                state=WorkState.LOOKING,
                made_by=user,
            )
            note(user, "brought files", series=series, chat=chat, files=len(names))
            part.rename(uploads / str(brought.pk))
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return brought


def look_again(user: User, brought: Import, details: Details) -> None:
    """Ask the keeper to look at the files once more, with other details.

    Raises Declined where they have been kept or set aside meanwhile.
    """
    fields = {"details": dict(details), "found": [], "problem": {}, "step": "", "tries": 0}
    _move(brought, (WorkState.FOUND, WorkState.FAILED), state=WorkState.LOOKING, **fields)
    note(user, "had files looked at again", series=brought.series, chat=brought.chat)


def keep_found(user: User, brought: Import, chosen: Sequence[str | int]) -> None:
    """Ask the keeper to keep each found chat where `chosen` says.

    Raises Declined where somebody has decided already.
    """
    with transaction.atomic():
        fields = {"chosen": list(chosen), "made": [], "tries": 0, "step": ""}
        _move(brought, (WorkState.FOUND,), state=WorkState.WANTED, **fields)
        note(user, "asked to keep files", series=brought.series, chat=brought.chat)


def set_aside(user: User, brought: Import) -> None:
    """Set the files aside: they are deleted. Raises Declined where they are kept already."""
    with transaction.atomic():
        states = (WorkState.LOOKING, WorkState.FOUND, WorkState.FAILED)
        _move(brought, states, state=WorkState.STOPPED)
        note(user, "set files aside", series=brought.series, chat=brought.chat)


def name_files(names: Iterable[str]) -> list[str]:
    """Return names under which files can lie in one folder: plain, short, no two the same."""
    given: list[str] = []
    for name in names:
        plain = "".join(sign for sign in Path(name).name if sign.isprintable()).lstrip(". ")
        endings = "".join(Path(plain).suffixes[-2:])[-20:]
        kept = plain.removesuffix(endings).encode()[:_LONGEST_NAME]
        stem = kept.decode(errors="ignore") or "file"
        tried = [f"{stem}{endings}", *(f"{stem}-{number}{endings}" for number in range(2, 999))]
        taken = {one.casefold() for one in given}
        given.append(next(one for one in tried if one.casefold() not in taken))
    return given


def _write_files(files: Sequence[UploadedFile], folder: Path) -> list[str]:
    folder.mkdir()
    names = name_files(str(file.name) for file in files)
    for name, file in zip(names, files, strict=True):
        with (folder / name).open("wb") as kept:
            for piece in file.chunks():
                kept.write(piece)
    return names


def _move(brought: Import, before: Sequence[str], **fields: Any) -> None:
    """Change the row where it is still in one of these states, else raise Declined."""
    rows = Import.objects.filter(pk=brought.pk, state__in=before)
    if not rows.update(leased_until=None, **fields):
        raise Declined("decided-already")
