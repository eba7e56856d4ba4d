"""Worth: what an editor would say of a post as a bullet, by the models of `steps/judging`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from chinwag.model import Chat
from chinwag.steps.judging.judgements import GRADES, judge_kind, judge_worth
from chinwag.steps.judging.surroundings import surround
from chinwag.steps.reading.read_post import ReadPost
from chinwag.steps.reading.view import view_chat


class Worths:
    """Says what the posts of one chat are worth; `reads` are all of them in time order.

    `labels_expected` tells that people number their answers in it.
    """

    def __init__(
        self, chat: Chat, reads: Sequence[ReadPost], *, labels_expected: bool = False
    ) -> None:
        """Look at the whole chat once."""
        self._labels_expected = labels_expected
        self._view = view_chat(chat, reads)
        self._answered = Counter(parent for parent in self._view.parent if parent >= 0)

    def weigh(self, reads: Sequence[ReadPost]) -> float:
        """Return the likely grade of what a person says in some posts, as a share of the best."""
        at = self._view.places[reads[0].id]
        post = reads[0].post
        passed_on = len(post.reposts) or post.repost_count
        around = surround(self._view, at, labels_expected=self._labels_expected)
        likely = judge_worth(reads, around, self._answered[at], passed_on)
        mean = sum(grade * likely[name] for grade, name in enumerate(GRADES))
        return mean / (len(GRADES) - 1)

    def find_answered(self, post: str) -> str:
        """Return the id of the post that another, given by its id, likely answers, or ""."""
        at = self._view.places[post]
        parent = max(self._view.parent[at], self._view.mentioned[at])
        return self._view.posts[parent].id if parent >= 0 else ""

    def weigh_agreement(self, post: str) -> float:
        """Return how likely a post, given by its id, only agrees (0 to 1)."""
        at = self._view.places[post]
        return judge_kind(self._view.reads[at], surround(self._view, at))["agreement"]
