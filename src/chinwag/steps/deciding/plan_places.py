"""What would be asked to place the posts in doubt: each among those around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chinwag.model import Chat, Decision, Placement, Post
from chinwag.steps.deciding.follow import find_followers, is_told
from chinwag.steps.deciding.prompts import PLACE, PLACE_SCHEMA, write_placing
from chinwag.steps.deciding.requests import Plan, Request, plan_of
from chinwag.steps.deciding.sent import Sender
from chinwag.steps.reading.read_post import read_in_time
from chinwag.steps.summarise.worth import Worths

SURE = 0.99  # a placement of this confidence, the highest there is, is in no doubt
MOST_SHARE = 3  # one post in so many is asked about, at most
MOST_DOUBTFUL = 30  # posts asked about in one message
BEFORE = 8  # posts before each that are sent to read, and
OWN = 2  # of its author's posts before and after


def plan_places(
    chat: Chat,
    posts: Sequence[Post],
    placements: Sequence[Placement],
    *,
    kept: Sequence[Decision] = (),
    model: str = "",
) -> Plan:
    """Return what has to be asked for a model to place the posts in doubt.

    `placements` are the machine's own and people's, without what a model said before (`kept`). The
    parts of a chat without numbered questions follow from its times: there nothing is in doubt.
    """
    sender = Sender(chat, posts, placements)
    placed = {one.post: one for one in placements}
    in_time = [
        post
        for post in sorted(posts, key=lambda post: (post.created_at, post.id))
        if sender.may_send(post)
    ]
    doubtful = find_doubtful(chat, posts, in_time, placed) if chat.numbered else ()
    requests = [
        _make_request(sender, in_time, doubtful[first : first + MOST_DOUBTFUL], placed)
        for first in range(0, len(doubtful), MOST_DOUBTFUL)
    ]
    return plan_of(requests, kept, model, list(sender.withheld))


def find_doubtful(
    chat: Chat, posts: Sequence[Post], sendable: Sequence[Post], placed: Mapping[str, Placement]
) -> Sequence[Post]:
    """Return the posts that are worth asking about, at most a third of the sendable, in time order.

    First come those of which the write-up loses most where they stand wrongly: how likely that is,
    times the grade that an editor would likely give the post. A reply that goes with what it
    answers is not asked about. `posts` are all of the chat.
    """
    asking = {post for question in chat.questions for post in question.posts}
    settled = asking | find_followers(chat, posts, placed).keys()
    doubtful = [
        post
        for post in sendable
        if post.id in placed and post.id not in settled and _is_doubtful(placed[post.id])
    ]
    loss = _weigh_losses(chat, posts, doubtful, placed)
    first = sorted(doubtful, key=lambda post: -loss[post.id])[: len(sendable) // MOST_SHARE]
    chosen = {post.id for post in first}
    return [post for post in doubtful if post.id in chosen]


def _weigh_losses(
    chat: Chat,
    posts: Sequence[Post],
    doubtful: Sequence[Post],
    placed: Mapping[str, Placement],
) -> dict[str, float]:
    reads = read_in_time(posts) if doubtful else ()
    worths, read_of = Worths(chat, reads), {read.id: read for read in reads}
    return {
        post.id: (1 - placed[post.id].confidence) * worths.weigh([read_of[post.id]])
        for post in doubtful
    }


def _is_doubtful(placement: Placement) -> bool:
    found = placement.question is not None
    return found and not is_told(placement) and placement.confidence < SURE


def _make_request(
    sender: Sender,
    posts: Sequence[Post],
    doubtful: Sequence[Post],
    placed: Mapping[str, Placement],
) -> Request:
    sent = sorted(set(_list_around(posts, doubtful)))
    numbered, rows = sender.number([posts[at] for at in sent], whole=True)
    asked = {post.id for post in doubtful}
    numbers = [number for number, post in numbered.items() if post.id in asked]
    return Request(
        task="place",
        question="",
        labels=frozenset(one.label for one in sender.chat.questions),
        posts=numbered,
        doubtful=frozenset(numbers),
        placed=placed,
        at_most=0,
        instructions=PLACE,
        schema=PLACE_SCHEMA,
        message=write_placing(sender.list_questions(), rows, numbers),
    )


def _list_around(posts: Sequence[Post], doubtful: Sequence[Post]) -> Iterator[int]:
    """Yield the places of the posts in doubt, and of those that help to place them."""
    places = {post.id: at for at, post in enumerate(posts)}
    by_author: dict[str, list[int]] = {}
    for at, post in enumerate(posts):
        by_author.setdefault(post.author, []).append(at)
    for post in doubtful:
        at = places[post.id]
        yield from range(max(0, at - BEFORE), at + 1)
        own = by_author[post.author]
        here = own.index(at)
        yield from own[max(0, here - OWN) : here + OWN + 1]
        if post.reply_to in places:
            yield places[post.reply_to]
