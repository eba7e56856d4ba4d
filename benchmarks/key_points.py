"""Which key point does an argument support? Words and an encoder beside each other, and both.

On KPA 2021 (Friedman and others, 2021), by its own definition: per topic and stance each argument
is given its likeliest key point, the better half of the arguments is kept, and the average
precision of their order is taken; the mean over topics and stances is given twice: strict (a pair
that people left undecided counts as wrong) and relaxed (as right). Topics are split in those of
training (24) and of development (4) as they come.

`words` is the cosine that groups statements, `encoder` the plain cosine of the encoder's vectors,
`apart` the same after the mean of what is said on the topic is taken off, `both` a logistic
regression over these and the rarest word shared, learned on other topics than it is judged on.

    python benchmarks/key_points.py                      # words alone
    python benchmarks/key_points.py --encoder universal  # the encoder of the extra `meaning`
    python benchmarks/key_points.py --encoder address    # the one at CHINWAG_EMBEDDINGS_ADDRESS
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from chinwag.config import read_settings
from chinwag.engines.remote_encoder import RemoteEncoder
from chinwag.engines.universal_encoder import UniversalEncoder
from chinwag.text.encoder import Encoder
from chinwag.text.words import Vector, content_words, cosine, make_vector, weigh_words
from regression import Matrix, learn_weights

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "kpa2021"
SIGNS = ("words", "encoder", "apart", "rarest", "shared")
FOLDS = 4


class Group(NamedTuple):
    """What was said on one topic with one stance, and the key points that it may support.

    `labels` is a row an argument, a column a key point: 1 match, 0 none, nan undecided. `signs`
    has a matrix of the same shape for each name of SIGNS.
    """

    part: str
    topic: str
    arguments: tuple[str, ...]
    key_points: tuple[str, ...]
    labels: Matrix
    signs: Mapping[str, Matrix]


def read_groups(folder: Path, encode: Callable[[Sequence[str]], Matrix] | None) -> list[Group]:
    """Give every topic and stance of both parts, with the signs of each pair."""
    groups = []
    for part in ("train", "dev"):
        labels = {
            (row["arg_id"], row["key_point_id"]): float(row["label"])
            for row in _read_rows(folder / f"labels_{part}.csv")
        }
        sides: dict[tuple[str, str], tuple[dict[str, str], dict[str, str]]] = defaultdict(
            lambda: ({}, {})
        )
        for row in _read_rows(folder / f"arguments_{part}.csv"):
            sides[row["topic"], row["stance"]][0][row["arg_id"]] = row["argument"]
        for row in _read_rows(folder / f"key_points_{part}.csv"):
            sides[row["topic"], row["stance"]][1][row["key_point_id"]] = row["key_point"]
        for (topic, _), (said, points) in sides.items():
            if not points:
                continue
            truth = [[labels.get((one, point), np.nan) for point in points] for one in said]
            arguments, key_points = tuple(said.values()), tuple(points.values())
            signs = find_signs(topic, arguments, key_points, encode)
            groups.append(Group(part, topic, arguments, key_points, np.array(truth), signs))
    return groups


def _read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def find_signs(
    topic: str,
    arguments: Sequence[str],
    key_points: Sequence[str],
    encode: Callable[[Sequence[str]], Matrix] | None,
) -> dict[str, Matrix]:
    """Give what tells that an argument and a key point say the same, a matrix for each sign."""
    weights = weigh_words(map(content_words, arguments))
    given = set(content_words(topic))
    said = [make_vector(content_words(text), weights) for text in arguments]
    points = [make_vector(content_words(text), weights) for text in key_points]
    shared = [[_share(one, other, given) for other in points] for one in said]
    rarest = [
        [max((weights.of.get(w, weights.unseen) for w in words), default=0.0) for words in row]
        for row in shared
    ]
    signs = {
        "words": np.array([[cosine(one, other) for other in points] for one in said]),
        "rarest": np.array(rarest),
        "shared": np.array([[float(min(4, len(words))) for words in row] for row in shared]),
    }
    if encode is not None:
        left, right = _unit(encode(arguments)), _unit(encode(key_points))
        middle = left.mean(axis=0)
        signs["encoder"] = left @ right.T
        signs["apart"] = _unit(left - middle) @ _unit(right - middle).T
    return signs


def _share(one: Vector, other: Vector, given: set[str]) -> list[str]:
    return [word for word in one if word in other and word not in given]


def _unit(vectors: Matrix) -> Matrix:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Matrix = vectors / np.maximum(lengths, 1e-9)
    return unit


Scores = Callable[[Group], Matrix]


def measure(groups: Sequence[Group], score: Scores) -> dict[str, float]:
    """Give the mean average precision of the better half, strict and relaxed."""
    found: dict[str, list[float]] = {"strict": [], "relaxed": []}
    for group in groups:
        scores = score(group)
        best, height = scores.argmax(axis=1), scores.max(axis=1)
        kept = np.argsort(-height, kind="stable")[: len(height) // 2]
        labels = group.labels[kept, best[kept]]
        found["strict"].append(_average_precision(np.nan_to_num(labels, nan=0.0)))
        found["relaxed"].append(_average_precision(np.nan_to_num(labels, nan=1.0)))
    return {name: round(float(np.mean(values)), 3) for name, values in found.items()}


def _average_precision(labels: Matrix) -> float:
    """Give the mean precision at each match of a ranked list, 0 where there is none."""
    if not labels.sum():
        return 0.0
    precision = np.cumsum(labels) / np.arange(1, len(labels) + 1)
    return float((precision * labels).sum() / labels.sum())


class Learned(NamedTuple):
    """A logistic regression: `weights` a sign, and the `level`."""

    weights: Matrix
    level: float

    def score(self, group: Group) -> Matrix:
        """Give the log-odds that each argument of a group supports each key point."""
        scores: Matrix = _stack(group) @ self.weights + self.level
        return scores


def learn(groups: Sequence[Group]) -> Learned:
    """Give the regression that best tells the matches of these groups from the rest."""
    signs = np.concatenate([_stack(group)[~np.isnan(group.labels)] for group in groups])
    truth = np.concatenate([group.labels[~np.isnan(group.labels)] for group in groups])
    return Learned(*learn_weights(signs, truth))


def _stack(group: Group) -> Matrix:
    stacked: Matrix = np.stack([group.signs[n] for n in SIGNS if n in group.signs], axis=-1)
    return stacked


def learn_apart(groups: Sequence[Group]) -> Scores:
    """Give scores of which each comes from a regression that has not seen the group's topic."""
    train = [group for group in groups if group.part == "train"]
    topics = sorted({group.topic for group in train})
    whole = learn(train)
    by_topic = {}
    for fold in range(FOLDS):
        held = set(topics[fold::FOLDS])
        learned = learn([group for group in train if group.topic not in held])
        by_topic.update(dict.fromkeys(held, learned))
    return lambda group: by_topic.get(group.topic, whole).score(group)


