"""What would be asked to choose the points: the posts of each question, long ones in parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chinwag.model import Chat, Decision, Placement, Post, Question
from chinwag.steps.deciding.prompts import CHOOSE, CHOOSE_SCHEMA, write_choosing
from chinwag.steps.deciding.requests import Plan, Request, plan_of
from chinwag.steps.deciding.sent import LONGEST_TEXT, Sender
from chinwag.steps.tracing.askings import asks_question

MOST_POSTS = 90  # of one message
MOST_LETTERS = 24_000  # of the posts of one message
OVERLAP = 12  # posts at the end of a part that open the next one, too


def plan_choices(
    chat: Chat,
    posts: Sequence[Post],
    placements: Sequence[Placement],
    *,
    kept: Sequence[Decision] = (),
    model: str = "",
) -> Plan:
    """Return what has to be asked for a model to choose the points of every question.

    What it was asked before, word for word (`kept`), is not asked again. Posts that ask, that were
    deleted, passed on or taken for spam, or that speak to a machine are not sent.
    """
    sender = Sender(chat, posts, placements)
    placed = {one.post: one for one in placements}
    in_time = sorted(posts, key=lambda post: (post.created_at, post.id))
    requests = [
        _make_request(sender, question, part, placed)
        for question in chat.questions
        for part in split_parts(_list_sendable(sender, question, in_time, placed))
    ]
    return plan_of(requests, kept, model, list(sender.withheld))


def split_parts(posts: Sequence[Post]) -> Iterator[Sequence[Post]]:
    """Yield posts in parts that fit into a message each; the end of one opens the next."""
    start = 0
    while start < len(posts):
        end, letters = start, 0
        while end < len(posts) and end - start < MOST_POSTS:
            letters += min(len(posts[end].text), LONGEST_TEXT)
            if letters > MOST_LETTERS and end > start:
                break
            end += 1
        yield posts[start:end]
        if end == len(posts):
            return
        start = max(start + 1, end - OVERLAP)


def _list_sendable(
    sender: Sender, question: Question, posts: Sequence[Post], placed: dict[str, Placement]
) -> list[Post]:
    """Return the posts on a question that do not ask it and may be sent, in time order."""
    found = []
    for post in posts:
        placement = placed.get(post.id)
        if placement is None or placement.question != question.label:
            continue
        if asks_question(placement, question.posts):
            continue
        if sender.may_send(post) and sender.has_words(post):
            found.append(post)
    return found


def _make_request(
    sender: Sender, question: Question, posts: Sequence[Post], placed: dict[str, Placement]
) -> Request:
    numbered, rows = sender.number(posts)
    most = sender.chat.most_bullets
    questions = sender.list_questions()
    return Request(
        task="choose",
        question=question.label,
        labels=frozenset(one.label for one in sender.chat.questions),
        posts=numbered,
        doubtful=frozenset(numbered),
        placed=placed,
        at_most=most,
        instructions=CHOOSE,
        schema=CHOOSE_SCHEMA,
        message=write_choosing(question.label, questions, rows, most),
    )
