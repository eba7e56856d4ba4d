"""By reply: a post belongs where the post that it answers, quotes or goes on from belongs."""

from __future__ import annotations

import re
from datetime import timedelta

from chinwag.steps.placing import weights
from chinwag.steps.placing.propagate import Tie
from chinwag.steps.reading.read_post import ReadPost
from chinwag.steps.reading.view import ChatView

_QUOTE = re.compile(r"(?:\bRT|\bMT|[“\"«])\s*@([\w.-]*\w):?\s*(.{15,})", re.DOTALL)
_WORD = re.compile(r"\w+")
_BACK = 150  # posts to look back for a quoted one


def weigh_reply(view: ChatView, at: int) -> dict[int, float]:
    """Return the state of the question that post `at` answers directly, if it does."""
    parent = view.parent[at]
    state = view.asks.get(view.posts[parent].id) if parent >= 0 else None
    return {} if state is None else {state: weights.REPLY_TO_QUESTION}


def find_replies(view: ChatView) -> list[Tie]:
    """Return the ties between posts and those that they answer, mention or quote."""
    ties: list[Tie] = []
    for at, post in enumerate(view.posts):
        parent, mentioned = view.parent[at], view.mentioned[at]
        if parent >= 0:
            other = view.posts[parent]
            lost = post.text_lost or other.text_lost
            kind = "lost" if lost else "own reply" if other.author == post.author else "reply"
            ties.append((at, parent, kind))
        elif mentioned >= 0:
            ties.append((at, mentioned, "reply" if view.surely[at] else "mention"))
        quoted = find_quoted(view, at)
        if quoted >= 0:
            ties.append((at, quoted, "quote"))
    return ties


def _list_words(read: ReadPost) -> frozenset[str]:
    return frozenset(_WORD.findall(read.text.lower()))


def find_quoted(view: ChatView, at: int) -> int:
    """Return the post whose words post `at` quotes with its author's name, -1 for none."""
    post = view.posts[at]
    if post.text_lost:
        return -1
    if post.quote_of in view.places:
        return view.places[post.quote_of]
    found = _QUOTE.search(post.text)
    if not found:
        return -1
    name, words = found[1].lower(), set(_WORD.findall(found[2].lower()))
    needed = min(4.0, 0.6 * len(words))
    for other in range(at - 1, max(-1, at - _BACK), -1):
        candidate = view.posts[other]
        if candidate.author.lower() != name or candidate.created_at < post.created_at - timedelta(
            hours=2
        ):
            continue
        if len(words & view.reads[other].recall(_list_words)) >= needed:
            return other
    return -1
