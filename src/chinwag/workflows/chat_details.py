"""What a person says about a chat beyond the files themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from chinwag.errors import InputError
from chinwag.messages import open_catalogue
from chinwag.model import Chat, Moderator, Question, Window
from chinwag.records.times import find_zone
from chinwag.text.hashtags import fold_tag


class ChatDetails(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says about a chat; whatever is left out is found in the posts.

    `time_zone` (IANA name) holds for times in the files that state none, and for what the story
    shows. `start` and `end` are aware. `format` overrules the sniffing, `columns` and `date` are
    those of importers' ReadOptions. `agenda` are the questions as agreed beforehand,
    `contact` is where to write to the hosts, `fewest` and `most` the bullets that a question may
    have. With `anyway` a file that seems to hold nothing of the chat is taken in all the same. Of
    several chats in the files, the one that shares most time with `near` is taken.
    """

    hashtag: str = ""
    series: str = ""
    title: str = ""
    time_zone: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    moderators: tuple[str, ...] = ()
    agenda: tuple[Question, ...] = ()
    format: str | None = None
    columns: Mapping[str, str] = {}
    date: str = ""
    contact: str = ""
    fewest: int | None = None
    most: int | None = None
    anyway: bool = False
    near: Window | None = None


def describe_chat(details: ChatDetails, before: Chat | None, hashtag: str, window: Window) -> Chat:
    """Return the chat: what the person says, else what the folder said before, else what was found.

    Questions and moderators that were found in the posts are left for `place` to find again. Raises
    InputError for a time zone or limits that are not valid.
    """
    base = before or Chat(series="Chat", hashtag="", title="")
    base = _let_in(limit_bullets(base, details.fewest, details.most), details)
    known = details.series or (before.series if before else "")
    series = known or (f"#{hashtag}" if hashtag else "Chat")
    zone = details.time_zone or base.time_zone
    return msgspec.structs.replace(
        base,
        series=series,
        hashtag=hashtag,
        title=details.title or _find_title(before, series, window, zone),
        time_zone=zone,
        numbered=True,
        window=window,
        moderators=_gather_moderators(details, before),
        questions=_word_agenda(details, hashtag) or (_keep_questions(before) if before else ()),
        contact=details.contact or base.contact,
    )


def _word_agenda(details: ChatDetails, hashtag: str) -> tuple[Question, ...]:
    """Return the questions of the agenda, without the chat's hashtag at their ends."""
    return tuple(
        msgspec.structs.replace(question, text=_drop_tag(question.text, hashtag))
        for question in details.agenda
    )


def _drop_tag(text: str, hashtag: str) -> str:
    """Return a question's words without the chat's hashtag at their end."""
    words = text.split()
    while len(words) > 1 and words[-1][0] in "#＃" and fold_tag(words[-1]) == fold_tag(hashtag):
        text = text.rstrip().removesuffix(words.pop()).rstrip()
    return text


def _keep_questions(chat: Chat) -> tuple[Question, ...]:
    """Return the questions that a person gave.

    What it needs is loaded here, so that a first import does not wait for it.
    """
    from chinwag.steps.questions import keep_given_questions  # noqa: PLC0415

    return keep_given_questions(chat)


def describe_new_chat(details: ChatDetails) -> Chat:
    """Return a chat of which nothing has been said yet: what the person says, and no more.

    Raises InputError as `describe_chat` does, and where it ends before it begins.
    """
    series = details.series or f"#{details.hashtag}"
    chat = Chat(
        series=series,
        hashtag=details.hashtag,
        title=details.title or series,
        time_zone=details.time_zone or "UTC",
        window=find_window(details),
        moderators=_gather_moderators(details, None),
        questions=_word_agenda(details, details.hashtag),
        contact=details.contact,
    )
    return limit_bullets(chat, details.fewest, details.most)


def find_window(details: ChatDetails) -> Window | None:
    """Return the window where a person gave both its ends. Raises InputError where they cross."""
    if details.start is None or details.end is None:
        return None
    if details.end < details.start:
        raise InputError(
            "The chat ends before it begins: from {start} to {end}.",
            code="window-crossed",
            start=details.start,
            end=details.end,
        )
    return Window(start=details.start, end=details.end, by="person")


def _let_in(chat: Chat, details: ChatDetails) -> Chat:
    """Return the chat that no longer keeps out what is named now: questions and moderators."""
    labels = {question.label for question in details.agenda}
    handles = {name.lstrip("@").casefold() for name in details.moderators}
    return msgspec.structs.replace(
        chat,
        dropped_questions=tuple(one for one in chat.dropped_questions if one not in labels),
        not_moderators=tuple(one for one in chat.not_moderators if one.casefold() not in handles),
    )


def _gather_moderators(details: ChatDetails, before: Chat | None) -> tuple[Moderator, ...]:
    earlier = [one.author for one in (before.moderators if before else ()) if one.by == "person"]
    named = dict.fromkeys([name.lstrip("@") for name in details.moderators] or earlier)
    return tuple(Moderator(author=author, by="person") for author in named)


def is_title_made(chat: Chat) -> bool:
    """Return whether nobody gave a chat's title: it was made of its series and its date."""
    return chat.title in ("", chat.series, _date_of(chat))


def _find_title(before: Chat | None, series: str, window: Window, zone: str) -> str:
    """Return the title: one that a person gave stays, one that was made of the date follows it."""
    if before and not is_title_made(before):
        return before.title
    return _date_title(series, window, zone)


def leave_to_files(chat: Chat, *, is_hashtag_found: bool) -> Chat:
    """Return the chat without what was found in its files, for them to be looked through again.

    A window that was found goes, a title that was made of date and series, and the hashtag where
    it was found, with a series named after it.
    """
    is_given = chat.window is not None and chat.window.by == "person"
    is_made = is_title_made(chat)
    named_after = is_hashtag_found and chat.series in (f"#{chat.hashtag}", "Chat")
    return msgspec.structs.replace(
        chat,
        hashtag="" if is_hashtag_found else chat.hashtag,
        series="" if named_after else chat.series,
        title="" if is_made else chat.title,
        window=chat.window if is_given else None,
    )


def follow_title(before: Chat, chat: Chat) -> Chat:
    """Return the chat; a title that was made of series and date is made again of today's."""
    if chat.window is None or not is_title_made(before):
        return chat
    title = _date_title(chat.series, chat.window, chat.time_zone)
    return msgspec.structs.replace(chat, title=title)


def _date_of(chat: Chat) -> str:
    return _date_title(chat.series, chat.window, chat.time_zone) if chat.window else chat.series


def _date_title(series: str, window: Window, zone: str) -> str:
    day = window.start.astimezone(find_zone(zone)).date()
    return f"{series}, {open_catalogue().write_date(day, 'full')}"


def limit_bullets(chat: Chat, fewest: int | None, most: int | None) -> Chat:
    """Return the chat with the limits that a person set; raises InputError for impossible ones."""
    fewest = chat.fewest_bullets if fewest is None else fewest
    most = max(chat.most_bullets, fewest) if most is None else most
    if not 0 <= fewest <= most:
        raise InputError(
            "The bullets of a question cannot be at least {fewest} and at most {most}.",
            code="bullet-limits-crossed",
            fewest=fewest,
            most=most,
        )
    return msgspec.structs.replace(chat, fewest_bullets=fewest, most_bullets=most)
