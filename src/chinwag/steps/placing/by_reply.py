"""By reply: a post belongs where the post that it answers, quotes or goes on from belongs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from chinwag.steps.placing.propagate import Tie
from chinwag.steps.placing.weights import FIRM, LOOSE, UNLIKELY
from chinwag.steps.reading.read_post import SAME_WORDS, ReadPost
from chinwag.steps.reading.view import ChatView

_QUOTE = re.compile(r"(?:\bRT|\bMT|[“\"«])\s*@([\w.-]*\w):?\s*(.{15,})", re.DOTALL)
_WORD = re.compile(r"\w+")
_WITHIN = timedelta(hours=2)  # from a post to one that quotes it


def weigh_reply(view: ChatView, at: int) -> dict[int, float]:
    """Return the state of the question that post `at` answers directly, if it does."""
    parent = view.parent[at]
    state = view.asks.get(view.posts[parent].id) if parent >= 0 else None
    return {} if state is None else {state: UNLIKELY}


def find_replies(view: ChatView) -> list[Tie]:
    """Return the ties between posts and those that they answer, mention or quote."""
    ties: list[Tie] = []
    last: dict[str, int] = {}
    for at, post in enumerate(view.posts):
        parent, mentioned = view.parent[at], view.mentioned[at]
        if parent >= 0:
            other = view.posts[parent]
            lost = post.text_lost or other.text_lost
            ties.append((at, parent, LOOSE if lost else FIRM))
        elif mentioned >= 0:
            ties.append((at, mentioned, FIRM if view.surely[at] else LOOSE))
        quoted = find_quoted(view, at, last)
        if quoted >= 0:
            ties.append((at, quoted, FIRM))
        last[post.author.lower()] = at
    return ties


def _list_words(read: ReadPost) -> frozenset[str]:
    return frozenset(_WORD.findall(read.text.lower()))


def find_quoted(view: ChatView, at: int, last: Mapping[str, int]) -> int:
    """Return the post whose words post `at` quotes with its author's name, -1 for none.

    `last` has the place of each person's latest post before it, by name in small letters.
    """
    post = view.posts[at]
    if post.text_lost:
        return -1
    if post.quote_of in view.places:
        return view.places[post.quote_of]
    found = _QUOTE.search(post.text)
    if not found:
        return -1
    name, words = found[1].lower(), set(_WORD.findall(found[2].lower()))
    other = last.get(name, -1)
    while other >= 0 and post.created_at - view.posts[other].created_at <= _WITHIN:
        if len(words & view.reads[other].recall(_list_words)) >= min(SAME_WORDS, len(words)):
            return other
        other = view.previous[other]
    return -1
