"""Taking in files that somebody brought: first looked at, then kept as they were found."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from chinwag.errors import ChinwagError
from chinwag.model import note_error
from chinwag.web.chats.actions.chats import plan_chat
from chinwag.web.chats.models import Chat, ChatState, Import, WorkState
from chinwag.web.keeper.chats import take_up
from chinwag.web.site import Site
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.recap_files import Recap, recap_files

LOOK = "look"  # the folder inside an import's own, in which its chat is made before it is kept
LEASE = timedelta(minutes=2)
_HOUR = timedelta(hours=1)


def run_import(import_id: int, site: Site) -> None:
    """Look at the files of an import, or keep what was found, as its state says."""
    wanted = Import.objects.select_related("series", "chat").get(pk=import_id)
    folder = site.uploads / str(wanted.pk)
    try:
        if wanted.state == WorkState.LOOKING:
            _look(wanted, folder)
        else:
            _keep(wanted, folder, site)
    except ChinwagError as error:
        problem = msgspec.to_builtins(note_error(error))
        _note(wanted, state=WorkState.FAILED, problem=problem, done_at=timezone.now())


def _look(wanted: Import, folder: Path) -> None:
    """Make the chat in a folder beside the files, and note what stands in it."""
    made = folder / LOOK
    shutil.rmtree(made, ignore_errors=True)
    files = [folder / "files" / name for name in wanted.files]
    recap = recap_files(files, made, _read_details(wanted), _Progress(wanted))
    _note(wanted, state=WorkState.FOUND, found=[_describe(recap)], problem={})


def _keep(wanted: Import, folder: Path, site: Site) -> None:
    """Move what was found to where the site keeps it; a second try finds it there already."""
    made = folder / LOOK
    chat = wanted.chat or _plan(wanted)
    root = site.chats / str(chat.folder)
    if made.is_dir() and not root.exists():
        root.parent.mkdir(parents=True, exist_ok=True)
        made.rename(root)
    take_up(chat, site)
    _note(wanted, state=WorkState.DONE, made=[chat.pk], done_at=timezone.now())
    shutil.rmtree(folder, ignore_errors=True)


def _plan(wanted: Import) -> Chat:
    """Make the row of the chat that was found, once, whatever ends this process meanwhile."""
    (found,) = wanted.found
    start, end = found["start"], found["end"]
    chat = Chat(
        series=wanted.series,
        title=found["title"],
        starts_at=datetime.fromisoformat(start),
        ends_at=datetime.fromisoformat(end),
        state=ChatState.CLOSED,
    )
    with transaction.atomic():
        plan_chat(wanted.made_by, chat)
        chat.folder = f"{wanted.series.slug}/{chat.slug}"
        chat.save(update_fields=["folder"])
        wanted.chat = chat
        wanted.save(update_fields=["chat"])
    return chat


def _read_details(wanted: Import) -> ChatDetails:
    said = {name: value for name, value in wanted.details.items() if value}
    zone = said.pop("time_zone", wanted.series.time_zone)
    return msgspec.convert({**said, "time_zone": zone, "series": wanted.series.name}, ChatDetails)


def _describe(recap: Recap) -> Mapping[str, Any]:
    """Return what a person is shown of a chat before it is kept."""
    window = recap.chat.window
    start = window.start if window else timezone.now()
    return {
        "title": recap.chat.title,
        "hashtag": recap.chat.hashtag,
        "start": start.isoformat(),
        "end": (max(window.end, start + _HOUR / 60) if window else start + _HOUR).isoformat(),
        "posts": recap.imported.measures.posts,
        "people": recap.imported.measures.people,
        "outside": recap.imported.ledger.outside,
        "aside": recap.imported.aside,
        "formats": [(file.name, file.format) for file in recap.imported.ledger.files],
        "questions": [(question.label, question.text) for question in recap.chat.questions],
    }


class _Progress:
    """Notes how far the work is, and that it is alive."""

    def __init__(self, wanted: Import) -> None:
        self._wanted = wanted

    def __call__(self, doing: str, done: int, total: int) -> None:
        _note(self._wanted, step=doing, done_steps=done, all_steps=total)


def _note(wanted: Import, **fields: Any) -> None:
    lease = None if "state" in fields else timezone.now() + LEASE
    Import.objects.filter(pk=wanted.pk).update(leased_until=lease, **fields)
    for name, value in fields.items():
        setattr(wanted, name, value)
