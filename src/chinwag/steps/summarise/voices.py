"""Whose voices stand behind a point: not a copy of somebody's words, not one bare yes.

A host posts the same text on two networks under two accounts, or somebody passes a sentence on
without saying so: that is one voice, the earliest. And people who only say yes are counted where
at least two of them do, where a second person says the same in earnest, or where one of them, by
what was learned of replies, surely makes the point. They are never counted as saying it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from chinwag.steps.summarise.agree import Supporters
from chinwag.steps.summarise.statement import Statement
from chinwag.text.words import split_words

FEWEST_AGREEING = 2  # people who only say yes; with fewer, none are counted
FEWEST_SAME = 8  # words in a row that are copied if they are half of what is said
FEWEST_QUOTED = 5  # words in a row that are a quotation where there are quotation marks

_QUOTES = re.compile(r"[\"“”„«»「」]|(?<!\w)['‘]")


def split_copies(group: Sequence[Statement]) -> tuple[list[Statement], list[Statement]]:
    """Return the statements of a group that are their author's own words, and the copies.

    A copy repeats, in whatever case and punctuation, the words of an earlier statement by
    somebody else: the whole of them, most of them, or a quotation. `group` is in time order.
    """
    voices: list[Statement] = []
    copies: list[Statement] = []
    for one in group:
        copied = any(
            other.post.author != one.post.author and _copies(one, other) for other in voices
        )
        (copies if copied else voices).append(one)
    return voices, copies


def _copies(one: Statement, other: Statement) -> bool:
    """Return whether a statement repeats an earlier one."""
    words, told = split_words(one.point), split_words(other.point)
    same = SequenceMatcher(None, words, told, autojunk=False).find_longest_match().size
    shorter = min(len(words), len(told))
    quoted = same >= FEWEST_QUOTED and _QUOTES.search(one.post.text)
    return bool(quoted) or same >= min(shorter, max(FEWEST_SAME, shorter / 2))


def count_in(
    voices: Sequence[Statement],
    copies: Sequence[Statement],
    supporters: Supporters,
) -> list[Statement]:
    """Return the statements that agree with a point and count.

    Where nobody else says it and only one person agrees, that person's post must surely make the
    point. Whoever agrees with a copy agrees with the point; whoever copied it is no second person
    when saying yes as well.
    """
    speaking = {one.post.author for one in voices}
    copying = {one.post.author for one in copies} - speaking
    agreeing = [
        other
        for one in (*voices, *copies)
        for other in supporters.by_post.get(one.post.id, ())
        if other.post.author not in copying
    ]
    others = {other.post.author for other in agreeing} - speaking
    if len(speaking) > 1 or len(others) >= FEWEST_AGREEING:
        return agreeing
    return [other for other in agreeing if other.post.id in supporters.sure]
