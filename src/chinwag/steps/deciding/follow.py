"""Replies that go where what they answer goes: a model is asked about the one, not about both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chinwag.model import Chat, Placement, Post


def find_followers(
    chat: Chat, posts: Iterable[Post], placed: Mapping[str, Placement]
) -> dict[str, str]:
    """Return the replies that hang on what they answer, each with the id of that, in time order.

    Told by the source, and on one question with it by the machine's word alone. Who answers the
    asking itself answers the question, and hangs on nobody.
    """
    asking = {post for question in chat.questions for post in question.posts}
    followers: dict[str, str] = {}
    for post in sorted(posts, key=lambda post: (post.created_at, post.id)):
        answered = post.reply_to or ""
        if post.id not in placed or answered not in placed or answered in asking:
            continue
        stands = placed[post.id]
        beside = stands.question is not None and stands.question == placed[answered].question
        if beside and not is_told(stands):
            followers[post.id] = answered
    return followers


def is_told(placement: Placement) -> bool:
    """Return whether a person said where a post belongs: its author by a label, or by asking."""
    return placement.by in ("person", "label") or placement.kind == "question"
