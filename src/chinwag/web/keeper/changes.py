"""Carrying out what people changed: noted in the folder at once, followed when it is quiet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from chinwag.errors import ChinwagError
from chinwag.model import note_error
from chinwag.stores.folder import ChatFolder, layout
from chinwag.web.chats.models import Change, ChangeKind, Chat, WorkState
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.drafts import keep_draft
from chinwag.web.keeper.files import (
    describe_kept_file,
    keep_waiting_file,
    take_out_kept_file,
)
from chinwag.web.keeper.rows import MOST_TRIES, tell_given_up
from chinwag.web.live.tell import tell
from chinwag.web.site import Site
from chinwag.workflows.correct_placement import Verdict, note_correction
from chinwag.workflows.edit_blocks import freeze_story, stand_again
from chinwag.workflows.edit_chat import drop_question, note_edit, word_question
from chinwag.workflows.make_again import make_again
from chinwag.workflows.undo import note_undo

QUIET = timedelta(seconds=2)  # without a further change before what follows is made again


def note_changes(site: Site) -> set[int]:
    """Write every change that waits into its chat's folder, in the order in which they were made.

    One that cannot be carried out is marked as failed; the next ones go on. Returns the ids of
    chats of which the site shows something that their folders do not say yet.
    """
    refused: set[int] = set()
    is_quiet = Q(made_at__lte=timezone.now() - QUIET)
    due = ~Q(kind=ChangeKind.EDIT) | is_quiet  # an edition is kept when nobody goes on writing
    waiting = Change.objects.filter(due, state=WorkState.WANTED).order_by("id")
    verbs = _CARRY_OUT | {ChangeKind.KEEP_FILE: partial(keep_waiting_file, uploads=site.uploads)}
    for change in waiting.select_related("chat", "made_by", "undoes"):
        root = site.chats / str(change.chat.folder)
        if change.kind in _OF_FILES and not (root / layout.CHAT).is_file():
            continue  # slides may come long before the chat: they wait until it has a folder
        try:
            verbs[change.kind](root, change)
        except ChinwagError as error:
            _settle(change, WorkState.FAILED, msgspec.to_builtins(note_error(error)))
            refused.add(change.chat_id)
        else:
            _settle(change, WorkState.NOTED, {})
    return refused


def list_quiet_chats() -> list[int]:
    """Return the ids of the chats in which something was noted, and nobody goes on changing.

    A change that ended its process too often is given up; the folder has it all the same.
    """
    spent = Change.objects.filter(state=WorkState.NOTED, tries__gte=MOST_TRIES)
    spent.update(state=WorkState.FAILED, problem=tell_given_up(MOST_TRIES))
    noted = Change.objects.filter(state=WorkState.NOTED).values_list("chat_id", flat=True)
    busy = Change.objects.filter(made_at__gt=timezone.now() - QUIET)
    return sorted(set(noted) - set(busy.values_list("chat_id", flat=True)))


def follow_changes(chat_id: int, site: Site) -> None:
    """Make again what follows from a chat's changes, and show it."""
    chat = Chat.objects.select_related("series").get(pk=chat_id)
    noted = list(chat.changes.filter(state=WorkState.NOTED).values_list("pk", flat=True))
    chat.changes.filter(pk__in=noted).update(tries=F("tries") + 1)
    problem: dict[str, Any] = {}
    try:
        make_again(site.chats / str(chat.folder))
        take_up(chat, site)
    except ChinwagError as error:
        problem = msgspec.to_builtins(note_error(error))
    with transaction.atomic():
        state = WorkState.FAILED if problem else WorkState.DONE
        chat.changes.filter(pk__in=noted).update(
            state=state, problem=problem, done_at=timezone.now()
        )
        tell(chat, "made")


def _settle(change: Change, state: str, problem: dict[str, Any]) -> None:
    with transaction.atomic():
        # A change asked for again meanwhile, with more in it, goes on waiting.
        still = Change.objects.filter(pk=change.pk, made_at=change.made_at)
        still.update(state=state, problem=problem)
        if state == WorkState.FAILED:
            Chat.objects.filter(pk=change.chat_id).update(indexed_as="")
            tell(change.chat, "made")


def _correct(root: Path, change: Change) -> None:
    """Note a correction, unless an earlier try has done so: its time shows that."""
    keys = change.what["posts"]
    if any(one.at == change.made_at for one in ChatFolder.open(root).read_corrections()):
        return
    question = change.what["question"]
    said = msgspec.UNSET if question is None else question or None
    verdict = Verdict(question=said, kind=change.what["kind"])
    note_correction(root, keys, verdict, at=change.made_at, who=change.who)


def _take_back(root: Path, change: Change) -> None:
    """Take the correction back where it still stands."""
    undone = change.undoes
    standing = ChatFolder.open(root).read_corrections()
    if undone and any(one.at == undone.made_at for one in standing):
        note_undo(root, change.what["posts"])


def _word_question(root: Path, change: Change) -> None:
    label, text = change.what["label"], change.what["text"]
    note_edit(
        root,
        lambda chat: word_question(chat, label, text),
        at=change.made_at,
        who=change.who,
    )


def _drop_question(root: Path, change: Change) -> None:
    """Drop a question, unless a try before has done so."""
    label = change.what["label"]
    if all(one.label != label for one in ChatFolder.open(root).read_chat().questions):
        return
    note_edit(root, lambda chat: drop_question(chat, label), at=change.made_at, who=change.who)


def _stand_again(root: Path, change: Change) -> None:
    """Let an earlier edition stand again, unless a try before has done so."""
    if all(one.at != change.made_at for one in ChatFolder.open(root).read_editions()):
        stand_again(root, change.what["number"], at=change.made_at, who=change.who)


def _publish(root: Path, change: Change) -> None:
    """Freeze the story as it stands, and let that be what everybody reads."""
    number = freeze_story(root, at=change.made_at, who=change.who)
    Chat.objects.filter(pk=change.chat_id).update(
        published_edition=number, published_at=change.made_at, indexed_as=""
    )


_CARRY_OUT: dict[str, Callable[[Path, Change], None]] = {
    ChangeKind.CORRECT: _correct,
    ChangeKind.TAKE_BACK: _take_back,
    ChangeKind.WORD_QUESTION: _word_question,
    ChangeKind.DROP_QUESTION: _drop_question,
    ChangeKind.EDIT: keep_draft,
    ChangeKind.STAND_AGAIN: _stand_again,
    ChangeKind.PUBLISH: _publish,
    ChangeKind.DESCRIBE_FILE: describe_kept_file,
    ChangeKind.TAKE_OUT_FILE: take_out_kept_file,
}
_OF_FILES = (ChangeKind.KEEP_FILE, ChangeKind.DESCRIBE_FILE, ChangeKind.TAKE_OUT_FILE)
