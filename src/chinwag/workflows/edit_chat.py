"""Change what the chat itself says: its title and its hour, its questions, who moderates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from chinwag.errors import InputError, Kept
from chinwag.model import Chat, Edit, Moderator, Question, Window
from chinwag.records.times import find_zone
from chinwag.stores.folder import ChatFolder, layout
from chinwag.workflows.chat_details import follow_title
from chinwag.workflows.given_facts import find_changes, sort_questions
from chinwag.workflows.kept import tell_kept
from chinwag.workflows.make_again import Remade, make_again
from chinwag.workflows.progress import Progress, say_nothing

Change = Callable[[Chat], Chat]

_LABEL = re.compile(r"\d{1,2}(?:\.\d)?")


class EditReport(msgspec.Struct, frozen=True, kw_only=True):
    """The edit, None where the chat said so already, and what has been made again after it."""

    edit: Edit | None
    remade: Remade


def edit_chat(
    into: Path,
    change: Change,
    *,
    at: datetime,
    who: str = "",
    progress: Progress = say_nothing,
) -> EditReport:
    """Note an edit as `note_edit` does, and make again what follows from it.

    Raises what both raise; the edit is noted where only the making again fails, and the error says
    so.
    """
    edit = note_edit(into, change, at=at, who=who)
    with tell_kept(Kept.NOTED):
        return EditReport(edit=edit, remade=make_again(into, progress))


def note_edit(into: Path, change: Change, *, at: datetime, who: str = "") -> Edit | None:
    """Write the chat as `change` returns it, and note what it was; return the edit.

    None where it changes nothing. Comments and keys of a person's own in `chat.toml` stay. Raises
    what `change` raises: nothing is written then.
    """
    folder = ChatFolder.open(into)
    with folder.change() as writing:
        before = folder.read_chat()
        after = change(before)
        if after == before:
            return None
        old, new = find_changes(before, after)
        edit = Edit(who=who, at=at, before=old, after=new)
        writing.keep_note(layout.POSTS)
        writing.write_chat(after)
        writing.write_edits((*folder.read_edits(), edit))
    return edit


class Particulars(msgspec.Struct, frozen=True, kw_only=True):
    """What a chat is called, when it ran and where to write; None leaves what it says.

    `start` and `end` are aware; where only one is given, the other stays.
    """

    title: str | None = None
    series: str | None = None
    time_zone: str | None = None
    contact: str | None = None
    start: datetime | None = None
    end: datetime | None = None


def set_particulars(chat: Chat, said: Particulars) -> Chat:
    """Return the chat with these particulars; a title that was made of the date follows it.

    Raises InputError for an unknown time zone, for a chat that would end before it begins, and
    where only one end of the window is given and the other is not known.
    """
    if said.time_zone is not None:
        find_zone(said.time_zone)
    names = ("title", "series", "time_zone", "contact")
    given = {name: getattr(said, name) for name in names if getattr(said, name) is not None}
    if said.start is not None or said.end is not None:
        given["window"] = _find_window(chat, said)
    changed = msgspec.structs.replace(chat, **given)
    return changed if said.title is not None else follow_title(chat, changed)


def _find_window(chat: Chat, said: Particulars) -> Window:
    start = said.start or (chat.window.start if chat.window else None)
    end = said.end or (chat.window.end if chat.window else None)
    if start is None or end is None:
        raise InputError("Only one end of the chat is known.", code="window-half-open")
    if end < start:
        raise InputError(
            "The chat ends before it begins: from {start} to {end}.",
            code="window-crossed",
            start=start,
            end=end,
        )
    return Window(start=start, end=end, by="person")


def word_question(chat: Chat, label: str, text: str) -> Chat:
    """Return the chat with this question in these words: reworded, added, or put back.

    Raises InputError for a label that is no number, and for a question without words.
    """
    if not _LABEL.fullmatch(label):
        raise InputError(
            "{label!r} is not the number of a question.", code="label-invalid", label=label
        )
    words = " ".join(text.split())
    if not words:
        raise InputError("Question {label} has no words.", code="question-wordless", label=label)
    there = {question.label: question for question in chat.questions}
    base = there.get(label) or Question(label=label, text="")
    there[label] = msgspec.structs.replace(base, text=words, by=_tell_giver(chat))
    return msgspec.structs.replace(
        chat,
        questions=sort_questions(there.values()),
        dropped_questions=tuple(one for one in chat.dropped_questions if one != label),
    )


def _tell_giver(chat: Chat) -> str:
    """Return "agenda" where the given questions are all there are, so that they stay so."""
    has_agenda = any(question.by == "agenda" for question in chat.questions)
    return "agenda" if has_agenda else "person"


def drop_question(chat: Chat, label: str) -> Chat:
    """Return the chat without this question. Raises InputError where it has none of that label."""
    labels = [question.label for question in chat.questions]
    if label not in labels:
        raise InputError(
            "This chat has no question {label}.",
            code="question-unknown",
            label=label,
            known=labels,
        )
    return msgspec.structs.replace(
        chat,
        questions=tuple(one for one in chat.questions if one.label != label),
        dropped_questions=(*chat.dropped_questions, label),
    )


def name_moderator(chat: Chat, author: str) -> Chat:
    """Return the chat with this person, a handle with or without `@`, as a moderator."""
    handle = _read_handle(author)
    others = [one for one in chat.moderators if not _is_same(one.author, handle)]
    return msgspec.structs.replace(
        chat,
        moderators=(*others, Moderator(author=handle, by="person")),
        not_moderators=tuple(one for one in chat.not_moderators if not _is_same(one, handle)),
    )


def join_accounts(chat: Chat, author: str, other: str) -> Chat:
    """Return the chat in which a moderator and another account are one person.

    Both are handles, with or without `@`. Raises InputError where they are the same handle.
    """
    handle, known = _read_handle(author), _read_handle(other)
    if _is_same(handle, known):
        raise InputError("{author} is one account alone.", code="account-alone", author=handle)
    joined, groups = [known, handle], []
    for group in chat.one_person:
        is_theirs = any(_is_same(one.lstrip("@"), own) for one in group for own in (handle, known))
        if is_theirs:
            joined += [one.lstrip("@") for one in group]
        else:
            groups.append(group)
    by_handle: dict[str, str] = {}
    for one in joined:
        by_handle.setdefault(one.casefold(), one)
    named = name_moderator(chat, handle)
    return msgspec.structs.replace(named, one_person=(*groups, tuple(by_handle.values())))


def unname_moderator(chat: Chat, author: str) -> Chat:
    """Return the chat without this moderator, a handle with or without `@`.

    Raises InputError where this is no moderator.
    """
    handle = _read_handle(author)
    others = tuple(one for one in chat.moderators if not _is_same(one.author, handle))
    if len(others) == len(chat.moderators):
        raise InputError(
            "{author} is not a moderator of this chat.",
            code="moderator-unknown",
            author=handle,
            known=[one.author for one in chat.moderators],
        )
    not_moderators = (*chat.not_moderators, handle)
    return msgspec.structs.replace(chat, moderators=others, not_moderators=not_moderators)


def _read_handle(said: str) -> str:
    handle = said.strip().lstrip("@")
    if not handle:
        raise InputError("No handle was given.", code="handle-missing")
    return handle


def _is_same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
