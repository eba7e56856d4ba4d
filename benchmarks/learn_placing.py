"""Learn the numbers of steps/place/weights.py from real chats whose authors numbered answers.

The model is that of `steps/place`: a conditional random field over a chat, posts as nodes, ties as
edges, the questions in reach as states. Its weights are those that make the hidden numbers
likeliest: the gradient is the difference of what belief propagation expects with the numbers
known and with them hidden (Lafferty and others, 2001), followed with Adam and held near the
starting values. Needs numpy (extra `benchmark`).

    python benchmarks/learn_placing.py                 # leave each collection out in turn
    python benchmarks/learn_placing.py --write         # and write weights learned on all of them
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from chinwag.steps.place import find_questions, weights
from chinwag.steps.place.by_reply import find_replies, weigh_reply
from chinwag.steps.place.by_sequence import find_neighbours, find_steps
from chinwag.steps.place.by_time import count_behind, describe_time, reach_states, weigh_time
from chinwag.steps.place.by_wording import Wordings
from chinwag.steps.place.propagate import Tie, propagate
from chinwag.steps.place.questions import sort_posts
from chinwag.steps.place.turns import find_turns
from chinwag.steps.place.view import ChatView, view_chat
from placing import SHARED, RealChat, hide_labels, measure, read_chats

Array = Any  # numpy's arrays; numpy is not part of the default install
COLUMNS = len(weights.AGE_EDGES) + 1
CIRCUMSTANCES = tuple(weights.CIRCUMSTANCES)
TIES = tuple(weights.TIES)
FEATURES = 5 * COLUMNS + 5 * len(CIRCUMSTANCES) + 3  # and likeness, vocabulary, direct reply
# Those who number a reply often begin a new answer with it, so numbered replies would teach that a
# reply leaves its question; most replies are not numbered. These ties keep their starting values.
FIXED = ("reply", "own reply", "mention", "quote", "next part")
ROUNDS, KEEP, RATE, HOLD, STEPS = 7, 0.3, 0.08, 8.0, 30
EVEN = 500  # a collection of so many answers counts in full


class Learned(NamedTuple):
    """Weights of the states' features, and of each kind of tie by how many questions on."""

    features: Array
    ties: Array


class Prepared(NamedTuple):
    """A chat as numbers: features of (post, state), states possible, the true ones, and ties."""

    rows: list[tuple[int, int, int, float]]
    states: list[list[int]]
    true: list[list[int]]
    ties: list[tuple[int, int, int]]
    width: int
    weight: float = 1.0  # how much it counts in learning


def prepare(real: RealChat) -> Prepared | None:
    """Give a chat as numbers, its labels hidden; None where too little was asked."""
    found = find_questions(real.chat, real.posts)
    if not found.numbered or len(found.questions) < 2:
        return None
    asking = {id_ for question in found.questions for id_ in question.posts}
    view = find_turns(view_chat(found, sort_posts(hide_labels(real.posts, asking))))
    wordings = Wordings(view)
    states = [_list_states(view, at) for at in range(len(view.posts))]
    ties = _list_ties(view)
    vocabulary = wordings.score_vocabulary(view, _believe(view, wordings, ties))
    rows = [
        (at, state, feature, value)
        for at, possible in enumerate(states)
        if view.posts[at].id not in view.asks
        for state in possible
        for feature, value in _describe(view, wordings, vocabulary, at, state)
    ]
    true = [_list_true(view, real, at, states[at]) for at in range(len(view.posts))]
    numbered = [
        (later, earlier, TIES.index(kind))
        for later, earlier, kind in ties
        if states[later] and states[earlier]
    ]
    return Prepared(rows, states, true, numbered, len(view.questions))


def _list_ties(view: ChatView) -> list[Tie]:
    asks = {at for at, post in enumerate(view.posts) if post.id in view.asks}
    ties = [*find_replies(view), *find_steps(view), *find_neighbours(view)]
    return [tie for tie in ties if tie[0] not in asks and tie[1] not in asks]


