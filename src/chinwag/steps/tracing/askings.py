"""Which of the posts on a question ask it, and so are not among what was said on it."""

from __future__ import annotations

from collections.abc import Collection

from chinwag.model import Placement


def asks_question(placement: Placement, asking: Collection[str]) -> bool:
    """Return whether a post placed on a question asks it.

    `asking` are the ids of the posts that ask the question (`Question.posts`). What a person said
    of the post's kind outranks them.
    """
    if placement.kind == "question":
        return True
    return placement.by != "person" and placement.post in asking
