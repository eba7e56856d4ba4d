"""What people said of a chat, apart from what was found in its posts, so that it can be put back.

Nothing here holds words of a post: of questions only those that a person gave, of moderators only
those whom a person named.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chinwag.model import Chat, Moderator, Question, Window
from chinwag.steps.questions import GIVEN

Facts = Mapping[str, Any]

_PLAIN = ("series", "title", "time_zone", "contact")  # fields that are text and a person's alone


def list_given(chat: Chat) -> dict[str, Any]:
    """Return what people said of the chat, by the name of its field, as JSON values."""
    window = chat.window if chat.window is not None and chat.window.by == "person" else None
    return {
        **{name: getattr(chat, name) for name in _PLAIN},
        "window": msgspec.to_builtins(window),
        "moderators": [one.author for one in chat.moderators if one.by == "person"],
        "not_moderators": list(chat.not_moderators),
        "one_person": [list(group) for group in chat.one_person],
        "questions": [
            {"label": one.label, "text": one.text, "by": one.by}
            for one in chat.questions
            if one.by in GIVEN
        ],
        "dropped_questions": list(chat.dropped_questions),
    }


def find_changes(before: Chat, after: Chat) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what people said of those fields that differ, before and after."""
    old, new = list_given(before), list_given(after)
    changed = [name for name in old if old[name] != new[name]]
    return {name: old[name] for name in changed}, {name: new[name] for name in changed}


def put_back(chat: Chat, facts: Facts) -> Chat:
    """Return the chat with these facts as they were; what was found in the posts stays."""
    fields: dict[str, Any] = {name: facts[name] for name in _PLAIN if name in facts}
    for name in ("not_moderators", "dropped_questions"):
        if name in facts:
            fields[name] = tuple(facts[name])
    if "one_person" in facts:
        fields["one_person"] = tuple(map(tuple, facts["one_person"]))
    if "window" in facts:
        fields["window"] = _put_back_window(chat.window, facts["window"])
    if "moderators" in facts:
        fields["moderators"] = _put_back_moderators(chat, facts["moderators"])
    if "questions" in facts:
        fields["questions"] = _put_back_questions(chat, facts["questions"])
    return msgspec.structs.replace(chat, **fields)


def _put_back_window(now: Window | None, was: Any) -> Window | None:
    """Return the given window, or today's as one that is to be found again."""
    if was is not None:
        return msgspec.convert(was, Window)
    return None if now is None else msgspec.structs.replace(now, by="posts")


def _put_back_moderators(chat: Chat, named: list[str]) -> tuple[Moderator, ...]:
    found = [one for one in chat.moderators if one.by != "person" and one.author not in named]
    return (*(Moderator(author=author, by="person") for author in named), *found)


def _put_back_questions(chat: Chat, given: list[dict[str, str]]) -> tuple[Question, ...]:
    """Return the questions, those given as they were; the others are to be found again."""
    there = {question.label: _let_go(question) for question in chat.questions}
    for was in given:
        base = there.get(was["label"]) or Question(label=was["label"], text="")
        there[was["label"]] = msgspec.structs.replace(base, text=was["text"], by=was["by"])
    return sort_questions(there.values())


def _let_go(question: Question) -> Question:
    return msgspec.structs.replace(question, by="posts") if question.by in GIVEN else question


def sort_questions(questions: Any) -> tuple[Question, ...]:
    """Return questions in the order of their numbers, each part behind the one before."""
    return tuple(sorted(questions, key=lambda question: read_number(question.label)))


def read_number(label: str) -> tuple[int, ...]:
    """Return the label of a question as numbers: "9.2" is (9, 2)."""
    return tuple(int(part) for part in label.split(".") if part.isdigit())
