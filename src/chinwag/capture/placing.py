"""Where the posts of a running capture stand: placed a few at a time, in a thread.

Corrections, removals, reworded questions and named moderators reach the placer as such; only where
very many posts wait does placing start from the beginning, because that is quicker then.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from chinwag.capture.decisions import Decisions
from chinwag.model import Chat, Placement, Post
from chinwag.steps.placing import LivePlacer
from chinwag.steps.questions import keep_given_questions, mark_announced
from chinwag.steps.reading import Readings
from chinwag.steps.summarise import read_ahead

MOST_PLACED = 50  # posts that are placed one by one in one go
READ_AHEAD = 50  # posts that are read for the summary in one go
MANY = 200  # waiting posts; with more, placing everything at once is quicker
_CATCH_UPS = 5  # times in one go that posts left behind are caught up with

_log = logging.getLogger(__name__)


class Work(NamedTuple):
    """Posts to be placed, None for one that is gone, and the decisions to follow before.

    `everything` is every post where placing starts from the beginning, None where it goes on.
    """

    changed: Mapping[str, Post | None]
    everything: Sequence[Post] | None
    decisions: Decisions


class ChatPlacing:
    """Keeps where every post of the chat stands.

    `chat` has the questions found so far; `placed` is by the post's id, and never changes once it
    is here: it is replaced.
    """

    def __init__(self, decisions: Decisions) -> None:
        self.chat: Chat = decisions.chat
        self.placed: Mapping[str, Placement] = {}
        self._decisions = decisions
        self._waiting: dict[str, Post | None] = {}
        self._unread: dict[str, None] = {}  # ids of posts that are not read for the summary yet
        # These two belong to the thread that places:
        self._placer: LivePlacer | None = None
        self._followed = decisions  # those that the placer knows

    @property
    def readings(self) -> Readings:
        """What has been read of the posts, for whoever goes on with them when nobody places."""
        return self._placer.readings if self._placer else Readings()

    def note_changed(self, changed: Mapping[str, Post | None]) -> None:
        """Let posts wait to be placed; None stands for one that is gone."""
        self._waiting.update(changed)
        self._unread.update(dict.fromkeys(changed))

    def note_decisions(self, decisions: Decisions) -> None:
        """Let what people decided wait to be followed."""
        self._decisions = decisions

    def has_work(self) -> bool:
        """Return whether anything waits."""
        if self._placer is None or self._waiting:
            return True
        return self._decisions is not self._followed or self._placer.number_behind > 0

    def take_work(self, posts: Sequence[Post]) -> Work:
        """Take what waits, at most as much as is placed in one go; `posts` are all there are."""
        if self._placer is None or len(self._waiting) > MANY:
            self._waiting = {}
            self._unread = dict.fromkeys(post.id for post in posts)
            return Work({}, posts, self._decisions)
        first = dict(list(self._waiting.items())[:MOST_PLACED])
        for id_ in first:
            del self._waiting[id_]
        return Work(first, None, self._decisions)

    def place(self, work: Work) -> None:
        """Place posts. It may run in a thread, while more come; never in two at once."""
        if work.everything is None and self._placer is not None:
            placer = self._placer
            _follow(placer, self._followed, work.decisions)
            _place_changed(placer, work.changed)
            _catch_up(placer)
        else:
            placer = _begin(work.everything or (), work.decisions)
        self._placer, self._followed = placer, work.decisions
        self.chat = mark_announced(placer.chat, placer.posts, work.decisions.sent)
        self.placed = {placement.post: placement for placement in placer.placements()}

    def take_unread(self) -> Sequence[str]:
        """Take some of the posts that are placed and not read for the summary yet, by their ids."""
        first = [id_ for id_ in self._unread if id_ not in self._waiting][:READ_AHEAD]
        for id_ in first:
            del self._unread[id_]
        return first

    def read_ahead(self, ids: Sequence[str]) -> None:
        """Read posts for the summary while nobody waits for it; in a thread, as `place` does."""
        if self._placer is not None:
            for read in self._placer.read(ids):
                read_ahead(read, self.chat.hashtag)


def _begin(posts: Sequence[Post], decisions: Decisions) -> LivePlacer:
    _log.info("Placing begins anew, with %d posts.", len(posts))
    chat = decisions.chat
    return LivePlacer(chat, posts, decisions.corrections, keep_given_questions(chat))


def _follow(placer: LivePlacer, before: Decisions, after: Decisions) -> None:
    """Let the placer know what people decided since."""
    if before is after:
        return
    old = {correction.post: correction for correction in before.corrections}
    new = {correction.post: correction for correction in after.corrections}
    undone = [id_ for id_ in old if id_ not in new]
    made = [correction for id_, correction in new.items() if old.get(id_) != correction]
    for id_ in undone:
        placer.withdraw(id_)
    for correction in made:
        placer.correct(correction)
    if made or undone:
        _log.info("Followed %d corrections, undid %d.", len(made), len(undone))
    if _keep_given(before.chat) != _keep_given(after.chat):
        placer.use_chat(after.chat, keep_given_questions(after.chat))
        _log.info("Followed a change of the chat's questions, moderators or window.")


def _keep_given(chat: Chat) -> Chat:
    """Return what people said of a chat, without what was found in its posts."""
    named = tuple(moderator for moderator in chat.moderators if moderator.by == "person")
    return msgspec.structs.replace(
        chat, questions=keep_given_questions(chat), moderators=named, numbered=True
    )


def _place_changed(placer: LivePlacer, changed: Mapping[str, Post | None]) -> None:
    for id_, post in changed.items():
        if post is None:
            placer.remove(id_)
        else:
            placer.add(post)


def _catch_up(placer: LivePlacer) -> None:
    """Place some of the posts that a change of the questions left behind."""
    if placer.number_behind > MANY:
        placer.finish()
        return
    for _ in range(_CATCH_UPS):
        if not placer.catch_up():
            return
