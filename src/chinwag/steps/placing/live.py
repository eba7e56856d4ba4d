"""Live placing: while a chat runs, each post finds its question the moment it comes.

The batch (`place_posts`) decides over a whole chat at once, which takes longer the more there is.
While the chat runs, the same decision is made over a neighbourhood: the posts around the new one
and whatever they answer, quote, mention or go on from; what was placed before and lies further
off counts as known. `finish` then decides over everything, as the batch does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chinwag.model import Chat, Placement, Post, Question
from chinwag.steps.placing.combine import place_posts
from chinwag.steps.placing.pace import Pace, measure_pace
from chinwag.steps.placing.post_index import PostIndex, find_moved
from chinwag.steps.questions.find_questions import find_questions, may_change_questions
from chinwag.steps.reading.read_post import Readings
from chinwag.steps.reading.view import view_chat
from chinwag.text.encoder import Encoder

_BEFORE = 8  # posts that are placed anew with one that comes after them
_AFTER = 4  # and before them, where it comes late
_CATCHING_UP = 8  # posts that are placed anew in passing, after the questions changed
_MANY = 100  # posts read to place one: in such a call no others are placed in passing
_HANGING = 8  # replies that are placed anew with what they answer, the rest later
_QUESTIONS = 4  # for so many of the newest questions, what was said on them is compared:
_SAID = 10  # so many posts of each,
_LOOKING_BACK = 1000  # of so many before
_UNASKED = 10  # posts after which the questions are looked for again, whatever was said,
_UNASKED_SHARE = 50  # and one more for so many posts there are
_FOR_PACE = 200  # posts from which the pace of the chat is read, at most
_KNOWN = 0.6  # so surely placed, a post further off counts as known


class LivePlacer:
    """Places the posts of one chat as they come, in any order, each at once.

    `chat` is as `find_questions` takes it (hosts that a person named are in its `moderators`),
    `posts` what is there already, `corrections` what people said, `agenda` the questions as
    agreed; `encoder` is asked by `finish`, never in between. Not for several threads at once.

    >>> placer = LivePlacer(chat)                                        # doctest: +SKIP
    >>> for post in stream:                                              # doctest: +SKIP
    ...     placement = placer.add(post)   # new, edited, or deleted (a tombstone): the same call
    >>> chat, placements = placer.finish()   # exactly what the batch gives  # doctest: +SKIP

    A post takes some 10 to 20 ms in a chat of 5,000 (`benchmarks/live.py`); starting with `posts`
    and `finish` take as long as the batch, seconds in a chat so large.
    """

    def __init__(
        self,
        chat: Chat,
        posts: Iterable[Post] = (),
        corrections: Iterable[Placement] = (),
        agenda: Sequence[Question] = (),
        encoder: Encoder | None = None,
    ) -> None:
        """Begin with what is there already: nothing, or the posts before a restart."""
        self._begun = chat
        self._agenda = tuple(agenda)
        self._encoder = encoder
        self._shelf = PostIndex()
        self._readings = Readings()
        self._corrections = {correction.post: correction for correction in corrections}
        self._placed: dict[str, Placement] = {}
        self._changed: dict[str, None] = {}
        self._stale: dict[str, None] = {}  # to be placed anew, in this order
        self._since = 0  # posts since the questions were last looked for
        self._pace: Pace | None = None  # of the chat, as it was then
        for post in posts:
            self._shelf.put(post)
        self.chat = self._search(self._shelf.posts)
        if self._shelf.posts:
            self.finish()

    @property
    def posts(self) -> tuple[Post, ...]:
        """The posts in time order; those of one moment by long numeric id, else as collected."""
        return tuple(self._shelf.posts)

    def add(self, post: Post) -> Placement:
        """Place a post at once: a new one, or a new state of one that is known by its id.

        So an edit is placed by what it says now, and a deletion (a post with `deleted` set) loses
        what its text said. Posts near it may move as well: see `take_changes`.
        """
        before = self._shelf.put(post)
        searched = self._follow_questions([post] if before is None else [post, before])
        read = self._place([post], (_BEFORE, _AFTER))
        if not searched and read <= _MANY:  # one costly thing a call
            self._catch_up()
        return self._placed[post.id]

    def remove(self, identifier: str) -> None:
        """Forget a post wholly, as if it had never come; one that is not known is no error."""
        post = self._shelf.drop(identifier)
        self._readings.forget(identifier)
        for kept in (self._placed, self._corrections, self._stale, self._changed):
            kept.pop(identifier, None)
        if post is None:
            return
        self._mark_stale(self._shelf.find_depending(post))
        self._follow_questions([post])
        self._catch_up()

    def correct(self, correction: Placement) -> None:
        """Let a person's placement stand; what hangs on that post follows.

        It may come before the post does.
        """
        self._corrections[correction.post] = correction
        post = self._shelf.find(correction.post)
        if post is not None:
            self._place([post], (0, 0))
            self._catch_up()

    def withdraw(self, identifier: str) -> None:
        """Take a person's correction of a post back, so that the machine's placement stands."""
        post = self._shelf.find(identifier)
        if self._corrections.pop(identifier, None) is not None and post is not None:
            self._place([post], (0, 0))
            self._catch_up()

    def use_agenda(self, agenda: Sequence[Question]) -> None:
        """Take another agenda: a host reworded, added or dropped questions while the chat runs."""
        self.use_chat(self._begun, agenda)

    def use_chat(self, chat: Chat, agenda: Sequence[Question]) -> None:
        """Take another chat and agenda: a host named or unnamed moderators, or moved the window."""
        self._begun = chat
        self._agenda = tuple(agenda)
        self._find_questions()
        self._catch_up()

    def catch_up(self) -> bool:
        """Place a few of the posts that the last change of the questions left behind.

        Gives whether more are left. `add` does so, too: call this where time is to spare.
        """
        self._catch_up()
        return bool(self._stale)

    @property
    def number_behind(self) -> int:
        """How many posts the last change of the questions left behind."""
        return len(self._stale)

    def placements(self) -> tuple[Placement, ...]:
        """Give the placements as they stand, in the order of `posts`."""
        return tuple(self._placed[post.id] for post in self._shelf.posts)

    def take_changes(self) -> tuple[Placement, ...]:
        """Give what was placed or moved since this was last asked, in the order it happened."""
        taken = tuple(self._placed[identifier] for identifier in self._changed)
        self._changed.clear()
        return taken

    def finish(self) -> tuple[Chat, tuple[Placement, ...]]:
        """Give what the batch gives for `posts`, exactly: the chat with its questions, and theirs.

        That is `find_questions(chat, posts, agenda)` and `place_posts` of it. More may be added
        afterwards.
        """
        posts = self._shelf.posts
        self.chat = self._search(posts)
        self._since = 0
        self._stale.clear()
        placements = place_posts(
            self.chat,
            posts,
            self._list_corrections(posts),
            encoder=self._encoder,
            readings=self._readings,
        )
        self._keep(placements)
        self._pace = self._measure_pace()
        return self.chat, placements

    def _follow_questions(self, touched: Sequence[Post]) -> bool:
        """Look for the questions again where a post may change them, and now and then.

        Gives whether they were looked for.
        """
        self._since += 1
        asking = {identifier for q in self.chat.questions for identifier in q.posts}
        if (
            self._since >= _UNASKED + len(self._shelf.posts) // _UNASKED_SHARE
            or any(post.id in asking for post in touched)
            or any(may_change_questions(self.chat, read) for read in self._readings.read(touched))
        ):
            self._find_questions()
        return self._since == 0

    def _find_questions(self) -> None:
        before, self._since = self.chat, 0
        self.chat = self._search(self._shelf.posts)
        self._pace = self._measure_pace()
        if self.chat != before:
            self._mark_stale(find_moved(self._shelf, before, self.chat))

    def _search(self, posts: Sequence[Post]) -> Chat:
        """Return the chat with the questions that these posts ask."""
        return find_questions(self._begun, posts, self._agenda, readings=self._readings)

    def _mark_stale(self, posts: Iterable[Post]) -> None:
        self._stale.update(dict.fromkeys(post.id for post in posts))

    def _catch_up(self) -> None:
        # The newest first: that is where people look.
        waiting = [self._stale.popitem()[0] for _ in range(min(_CATCHING_UP, len(self._stale)))]
        posts = [post for post in map(self._shelf.find, waiting) if post is not None]
        if posts:
            self._place(posts, (0, 0))

    def _place(self, posts: Sequence[Post], reach: tuple[int, int]) -> int:
        """Place some posts, those around them and what hangs on one; give how many were read.

        What they hang on themselves counts as far as it is known. Where very many posts hang on
        one, the rest waits to be caught up with.
        """
        hanging = self._shelf.find_depending(posts[0]) if len(posts) == 1 else []
        self._mark_stale(hanging[_HANGING:])
        anew = self._shelf.find_around([*posts, *hanging[:_HANGING]], *reach)
        ids = {post.id for post in anew}
        near = self._shelf.find_context(anew, self._list_said(anew[0]))
        known = [
            placement
            for placement in map(self._tell_known, (post for post in near if post.id not in ids))
            if placement is not None
        ]
        corrections = self._list_corrections(anew)
        placements = place_posts(
            self.chat,
            near,
            [*known, *corrections],
            pace=self._pace,
            readings=self._readings,
        )
        self._keep(placement for placement in placements if placement.post in ids)
        return len(near)

    def _measure_pace(self) -> Pace | None:
        """Read the chat's pace from its posts as they are placed, drawn evenly."""
        posts = self._shelf.posts[:: 1 + len(self._shelf.posts) // _FOR_PACE]
        if not self.chat.questions:
            return None
        placed = {post.id: self._placed[post.id] for post in posts if post.id in self._placed}
        return measure_pace(
            view_chat(self.chat, self._readings.read(posts)),
            {id_: p.question for id_, p in placed.items() if p.question and p.confidence >= _KNOWN},
        )

    def _list_said(self, post: Post) -> list[Post]:
        """Give the last posts that surely answer each of the newest questions before a post."""
        asked = [q for q in self.chat.questions if q.asked_at and q.asked_at <= post.created_at]
        asked.sort(key=lambda question: question.asked_at or post.created_at)
        wanted = {question.label: _SAID for question in asked[-_QUESTIONS:]}
        said: list[Post] = []
        for other in self._shelf.list_back(post, _LOOKING_BACK if wanted else 0):
            placement = self._tell_known(other)
            label = placement.question if placement else None
            if label in wanted:
                said.append(other)
                wanted[label] -= 1
                if not wanted[label]:
                    del wanted[label]
                if not wanted:
                    break
        return said

    def _tell_known(self, post: Post) -> Placement | None:
        """Give where a post further off stands, None where that is to be weighed again."""
        if post.id in self._corrections:
            return self._corrections[post.id]
        placement = self._placed.get(post.id)
        sure = placement is not None and placement.confidence >= _KNOWN
        return placement if sure and post.id not in self._stale else None

    def _list_corrections(self, posts: Iterable[Post]) -> list[Placement]:
        return [self._corrections[post.id] for post in posts if post.id in self._corrections]

    def _keep(self, placements: Iterable[Placement]) -> None:
        for placement in placements:
            if self._placed.get(placement.post) != placement:
                self._placed[placement.post] = placement
                self._changed.pop(placement.post, None)
                self._changed[placement.post] = None
            self._stale.pop(placement.post, None)
