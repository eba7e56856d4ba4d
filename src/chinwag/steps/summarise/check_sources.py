"""Letter for letter: every bullet stands in the post it quotes, and every post exists.

The check runs whenever a summary is made, and again by whoever reads one back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from chinwag.errors import TraceError
from chinwag.model import Bullet, Post, Summary


class Untraceable(msgspec.Struct, frozen=True, kw_only=True):
    """A bullet that its posts do not carry: on which question, and why, as a sentence."""

    question: str
    bullet: Bullet
    reason: str


def check_summary(summary: Summary, posts: Sequence[Post]) -> None:
    """Raise TraceError where a bullet does not stand in its posts."""
    found = find_untraceable(summary, posts)
    if found:
        first = found[0]
        others = f" {len(found) - 1} more bullets fail as well." if len(found) > 1 else ""
        raise TraceError(
            f"A bullet on question {first.question} cannot be traced: {first.reason}"
            f" The bullet says: “{first.bullet.text}”.{others}",
            todo="Summarise the chat again from its posts.",
        )


def find_untraceable(summary: Summary, posts: Iterable[Post]) -> tuple[Untraceable, ...]:
    """Give every bullet that fails, with the reason; empty when all is well."""
    known = {post.id: post for post in posts}
    return tuple(
        Untraceable(question=question.label, bullet=bullet, reason=reason)
        for question in summary.questions
        for bullet in question.bullets
        if (reason := next(_find_faults(bullet, known), ""))
    )


def _find_faults(bullet: Bullet, known: Mapping[str, Post]) -> Iterator[str]:
    """Yield what is wrong with a bullet, the first fault first."""
    missing = [one for one in (bullet.quoted, *bullet.posts) if one not in known]
    if missing:
        yield f"post {missing[0]} is not among the chat's posts."
        return
    quoted = known[bullet.quoted]
    yield from _find_unfit(bullet, known)
    if not stands_in(bullet.text, quoted.text):
        yield f"its words do not stand in post {quoted.id}, which says: “{quoted.text}”."
    if bullet.author != quoted.author:
        yield f"post {quoted.id} is by {quoted.author}, not by {bullet.author}."
    if not bullet.posts or bullet.posts[0] != bullet.quoted:
        yield f"post {bullet.quoted}, which it quotes, is not the first of its posts."
    if len(set(bullet.posts)) != len(bullet.posts):
        yield "it names a post twice."
    people = len({known[one].author for one in bullet.posts})
    if people != bullet.people:
        yield f"it counts {bullet.people} people, and its posts are by {people}."
    if bullet.kind != ("shared" if people > 1 else "single"):
        yield f"it is called {bullet.kind}, and its posts are by {people} people."


def _find_unfit(bullet: Bullet, known: Mapping[str, Post]) -> Iterator[str]:
    for one in bullet.posts:
        post = known[one]
        if post.deleted:
            yield f"post {one} was deleted by its author."
        if post.text_lost:
            yield f"the text of post {one} is known not to be its own."
        if post.repost_of:
            yield f"post {one} is a repost of somebody else's words."


def stands_in(words: str, text: str) -> bool:
    """Tell whether words stand in a text as one stretch of whole words, white space apart."""
    said, whole = " ".join(words.split()), " ".join(text.split())
    at = whole.find(said) if said else -1
    while at >= 0:
        end = at + len(said)
        if not _cuts_word(whole, at) and not _cuts_word(whole, end):
            return True
        at = whole.find(said, at + 1)
    return False


def _cuts_word(text: str, at: int) -> bool:
    """Tell whether a cut falls between two letters of a word written in Latin letters."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return before.isalpha() and after.isalpha() and before < "\u0250" and after < "\u0250"
