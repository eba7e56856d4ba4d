"""The posts of a running chat, kept in time order, and which of them hang together."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from chinwag.model import Chat, Post, Question

_Place: TypeAlias = tuple[datetime, int, str, int, str]

_LONG = 15  # digits of an id that counts upwards in time
_ANCESTORS = 4  # posts up a thread that are looked at
_OWN = 3  # posts that their author said before
_OTHERS = 2  # posts of each person mentioned
_JUST_BEFORE = 4  # posts said just before, by anybody
_AHEAD = timedelta(minutes=10)  # a question is answered so long before it is asked, at most


class PostIndex:
    """Posts by time, id, author and what they answer; putting and finding cost next to nothing."""

    def __init__(self) -> None:
        """Begin with no post."""
        self.posts: list[Post] = []  # in time order
        self._places: list[_Place] = []  # of `posts`, one by one
        self._known: dict[str, Post] = {}
        self._by_author: defaultdict[str, list[_Place]] = defaultdict(list)
        self._answers: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def find(self, identifier: str) -> Post | None:
        """Give the post of an id, None where there is none."""
        return self._known.get(identifier)

    def put(self, post: Post) -> Post | None:
        """Take a post in; give the state of it that it replaces, if there was one."""
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
        """Take a post out; give it, None where it was not there."""
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

    def find_around(self, posts: Sequence[Post], before: int, after: int) -> list[Post]:
        """Give some posts with so many around the first, in time order."""
        at = bisect_left(self._places, _find_place(posts[0]))
        near = self.posts[max(0, at - before) : at + after + 1]
        found = {post.id: post for post in (*posts, *near)}
        return sorted(found.values(), key=_find_place)

    def find_depending(self, post: Post) -> list[Post]:
        """Give what hangs on a post: its replies, and what its author said next."""
        replies = [self._known[identifier] for identifier in self._answers.get(post.id, ())]
        own = self._by_author.get(post.author.lower(), [])
        at = bisect_left(own, _find_place(post))
        following = [self._known[place[-1]] for place in own[at : at + 2] if place[-1] != post.id]
        return [*replies, *following[:1]]

    def find_context(self, posts: Sequence[Post], more: Sequence[Post] = ()) -> list[Post]:
        """Give some posts with what they hang on, and `more`, in time order."""
        found = {post.id: post for post in (*posts, *more)}
        for post in posts:
            found.update((other.id, other) for other in self._list_before(post))
        return sorted(found.values(), key=_find_place)

    def find_since(self, moment: datetime) -> list[Post]:
        """Give the posts that may answer a question asked at a moment, in time order."""
        return self.posts[bisect_left(self._places, (moment - _AHEAD, 0, "", 0, "")) :]

    def list_back(self, post: Post, number: int) -> Iterator[Post]:
        """Give so many posts before one, the latest first."""
        at = bisect_left(self._places, _find_place(post))
        return reversed(self.posts[max(0, at - number) : at])

    def find_said_by(self, author: str) -> list[Post]:
        """Give the posts of a person, in time order."""
        return [self._known[place[-1]] for place in self._by_author.get(author.lower(), ())]

    def _list_before(self, post: Post) -> Iterator[Post]:
        place = _find_place(post)
        at = bisect_left(self._places, place)
        yield from self.posts[max(0, at - _JUST_BEFORE) : at]
        yield from self._list_last(post.author, place, _OWN)
        for name in {post.reply_to_author, *post.mentions} - {""}:
            yield from self._list_last(name, place, _OTHERS)
        quoted = self.find(post.quote_of)
        if quoted is not None:
            yield quoted
        above = post
        for _ in range(_ANCESTORS):
            parents = [self.find(identifier) for identifier in _list_answered(above)]
            if not parents or parents[0] is None:
                break
            above = parents[0]
            yield above

    def _list_last(self, author: str, place: _Place, number: int) -> list[Post]:
        own = self._by_author.get(author.lower(), [])
        at = bisect_left(own, place)
        return [self._known[other[-1]] for other in own[max(0, at - number) : at]]


def find_moved(index: PostIndex, before: Chat, after: Chat) -> list[Post]:
    """Give the posts that may belong elsewhere after the questions changed, in time order."""
    if before.numbered != after.numbered:
        return index.posts
    known = {question.label: question for question in before.questions}
    found = {question.label: question for question in after.questions}
    moments = [
        moment
        for label in {**known, **found}
        for moment in _list_moved(index, known.get(label), found.get(label))
    ]
    hosts = {m.author for m in before.moderators} ^ {m.author for m in after.moderators}
    moved = {post.id: post for host in sorted(hosts) for post in index.find_said_by(host)}
    if moments:
        moved.update((post.id, post) for post in index.find_since(min(moments)))
    return sorted(moved.values(), key=_find_place)


def _list_moved(
    index: PostIndex, before: Question | None, after: Question | None
) -> list[datetime]:
    """Give the moments from which on a question is another than it was."""
    if before is None or after is None:
        only = before or after
        return [only.asked_at] if only and only.asked_at else []
    if before.asked_at != after.asked_at or _tell_wording(before) != _tell_wording(after):
        return [q.asked_at for q in (before, after) if q.asked_at]
    again = map(index.find, set(before.posts) ^ set(after.posts))
    return [post.created_at for post in again if post is not None]


def _tell_wording(question: Question) -> str:
    """Give what a question asks; the name of a stretch of time asks nothing."""
    return "" if question.by == "time" and not question.posts else question.text


def _find_place(post: Post) -> _Place:
    """Give a post's place in time; within one moment as `steps/collect/order` reads it."""
    number = int(post.id) if post.id.isdecimal() and len(post.id) >= _LONG else 0
    seen = post.sightings[0] if post.sightings else None
    return post.created_at, number, *((seen.address, seen.line) if seen else ("", 0)), post.id


def _list_answered(post: Post) -> Iterable[str]:
    """Give the id of the post that a post answers, or of its thread's first where that is lost."""
    return [
        identifier
        for identifier in (post.reply_to, post.thread if post.text_lost else "")
        if identifier and identifier != post.id
    ]
