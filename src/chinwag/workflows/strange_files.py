"""Refuse a file that holds nothing of the chat, before anything changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from chinwag.errors import InputError, Kept
from chinwag.messages import open_catalogue
from chinwag.model import Chat, FileRecord, Post, Window
from chinwag.records.times import find_zone
from chinwag.steps.collect import Strangeness, find_strangeness, select_posts

if TYPE_CHECKING:
    from chinwag.workflows.take_in import TakenIn


def refuse_strange(taken: TakenIn, chat: Chat | None) -> None:
    """Raise InputError where a new file is of another day or hashtag than the chat.

    Late answers to the chat make a file the chat's, whatever the day. A folder without a chat yet
    takes whatever comes.
    """
    if chat is None or chat.window is None:
        return
    for record in taken.files:
        held = taken.held.get(record.raw)
        strange = held and find_strangeness(held, chat.window, chat.hashtag)
        if not held or not strange:
            continue
        by_tag = bool(strange.hashtag)
        answers = _select_answers(taken, record, chat, chat.window, only_tagged=by_tag)
        if not held.holds_any(answers):
            raise _name_strangeness(record, strange, chat, chat.window)


def refuse_useless(taken: TakenIn, posts: Sequence[Post], chat: Chat) -> None:
    """Raise InputError where a new file holds posts, and none of them is among the chat's."""
    window = chat.window
    for record in taken.files:
        held = taken.held.get(record.raw)
        if window and held and len(held) and not held.holds_any(posts):
            raise InputError(
                "No post of {file} belongs to your chat: they are of {file_time}, the chat"
                " is of {chat_time}.",
                code="file-without-chat",
                kept=Kept.UNCHANGED,
                file=record.name,
                file_time=_word_time(record.first, record.last, chat),
                chat_time=_word_time(window.start, window.end, chat),
            )


def _select_answers(
    taken: TakenIn, file: FileRecord, chat: Chat, window: Window, *, only_tagged: bool
) -> tuple[Post, ...]:
    """Return the posts of the chat as it has been until now, with late answers to it.

    Where a file asks questions of its own, what only bears an answer's number answers those.
    """
    timeline = taken.held[file.raw].timeline
    asks = timeline.list_moments().count_asking()
    own = [Window(start=file.first, end=file.last)] if asks and file.first and file.last else []
    return select_posts(
        taken.posts, window, hashtag=chat.hashtag, only_tagged=only_tagged, others=own
    ).posts


def _name_strangeness(
    record: FileRecord, strange: Strangeness, chat: Chat, window: Window
) -> InputError:
    if strange.is_far:
        return InputError(
            "{file} is of {file_days}, your chat of {chat_days}: it holds nothing of your chat.",
            code="file-of-other-day",
            kept=Kept.UNCHANGED,
            file=record.name,
            file_days=_word_days(record.first, record.last, chat),
            chat_days=_word_days(window.start, window.end, chat),
        )
    return InputError(
        "{file} is of #{file_hashtag}, your chat of #{hashtag}: it holds nothing of your chat.",
        code="file-of-other-hashtag",
        kept=Kept.UNCHANGED,
        file=record.name,
        file_hashtag=strange.hashtag,
        hashtag=chat.hashtag,
    )


def _word_time(first: datetime | None, last: datetime | None, chat: Chat) -> str:
    """Return a stretch of time in the chat's zone, with the hours where it is of one day."""
    days = _word_days(first, last, chat)
    if " to " in days or first is None or last is None:
        return days
    zone = find_zone(chat.time_zone)
    hours = f"{first.astimezone(zone):%H:%M} to {last.astimezone(zone):%H:%M}"
    return f"{days}, {hours} ({chat.time_zone})"


def _word_days(first: datetime | None, last: datetime | None, chat: Chat) -> str:
    """Return the days from a time to another in the chat's zone, one where it is the same."""
    zone, words = find_zone(chat.time_zone), open_catalogue()
    moments = [moment.astimezone(zone).date() for moment in (first, last) if moment]
    days = dict.fromkeys(words.write_date(day, "full") for day in moments)
    return " to ".join(days)
