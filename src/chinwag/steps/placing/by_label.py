"""By label: the question that a post itself names ("A3:", "Q9b", "(A2)")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chinwag.steps.placing.weights import FIRST_PART, LABEL, LABEL_MIDST
from chinwag.steps.reading.read_post import ReadPost
from chinwag.steps.reading.view import ChatView
from chinwag.text.labels import Label

_TAGS = re.compile(r"[@#][\w.@-]+")
_OPENING = 2  # a label after so many words at most opens what is said


def find_named_parts(view: ChatView) -> frozenset[int]:
    """Give the numbers of questions whose later parts somebody answers by name ("A6b")."""
    return frozenset(
        label.number
        for read in view.reads
        if read.id not in view.asks and not read.post.text_lost
        for label in read.labels
        if label.role == "answer" and label.part not in ("", "1", "a")
    )


def weigh_label(
    view: ChatView, at: int, named_parts: frozenset[int] = frozenset()
) -> tuple[dict[int, float], str]:
    """Give the states that the post's labels name, weighed, and the label as said ("A3").

    Where people name the later parts of a question (`named_parts`), its bare number means the
    first.
    """
    post = view.posts[at]
    if post.text_lost or post.deleted or not view.numbered:
        return {}, ""
    labels = choose_labels(view.reads[at])
    weights: dict[int, float] = {}
    for label in labels:
        states = _find_states(view, label, view.newest[at])
        whole = len(states) > 1 and (
            label.number in named_parts or _means_first_part(view, at, label, states)
        )
        first = states[0] if whole else -1
        for state in states:
            weight = _weigh(post.text, label) + (FIRST_PART if state == first else 0.0)
            weights[state] = max(weight, weights.get(state, 0.0))
    return weights, name_label(labels[0]) if weights else ""


def _weigh(text: str, label: Label) -> float:
    """Weigh a label: less inside a sentence, unless it nearly opens it ("And A3, by the way")."""
    opens = len(_TAGS.sub(" ", text[: label.start]).split()) <= _OPENING
    return LABEL if label.marked or opens or label.where != "midst" else LABEL_MIDST


def _means_first_part(view: ChatView, at: int, label: Label, states: list[int]) -> bool:
    """Tell whether "A6" means the first part of Q6, though other parts are out.

    It does, unless its author speaks to everybody and has said "A6" before the next part was out.
    """
    if not view.turns[at]:
        return True
    before = view.turn_before[at]
    while before >= 0 and view.newest[before] >= states[0]:
        said = {other.number for other in choose_labels(view.reads[before])}
        if view.newest[before] < states[1] and label.number in said:
            return False
        before = view.turn_before[before]
    return True


def choose_labels(read: ReadPost) -> Sequence[Label]:
    """Return the labels that say where a post belongs: those in their usual place, else any."""
    answers = [label for label in read.usual_labels if label.role == "answer"]
    return answers or read.usual_labels or read.labels


def name_label(label: Label) -> str:
    """Give a label as people write it: "A3", "Q9b"."""
    return (
        {"answer": "A", "question": "Q", "topic": "T"}[label.role] + str(label.number) + label.part
    )


def _find_states(view: ChatView, label: Label, newest: int) -> list[int]:
    """Give the states a label may mean: its part, else the question, else the part then open."""
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