def _believe(view: ChatView, wordings: Wordings, ties: list[Tie]) -> list[dict[int, float]]:
    """Give what the starting weights make likely: the vocabularies are read with it."""
    start = [_start(view, at) for at in range(len(view.posts))]
    weighed = wordings.weigh(view, propagate(start, []))
    nodes = [
        {state: weight + by_word.get(state, least) for state, weight in node.items()}
        for node, by_word in zip(start, weighed, strict=True)
        for least in [min(by_word.values(), default=0.0)]
    ]
    return propagate(nodes, ties)


def _list_states(view: ChatView, at: int) -> list[int]:
    asked = view.asks.get(view.posts[at].id)
    if asked is not None:
        return [asked]
    return sorted(
        {*(reach_states(view, at) if view.newest[at] >= 0 else ()), *weigh_reply(view, at)}
    )


def _start(view: ChatView, at: int) -> dict[int, float]:
    if view.posts[at].id in view.asks:
        return {}
    weighed = weigh_time(view, at)
    return {
        state: weight + weigh_reply(view, at).get(state, 0.0) for state, weight in weighed.items()
    }


def _list_true(view: ChatView, real: RealChat, at: int, states: Sequence[int]) -> list[int]:
    number = str(real.numbers.get(view.posts[at].id, ""))
    if view.posts[at].id in view.asks:
        return []
    return [s for s in states if view.questions[s].label.split(".")[0] == number]


def _describe(
    view: ChatView, wordings: Wordings, vocabulary: list[dict[int, float]], at: int, state: int
) -> list[tuple[int, float]]:
    """Give the features of a post in a state, with their values."""
    last = FEATURES - 3
    features = [
        (last, wordings.likeness[at].get(state, 0.0)),
        (last + 1, vocabulary[at].get(state, 0.0)),
        (last + 2, float(state in weigh_reply(view, at))),
    ]
    if view.newest[at] >= 0:
        behind = count_behind(view, at, state) + 1
        column, circumstances = describe_time(view, at)
        features.append((behind * COLUMNS + column, 1.0))
        features += [
            (5 * COLUMNS + 5 * CIRCUMSTANCES.index(name) + behind, 1.0) for name in circumstances
        ]
    return features


class Field:
    """The chats as one big random field, in numpy."""

    def __init__(self, chats: Sequence[Prepared]) -> None:
        """Put the chats one after the other."""
        width = max(chat.width for chat in chats)
        total = sum(len(chat.states) for chat in chats)
        self.free = np.full((total, width), -np.inf)
        self.known = np.full((total, width), -np.inf)
        rows: list[tuple[int, int, int, float]] = []
        ties: list[tuple[int, int, int]] = []
        offset = 0
        self.weight = np.concatenate([np.full(len(c.states), c.weight) for c in chats])
        for chat in chats:
            for at, (states, true) in enumerate(zip(chat.states, chat.true, strict=True)):
                self.free[offset + at, states] = 0.0
                self.known[offset + at, true or states] = 0.0
            rows += [(offset + at, state, f, value) for at, state, f, value in chat.rows]
            ties += [(offset + a, offset + b, kind) for a, b, kind in chat.ties]
            offset += len(chat.states)
        columns = [np.array(column) for column in zip(*rows, strict=True)]
        self.at, self.state, self.feature, self.value = columns
        later, earlier, kind = (np.array(x, dtype=int) for x in zip(*ties, strict=True))
        self.later, self.earlier = later, earlier
        self.alive = np.isfinite(self.free).any(1)
        places = np.arange(width)
        step = np.clip(places[:, None] - places[None, :], -2, 3) + 2
        self.cell = kind[:, None, None] * 6 + step[None]

    def expect(self, learned: Learned, mask: Array) -> tuple[Array, Array]:
        """Give what belief propagation expects of every feature and tie."""
        weighed = np.zeros(mask.shape)
        np.add.at(weighed, (self.at, self.state), learned.features[self.feature] * self.value)
        weighed = weighed + mask
        top = np.where(self.alive, np.where(np.isfinite(weighed), weighed, -1e9).max(1), 0.0)
        local = np.where(np.isfinite(weighed), np.exp(weighed - top[:, None]), 0.0)
        table = np.exp(learned.ties.ravel()[self.cell])
        count, width = len(self.later), mask.shape[1]
        forth, back = (np.full((count, width), 1.0 / width) for _ in range(2))
        for _ in range(ROUNDS):
            beliefs = self._collect(local, forth, back)
            before = _norm(beliefs[self.earlier] / (back + 1e-12))
            after = _norm(beliefs[self.later] / (forth + 1e-12))
            forth = KEEP * forth + (1 - KEEP) * _norm(np.einsum("mij,mj->mi", table, before))
            back = KEEP * back + (1 - KEEP) * _norm(np.einsum("mij,mi->mj", table, after))
        beliefs = self._collect(local, forth, back)
        before = _norm(beliefs[self.earlier] / (back + 1e-12))
        after = _norm(beliefs[self.later] / (forth + 1e-12))
        pairs = after[:, :, None] * table * before[:, None, :]
        pairs /= np.maximum(pairs.sum((1, 2), keepdims=True), 1e-300)
        counted = beliefs[self.at, self.state] * self.value * self.weight[self.at]
        features = np.bincount(self.feature, counted, minlength=FEATURES)
        pairs *= self.weight[self.later][:, None, None]
        size = 6 * len(TIES)
        return features, np.bincount(self.cell.ravel(), pairs.ravel(), size).reshape(len(TIES), 6)

    def _collect(self, local: Array, forth: Array, back: Array) -> Array:
        logs = np.log(np.maximum(local, 1e-300))
        np.add.at(logs, self.later, np.log(forth + 1e-12))
        np.add.at(logs, self.earlier, np.log(back + 1e-12))
        logs = np.where(local > 0, logs, -np.inf)
        top = np.where(self.alive, logs.max(1), 0.0)
        return _norm(np.where(np.isfinite(logs), np.exp(logs - top[:, None]), 0.0))


