"""Restore the ids of parents and originals that a spreadsheet rounded to 15 digits.

The post that is meant is often there with its exact id. It is taken where exactly one fits: near
enough to the rounded number, posted earlier, and by the author whom the source names.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from chinwag.model import Post
from chinwag.records.repairs import ORIGINAL_ROUNDED, PARENT_ROUNDED

PARENT_RESTORED = "parent's id restored"
ORIGINAL_RESTORED = "original's id restored"
EXACT_DIGITS = 15


def restore_parents(posts: Sequence[Post]) -> list[Post]:
    """Return the posts in the same order, with rounded ids restored where one post alone fits.

    `repairs` then says "parent's id restored"; a post whose parent is not among the posts keeps
    the rounded id and the name that says so. Run it before reposts are folded.
    """
    if not any(map(_is_marked, posts)):
        return list(posts)
    known = {post.id: post for post in posts if post.id.isdecimal()}
    numbers = sorted(map(int, known))
    return [_restore(post, known, numbers) for post in posts]


def _is_marked(post: Post) -> bool:
    return PARENT_ROUNDED in post.repairs or ORIGINAL_ROUNDED in post.repairs


def _restore(post: Post, known: dict[str, Post], numbers: list[int]) -> Post:
    if not _is_marked(post):
        return post
    repairs = list(post.repairs)
    parent, original = post.reply_to, post.repost_of
    if PARENT_ROUNDED in repairs and parent:
        found = _find_exact(parent, post.reply_to_author, post, known, numbers)
        if found is not None:
            parent = found
            repairs[repairs.index(PARENT_ROUNDED)] = PARENT_RESTORED
    if ORIGINAL_ROUNDED in repairs and original:
        found = _find_exact(original, "", post, known, numbers)
        if found is not None:
            original = found
            repairs[repairs.index(ORIGINAL_ROUNDED)] = ORIGINAL_RESTORED
    return msgspec.structs.replace(
        post, reply_to=parent, repost_of=original, repairs=tuple(repairs)
    )


def _find_exact(
    rounded: str, author: str, post: Post, known: dict[str, Post], numbers: list[int]
) -> str | None:
    """Return the one id that a rounded one may stand for, or None for none or several."""
    number = _read_number(rounded)
    if number is None:
        return None
    reach = 10 ** max(0, len(str(number)) - EXACT_DIGITS)
    first, last = bisect_left(numbers, number - reach), bisect_right(numbers, number + reach)
    fitting = [str(one) for one in numbers[first:last] if _may_be(known[str(one)], author, post)]
    return fitting[0] if len(fitting) == 1 else None


def _read_number(text: str) -> int | None:
    """Return an id as a number, None for scientific notation (1.2E+17), which says too little."""
    return int(text) if text.isdecimal() and len(text) <= 20 else None


def _may_be(candidate: Post, author: str, post: Post) -> bool:
    """Return whether a post may be the one that another names, by the author it names ("": any)."""
    if candidate.id == post.id or candidate.repost_of:
        return False
    if candidate.created_at > post.created_at:
        return False
    return not author or candidate.author.casefold() == author.casefold()
