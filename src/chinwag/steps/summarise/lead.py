"""Leads: what the points below do not say themselves.

The lead of a question tells why there are no points: nobody spoke, nobody answered, or nothing can
be quoted. Where there are points it is silent, and repeats none of them. The lead of a chat, which
stands far above, counts, quotes one point, and names what came up most. Every figure can be
counted by hand from the posts: people are authors of answers and replies, and whoever only agrees.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chinwag.model import Bullet, Note, Post, QuestionSummary, Theme, make_note
from chinwag.steps.reading.people import People
from chinwag.steps.summarise.statement import Statement

ANSWERING_KINDS = frozenset({"answer", "reply", "agreement"})
MOST_IN_CHAT = 3  # phrases that the lead of a chat names
SEVERAL = 3  # people behind a point; with so many it comes before the best one
SHORT_QUOTE = 30  # words of a point that the lead of a chat may quote: it never cuts one


def write_lead(bullets: Sequence[Bullet], statements: Sequence[Statement]) -> tuple[Note, ...]:
    """Return the lead of a question whose `statements` became `bullets`, a note a sentence."""
    if not statements:
        return (make_note("silent"),)
    answers = [one for one in statements if one.kind in ANSWERING_KINDS]
    people = len({one.post.author for one in answers})
    if not people:
        return (make_note("unanswered"),)
    if bullets:
        return ()
    posts = sum(len(one.posts) for one in answers)
    return make_note("answered", people=people, posts=posts), make_note("nothing-to-quote")


def lead_chat(
    questions: Sequence[QuestionSummary],
    posts: Sequence[Post],
    worth: Mapping[str, float],
    accounts: People | None = None,
) -> tuple[Note, ...]:
    """Return the lead of a whole chat, a note a sentence; `posts` are all of it but spam.

    `worth` tells for the posts that are quoted what an editor would think of them (0 to 1).
    `accounts` tell which are one person's. Reposts for originals that are missing are not speech.
    """
    said = [post for post in posts if not (post.deleted or post.repost_of)]
    if not said:
        return (make_note("chat-silent"),)
    people = (accounts or People()).count(said)
    answered = sum(1 for question in questions if question.posts)
    if not answered:
        return (make_note("chat-unanswered", people=people, posts=len(said)),)
    return (
        make_note("chat-answered", people=people, posts=len(said), questions=answered),
        *_tell_best(questions, worth),
        *_name_themes([theme for question in questions for theme in question.themes]),
    )


def _tell_best(questions: Sequence[QuestionSummary], worth: Mapping[str, float]) -> Iterator[Note]:
    """Yield the point behind which most people stand or, where few stand together, the best one."""
    bullets = [
        bullet
        for question in questions
        for bullet in question.bullets
        if len(bullet.text.split()) <= SHORT_QUOTE
    ]

    def rank(bullet: Bullet) -> tuple[int, float]:
        heard = bullet.people + bullet.agreed
        return heard if heard >= SEVERAL else 0, worth.get(bullet.quoted, 0.0)

    best = max(bullets, key=rank, default=None)
    if best is not None and best.people >= SEVERAL:
        yield make_note("chat-says", people=best.people, quote=best.text)
    elif best is not None:
        yield make_note("chat-said", quote=best.text, author=best.author)


def _name_themes(themes: Sequence[Theme]) -> Iterator[Note]:
    """Yield the phrases that most people used, each once."""
    named: dict[str, int] = {}
    for theme in sorted(themes, key=lambda theme: -theme.people):
        named.setdefault(theme.phrase, theme.people)
    if named:
        yield make_note("named-most", words=dict(list(named.items())[:MOST_IN_CHAT]))