def _norm(values: Array) -> Array:
    return values / np.maximum(values.sum(1, keepdims=True), 1e-300)


def learn(chats: Sequence[Prepared], start: Learned) -> Learned:
    """Give the weights that make the hidden numbers likeliest, held near the starting ones."""
    field = Field(chats)
    now = [start.features.copy(), start.ties.copy()]
    first = [np.zeros_like(x) for x in now]
    second = [np.zeros_like(x) for x in now]
    for step in range(1, STEPS + 1):
        known = field.expect(Learned(*now), field.known)
        free = field.expect(Learned(*now), field.free)
        for i, origin in enumerate(start):
            gradient = known[i] - free[i] - HOLD * (now[i] - origin)
            if i == 1:
                gradient[[name.startswith(FIXED) for name in TIES]] = 0.0
            first[i] = 0.9 * first[i] + 0.1 * gradient
            second[i] = 0.98 * second[i] + 0.02 * gradient**2
            change = (first[i] / (1 - 0.9**step)) / (np.sqrt(second[i] / (1 - 0.98**step)) + 1e-8)
            now[i] = now[i] + RATE * change
    return Learned(*now)


def even_out(chats: Sequence[Prepared]) -> list[Prepared]:
    """Let the chats of a large collection count less: it counts as the root of its answers."""
    answers = sum(bool(true) for chat in chats for true in chat.true)
    weight = (EVEN / max(EVEN / 16, answers)) ** 0.5
    return [chat._replace(weight=weight) for chat in chats]


