"""Who agrees: posts that say yes to another post and nothing against it.

A person who answers "Yes, exactly!" to a point stands behind it. One who says "yes, but", asks
back, thanks or only finds it interesting does not, and people do not agree with themselves. The
source tells which post is agreed with (a reply, a quotation); else the words passed on tell ("So
true! RT @ann: ..."), or the person addressed, where only one post of theirs can be meant; else the
link that was worked out. Whoever only praises a point may be making it, too: a model decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from chinwag.steps.judging.phrase_classes import find_classes
from chinwag.steps.judging.same import REPLY, load_same
from chinwag.steps.reading.read_post import SAME_WORDS
from chinwag.steps.reading.view import WITHIN
from chinwag.steps.summarise.pairs import describe_reply, objects
from chinwag.steps.summarise.statement import Statement
from chinwag.text.words import split_words

_PASSED_ON = re.compile(r"\s[\"“]?(?:RT|MT)\s+[\"“]?@(\w+)\s?:?\s(.+)$", re.IGNORECASE | re.DOTALL)
_YES_SIGN = re.compile(r"\W*(?:\+\s?1|100\s?%)(?!\w)|[\s\"\u201c]*[💯👍👏]")
_ADDRESSED = re.compile(r"\W{0,2}@(\w+)(?!\s*@)")
_LINKED_POST = re.compile(r"(?:twitter|x)\.com/(\w+)/status/(\d+)|bsky\.app/profile/([\w.]+)/post/")


class Supporters(NamedTuple):
    """Who agrees with what: statements by the id of the post they agree with.

    `sure` are the ids of those posts that, by what was learned, make the point that they answer:
    each counts by itself. The others say a plain yes.
    """

    by_post: Mapping[str, Sequence[Statement]]
    sure: frozenset[str]


def find_supporters(statements: Sequence[Statement]) -> Supporters:
    """Return the statements that agree with each post.

    `statements` are those of one question in time order. Each person counts once a post.
    """
    model = load_same(REPLY)
    supporters: dict[str, list[Statement]] = defaultdict(list)
    sure = set()
    for one, answered in find_answered(statements):
        agrees = opens_with_yes(one.text)
        polite = "thanks" in dict(find_classes(split_words(one.text)))
        makes = not polite and model.find_nearness(describe_reply(one, answered, agrees)) > 0
        plain = says_yes(one.text) and "?" not in answered.point
        if not (makes or plain):
            continue
        if one.post.author not in {other.post.author for other in supporters[answered.post.id]}:
            supporters[answered.post.id].append(one)
            sure |= {one.post.id} if makes else set()
    return Supporters({post: some for post, some in supporters.items() if some}, frozenset(sure))


def find_answered(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Yield each statement that answers another person's point, and that point's statement."""
    by_id = {post.id: one for one in statements for post in one.posts}
    by_author: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        by_author[one.post.author.casefold()].append(one)
    for one in statements:
        answered = _find_parent(one, by_id, by_author) or by_id.get(one.answers)
        if answered is not None and answered.point and answered.post.author != one.post.author:
            yield one, answered


def says_yes(text: str) -> bool:
    """Return whether a cleaned post agrees and raises nothing against it."""
    return opens_with_yes(text) and not objects(text) and "?" not in text


def opens_with_yes(text: str) -> bool:
    """Return whether a cleaned post opens with a yes, whatever follows."""
    classes = dict(find_classes(split_words(text)))
    return classes.get("agrees") == 0 or _YES_SIGN.match(text) is not None


def _find_parent(
    one: Statement, by_id: Mapping[str, Statement], by_author: Mapping[str, Sequence[Statement]]
) -> Statement | None:
    """Return what a statement agrees with, None where that cannot be told."""
    told = one.post.reply_to or one.post.quote_of
    if told:
        return by_id.get(told)
    passed_on = _PASSED_ON.search(one.post.text)
    if passed_on:
        words = split_words(passed_on[2])
        return _find_same_words(words, by_author.get(passed_on[1].casefold(), ()))
    linked = _LINKED_POST.search(one.post.text)
    if linked and linked[2] in by_id:
        return by_id[linked[2]]
    addressed = linked or _ADDRESSED.match(one.post.text)
    if not addressed:
        return None
    return _find_only_recent(one, by_author.get((addressed[1] or "").casefold(), ()))


def _find_same_words(words: Sequence[str], candidates: Sequence[Statement]) -> Statement | None:
    """Return the statement whose words a post passes on, perhaps cut short."""
    for candidate in candidates:
        said = split_words(candidate.post.text)
        shared = 0
        for told, heard in zip(words, said, strict=False):
            if told != heard:
                break
            shared += 1
        if shared >= SAME_WORDS:
            return candidate
    return None


def _find_only_recent(one: Statement, candidates: Sequence[Statement]) -> Statement | None:
    """Return the only statement of a person shortly before this one, None where there are more."""
    recent = [
        candidate
        for candidate in candidates
        if timedelta(0) < one.post.created_at - candidate.post.created_at <= WITHIN
    ]
    return recent[0] if len(recent) == 1 else None
