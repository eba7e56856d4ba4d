"""One look at a chat for every method: its posts in time order and its questions as they came."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from chinwag.model import Chat, Post, Question
from chinwag.steps.reading.inferred_replies import find_links
from chinwag.steps.reading.read_post import ReadPost
from chinwag.text.parts import is_next

_NEAR = timedelta(minutes=20)  # from a post to one that addresses its author
WITHIN = timedelta(minutes=10)  # from one part of what a person says to the next
REACH = 4  # questions back that a post may answer by its time
LATE = 2.0  # units after the last question; a later post may answer any
SURE = 0.6  # a link worked out this surely ties as firmly as one that the source states
_UNIT = 600.0  # seconds from one question to the next, where only one was asked


class ChatView(msgspec.Struct, frozen=True):
    """What the methods look at. A *state* is a place in `questions`, which are in asking order.

    `newest[i]` is the state of the newest question when post i was said, -1 before the first;
    `age[i]` is how many seconds that question had been out. `parent[i]` is the place of the post
    that it answers, -1 for none; `mentioned[i]` is the likely one where only a name or the words
    show it, and `surely[i]` whether that is nearly as good as stated.
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
    going_on: list[bool]  # whether a post plainly goes on from that: "2/2" after "1/2", or "Also"
    moderators: frozenset[str]
    places: dict[str, int]  # id to place
    hashtag: str = ""

    def reach(self, at: int) -> range:
        """Return the states that a post may have by its time: some back, and the one to come.

        Long after the last question it is any: people catch up.
        """
        newest, last = self.newest[at], len(self.questions) - 1
        late = newest == last and self.age[at] > LATE * self.unit
        return range(0 if late else max(0, newest - REACH), min(last, newest + 1) + 1)


def view_chat(chat: Chat, reads: Sequence[ReadPost]) -> ChatView:
    """Return the view of a chat whose questions are found; `reads` are in time order."""
    timed = [(q.asked_at, q) for q in chat.questions if q.asked_at is not None]
    timed.sort(key=lambda pair: pair[0])
    times, questions = [moment for moment, _ in timed], [question for _, question in timed]
    asked = [moment.timestamp() for moment in times]
    posts = [read.post for read in reads]
    newest = _find_newest(posts, questions, times)
    previous = _find_previous(posts)
    parent = _find_parents(posts)
    sure = _find_sure_links(reads, parent)
    likely = _find_mentioned(reads, parent)
    return ChatView(
        posts=posts,
        reads=list(reads),
        questions=questions,
        states={question.label: state for state, question in enumerate(questions)},
        asks=_find_asking(questions),
        numbered=chat.numbered,
        asked=asked,
        unit=_find_unit(questions, asked),
        newest=newest,
        age=_find_ages(posts, newest, times),
        parent=parent,
        mentioned=[sure.get(at, other) for at, other in enumerate(likely)],
        surely=[at in sure for at in range(len(posts))],
        previous=previous,
        going_on=[_goes_on(reads, at, before) for at, before in enumerate(previous)],
        moderators=frozenset(moderator.author for moderator in chat.moderators),
        places={post.id: at for at, post in enumerate(posts)},
        hashtag=chat.hashtag,
    )


def _find_unit(questions: Sequence[Question], asked: Sequence[float]) -> float:
    """Return the seconds between two questions; the parts of one count as one question."""
    numbers = len({question.label.split(".")[0] for question in questions})
    span = asked[-1] - asked[0] if asked else 0.0
    return span / (numbers - 1) if numbers > 1 and span > 0 else _UNIT


def _find_newest(
    posts: Sequence[Post], questions: Sequence[Question], times: Sequence[datetime]
) -> list[int]:
    """Return the newest question that each post can know, -1 before the first."""
    limits = _find_limits(posts, questions)
    return [
        min(bisect_right(times, post.created_at) - 1, limits.get(at, len(questions)))
        for at, post in enumerate(posts)
    ]


def _find_ages(
    posts: Sequence[Post], newest: Sequence[int], times: Sequence[datetime]
) -> list[float]:
    """Return how many seconds the newest question had been out at each post; 0 before the first."""
    return [
        (post.created_at - times[state]).total_seconds() if state >= 0 else 0.0
        for post, state in zip(posts, newest, strict=True)
    ]


def _find_asking(questions: Sequence[Question]) -> dict[str, int]:
    """Return the state that each asking post asks, by its id."""
    return {id_: state for state, question in enumerate(questions) for id_ in question.posts}


def _find_limits(posts: Sequence[Post], questions: Sequence[Question]) -> dict[int, int]:
    """Return the newest question that posts can know which stand just before an asking.

    Where times are rounded to the minute, the order tells what came before it.
    """
    first = {question.posts[0]: state for state, question in enumerate(questions) if question.posts}
    limits: dict[int, int] = {}
    for at, post in enumerate(posts):
        state = first.get(post.id)
        back = at - 1
        while state is not None and back >= 0 and posts[back].created_at == post.created_at:
            limits[back] = min(state - 1, limits.get(back, state))
            back -= 1
    return limits


def _find_previous(posts: Sequence[Post]) -> list[int]:
    """Return the same person's post before each, -1 for none."""
    last: dict[str, int] = {}
    previous: list[int] = []
    for at, post in enumerate(posts):
        author = post.author.lower()
        previous.append(last.get(author, -1))
        last[author] = at
    return previous


def _find_parents(posts: Sequence[Post]) -> list[int]:
    """Return the post that each answers by its source, -1 for none.

    A post whose text is lost hangs on the first of its thread, where no parent is known.
    """
    places = {post.id: at for at, post in enumerate(posts)}
    parents: list[int] = []
    for at, post in enumerate(posts):
        answers = places.get(post.reply_to or "", -1)
        if answers < 0 and post.text_lost:
            answers = places.get(post.thread, -1)
        parents.append(answers if answers != at else -1)
    return parents


def _find_mentioned(reads: Sequence[ReadPost], parent: Sequence[int]) -> list[int]:
    """Return the latest post of the person whom each addresses, -1 where a parent is told.

    There is none either where that post is long ago or nobody's.
    """
    last: dict[str, int] = {}
    mentioned: list[int] = []
    for at, read in enumerate(reads):
        speaks = parent[at] < 0 and not read.post.text_lost and bool(read.addressee)
        other = last.get(read.addressee.lower(), -1) if speaks else -1
        near = other >= 0 and read.created_at - reads[other].created_at <= _NEAR
        mentioned.append(other if near else -1)
        last[read.author.lower()] = at
    return mentioned


def _find_sure_links(reads: Sequence[ReadPost], parent: Sequence[int]) -> dict[int, int]:
    """Return what posts without a parent surely answer, of other people's posts."""
    places = {read.id: at for at, read in enumerate(reads)}
    sure: dict[int, int] = {}
    for link in find_links(reads):
        at, answered = places[link.post], places[link.answers]
        own = reads[at].author == reads[answered].author
        if link.confidence >= SURE and parent[at] < 0 and not own:
            sure[at] = answered
    return sure


def _goes_on(reads: Sequence[ReadPost], at: int, before: int) -> bool:
    """Return whether a post goes on from its author's post before."""
    if before < 0 or reads[at].post.text_lost or reads[before].post.text_lost:
        return False
    says = is_next(reads[at].counter, reads[before].counter) or reads[at].goes_on
    return says and reads[at].created_at - reads[before].created_at < WITHIN
