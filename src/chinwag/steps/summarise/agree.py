"""Who agrees: replies that say yes to a post and nothing against it.

A person who answers "Yes, exactly!" to a point stands behind it. One who says "yes, but", asks
back or only finds it interesting does not, and nobody agrees with himself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from chinwag.steps.summarise.phrases import SAYS_BUT, SAYS_YES
from chinwag.steps.summarise.statement import Statement


def find_supporters(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """Give, for the id of each post that somebody agreed with, the statements that agree.

    Each person counts once a post. Only replies whose parent the source names are looked at.
    """
    statements = list(statements)
    authors = {one.post.id: one.post.author for one in statements if one.point}
    supporters: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        parent = one.post.reply_to
        if parent is None or parent not in authors or not says_yes(one.text):
            continue
        heard = {other.post.author for other in supporters[parent]} | {authors[parent]}
        if one.post.author not in heard:
            supporters[parent].append(one)
    return dict(supporters)


def says_yes(text: str) -> bool:
    """Tell whether a cleaned post agrees and raises nothing against it."""
    return bool(SAYS_YES.match(text)) and not SAYS_BUT.search(text)
