"""The words of an announcement: a question by its number, or what a host says, with the hashtag."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import msgspec

from chinwag.errors import InputError
from chinwag.model import Chat, Question
from chinwag.networks.contract import Announcement, Picture
from chinwag.stores.folder import ChatFolder
from chinwag.text.hashtags import find_hashtags, fold_tag

_LABEL = re.compile(r"[Qq]?(\d{1,2}(?:\.\d)?)\Z")


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What goes with the text of an announcement: a picture, the language (BCP 47), and when.

    `at` is when it is to go out, None for now.
    """

    picture: Picture | None = None
    lang: str = "en"
    at: datetime | None = None


def find_time_zone(into: Path) -> str:
    """Return the time zone in which the chat's host reads a clock (an IANA name)."""
    return ChatFolder.open(into).read_chat().time_zone


def write_text(chat: Chat, what: str) -> tuple[str, str]:
    """Return the label ("" for other words) and the text as it will appear, with the hashtag.

    Raises InputError for a question that the chat does not have, or that has no words.
    """
    named = _LABEL.match(what.strip())
    if named is None:
        return "", _add_tag(what.strip(), chat)
    question = _find_question(chat, named[1])
    return question.label, _word_question(chat, question.label, question.text)


def rewrite_text(chat: Chat, label: str, new: str) -> str:
    """Return the text of an announcement with new words: a question's, or others for ""."""
    return _word_question(chat, label, new) if label else _add_tag(new, chat)


def make_announcement(key: str, chat: Chat, text: str, words: Words) -> Announcement:
    """Return what an account is to post."""
    return Announcement(
        key=key,
        text=text,
        hashtag=chat.hashtag,
        lang=words.lang,
        picture=words.picture,
        at=words.at,
    )


def _find_question(chat: Chat, label: str) -> Question:
    for question in chat.questions:
        if question.label == label and question.text:
            return question
    raise InputError(
        "This chat has no words for a question {label}.",
        code="question-without-words",
        label=label,
        known=[question.label for question in chat.questions if question.text],
    )


def _word_question(chat: Chat, label: str, text: str) -> str:
    number, _, part = label.partition(".")
    name = f"Q{number} part {part}" if part else f"Q{number}"
    return _add_tag(f"{name}: {text}", chat)


def _add_tag(text: str, chat: Chat) -> str:
    if fold_tag(chat.hashtag) in map(fold_tag, find_hashtags(text)):
        return text
    return f"{text} #{chat.hashtag}"
