"""Choose the settings of steps/placing/weights.py on real chats, leaving each collection out.

What the chats differ in most, their pace, is read from each chat itself (`steps/placing/pace.py`).
The few settings that are left are tried one after the other, each at a few values, and the value
stays that makes the hidden numbers of the *other* collections likeliest (coordinate ascent on the
mean logarithm of what is believed of the right question), if none of them loses by it. A collection
counts as the root of its answers, so that the largest does not speak for all.

    python benchmarks/learn_placing.py            # leave each collection out in turn
    python benchmarks/learn_placing.py --all      # and choose on all of them, to ship
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from chinwag.steps.kinds.kinds import find_kinds
from chinwag.steps.placing import weights
from chinwag.steps.placing.beliefs import Grounds, believe
from chinwag.steps.placing.by_words import WordModel
from chinwag.steps.placing.evidence import gather_evidence
from chinwag.steps.placing.pace import find_pace
from chinwag.steps.placing.ties import tie_posts
from chinwag.steps.placing.told import read_told
from chinwag.steps.placing.turns import find_turns
from chinwag.steps.questions import find_questions
from chinwag.steps.reading.read_post import read_in_time
from chinwag.steps.reading.view import view_chat
from placing import SHARED, RealChat, hide_labels, measure, read_chats

# Each setting with its values; the search begins with the first of each.
SETTINGS: dict[str, tuple[Any, ...]] = {
    "VARIES": (0.5, 0.4, 0.6),
    "SPREAD": (0.75, 0.65, 0.85),
    "LIKENESS": (2.5, 1.5, 3.5),
    "VOCABULARY": (0.3, 0.2, 0.4),
    "SPOKEN_TO": (0.25, 0.1, 0.5),
}
GAIN = 0.005  # a value that brings less is chance,
LOSS = 0.005  # and one that takes more than so much from any collection holds for some only
LEAST = 0.02  # what is believed of the right question counts as so much at least


class Prepared(NamedTuple):
    """A chat whose labels are hidden, ready to be decided under any settings."""

    grounds: Grounds
    true: dict[int, list[int]]  # the states that are right, by the place of the post


def prepare(real: RealChat) -> Prepared | None:
    """Give a chat ready to be decided; None where too little was asked, or nothing is known."""
    found = find_questions(real.chat, real.posts)
    if not found.numbered or len(found.questions) < 2:
        return None
    asking = {identifier for question in found.questions for identifier in question.posts}
    view = view_chat(found, read_in_time(hide_labels(real.posts, asking)))
    turns = find_turns(view, find_kinds(view))
    true = {
        at: [
            state
            for state, question in enumerate(view.questions)
            if question.label.split(".")[0] == str(real.numbers[post.id])
        ]
        for at, post in enumerate(view.posts)
        if post.id in real.numbers and post.id not in asking
    }
    true = {at: states for at, states in true.items() if states}
    if not true:
        return None
    pace = find_pace(view, turns, read_told(view, turns, {}))
    grounds = Grounds(view, turns, pace, WordModel(view), tie_posts(view, {}))
    return Prepared(grounds, true)


def score(chats: Sequence[Prepared]) -> float:
    """Give the mean logarithm of what is believed of the right questions under the settings."""
    scores = []
    for chat in chats:
        view, turns, pace = chat.grounds.view, chat.grounds.turns, chat.grounds.pace
        evidence = gather_evidence(view, read_told(view, turns, {}), pace)
        shares = believe(chat.grounds, evidence).shares
        for at, states in chat.true.items():
            right = sum(shares[at].get(state, 0.0) for state in states)
            scores.append(math.log(max(LEAST, right)))
    return sum(scores) / len(scores)


class Search:
    """Tries settings; what was scored once is remembered for the other collections' turns."""

    def __init__(self, prepared: dict[str, list[Prepared]]) -> None:
        """Take the chats of every collection."""
        self._prepared = prepared
        self._known: dict[tuple[str, str], float] = {}

    def choose(self, names: Sequence[str]) -> dict[str, Any]:
        """Give the settings that suit some collections best, and none of them ill."""
        chosen = {name: values[0] for name, values in SETTINGS.items()}
        best = self._weigh(names, chosen)
        for name, values in SETTINGS.items():
            for value in values[1:]:
                tried = self._weigh(names, {**chosen, name: value})
                gains = [after - before for after, before in zip(tried, best, strict=True)]
                if gains[0] > GAIN and min(gains[1:]) > -LOSS:
                    best, chosen = tried, {**chosen, name: value}
        return chosen

    def _weigh(self, names: Sequence[str], settings: dict[str, Any]) -> list[float]:
        """Give the mean over collections, each counting as the root of its answers, and each."""
        sizes = [math.sqrt(sum(len(c.true) for c in self._prepared[name])) for name in names]
        scores = [self._score(name, settings) for name in names]
        mean = sum(a * b for a, b in zip(sizes, scores, strict=True)) / sum(sizes)
        return [mean, *scores]

    def _score(self, name: str, settings: dict[str, Any]) -> float:
        key = (name, repr(settings))
        if key not in self._known:
            use(settings)
            self._known[key] = score(self._prepared[name])
        return self._known[key]


def use(settings: dict[str, Any]) -> None:
    """Let `steps/placing` use these settings, in this process."""
    for name, value in settings.items():
        setattr(weights, name, value)


def main() -> None:
    """Leave each collection out in turn; with --all, choose on all of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    if not (options.data / "chats").is_dir():
        print(f"Real chats are not here ({options.data} does not exist); nothing is learned.")
        return
    groups: dict[str, list[RealChat]] = defaultdict(list)
    for real in read_chats(options.data):
        if real.numbers:
            groups[real.collection].append(real)
    prepared = {
        name: [chat for chat in map(prepare, group) if chat] for name, group in groups.items()
    }
    prepared = {name: chats for name, chats in prepared.items() if chats}
    search = Search(prepared)
    held: dict[str, Any] = {}
    for name in prepared:
        chosen = search.choose([other for other in prepared if other != name])
        use(chosen)
        figures: dict[str, Any] = measure(groups[name], 0.0)[1]
        held[name] = figures["collections"][name]
        for figure in ("calibration_error", "unplaced_at_95", "reliability"):
            held[name][figure] = figures[figure]
        changed = {k: v for k, v in chosen.items() if v != SETTINGS[k][0]}
        print(f"{name:18} left out: {held[name]}\n  with {changed}", flush=True)
    if options.all:
        print(f"chosen on all: {search.choose(list(prepared))}")
    print(json.dumps({"benchmark": "learn_placing", "left_out": held}))


if __name__ == "__main__":
    main()
