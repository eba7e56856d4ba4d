"""Overrule the machine: a person says where a post belongs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chinwag.errors import InputError
from chinwag.model import Chat, Placement, Post
from chinwag.stores.folder import ChatFolder, layout
from chinwag.workflows.place_chat import place_chat
from chinwag.workflows.publish_chat import publish_chat
from chinwag.workflows.summarise_chat import summarise_chat


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
    reason = because or "A person said so"
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
    place_chat(into)
    if folder.has(layout.SUMMARY):
        summarise_chat(into)
    if folder.has(layout.STORY):
        publish_chat(into)
    return tuple(made)


def find_post(posts: Sequence[Post], name: str) -> Post:
    """Give the post that a person names by its id, its permalink, or the end of either.

    Raises InputError where there is none, or more than one.
    """
    exact = [post for post in posts if name in (post.id, post.url)]
    found = exact or [post for post in posts if post.id.endswith(name) or post.url.endswith(name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            f"No post of this chat is called {name!r}.",
            todo="Copy the post's id or its address from the story, or list posts: `chinwag show`.",
        )
    several = ", ".join(post.id for post in found[:3])
    raise InputError(
        f"{len(found)} posts end in {name!r}: {several}{' ...' if len(found) > 3 else ''}.",
        todo="Give more of the id.",
    )


def _check_question(chat: Chat, label: str | None) -> None:
    labels = [question.label for question in chat.questions]
    if label is not None and label not in labels:
        raise InputError(
            f"This chat has no question {label}.",
            todo=f"Choose one of {', '.join(labels)}, or none." if labels else "Choose none.",
        )
