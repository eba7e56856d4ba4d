"""The posts of a running chat, kept in time order, and which of them hang together."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from chinwag.model import Chat, Post, Question
from chinwag.steps.reading.moment import find_line, find_number
from chinwag.steps.reading.view import WITHIN

_Place: TypeAlias = tuple[datetime, int, str, int, str]

# Posts in a post's context: up the thread, earlier ones by its author and by each person whom it
# mentions, and just before it.
_NEAR = 4


class PostIndex:
    """Posts by time, id, author and what they answer. Every look-up takes microseconds."""

    def __init__(self) -> None:
        """Begin with no post."""
        self.posts: list[Post] = []  # in time order
        self._places: list[_Place] = []  # the place of each of `posts`
        self._known: dict[str, Post] = {}
        self._by_author: defaultdict[str, list[_Place]] = defaultdict(list)
        self._answers: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def find(self, identifier: str) -> Post | None:
        """Return the post of an id, None where there is none."""
        return self._known.get(identifier)

    def put(self, post: Post) -> Post | None:
        """Take a post in; return the earlier state of it, None where it is new."""
        before = self.drop(post.id)
        place = _find_place(post)
        at = bisect_left(self._places, place)
        self._places.insert(at, place)
        self.posts.insert(at, post)
        self._known[post.id] = post
        insort(self._by_author[post.author.lower()], place)
        for answered in _list_answered(post):
            self._answers[answered][post.id] = None
        return before

    def drop(self, identifier: str) -> Post | None:
        """Take a post out and return it, None where it was not there."""
        post = self._known.pop(identifier, None)
        if post is None:
            return None
        place = _find_place(post)
        at = bisect_left(self._places, place)
        del self._places[at], self.posts[at]
        own = self._by_author[post.author.lower()]
        del own[bisect_left(own, place)]
        for answered in _list_answered(post):
            self._answers[answered].pop(post.id, None)
        return post

    def find_around(self, posts: Sequence[Post], number: int) -> list[Post]:
        """Return some posts, with as many before and after the first of them, in time order."""
        at = bisect_left(self._places, _find_place(posts[0]))
        near = self.posts[max(0, at - number) : at + number + 1]
        found = {post.id: post for post in (*posts, *near)}
        return sorted(found.values(), key=_find_place)

    def find_depending(self, post: Post) -> list[Post]:
        """Return what hangs on a post: its replies, and what its author said next."""
        replies = [self._known[identifier] for identifier in self._answers.get(post.id, ())]
        own = self._by_author.get(post.author.lower(), [])
        at = bisect_left(own, _find_place(post))
        following = [self._known[place[-1]] for place in own[at : at + 2] if place[-1] != post.id]
        return [*replies, *following[:1]]

    def find_context(self, posts: Sequence[Post], more: Sequence[Post] = ()) -> list[Post]:
        """Return some posts with what they hang on, and `more`, in time order."""
        found = {post.id: post for post in (*posts, *more)}
        for post in posts:
            found.update((other.id, other) for other in self._list_before(post))
        return sorted(found.values(), key=_find_place)

    def find_since(self, moment: datetime) -> list[Post]:
        """Return the posts that may answer a question asked at a moment, in time order."""
        return self.posts[bisect_left(self._places, (moment - WITHIN, 0, "", 0, "")) :]

    def list_back(self, post: Post, number: int) -> Iterator[Post]:
        """Return at most `number` posts before one, the latest first."""
        at = bisect_left(self._places, _find_place(post))
        return reversed(self.posts[max(0, at - number) : at])

    def find_said_by(self, author: str) -> list[Post]:
        """Return the posts of a person, in time order."""
        return [self._known[place[-1]] for place in self._by_author.get(author.lower(), ())]

    def _list_before(self, post: Post) -> Iterator[Post]:
        """Return what a post hangs on: what was said before it near by, to it or by its author."""
        place = _find_place(post)
        at = bisect_left(self._places, place)
        yield from self.posts[max(0, at - _NEAR) : at]
        yield from self._list_last(post.author, place, _NEAR)
        for name in {post.reply_to_author, *post.mentions} - {""}:
            yield from self._list_last(name, place, _NEAR)
        quoted = self.find(post.quote_of)
        if quoted is not None:
            yield quoted
        yield from self._list_ancestors(post)

    def _list_ancestors(self, post: Post) -> Iterator[Post]:
        above = post
        for _ in range(_NEAR):
            named = _list_answered(above)
            found = self.find(named[0]) if named else None
            if found is None:
                return
            above = found
            yield above

    def _list_last(self, author: str, place: _Place, number: int) -> list[Post]:
        own = self._by_author.get(author.lower(), [])
        at = bisect_left(own, place)
        return [self._known[other[-1]] for other in own[max(0, at - number) : at]]


def find_moved(index: PostIndex, before: Chat, after: Chat) -> list[Post]:
    """Return the posts that may belong elsewhere after the questions changed, in time order."""
    if before.numbered != after.numbered:
        return index.posts
    moved = _find_said_by_new_hosts(index, before, after)
    moments = _list_moments(index, before, after)
    if moments:
        moved.update((post.id, post) for post in index.find_since(min(moments)))
    return sorted(moved.values(), key=_find_place)


def _find_said_by_new_hosts(index: PostIndex, before: Chat, after: Chat) -> dict[str, Post]:
    """Return the posts of whoever is a host in one of two chats alone, by id."""
    earlier = {moderator.author for moderator in before.moderators}
    later = {moderator.author for moderator in after.moderators}
    return {post.id: post for host in sorted(earlier ^ later) for post in index.find_said_by(host)}


def _list_moments(index: PostIndex, before: Chat, after: Chat) -> list[datetime]:
    """Return the moments from which on some question is another than it was."""
    earlier = {question.label: question for question in before.questions}
    later = {question.label: question for question in after.questions}
    return [
        moment
        for label in {**earlier, **later}
        for moment in _list_moved(index, earlier.get(label), later.get(label))
    ]


def _list_moved(
    index: PostIndex, before: Question | None, after: Question | None
) -> list[datetime]:
    """Return the moments from which on a question is another than it was."""
    if before is None or after is None:
        return _list_asked(before, after)
    is_same = before.asked_at == after.asked_at and _tell_wording(before) == _tell_wording(after)
    if not is_same:
        return _list_asked(before, after)
    again = map(index.find, set(before.posts) ^ set(after.posts))
    return [post.created_at for post in again if post is not None]


def _list_asked(*questions: Question | None) -> list[datetime]:
    there = (question for question in questions if question is not None)
    return [question.asked_at for question in there if question.asked_at is not None]


def _tell_wording(question: Question) -> str:
    """Return what a question asks; the name of a stretch of time asks nothing."""
    return "" if question.by == "time" and not question.posts else question.text


def _find_place(post: Post) -> _Place:
    """Return a post's place in time; within one moment by its number, else by its file's lines."""
    return post.created_at, find_number(post), *find_line(post), post.id


def _list_answered(post: Post) -> list[str]:
    """Return the id that a post answers, then that of its thread's first where its text is lost."""
    thread = post.thread if post.text_lost else ""
    return [named for named in (post.reply_to, thread) if named and named != post.id]
