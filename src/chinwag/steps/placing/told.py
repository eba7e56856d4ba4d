"""Told: what authors, and people who corrected, said about where a post belongs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from chinwag.model import Placement
from chinwag.steps.placing.by_label import Named, weigh_labels
from chinwag.steps.placing.turns import Turns
from chinwag.steps.placing.weights import LABEL
from chinwag.steps.reading.view import ChatView


class Told(msgspec.Struct, frozen=True):
    """What people said about where one post belongs.

    `asks` is the state of the question that it asks, None for any other post. `settled` is the
    state of a post that asks or that a person placed: -1 for no question, None for the others.
    """

    named: Named
    asks: int | None
    settled: int | None

    @property
    def states(self) -> Sequence[int]:
        """The states that are told; none where nothing is, or no more than in passing."""
        if self.settled is not None:
            return (self.settled,) if self.settled >= 0 else ()
        labels = self.named.weights
        return tuple(labels) if labels and max(labels.values()) >= LABEL else ()


def read_told(view: ChatView, turns: Turns, given: Mapping[str, Placement]) -> list[Told]:
    """Return what authors said by labels and by asking, and what people corrected (`given`)."""
    told: list[Told] = []
    for post, named in zip(view.posts, weigh_labels(view, turns), strict=True):
        asks = view.asks.get(post.id)
        correction = given.get(post.id)
        settled = view.states.get(correction.question or "", -1) if correction else asks
        told.append(Told(named, asks, settled))
    return told
