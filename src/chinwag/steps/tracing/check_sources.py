"""Letter for letter: every quotation stands in the post it is taken from, and every post exists.

A text that a person or a language model worded is not a quotation: its posts, its counts and the
words that it rests on are checked, and a model's text may claim no more than those. The check runs
whenever a summary is made, and again when one is read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from chinwag.errors import TraceError
from chinwag.messages import open_catalogue
from chinwag.model import LEFT_OUT_MARK, ORIGINS, Bullet, Post, Quote, Summary
from chinwag.steps.tracing.claims import Known, Source, check_sentence, list_people
from chinwag.steps.tracing.voices import count_voices


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
        raise TraceError(
            "A bullet on question {question} cannot be traced: {reason} The bullet says: “{text}”."
            " Bullets that cannot be traced: {number}.",
            code="bullet-untraceable",
            number=len(found),
            question=first.question,
            reason=first.reason,
            text=first.bullet.text,
        )


def find_untraceable(summary: Summary, posts: Iterable[Post]) -> tuple[Untraceable, ...]:
    """Return every bullet that fails, with the reason; empty when all is well."""
    known = {post.id: post for post in posts}
    people = list_people(known.values())
    return tuple(
        Untraceable(question=question.label, bullet=bullet, reason=reason)
        for question in summary.questions
        for bullet in question.bullets
        if (
            reason := next(_find_faults(bullet, known), "")
            or find_unfounded(bullet, known, question.text, people)
        )
    )


def find_unfounded(
    bullet: Bullet, posts: Mapping[str, Post], question: str, people: tuple[str, ...]
) -> str:
    """Return why a machine's words may not stand on the parts of their bullet, "" where they may.

    `question` is the wording that it answers, `people` are those of the chat (`list_people`).
    """
    if bullet.origin != "machine":
        return ""
    own = [part.text for part in bullet.parts if part.author == bullet.author]
    others = [part for part in bullet.parts if part.author != bullet.author]
    words = [(posts[bullet.quoted], " ".join(own).replace(LEFT_OUT_MARK, "…"))]
    words += [(posts[part.post], part.text) for part in others]
    sources = [Source(author=post.author, name=post.author_name, text=text) for post, text in words]
    refusal = check_sentence(bullet.text, sources, Known(question=question, people=people))
    return f"{refusal}." if refusal else ""


def _find_faults(bullet: Bullet, known: Mapping[str, Post]) -> Iterator[str]:
    """Yield what is wrong with a bullet, the first fault first."""
    quotes = (*bullet.parts, *bullet.replies)
    named = (bullet.quoted, *bullet.posts, *(one.post for one in quotes))
    missing = [one for one in named if one not in known]
    if missing:
        yield f"post {missing[0]} is not among the chat's posts."
        return
    yield from _find_unfit(dict.fromkeys(named), known)
    yield from _find_changed_words(bullet, known)
    yield from _find_miscounts(bullet, known)


def _find_changed_words(bullet: Bullet, known: Mapping[str, Post]) -> Iterator[str]:
    """Yield where words are not those of the posts, or are credited to somebody else."""
    quotes = [*bullet.parts, *bullet.replies]
    if bullet.origin == "quoted" and not bullet.parts:
        quotes.append(Quote(post=bullet.quoted, author=bullet.author, text=bullet.text))
    for quote in quotes:
        post = known[quote.post]
        if not stands_in(quote.text, post.text):
            yield f"its words do not stand in post {post.id}, which says: “{post.text}”."
        if quote.author != post.author:
            yield f"post {post.id} is by {post.author}, not by {quote.author}."
    if bullet.origin not in ORIGINS:
        yield f"nobody knows whose words “{bullet.origin}” are."
    if bullet.origin != "quoted":
        if not bullet.text.strip():
            yield "it says nothing."
        if bullet.author != known[bullet.quoted].author:
            yield f"post {bullet.quoted} is by {known[bullet.quoted].author}, not {bullet.author}."
    elif bullet.parts:
        if not _is_made_of(bullet.text, bullet.parts):
            yield "its words are not those of its parts."
        if {part.author for part in bullet.parts} != {bullet.author}:
            yield "its parts are not by one author."


def _is_made_of(text: str, parts: Sequence[Quote]) -> bool:
    """Return whether a text is that of its parts, with a mark or none where one follows another."""
    between = rf" (?:{re.escape(LEFT_OUT_MARK)} )?"
    return re.fullmatch(between.join(re.escape(part.text) for part in parts), text) is not None


def _find_miscounts(bullet: Bullet, known: Mapping[str, Post]) -> Iterator[str]:
    """Yield where the posts and the people of a bullet are not what it says they are."""
    if not bullet.posts or bullet.posts[0] != bullet.quoted:
        yield f"post {bullet.quoted}, which it quotes, is not the first of its posts."
    if len(set(bullet.posts)) != len(bullet.posts):
        yield "it names a post twice."
    unnamed = [part.post for part in bullet.parts if part.post not in bullet.posts]
    if unnamed:
        yield f"post {unnamed[0]}, of which it quotes a part, is not among its posts."
    if bullet.quoted in bullet.agreeing or not set(bullet.agreeing) <= set(bullet.posts):
        yield "the posts that only agree with it are not those behind the one that it quotes."
    authors = ((one, known[one].author) for one in bullet.posts)
    voices = count_voices(authors, bullet.agreeing)
    if voices.people != bullet.people:
        yield f"it counts {_count_people(bullet.people)}, and its posts are by {voices.people}."
    if voices.agreed != bullet.agreed:
        agreed = open_catalogue().count(bullet.agreed, "only_agreeing")
        yield f"it counts {agreed}, and there are {voices.agreed}."
    if bullet.kind != voices.kind:
        yield f"it is called {bullet.kind}, and its posts are by {_count_people(voices.people)}."


def _count_people(number: int) -> str:
    return open_catalogue().count(number, "person")


def _find_unfit(named: Iterable[str], known: Mapping[str, Post]) -> Iterator[str]:
    for one in named:
        post = known[one]
        if post.deleted:
            yield f"post {one} was deleted by its author."
        if post.text_lost:
            yield f"the text of post {one} is known not to be its own."
        if post.repost_of:
            yield f"post {one} is a repost of somebody else's words."


def stands_in(words: str, text: str) -> bool:
    """Return whether words stand in a text as one stretch of whole words, white space apart.

    Where they hold LEFT_OUT_MARK, what is on either side of it stands there in the same order.
    """
    said, whole = " ".join(words.split()), " ".join(text.split())
    if find_stretch(said, whole, 0) >= 0:
        return True
    pieces = said.split(f" {LEFT_OUT_MARK} ")
    at = 0
    for piece in pieces:
        at = find_stretch(piece, whole, at)
        if at < 0:
            return False
    return len(pieces) > 1


def find_stretch(said: str, whole: str, at: int) -> int:
    """Return where a stretch of whole words at or after `at` ends; -1 where there is none."""
    at = whole.find(said, at) if said else -1
    while at >= 0:
        end = at + len(said)
        if not _cuts_word(whole, at) and not _cuts_word(whole, end):
            return end
        at = whole.find(said, at + 1)
    return -1


def _cuts_word(text: str, at: int) -> bool:
    """Return whether a cut falls between two letters of a word written in Latin letters."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return before.isalpha() and after.isalpha() and before < "\u0250" and after < "\u0250"
