"""One look at a chat for every method: its posts in time order and its questions as they came."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import timedelta

import msgspec

from chinwag.model import Chat, Post, Question
from chinwag.steps.reading.inferred_replies import find_links
from chinwag.steps.reading.read_post import ReadPost
from chinwag.text.parts import is_next

NEXT_PART, GOES_ON = "next part", "goes on"

_NEAR = timedelta(minutes=20)
_PARTS_WITHIN = timedelta(minutes=10)  # from one numbered part to the next
_GOES_ON_WITHIN = timedelta(minutes=5)  # from a post to one that opens with "Also"
_REACH = 4  # questions back that a post may answer by its time
_CATCHING_UP = 2.0  # units after the last question: who comes now may answer any
_SURE = 0.6  # a reply that is worked out so surely ties as firmly as one that the source tells
_UNIT = 600.0  # seconds from one question to the next, where only one was asked


class ChatView(msgspec.Struct, frozen=True):
    """What the methods look at. A *state* is a place in `questions`, which are in asking order.

    `newest[i]` is the state of the newest question when post i was said, -1 before the first;
    `age[i]` how many seconds it had been out. `parent[i]` is the post that it answers, by its
    place, -1 for none; `mentioned[i]` the likely one where only a leading mention tells, and
    `surely[i]` whether that is nearly as good as told.
    """

    posts: list[Post]
    reads: list[ReadPost]  # of `posts`, one by one
    questions: list[Question]
    states: dict[str, int]  # label to state
    asks: dict[str, int]  # id of an asking post to state
    numbered: bool
    asked: list[float]  # when each question was asked, in seconds
    unit: float  # seconds from one question to the next, on average
    newest: list[int]
    age: list[float]
    parent: list[int]
    mentioned: list[int]
    surely: list[bool]
    previous: list[int]  # the same person's post before, -1 for none
    going_on: list[str]  # how a post plainly goes on from that: NEXT_PART, GOES_ON or ""
    moderators: frozenset[str]
    places: dict[str, int]  # id to place

    def reach(self, at: int) -> range:
        """Return the states that a post may have by its time: some back, and the one to come.

        Long after the last question it is any: people catch up.
        """
        newest, last = self.newest[at], len(self.questions) - 1
        late = newest == last and self.age[at] > _CATCHING_UP * self.unit
        return range(0 if late else max(0, newest - _REACH), min(last, newest + 1) + 1)


def view_chat(chat: Chat, reads: Sequence[ReadPost]) -> ChatView:
    """Return the view of a chat whose questions are found; `reads` are in time order."""
    asked = [q for q in chat.questions if q.asked_at is not None]
    questions = sorted(asked, key=lambda q: q.asked_at)  # type: ignore[arg-type,return-value]
    times = [q.asked_at for q in questions]
    asked_at = [moment.timestamp() for moment in times]  # type: ignore[union-attr]
    ordered = [read.post for read in reads]
    newest = [bisect_right(times, post.created_at) - 1 for post in ordered]  # type: ignore[type-var]
    _hold_back(ordered, questions, newest)
    parent, mentioned, previous = _find_ties(reads)
    surely = _sharpen(reads, parent, mentioned)
    return ChatView(
        posts=ordered,
        reads=list(reads),
        questions=questions,
        states={question.label: state for state, question in enumerate(questions)},
        asks={id_: state for state, question in enumerate(questions) for id_ in question.posts},
        numbered=chat.numbered,
        asked=asked_at,
        unit=_find_unit(questions, asked_at),
        newest=newest,
        age=[
            (post.created_at - times[at]).total_seconds() if at >= 0 else 0.0  # type: ignore[operator]
            for post, at in zip(ordered, newest, strict=True)
        ],
        parent=parent,
        mentioned=mentioned,
        surely=surely,
        previous=previous,
        going_on=[_find_going_on(reads, at, before) for at, before in enumerate(previous)],
        moderators=frozenset(moderator.author for moderator in chat.moderators),
        places={post.id: at for at, post in enumerate(ordered)},
    )


def _find_going_on(reads: Sequence[ReadPost], at: int, before: int) -> str:
    """Return how a post goes on from its author's post before: "2/2" after "1/2", or "Also"."""
    if before < 0 or reads[at].post.text_lost or reads[before].post.text_lost:
        return ""
    passed = reads[at].created_at - reads[before].created_at
    if is_next(reads[at].counter, reads[before].counter):
        return NEXT_PART if passed < _PARTS_WITHIN else ""
    return GOES_ON if passed < _GOES_ON_WITHIN and reads[at].goes_on else ""


def _find_unit(questions: Sequence[Question], asked_at: Sequence[float]) -> float:
    """Give the seconds between two questions; the parts of one count as one question."""
    numbers = len({question.label.split(".")[0] for question in questions})
    span = asked_at[-1] - asked_at[0] if asked_at else 0.0
    return span / (numbers - 1) if numbers > 1 and span > 0 else _UNIT


def _hold_back(posts: list[Post], questions: list[Question], newest: list[int]) -> None:
    """Where times are rounded to the minute, let the order say what came before the asking."""
    first = {question.posts[0]: state for state, question in enumerate(questions) if question.posts}
    places = {first[post.id]: at for at, post in enumerate(posts) if post.id in first}
    for state, at in places.items():
        back = at - 1
        while back >= 0 and posts[back].created_at == posts[at].created_at:
            if newest[back] >= state:
                newest[back] = state - 1
            back -= 1


def _find_ties(reads: Sequence[ReadPost]) -> tuple[list[int], list[int], list[int]]:
    """Give, for each post, the one it answers, the one it likely answers, its author's last."""
    places = {read.id: at for at, read in enumerate(reads)}
    last: dict[str, int] = {}
    parent: list[int] = []
    mentioned: list[int] = []
    previous: list[int] = []
    for at, read in enumerate(reads):
        post = read.post
        answers = places.get(post.reply_to or "", -1)
        if answers < 0 and post.text_lost:
            answers = places.get(post.thread, -1)
        parent.append(answers if answers != at else -1)
        mentioned.append(_find_mentioned(read, reads, last) if parent[-1] < 0 else -1)
        previous.append(last.get(post.author.lower(), -1))
        last[post.author.lower()] = at
    return parent, mentioned, previous


def _sharpen(reads: Sequence[ReadPost], parent: list[int], mentioned: list[int]) -> list[bool]:
    """Put what a post surely answers in the place of the latest post of whom it names."""
    places = {read.id: at for at, read in enumerate(reads)}
    surely = [False] * len(reads)
    for link in find_links(reads):
        at, answered = places[link.post], places[link.answers]
        own = reads[at].author == reads[answered].author
        if link.confidence >= _SURE and parent[at] < 0 and not own:
            mentioned[at], surely[at] = answered, True
    return surely


def _find_mentioned(read: ReadPost, reads: Sequence[ReadPost], last: dict[str, int]) -> int:
    """Return the latest post of the person addressed, -1 where that is long ago or nobody's."""
    if read.post.text_lost or not read.addressee:
        return -1
    at = last.get(read.addressee.lower(), -1)
    near = at >= 0 and read.created_at - reads[at].created_at <= _NEAR
    return at if near else -1
