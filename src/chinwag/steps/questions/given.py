"""Questions whose text a person gave, before anyone has asked them."""

from __future__ import annotations

import msgspec

from chinwag.model import Chat, Question

GIVEN = frozenset({"agenda", "person"})  # `Question.by` where a person gave the text


def keep_given_questions(chat: Chat | None) -> tuple[Question, ...]:
    """Return the questions whose text a person gave, as they stand before anyone asks them."""
    given = (question for question in (chat.questions if chat else ()) if question.by in GIVEN)
    return tuple(msgspec.structs.replace(question, asked_at=None, posts=()) for question in given)
