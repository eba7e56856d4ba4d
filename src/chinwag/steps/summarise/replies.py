"""Answers that make sense only under what they answer: the point leads, the answer follows.

"Only where the desk is staffed" says nothing by itself, and much under "We lend by card at night".
Such an answer is quoted under the bullet whose words it answers, with its author.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chinwag.model import Quote
from chinwag.steps.summarise.choose import Point
from chinwag.steps.summarise.quoting import holds_others_words, is_part, pick_answer
from chinwag.steps.summarise.statement import Statement
from chinwag.text.words import content_words

FEWEST_CONTENT = 4  # content words that an answer adds at least
MOST_UNDER = 1  # answers under one bullet


def find_replies(
    points: Iterable[Point], statements: Sequence[Statement]
) -> dict[str, tuple[Quote, ...]]:
    """Return the answers to stand under each post quoted, by its id, the fullest first.

    Only answers come that could not be a point of their own. A person who is quoted above, or
    stands behind the point, is not quoted again.
    """
    chosen = list(points)
    behind = {post.id for point in chosen for one in point.behind for post in one.posts}
    by_parent: dict[str, list[Statement]] = {}
    for one in statements:
        parent = one.post.reply_to or one.post.quote_of
        if parent and not one.point and one.post.id not in behind:
            by_parent.setdefault(parent, []).append(one)
    found = {}
    for point in chosen:
        people = {one.post.author for one in point.behind}
        quotes = [
            quote
            for post in point.quoted.posts
            for one in by_parent.get(post.id, ())
            if one.post.author not in people and (quote := _quote_answer(one, point.quoted))
        ]
        if quotes:
            quotes.sort(key=lambda quote: -len(set(content_words(quote.text))))
            found[point.quoted.post.id] = tuple(quotes[:MOST_UNDER])
    return found


def _quote_answer(one: Statement, answered: Statement) -> Quote | None:
    """Return what an answer adds to the words it answers, None where that is little."""
    if holds_others_words(one.post.text) or is_part(one.post.text):
        return None
    text = pick_answer(one.text)
    added = set(content_words(text)) - set(answered.words)
    if len(added) < FEWEST_CONTENT:
        return None
    return Quote(post=one.post.id, author=one.post.author, text=text)
