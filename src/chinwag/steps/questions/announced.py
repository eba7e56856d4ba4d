"""What a host announced asks its question, whatever the post's words look like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from chinwag.model import Chat, Post, Question, Sent


def mark_announced(chat: Chat, posts: Sequence[Post], sent: Iterable[Sent]) -> Chat:
    """Return the chat with the announcements among its posts as the first askings.

    Run it after `find_questions`. A question that is out on several networks is asked by each of
    those posts.
    """
    there = {id_: post for post in posts for id_ in (post.id, *post.aliases) if not post.deleted}
    asking: dict[str, list[Post]] = {}
    for one in sent:
        post = there.get(one.id)
        if one.question and post is not None:
            asking.setdefault(one.question, []).append(post)
    if not asking:
        return chat
    taken = {post.id: label for label, found in asking.items() for post in found}
    questions = tuple(_mark(question, asking, taken) for question in chat.questions)
    return msgspec.structs.replace(chat, questions=questions)


def _mark(question: Question, asking: dict[str, list[Post]], taken: dict[str, str]) -> Question:
    announced = sorted(asking.get(question.label, ()), key=lambda post: (post.created_at, post.id))
    found = [id_ for id_ in question.posts if taken.get(id_, question.label) == question.label]
    ids = tuple(dict.fromkeys((*(post.id for post in announced), *found)))
    if ids == question.posts or not announced:
        return msgspec.structs.replace(question, posts=ids)
    times = [announced[0].created_at, *([question.asked_at] if question.asked_at else ())]
    return msgspec.structs.replace(question, posts=ids, asked_at=min(times))
