"""Surroundings: where in its chat a post was said, and who speaks to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from chinwag.steps.reading.read_post import ReadPost
from chinwag.steps.reading.view import ChatView

LABELLING = 0.08  # share of the posts with an answer's number, from which one is expected
LABELLERS = 3  # people who number their answers, at least
CLOSING = 120  # seconds after which most count as having answered the last question
USUAL_WAIT = 120.0
WAITS = tuple(15 * 2**power for power in range(7))  # seconds since the newest question was asked


class Surroundings(msgspec.Struct, frozen=True):
    """Where in its chat a post was said.

    `first` tells that it is its author's first post, `early` that no question was out yet,
    `closing` that the last one had been out for CLOSING seconds, `host` that a moderator says it.
    `to` is whom it answers: "asking" (a post that asks), "host", "self", "other", "unknown"
    (nobody of the chat) or "" (it speaks to everybody). `waited` is the seconds since the newest
    question, None before the first. `numbered` tells that the chat's questions bear numbers,
    `labels_expected` that its people number their answers. `hashtag` is the chat's.
    """

    first: bool = True
    early: bool = False
    closing: bool = False
    host: bool = False
    to: str = ""
    waited: float | None = None
    numbered: bool = True
    labels_expected: bool = False
    hashtag: str = ""


ANYWHERE = Surroundings(first=False, waited=USUAL_WAIT)  # amid the talk


def expects_labels(reads: Collection[ReadPost]) -> bool:
    """Return whether people number their answers in a chat of these posts."""
    labelled = [read for read in reads if is_labelled(read)]
    people = {read.author for read in labelled}
    return len(people) >= LABELLERS and len(labelled) >= LABELLING * len(reads)


def is_labelled(read: ReadPost) -> bool:
    """Return whether its author wrote an answer's number on a post."""
    return any(label.role == "answer" for label in read.labels)


def surround(view: ChatView, at: int, *, labels_expected: bool = False) -> Surroundings:
    """Return the surroundings of the post at a place of a chat.

    Where questions have no numbers, they are themselves found by the kinds of posts, so nothing is
    said about them.
    """
    newest, age = view.newest[at], view.age[at]
    asked = view.numbered and bool(view.questions)
    return Surroundings(
        first=view.previous[at] < 0,
        early=asked and newest < 0,
        closing=asked and newest == len(view.questions) - 1 and age > CLOSING,
        host=view.posts[at].author in view.moderators,
        to=_tell_addressee(view, at),
        waited=_find_wait(view, newest, age),
        numbered=view.numbered,
        labels_expected=labels_expected,
        hashtag=view.hashtag,
    )


def _find_wait(view: ChatView, newest: int, age: float) -> float | None:
    """Return how long the newest question had been out; USUAL_WAIT where no time is known."""
    if not view.numbered:
        return None
    if not view.questions:
        return USUAL_WAIT
    return age if newest >= 0 else None


def _tell_addressee(view: ChatView, at: int) -> str:
    told, answered = view.parent[at], max(view.parent[at], view.mentioned[at])
    if view.numbered and told >= 0 and view.posts[told].id in view.asks:
        return "asking"
    if answered < 0:
        return "unknown" if view.reads[at].replies else ""
    author = view.posts[answered].author
    if author == view.posts[at].author:
        return "self"
    return "host" if author in view.moderators else "other"


def list_stance(around: Surroundings) -> Iterator[str]:
    """Yield who speaks to whom, and how long after the question, as names of features."""
    who = "host" if around.host else "guest"
    yield who
    yield f"to={around.to}"
    yield f"{who} to={around.to}"
    yield "numbered" if around.numbered else "numberless"
    if around.waited is not None:
        yield from (f"waited>{least}" for least in WAITS if around.waited > least)


def list_occasion(around: Surroundings) -> Iterator[str]:
    """Yield whether people come, go or wait for the first question, as names of features."""
    who = "host" if around.host else "guest"
    flags = {"first": around.first, "early": around.early, "closing": around.closing}
    for name, there in flags.items():
        if there:
            yield name
            yield f"{who} {name}"
