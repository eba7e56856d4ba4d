"""The reason for a placement, in a clause that a person can read, and the method behind it."""

from __future__ import annotations

import msgspec

from chinwag.steps.reading.view import ChatView


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
        """Give the states with what wording and meaning weigh; without the time unless `timed`."""
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
) -> tuple[str, str]:
    """Give the method that decided for `state`, and the reason in words."""
    item = evidence[at]
    name = (
        "Q" + view.questions[state].label
        if view.numbered
        else "part " + view.questions[state].label
    )
    if item.asks is not None:
        first = view.questions[state].posts[0] == view.posts[at].id
        return (
            "label" if view.numbered else "time"
        ), f"asks {name}" if first else f"repeats {name}"
    if state in item.by_label:
        return "label", f"says {item.label}"
    if state in item.by_reply:
        return "reply", f"replies to {name} itself"
    tied = _explain_reply(view, at, state, name, beliefs)
    if tied:
        return "reply", tied
    if view.newest[at] == state:
        return "time", f"came {_tell_age(view.age[at])} after {name} was asked"
    if item.by_wording.get(state, 0.0) >= 1.0:
        return "wording", f"shares words with {name}"
    if item.by_meaning and item.by_meaning[state] >= max(item.by_meaning.values()):
        return "wording", f"is nearest in meaning to what is said on {name}"
    return "sequence", _explain_sequence(view, at, state, name, beliefs)


def _explain_reply(
    view: ChatView, at: int, state: int, name: str, beliefs: list[dict[int, float]]
) -> str:
    for other, words in (
        (view.parent[at], "replies to"),
        (view.mentioned[at], "speaks to the author of"),
    ):
        if other < 0 or view.posts[other].id in view.asks:
            continue
        belief = beliefs[other]
        if belief and max(belief, key=lambda key: belief[key]) == state:
            own = view.posts[other].author == view.posts[at].author
            return (
                f"continues the same person's answer to {name}"
                if own
                else f"{words} an answer to {name}"
            )
    return ""


def _explain_sequence(
    view: ChatView, at: int, state: int, name: str, beliefs: list[dict[int, float]]
) -> str:
    before = view.previous[at]
    if (
        before >= 0
        and beliefs[before]
        and max(beliefs[before], key=lambda k: beliefs[before][k]) == state
    ):
        return f"the same person's post before is on {name}"
    behind = view.newest[at] - state
    if behind > 0:
        return f"came so soon after the next question that {name} is likelier"
    return f"fits best between the same person's other posts, on {name}"


def _tell_age(seconds: float) -> str:
    if seconds < 60:
        return "less than a minute"
    minutes = round(seconds / 60)
    return "a minute" if minutes == 1 else f"{minutes} minutes"
