"""The summary with a model's wordings in it, each checked again at the moment it is put there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from chinwag.model import Bullet, Chat, Post, Quote, Rewording, Summary
from chinwag.steps.rewording.sources import find_sources
from chinwag.steps.tracing.check_sources import find_unfounded
from chinwag.steps.tracing.claims import list_people
from chinwag.text.words import split_words


def match_rewordings(
    wordings: Sequence[Rewording], model: str = ""
) -> Callable[[str, Bullet], Rewording | None]:
    """Return a finder of the latest wording for a bullet of a question, by `model` where given.

    A wording belongs to a bullet with the same words of the same posts, and to no other.
    """
    known = {
        (one.question, one.quoted, one.posts, one.point): one
        for one in wordings
        if model in ("", one.model)
    }
    return lambda question, bullet: known.get((question, bullet.quoted, bullet.posts, bullet.text))


def keep_rewordings(wordings: Iterable[Rewording], posts: Iterable[Post]) -> tuple[Rewording, ...]:
    """Return the wordings whose posts are all still there: what is taken out takes them with it."""
    there = {post.id for post in posts if not post.deleted}
    return tuple(one for one in wordings if there.issuperset({*one.posts, *one.rests_on}))


def apply_rewordings(
    chat: Chat, summary: Summary, posts: Sequence[Post], wordings: Sequence[Rewording]
) -> Summary:
    """Return the summary in which each wording that stands replaces its bullet's own words.

    Counts, posts and authors stay those of the bullet. Of two bullets that would read the same the
    second keeps its own words.
    """
    find = match_rewordings(wordings)
    by_id = {post.id: post for post in posts}
    people = list_people(posts)
    handles = frozenset(post.author.casefold() for post in posts)
    questions = []
    for question in summary.questions:
        said: set[tuple[str, ...]] = set()
        bullets = []
        for bullet in question.bullets:
            wording = find(question.label, bullet)
            if wording and _may_stand(bullet, wording, by_id):
                worded = _reword(bullet, wording, by_id, chat.hashtag, handles)
                words = split_words(worded.text)
                if words not in said and not find_unfounded(worded, by_id, question.text, people):
                    bullet = worded
                    said.add(words)
            bullets.append(bullet)
        questions.append(msgspec.structs.replace(question, bullets=tuple(bullets)))
    return msgspec.structs.replace(summary, questions=tuple(questions))


def _may_stand(bullet: Bullet, wording: Rewording, posts: Mapping[str, Post]) -> bool:
    """Return whether a wording says something and rests on posts that its bullet still has."""
    behind = [posts[one] for one in wording.rests_on if one in posts and one in bullet.posts]
    return (
        bool(wording.said)
        and bullet.origin == "quoted"
        and bullet.quoted in wording.rests_on
        and len(behind) == len(wording.rests_on)
        and not any(post.deleted for post in behind)
    )


def _reword(
    bullet: Bullet,
    wording: Rewording,
    posts: Mapping[str, Post],
    hashtag: str,
    people: frozenset[str],
) -> Bullet:
    """Return the bullet in the model's words, with the words that they rest on as its parts."""
    own = Quote(post=bullet.quoted, author=bullet.author, text=bullet.text)
    others = [
        Quote(post=sent.post, author=sent.source.author, text=sent.source.text)
        for sent in find_sources(bullet, posts, hashtag, people)[1:]
        if sent.post in wording.rests_on
    ]
    parts = (*(bullet.parts or (own,)), *others)
    return msgspec.structs.replace(bullet, text=wording.said, origin="machine", parts=parts)
