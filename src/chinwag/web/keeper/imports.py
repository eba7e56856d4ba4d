"""Taking in files that somebody brought: first looked at, then kept as they were found."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from chinwag.errors import ChinwagError
from chinwag.model import Window, note_error
from chinwag.steps.collect.agenda import read_agenda
from chinwag.web.chats.actions.chats import plan_chat
from chinwag.web.chats.actions.note import note
from chinwag.web.chats.models import Chat, ChatState, Import, WorkState
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.files import WAITING, is_waiting_needed
from chinwag.web.keeper.found import describe_found, describe_refused
from chinwag.web.site import Site
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.recap_each import recap_each
from chinwag.workflows.recap_files import recap_files

FILES = "files"  # the folder inside an import's own, in which the files lie
LOOK = "look"  # the one in which its chats are made before they are kept
FORGOTTEN = timedelta(days=14)  # after which what nobody decided about is set aside
_ORPHANED = timedelta(days=1)  # after which a folder without a row belongs to nobody
_NEEDED = (WorkState.LOOKING, WorkState.FOUND, WorkState.WANTED, WorkState.FAILED)
_PACE = 0.5  # seconds between two notes of the progress

_log = logging.getLogger(__name__)


def run_import(import_id: int, site: Site) -> None:
    """Look at the files of an import, or keep what was found, as its state says."""
    wanted = Import.objects.select_related("series", "chat__series").get(pk=import_id)
    folder = site.uploads / str(wanted.pk)
    try:
        if wanted.state == WorkState.LOOKING:
            _look(wanted, folder, site)
        elif wanted.state == WorkState.WANTED:
            _keep(wanted, folder, site)
    except ChinwagError as error:
        give_up_import(wanted.pk, msgspec.to_builtins(note_error(error)))


def give_up_import(import_id: int, problem: dict[str, Any]) -> None:
    """Note why an import failed; its files stay, so that it can be tried in another way."""
    rows = Import.objects.filter(pk=import_id, state__in=(WorkState.LOOKING, WorkState.WANTED))
    rows.update(state=WorkState.FAILED, problem=problem, done_at=timezone.now(), leased_until=None)


def list_left_uploads(site: Site) -> Iterator[Path]:
    """Yield the folders of files that are done with, or that nobody has asked for."""
    folders = [path for path in site.uploads.iterdir() if path.is_dir()]
    own = [int(path.name) for path in folders if path.name.isdigit()]
    states = dict(Import.objects.filter(pk__in=own).values_list("pk", "state")) if own else {}
    for path in folders:
        if path.name.startswith(WAITING):
            needed = is_waiting_needed(path.name)
            if needed is False or (needed is None and _is_orphaned(path)):
                yield path
            continue
        state = states.get(int(path.name)) if path.name.isdigit() else None
        if state is None:
            if _is_orphaned(path):
                yield path
        elif state not in _NEEDED:
            yield path


def _is_orphaned(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _ORPHANED.total_seconds()


def end_forgotten(now: datetime) -> None:
    """Set aside what was found, or failed, so long ago that nobody will decide about it."""
    waiting = Import.objects.filter(state__in=(WorkState.FOUND, WorkState.FAILED))
    waiting.filter(made_at__lt=now - FORGOTTEN).update(state=WorkState.STOPPED, done_at=now)


# --- looking


def _look(wanted: Import, folder: Path, site: Site) -> None:
    """Make the chats in a folder beside the files, and note what stands in them."""
    made = folder / LOOK
    shutil.rmtree(made, ignore_errors=True)
    files = [folder / FILES / name for name in wanted.files]
    progress, details = _Progress(wanted), _read_details(wanted)
    if wanted.details.get("each"):
        report = recap_each(files, made, details, progress)
        found = [describe_found(made, chat.folder.name, told=chat.told) for chat in report.made]
        found += [describe_refused(chat) for chat in report.refused]
    else:
        if wanted.chat and wanted.chat.folder:
            shutil.copytree(site.chats / wanted.chat.folder, made / "chat")
        recap = recap_files(files, made / "chat", details, progress)
        found = [describe_found(made, "chat", wanted.files, recap.told)]
    _note(wanted, WorkState.LOOKING, state=WorkState.FOUND, found=found, problem={})


def _read_details(wanted: Import) -> ChatDetails:
    """Return what is known of the chat: what was said with the files, else what was planned."""
    series, chat = wanted.series, wanted.chat
    said = {name: value for name, value in wanted.details.items() if value and name != "each"}
    if "agenda" in said:
        said["agenda"] = read_agenda(said["agenda"])
    known = {"time_zone": series.time_zone, "series": series.name, "contact": series.contact}
    if chat and not chat.folder:
        near = Window(start=chat.starts_at, end=chat.ends_at)
        return msgspec.structs.replace(
            msgspec.convert({**known, "title": chat.title, **said}, ChatDetails), near=near
        )
    if chat:  # its folder says the rest
        return msgspec.convert(said, ChatDetails)
    return msgspec.convert({**known, **said}, ChatDetails)


# --- keeping


def _keep(wanted: Import, folder: Path, site: Site) -> None:
    """Keep each chat that was found where it is wanted; what an earlier try did is left alone."""
    for number in range(len(wanted.made), len(wanted.found)):
        choice = wanted.chosen[number] if number < len(wanted.chosen) else "leave"
        chat = _keep_one(wanted, number, choice, folder, site)
        wanted.made.append(chat.pk if chat else None)
        if not _note(wanted, WorkState.WANTED, made=wanted.made):
            return
    with transaction.atomic():
        _note(wanted, WorkState.WANTED, state=WorkState.DONE, done_at=timezone.now())
        kept = [id_ for id_ in wanted.made if id_]
        note(wanted.made_by, "brought in files", series=wanted.series, chats=len(kept))
    shutil.rmtree(folder, ignore_errors=True)


def _keep_one(
    wanted: Import, number: int, choice: str | int, folder: Path, site: Site
) -> Chat | None:
    """Keep one chat that was found; return it, None where it is left out."""
    found = wanted.found[number]
    if choice == "leave" or "problem" in found:
        return None
    chat = _find_chat(wanted, number, choice)
    root, made = site.chats / str(chat.folder), folder / LOOK / found["folder"]
    if not root.exists():
        root.parent.mkdir(parents=True, exist_ok=True)
        made.rename(root)
    elif made.is_dir():  # the chat was there before, and may have changed since it was looked at
        own = {file["name"] for file in found["files"]}
        names = [name for name in wanted.files if name in own] or wanted.files
        files = [folder / FILES / name for name in names]
        start, end = (datetime.fromisoformat(found[name]) for name in ("start", "end"))
        said = msgspec.structs.replace(_read_details(wanted), near=Window(start=start, end=end))
        recap_files(files, root, said, _Progress(wanted))
    take_up(chat, site)
    return chat


def _find_chat(wanted: Import, number: int, choice: str | int) -> Chat:
    """Return the chat into which something is kept, made once even if this process ends."""
    found = wanted.found[number]
    chosen = found.get("chat") or (choice if choice != "new" else None)
    with transaction.atomic():
        if chosen:
            chats = Chat.objects.select_related("series").filter(series=wanted.series)
            chat = chats.get(pk=int(chosen))
        else:
            chat = plan_chat(wanted.made_by, _plan(wanted, found))
            found["chat"] = chat.pk
            wanted.save(update_fields=["found"])
        if not chat.folder:
            chat.folder = f"{wanted.series.slug}/{chat.slug}"
            chat.save(update_fields=["folder"])
    return chat


def _plan(wanted: Import, found: Mapping[str, Any]) -> Chat:
    return Chat(
        series=wanted.series,
        title=found["title"],
        starts_at=datetime.fromisoformat(found["start"]),
        ends_at=datetime.fromisoformat(found["end"]),
        state=ChatState.CLOSED,
        language=wanted.series.language,
    )


# --- the row


class _Progress:
    """Notes how far the work is."""

    def __init__(self, wanted: Import) -> None:
        self._id = wanted.pk
        self._doing = ""
        self._next = 0.0

    def __call__(self, doing: str, done: int, total: int) -> None:
        now = time.monotonic()
        if doing == self._doing and now < self._next:
            return
        self._doing, self._next = doing, now + _PACE
        Import.objects.filter(pk=self._id).update(
            step=doing[:200], done_steps=done, all_steps=total
        )


def _note(wanted: Import, expected: str, **fields: Any) -> bool:
    """Keep fields of the row while it is in the state expected; return whether it was.

    Somebody may have set it aside meanwhile.
    """
    if "state" in fields:
        fields["leased_until"] = None
        fields["tries"] = 0
    return bool(Import.objects.filter(pk=wanted.pk, state=expected).update(**fields))