def read_start() -> Learned:
    """Give the starting values: plain sense, written before anything was learned."""
    features = np.zeros(FEATURES)
    age = (
        (-6.0, -6.0, -6.0, -5.0, -5.0, -5.0, -4.5, -4.0, -4.0, -4.0),
        (-1.2, -0.6, -0.4, -0.3, -0.2, -0.15, -0.1, -0.1, -0.1, -0.8),
        (-0.4, -0.8, -1.3, -1.8, -2.0, -2.3, -2.5, -2.8, -3.0, -1.6),
        (*((-3.5,) * (COLUMNS - 1)), -1.8),  # long after the last question people catch up
        (*((-4.5,) * (COLUMNS - 1)), -2.0),
    )
    features[: 5 * COLUMNS] = np.array(age).ravel()
    features[-3:] = (2.0, 0.3, 3.0)
    steady, turn = (-2.5, -1.5, 0.0, 0.0, -0.5, -1.0), (-3.0, -2.2, 0.6, -0.8, -1.5, -2.0)
    starts = {
        "aside": steady,
        "arrival": steady,
        "step": steady,
        "step at once": turn,
        "goes on": turn,
        "lost": (-0.5, -0.3, 0.2, -0.3, -0.5, -0.5),
        "mention": (-1.2, -0.8, 0.2, -0.8, -1.2, -1.2),
        "neighbour": (-0.3, -0.1, 0.1, -0.1, -0.3, -0.3),
        "next part": (-4.0, -3.0, 0.5, -3.0, -4.0, -4.0),
        "own reply": (-3.0, -2.5, 0.5, -1.5, -2.5, -3.0),
        "reply": (-3.5, -3.0, 0.5, -2.5, -3.0, -3.5),
        "quote": (-3.0, -2.0, 0.5, -2.0, -3.0, -3.0),
    }
    rows = [
        starts.get(name) or next(row for key, row in starts.items() if name.startswith(key))
        for name in TIES
    ]
    return Learned(features, np.array(rows))


def apply(learned: Learned) -> None:
    """Let `steps/place` use these weights, in this process."""
    age = learned.features[: 5 * COLUMNS].reshape(5, COLUMNS)
    rest = learned.features[5 * COLUMNS : -3].reshape(len(CIRCUMSTANCES), 5)
    weights.AGE = tuple(tuple(round(float(x), 2) for x in row) for row in age)
    weights.CIRCUMSTANCES = {
        name: tuple(round(float(x), 2) for x in row)
        for name, row in zip(CIRCUMSTANCES, rest, strict=True)
    }
    weights.TIES = {
        name: tuple(round(float(x), 2) for x in row)
        for name, row in zip(TIES, learned.ties, strict=True)
    }
    last = [round(float(x), 2) for x in learned.features[-3:]]
    weights.LIKENESS, weights.VOCABULARY, weights.REPLY_TO_QUESTION = last


def write() -> None:
    """Write the weights now in use into weights.py, between its two marks."""
    path = Path(str(weights.__file__))
    lines = [f"AGE: tuple[tuple[float, ...], ...] = {weights.AGE}"]
    lines.append(f"CIRCUMSTANCES: dict[str, tuple[float, ...]] = {weights.CIRCUMSTANCES}")
    lines += [
        f"{name} = {getattr(weights, name)}"
        for name in ("LIKENESS", "VOCABULARY", "REPLY_TO_QUESTION")
    ]
    lines.append(f"TIES: dict[str, tuple[float, ...]] = {weights.TIES}")
    body = "# learned: begin\n" + "\n".join(lines) + "\n# learned: end"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"# learned: begin.*# learned: end", lambda _: body, text, flags=re.DOTALL)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Leave each collection out in turn; with --write, learn on all of them and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not (options.data / "chats").is_dir():
        print(f"Real chats are not here ({options.data} does not exist); nothing is learned.")
        return
    groups: dict[str, list[RealChat]] = defaultdict(list)
    for real in read_chats(options.data):
        groups[real.collection].append(real)
    start = read_start()
    apply(start)
    prepared = {
        name: [chat for chat in map(prepare, group) if chat] for name, group in groups.items()
    }
    prepared = {name: even_out(chats) for name, chats in prepared.items() if chats}
    held: dict[str, Any] = {}
    for name in ("critlib", "ngsschat 2012", "ngsschat 2013-15", "ngsschat 2021"):
        others = [chat for key, chats in prepared.items() if key != name for chat in chats]
        apply(learn(others, start))
        figures: dict[str, Any] = measure(groups[name], 0.0)[1]
        held[name] = figures["collections"][name]
        held[name]["calibration_error"] = figures["calibration_error"]
        print(f"{name:18} left out: {held[name]}", flush=True)
    if options.write:
        apply(learn([chat for chats in prepared.values() for chat in chats], start))
        write()
    print(json.dumps({"benchmark": "learn_placing", "left_out": held}))


if __name__ == "__main__":
    main()
