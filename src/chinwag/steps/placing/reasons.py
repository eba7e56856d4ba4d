"""The reason for a placement, and the method behind it."""

from __future__ import annotations

import msgspec

from chinwag.model import Note, make_note
from chinwag.steps.reading.view import ChatView

_SHARES_WORDS = 1.0  # from this weight on, shared words alone are a reason


class Evidence(msgspec.Struct):
    """What each method says of one post; `states` is the sum of all but wording and meaning.

    `settled` is the state of a post that asks or that a person placed: -1 for no question.
    """

    kind: str
    label: str
    by_label: dict[int, float]
    by_reply: dict[int, float]
    asks: int | None = None
    settled: int | None = None
    by_time: dict[int, float] = {}
    by_wording: dict[int, float] = {}
    by_meaning: dict[int, float] = {}
    states: dict[int, float] = {}

    def add_time(self, weighed: dict[int, float]) -> None:
        """Take in what time weighs, and add up over the states that any method puts in reach."""
        self.by_time = weighed
        if self.settled is not None:
            self.states = {self.settled: 0.0} if self.settled >= 0 else {}
            return
        floor = min(weighed.values(), default=0.0) - 1.0
        self.states = {
            state: weighed.get(state, floor)
            + self.by_label.get(state, 0.0)
            + self.by_reply.get(state, 0.0)
            for state in sorted({*weighed, *self.by_label, *self.by_reply})
        }

    def weigh(self, *, timed: bool = True) -> dict[int, float]:
        """Return the states with what words and meaning weigh; without the time unless `timed`."""
        if len(self.states) < 2:
            return self.states
        least = min(self.by_wording.values(), default=0.0)
        floor = min(self.by_time.values(), default=0.0) - 1.0
        return {
            state: weight
            + self.by_wording.get(state, least)
            + self.by_meaning.get(state, 0.0)
            - (0.0 if timed else self.by_time.get(state, floor))
            for state, weight in self.states.items()
        }


def explain(
    view: ChatView,
    at: int,
    state: int,
    evidence: list[Evidence],
    beliefs: list[dict[int, float]],
) -> tuple[str, Note]:
    """Return the method that decided for `state`, one of METHODS, and the reason."""
    item = evidence[at]
    told = _explain_own(view, at, state, item) or _explain_tie(view, at, state, beliefs)
    if told:
        return told
    label, numbered = view.questions[state].label, view.numbered
    if view.newest[at] == state:
        seconds = int(view.age[at])
        return "time", make_note("came-after", question=label, numbered=numbered, seconds=seconds)
    if item.by_wording.get(state, 0.0) >= _SHARES_WORDS:
        return "words", make_note("shares-words", question=label, numbered=numbered)
    if item.by_meaning and item.by_meaning[state] >= max(item.by_meaning.values()):
        return "meaning", make_note("near-in-meaning", question=label, numbered=numbered)
    return "sequence", _explain_sequence(view, at, state, beliefs)


def _explain_own(view: ChatView, at: int, state: int, item: Evidence) -> tuple[str, Note] | None:
    """Return what the post itself says: that it asks, its label, or which question it answers."""
    question = view.questions[state]
    label, numbered = question.label, view.numbered
    if item.asks is not None:
        by = "label" if numbered else "time"
        if question.posts[0] == view.posts[at].id:
            return by, make_note("asks", question=label, numbered=numbered)
        return by, make_note("repeats", question=label, numbered=numbered)
    if state in item.by_label:
        return "label", make_note("says-label", label=item.label)
    if state in item.by_reply:
        return "reply", make_note("replies-to-question", question=label, numbered=numbered)
    return None


def _explain_tie(
    view: ChatView, at: int, state: int, beliefs: list[dict[int, float]]
) -> tuple[str, Note] | None:
    """Return what the post has to do with an answer to the question, None where it has nothing."""
    label, numbered = view.questions[state].label, view.numbered
    for other in (view.parent[at], view.mentioned[at]):
        if other < 0 or view.posts[other].id in view.asks:
            continue
        if _find_likeliest(beliefs[other]) != state:
            continue
        if view.posts[other].author == view.posts[at].author:
            return "reply", make_note("continues-answer", question=label, numbered=numbered)
        if other == view.parent[at]:
            return "reply", make_note("replies-to-answer", question=label, numbered=numbered)
        return "reply", make_note("speaks-to-author", question=label, numbered=numbered)
    return None


def _explain_sequence(view: ChatView, at: int, state: int, beliefs: list[dict[int, float]]) -> Note:
    """Return the reason that lies in what the same person said before and after."""
    label, numbered = view.questions[state].label, view.numbered
    before = view.previous[at]
    if before >= 0 and _find_likeliest(beliefs[before]) == state:
        return make_note("follows-own-post", question=label, numbered=numbered)
    if view.newest[at] > state:
        return make_note("came-soon-after-next", question=label, numbered=numbered)
    return make_note("fits-own-posts", question=label, numbered=numbered)


def _find_likeliest(belief: dict[int, float]) -> int | None:
    """Return the likeliest state, None where nothing is believed."""
    return max(belief, key=lambda state: belief[state], default=None)
