"""Correcting where posts stand, and the questions themselves: shown at once, written soon after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from chinwag.model import Placement, make_note
from chinwag.steps.kinds.kinds import NOWHERE
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.actions.note import note
from chinwag.web.chats.models import (
    AdviceTask,
    Change,
    ChangeKind,
    Chat,
    Entry,
    EntryKind,
    Suggestion,
    SuggestionState,
    User,
    WorkState,
    name_public,
)
from chinwag.web.live.tell import News, tell, tell_all

_PLACED = ("question", "placed_by", "confidence", "post_kind", "body")  # how an entry stands


@transaction.atomic
def correct_posts(
    user: User, chat: Chat, entries: Sequence[Entry], *, question: str | None, kind: str = ""
) -> Change:
    """Say where posts belong, and perhaps what kind they are.

    `question` is a label, "" for no question, None to leave each where it stands. Raises Declined
    for a question that the chat does not have, and where no post is named.
    """
    if not entries:
        raise Declined("no-post")
    if question and not _has_question(chat, question):
        raise Declined("question-unknown", label=question)
    places = {one.question for one in entries}
    if question is None and not kind and len(places) == 1:
        (question,) = places  # what the page showed, whatever the folder makes of it meanwhile
    change = Change.objects.create(
        chat=chat,
        kind=ChangeKind.CORRECT,
        what={"posts": [one.own_key for one in entries], "question": question, "kind": kind},
        before={one.own_key: _tell_standing(one) for one in entries},
        made_by=user,
    )
    _answer_suggestions(user, chat, change.what["posts"])
    show_correction(chat, change.what)
    note(user, "corrected posts", chat.slug, chat=chat, posts=len(entries))
    return change


@transaction.atomic
def take_back(user: User, change: Change) -> Change:
    """Put the posts of a correction back to where they stood before it.

    Raises Declined where it has been taken back already, is no correction, or is not the latest of
    one of its posts.
    """
    if change.kind != ChangeKind.CORRECT or hasattr(change, "undone_by"):
        raise Declined("taken-back-already")
    if _is_overruled(change):
        raise Declined("corrected-since")
    undoing = Change.objects.create(
        chat=change.chat,
        kind=ChangeKind.TAKE_BACK,
        what={"posts": change.what["posts"]},
        undoes=change,
        made_by=user,
    )
    restore_posts(change.chat, change.before)
    note(user, "took back a correction", change.chat.slug, chat=change.chat)
    return undoing


@transaction.atomic
def word_question(user: User, chat: Chat, label: str, text: str) -> Change:
    """Give a question these words: another wording, a new question, or a part ("3.2")."""
    change = Change.objects.create(
        chat=chat,
        kind=ChangeKind.WORD_QUESTION,
        what={"label": label, "text": text},
        made_by=user,
    )
    show_wording(chat, label, text)
    note(user, "worded a question", f"{chat.slug} Q{label}", chat=chat)
    tell(chat, "question", label)
    return change


@transaction.atomic
def drop_question(user: User, chat: Chat, label: str, *, into: str = "") -> Change:
    """Take a question out of the chat; its posts go to another, or find their own.

    Raises Declined for a question that the chat does not have.
    """
    for named in filter(None, (label, into)):
        if not _has_question(chat, named):
            raise Declined("question-unknown", label=named)
    if into:
        moved = list(chat.entries.filter(kind=EntryKind.POST, question=label))
        if moved:
            correct_posts(user, chat, moved, question=into)
    change = Change.objects.create(
        chat=chat, kind=ChangeKind.DROP_QUESTION, what={"label": label}, made_by=user
    )
    _hide_question(chat, label)
    note(user, "dropped a question", f"{chat.slug} Q{label}", chat=chat)
    tell(chat, "question", label)
    return change


def show_on_top(chat: Chat) -> None:
    """Show again what people changed and the folder does not say yet. Call it in a transaction."""
    waiting = chat.changes.filter(state=WorkState.WANTED).select_related("undoes").order_by("id")
    for change in waiting:
        if change.kind == ChangeKind.CORRECT:
            show_correction(chat, change.what)
        elif change.kind == ChangeKind.TAKE_BACK and change.undoes:
            restore_posts(chat, change.undoes.before)
        elif change.kind == ChangeKind.WORD_QUESTION:
            show_wording(chat, change.what["label"], change.what["text"])
        elif change.kind == ChangeKind.DROP_QUESTION:
            _hide_question(chat, change.what["label"])


def show_correction(chat: Chat, what: Mapping[str, Any]) -> None:
    """Let the index show a correction, and tell open pages."""
    _let_stand(chat, what["posts"], lambda entry: _place(entry, what["question"], what["kind"]))


def restore_posts(chat: Chat, before: Mapping[str, Mapping[str, Any]]) -> None:
    """Let the index show posts as they stood, and tell open pages."""
    _let_stand(chat, before, lambda entry: _restore(entry, before[entry.own_key]))


def show_wording(chat: Chat, label: str, text: str) -> None:
    """Let the index show a question in these words."""
    question = chat.entries.filter(kind=EntryKind.QUESTION, key=label).first()
    if question is None:
        question = _make_question(chat, label)
    question.text, question.body = text, {**question.body, "text": text}
    question.save()


def _let_stand(chat: Chat, keys: Iterable[str], place: Callable[[Entry], None]) -> None:
    """Let the index show posts as `place` puts each, and tell open pages."""
    named = list(keys)
    theirs = Q(key__in=named) | Q(body__own_id__in=named)
    entries = list(chat.entries.filter(theirs, kind=EntryKind.POST))
    for entry in entries:
        place(entry)
    Entry.objects.bulk_update(entries, _PLACED)
    tell_all(chat, [News("placed", one.key, {"question": one.question}) for one in entries])


def _answer_suggestions(user: User, chat: Chat, posts: Iterable[str]) -> None:
    """Leave what a model suggests for posts: a person has said where they belong."""
    rows = Suggestion.objects.filter(
        advice__chat=chat,
        advice__task=AdviceTask.PLACES,
        state=SuggestionState.OPEN,
        body__post__in=list(posts),
    )
    rows.update(state=SuggestionState.LEFT, body={}, decided_by=user, decided_at=timezone.now())


def _hide_question(chat: Chat, label: str) -> None:
    chat.entries.filter(kind=EntryKind.QUESTION, key=label).delete()


def _place(entry: Entry, question: str | None, kind: str) -> None:
    if question is None:
        question = "" if kind in NOWHERE else entry.question
    entry.question, entry.placed_by, entry.confidence = question, "person", 1.0
    entry.post_kind = kind or entry.post_kind or "answer"
    placement = Placement(
        post=entry.key,
        question=question or None,
        reason=make_note("by-a-person"),
        confidence=1.0,
        by="person",
        kind=entry.post_kind,
    )
    entry.body = {**entry.body, "placement": msgspec.to_builtins(placement)}


def _tell_standing(entry: Entry) -> dict[str, Any]:
    standing = {name: getattr(entry, name) for name in _PLACED if name != "body"}
    return {**standing, "placement": entry.body.get("placement")}


def _restore(entry: Entry, standing: Mapping[str, Any]) -> None:
    for name in _PLACED:
        if name != "body":
            setattr(entry, name, standing[name])
    placed = standing["placement"]
    placement = {**placed, "post": entry.key} if placed else None
    entry.body = {**entry.body, "placement": placement}


def _has_question(chat: Chat, label: str) -> bool:
    return chat.entries.filter(kind=EntryKind.QUESTION, key=label).exists()


def _is_overruled(change: Change) -> bool:
    """Return whether one of a correction's posts was corrected again since."""
    keys = set(change.what["posts"])
    since = change.chat.changes.filter(kind=ChangeKind.CORRECT, pk__gt=change.pk, undone_by=None)
    return any(keys & set(one.what["posts"]) for one in since)


def _make_question(chat: Chat, label: str) -> Entry:
    """Return the entry of a question that is new, after those there are."""
    known: Iterable[Entry] = chat.entries.filter(kind=EntryKind.QUESTION)
    places = [one.body.get("place", 0) for one in known]
    return Entry(
        chat=chat,
        kind=EntryKind.QUESTION,
        key=label,
        public=name_public(chat, EntryKind.QUESTION, label),
        question=label,
        said_at=chat.starts_at,
        body={"place": max(places, default=-1) + 1},
    )
