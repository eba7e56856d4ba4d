"""Overrule the machine: a person says where a post belongs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chinwag.errors import InputError
from chinwag.model import Chat, Placement, make_note, quote_note
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.find_post import find_post
from chinwag.workflows.make_again import make_again


def correct_placement(
    into: Path, said: Sequence[str], question: str | None, *, because: str = ""
) -> tuple[Placement, ...]:
    """Place the posts that `said` names under `question` (None: under none); give the corrections.

    A post is named by its id, its permalink, or the end of either, as long as only one post ends
    so. The correction is a new placement by "person": it outranks every method and survives every
    later run. The other posts are placed again in its light, and the summary and the story are made
    again where there were any. Raises InputError where no post, or
    more than one, or no question is so named.
    """
    folder = ChatFolder.open(into)
    chat, posts = folder.read_chat(), folder.read_posts()
    _check_question(chat, question)
    before = {placement.post: placement for placement in folder.read_placements()}
    reason = quote_note(because) if because else make_note("by-a-person")
    made = []
    for post in (find_post(posts, name) for name in said):
        kind = before[post.id].kind if post.id in before else "answer"
        made.append(
            Placement(
                post=post.id,
                question=question,
                reason=reason,
                confidence=1.0,
                by="person",
                kind=kind,
            )
        )
    corrected = {placement.post: placement for placement in (*folder.read_corrections(), *made)}
    with folder.change() as change:
        change.write_corrections(corrected.values())
    make_again(into)
    return tuple(made)


def _check_question(chat: Chat, label: str | None) -> None:
    labels = [question.label for question in chat.questions]
    if label is not None and label not in labels:
        raise InputError(
            "This chat has no question {label}.", code="question-unknown", label=label, known=labels
        )
