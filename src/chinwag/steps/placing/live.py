"""Live placing: while a chat runs, each post finds its question the moment it comes.

The batch (`place_posts`) decides over a whole chat at once, which takes longer the more there is.
While the chat runs, the same decision is made over a neighbourhood: the posts around the new one
and whatever they answer, quote, mention or go on from; what was placed before and lies further
off counts as known. `finish` then decides over everything, as the batch does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chinwag.model import Chat, Placement, Post, Question
from chinwag.steps.placing.by_meaning import SAID
from chinwag.steps.placing.combine import place_posts
from chinwag.steps.placing.pace import ENOUGH, Pace, measure_pace
from chinwag.steps.placing.post_index import PostIndex, find_moved
from chinwag.steps.questions.find_questions import find_questions, may_change_questions
from chinwag.steps.reading.read_post import Readings, ReadPost
from chinwag.steps.reading.view import REACH, SURE, view_chat
from chinwag.text.encoder import Encoder

# Posts that one call places again: before a new one, after one that comes late, of those that hang
# on it, of those that a change of the questions left behind.
_AGAIN = 8
_MANY = 100  # a call that reads more posts to place one catches up with no others
_LOOKING_BACK = 1000  # posts among which answers to compare are looked for


class LivePlacer:
    """Places the posts of one chat as they come, in any order, each at once.

    `chat` is as `find_questions` takes it: hosts that a person named are in its `moderators`.
    `posts` are those that are there already, `corrections` what people said, `agenda` the questions
    as agreed. Only `finish` asks the `encoder`. Only one thread at a time may use a placer.

    >>> placer = LivePlacer(chat)                                        # doctest: +SKIP
    >>> for post in stream:                                              # doctest: +SKIP
    ...     placement = placer.add(post)   # new, edited, or deleted (a tombstone): the same call
    >>> chat, placements = placer.finish()   # exactly what the batch returns  # doctest: +SKIP

    A post takes some 10 to 20 ms in a chat of 5,000 (`benchmarks/live.py`). Beginning with `posts`
    and `finish` take as long as the batch: seconds in a chat of that size.
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
        self._index = PostIndex()
        self._readings = Readings()
        self._corrections = {correction.post: correction for correction in corrections}
        self._placed: dict[str, Placement] = {}
        self._changed: dict[str, None] = {}
        self._stale: dict[str, None] = {}  # ids of posts to be placed again, in this order
        self._since = 0  # posts since the questions were last looked for
        self._pace: Pace | None = None  # of the chat when the questions were last looked for
        for post in posts:
            self._index.put(post)
        self.chat = self._search(self._index.posts)
        if self._index.posts:
            self.finish()

    @property
    def readings(self) -> Readings:
        """What was read of the posts, for whoever goes on with them in the same thread."""
        return self._readings

    @property
    def posts(self) -> tuple[Post, ...]:
        """The posts in time order; those of one moment by long numeric id, else as collected."""
        return tuple(self._index.posts)

    def add(self, post: Post) -> Placement:
        """Place a post and return its placement. It is new, or a new state of a known one.

        An edit is placed by what it says now, and a tombstone without its text. Posts near it may
        move as well: see `take_changes`.
        """
        before = self._index.put(post)
        searched = self._follow_questions([post] if before is None else [post, before])
        read = self._place([post], _AGAIN)
        if not searched and read <= _MANY:  # one costly thing a call
            self._catch_up()
        return self._placed[post.id]

    def remove(self, identifier: str) -> None:
        """Forget a post completely, as if it had never come. An unknown one is no error."""
        post = self._index.drop(identifier)
        for kept in (self._placed, self._corrections, self._stale, self._changed):
            kept.pop(identifier, None)
        if post is None:
            return
        self._mark_stale(self._index.find_depending(post))
        self._follow_questions([post])
        self._readings.forget(identifier)
        self._catch_up()

    def correct(self, correction: Placement) -> None:
        """Let a person's placement stand, and place what hangs on that post again.

        The correction may come before its post.
        """
        self._corrections[correction.post] = correction
        post = self._index.find(correction.post)
        if post is not None:
            self._place([post], 0)
            self._catch_up()

    def withdraw(self, identifier: str) -> None:
        """Take a person's correction of a post back, so that the machine's placement stands."""
        correction = self._corrections.pop(identifier, None)
        post = self._index.find(identifier)
        if correction is not None and post is not None:
            self._place([post], 0)
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

        Return whether more are left. `add` catches up too: call this where there is time to spare.
        """
        self._catch_up()
        return bool(self._stale)

    @property
    def number_behind(self) -> int:
        """How many posts the last change of the questions left behind."""
        return len(self._stale)

    def placements(self) -> tuple[Placement, ...]:
        """Return the placements as they stand, in the order of `posts`."""
        return tuple(self._placed[post.id] for post in self._index.posts)

    def take_changes(self) -> tuple[Placement, ...]:
        """Return what was placed or moved since the last call, in the order it happened."""
        taken = tuple(self._placed[identifier] for identifier in self._changed)
        self._changed.clear()
        return taken

    def read(self, identifiers: Iterable[str]) -> list[ReadPost]:
        """Return what was read of the posts of these ids that are here, for other judgements."""
        return self._readings.read(filter(None, map(self._index.find, identifiers)))

    def finish(self) -> tuple[Chat, tuple[Placement, ...]]:
        """Return what the batch returns for `posts`: the chat with its questions, and placements.

        That is `find_questions(chat, posts, agenda)` and `place_posts` of its result. More posts
        may be added afterwards.
        """
        posts = self._index.posts
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
        """Look for the questions again where a post may change them, and every now and then.

        Return whether they were looked for.
        """
        self._since += 1
        rarely = self._since**2 < len(self._index.posts)
        if rarely and not self._may_change_questions(touched):
            return False
        self._find_questions()
        return True

    def _may_change_questions(self, touched: Sequence[Post]) -> bool:
        asking = {identifier for q in self.chat.questions for identifier in q.posts}
        if any(post.id in asking for post in touched):
            return True
        readings = self._readings.read(touched)
        return any(may_change_questions(self.chat, reading) for reading in readings)

    def _find_questions(self) -> None:
        before, self._since = self.chat, 0
        self.chat = self._search(self._index.posts)
        self._pace = self._measure_pace()
        if self.chat != before:
            self._mark_stale(find_moved(self._index, before, self.chat))

    def _search(self, posts: Sequence[Post]) -> Chat:
        """Return the chat with the questions that these posts ask."""
        return find_questions(self._begun, posts, self._agenda, readings=self._readings)

    def _mark_stale(self, posts: Iterable[Post]) -> None:
        self._stale.update(dict.fromkeys(post.id for post in posts))

    def _catch_up(self) -> None:
        """Place some of those left behind, the newest first: that is where people look."""
        number = min(_AGAIN, len(self._stale))
        waiting = [self._stale.popitem()[0] for _ in range(number)]
        posts = [post for post in map(self._index.find, waiting) if post is not None]
        if posts:
            self._place(posts, 0)

    def _place(self, posts: Sequence[Post], reach: int) -> int:
        """Place some posts, those around them and what hangs on one; return how many were read.

        What they hang on themselves counts as far as it is known. Where very many posts hang on
        one, the rest waits to be caught up with.
        """
        hanging = self._index.find_depending(posts[0]) if len(posts) == 1 else []
        self._mark_stale(hanging[_AGAIN:])
        anew = self._index.find_around([*posts, *hanging[:_AGAIN]], reach)
        ids = {post.id for post in anew}
        near = self._index.find_context(anew, self._list_answers(anew[0]))
        known = self._list_known(post for post in near if post.id not in ids)
        placements = place_posts(
            self.chat,
            near,
            [*known, *self._list_corrections(anew)],
            pace=self._pace,
            readings=self._readings,
        )
        self._keep(placement for placement in placements if placement.post in ids)
        return len(near)

    def _measure_pace(self) -> Pace | None:
        """Read the chat's pace from its posts as they are placed, drawn evenly."""
        posts = self._index.posts[:: 1 + len(self._index.posts) // ENOUGH]
        if not self.chat.questions:
            return None
        placed = (self._placed.get(post.id) for post in posts)
        sure = {
            placement.post: placement.question
            for placement in placed
            if placement is not None and placement.question and placement.confidence >= SURE
        }
        return measure_pace(view_chat(self.chat, self._readings.read(posts)), sure)

    def _list_answers(self, post: Post) -> list[Post]:
        """Return the last posts that surely answer each of the newest questions before a post."""
        wanted = self._count_wanted(post)
        answers: list[Post] = []
        for other in self._index.list_back(post, _LOOKING_BACK):
            if not wanted:
                break
            placement = self._find_known(other)
            label = placement.question if placement else None
            if label not in wanted:
                continue
            answers.append(other)
            wanted[label] -= 1
            if wanted[label] == 0:
                del wanted[label]
        return answers

    def _count_wanted(self, post: Post) -> dict[str | None, int]:
        """Return how many answers of each of the newest questions before a post are compared."""
        asked = [
            (question.asked_at, question.label)
            for question in self.chat.questions
            if question.asked_at and question.asked_at <= post.created_at
        ]
        asked.sort(key=lambda one: one[0])
        return {label: SAID for _, label in asked[-REACH:]}

    def _list_known(self, posts: Iterable[Post]) -> list[Placement]:
        found = (self._find_known(post) for post in posts)
        return [placement for placement in found if placement is not None]

    def _find_known(self, post: Post) -> Placement | None:
        """Return where a post further off stands, None where that is to be weighed again."""
        if post.id in self._corrections:
            return self._corrections[post.id]
        placement = self._placed.get(post.id)
        if placement is None or placement.confidence < SURE:
            return None
        return None if post.id in self._stale else placement

    def _list_corrections(self, posts: Iterable[Post]) -> list[Placement]:
        return [self._corrections[post.id] for post in posts if post.id in self._corrections]

    def _keep(self, placements: Iterable[Placement]) -> None:
        for placement in placements:
            if self._placed.get(placement.post) != placement:
                self._placed[placement.post] = placement
                self._changed.pop(placement.post, None)
                self._changed[placement.post] = None
            self._stale.pop(placement.post, None)
