"""By label: the question that a post itself names ("A3:", "Q9b", "(A2)")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from chinwag.steps.kinds.kinds import tells_numbering
from chinwag.steps.placing.turns import Turns
from chinwag.steps.placing.weights import FIRM, LABEL
from chinwag.steps.reading.read_post import ReadPost
from chinwag.steps.reading.view import ChatView
from chinwag.text.labels import Label

_TAGS = re.compile(r"[@#][\w.@-]+")
_OPENING = 2  # words before a label that still opens the post, at most


class Named(NamedTuple):
    """The questions that one post names: the states, weighed, and each label as said ("A3")."""

    weights: Mapping[int, float]
    labels: Mapping[int, str]


NOTHING = Named({}, {})


def weigh_labels(view: ChatView, turns: Turns) -> list[Named]:
    """Return what each post names, one by one."""
    if not view.numbered:
        return [NOTHING] * len(view.posts)
    parts = _find_named_parts(view)
    return [_weigh_labels(view, turns, at, parts) for at in range(len(view.posts))]


def _find_named_parts(view: ChatView) -> frozenset[int]:
    """Return the numbers of questions whose later parts somebody answers by name ("A6b")."""
    return frozenset(
        label.number
        for read in view.reads
        if read.id not in view.asks and not read.post.text_lost
        for label in read.labels
        if label.role == "answer" and label.part not in ("", "1", "a")
    )


def _weigh_labels(view: ChatView, turns: Turns, at: int, parts: frozenset[int]) -> Named:
    """Return what a post names; the bare number of a question in `parts` means its first part."""
    read = view.reads[at]
    if read.post.text_lost or read.post.deleted or tells_numbering(view, at):
        return NOTHING
    weights: dict[int, float] = {}
    said: dict[int, str] = {}
    for label in choose_labels(read):
        for state, weight in _weigh_label(view, turns, at, label, parts):
            if weight > weights.get(state, 0.0):
                weights[state], said[state] = weight, name_label(label)
    return Named(weights, said)


def _weigh_label(
    view: ChatView, turns: Turns, at: int, label: Label, parts: frozenset[int]
) -> Iterator[tuple[int, float]]:
    """Yield the states that one label of a post may mean, weighed."""
    states = _find_states(view, label, view.newest[at])
    weight = _weigh(view.posts[at].text, label)
    several = len(states) > 1
    first = several and (label.number in parts or _means_first(view, turns, at, label, states))
    for state in states:
        yield state, weight + (weight if first and state == states[0] else 0.0)


def _weigh(text: str, label: Label) -> float:
    """Weigh a label: less inside a sentence, unless it nearly opens it ("And A3, by the way")."""
    opens = len(_TAGS.sub(" ", text[: label.start]).split()) <= _OPENING
    return LABEL if label.marked or opens or label.where != "midst" else FIRM


def _means_first(view: ChatView, turns: Turns, at: int, label: Label, states: list[int]) -> bool:
    """Return whether "A6" means the first part of Q6, though other parts are out.

    It does, unless its author speaks to everybody and has said "A6" before the next part was out.
    """
    if not turns.is_turn[at]:
        return True
    before = turns.before[at]
    while before >= 0 and view.newest[before] >= states[0]:
        said = {other.number for other in choose_labels(view.reads[before])}
        if view.newest[before] < states[1] and label.number in said:
            return False
        before = turns.before[before]
    return True


def choose_labels(read: ReadPost) -> Sequence[Label]:
    """Return the labels that say where a post belongs: those in their usual place, else any."""
    answers = [label for label in read.usual_labels if label.role == "answer"]
    return answers or read.usual_labels or read.labels


def name_label(label: Label) -> str:
    """Return a label as people write it: "A3", "Q9b", "③"."""
    return label.said or (
        {"answer": "A", "question": "Q", "topic": "T"}[label.role] + str(label.number) + label.part
    )


def _find_states(view: ChatView, label: Label, newest: int) -> list[int]:
    """Return the states a label may mean: its part, else the question, else the part then open."""
    part = str(ord(label.part) - ord("a") + 1) if label.part.isalpha() else label.part
    number = str(label.number)
    exact = f"{number}.{part}" if part else number
    if exact in view.states and (part or not _has_parts(view, number)):
        return [view.states[exact]]
    whole = [state for name, state in view.states.items() if name.split(".")[0] == number]
    if part in ("", "1") and len(whole) > 1:
        out = [state for state in whole if state <= newest]
        return sorted(out or whole)
    return [view.states[number]] if number in view.states else sorted(whole)


def _has_parts(view: ChatView, number: str) -> bool:
    return any(name.startswith(number + ".") for name in view.states)