def make_encode(name: str) -> tuple[Encoder | None, Callable[[Sequence[str]], Matrix] | None]:
    """Give the encoder called so, and a function that gives its vectors as a matrix."""
    encoder: Encoder
    if name == "universal":
        encoder = UniversalEncoder()
    elif name == "address":
        settings = read_settings()
        encoder = RemoteEncoder(
            settings.embeddings_address, settings.embeddings_model, settings.embeddings_key
        )
    else:
        return None, None
    return encoder, lambda texts: np.array(encoder.encode(list(texts)))


def main() -> None:
    """Measure, print a table, and end with one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--encoder", choices=("none", "universal", "address"), default="none")
    parser.add_argument("--quick", action="store_true", help="words alone")
    said = parser.parse_args()
    if not SHARED.is_dir():
        print(f"The key points are not here ({SHARED} does not exist); nothing was measured.")
        return
    encoder, encode = make_encode("none" if said.quick else said.encoder)
    started = time.perf_counter()
    groups = read_groups(SHARED, encode)
    seconds = time.perf_counter() - started
    scores: dict[str, Scores] = {
        name: lambda group, name=name: group.signs[name]  # type: ignore[misc]
        for name in SIGNS[:3]
        if name in groups[0].signs
    }
    scores["both" if encoder else "learned words"] = learn_apart(groups)
    found: dict[str, dict[str, dict[str, float]]] = {}
    for part, topics in (("train", "training topics"), ("dev", "development topics")):
        chosen = [group for group in groups if group.part == part]
        found[topics] = {name: measure(chosen, score) for name, score in scores.items()}
        for name, values in found[topics].items():
            print(f"{topics:<20} {name:<14} {values['strict']:.3f} / {values['relaxed']:.3f}")
    learned = learn([group for group in groups if group.part == "train"])
    names = [name for name in SIGNS if name in groups[0].signs]
    weights = zip(names, (round(float(one), 3) for one in learned.weights), strict=True)
    print(f"Learned on all training topics: {dict(weights)}, level {learned.level:.3f}")
    print(
        json.dumps(
            {
                "benchmark": "key_points",
                "compared_with": "words (TF-IDF cosine) and the plain cosine of the encoder",
                "encoder": encoder.name if encoder else "none",
                "seconds": round(seconds, 1),
                **found,
            }
        )
    )


if __name__ == "__main__":
    main()
