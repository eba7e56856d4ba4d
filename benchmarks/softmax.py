"""Multinomial logistic regression, fitted by L-BFGS, for weights that ship as plain numbers.

Nocedal, "Updating quasi-Newton matrices with limited storage", Mathematics of Computation 35
(1980). Weights are held near 0 by half their squares times `pull`; the bias is free.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

Matrix = np.ndarray[Any, np.dtype[np.float64]]
Whole = np.ndarray[Any, np.dtype[np.int64]]
Slope = Callable[[Matrix], tuple[float, Matrix]]

RARE = 3  # examples in which a feature stands at least, to be learned
MEMORY = 10  # steps that are remembered
ROUNDS = 150
ENOUGH = 1e-4  # a smaller share of the loss won by a step ends the search


class Rows(NamedTuple):
    """Which columns hold a one: those of all rows one after the other, and where each row ends.

    The last column holds a one in every row: it is the bias.
    """

    places: Whole
    starts: Whole
    lengths: Whole
    columns: int

    def times(self, weights: Matrix) -> Matrix:
        """Return the rows times some weights, a row of them for each column."""
        sums: Matrix = np.add.reduceat(weights[self.places], self.starts, axis=0)
        return sums

    def gather(self, values: Matrix) -> Matrix:
        """Return for each column the sum of the values of the rows that hold it."""
        spread = np.repeat(values, self.lengths, axis=0)
        sums = [np.bincount(self.places, one, self.columns) for one in spread.T]
        return np.stack(sums, axis=1)


class Fitted(NamedTuple):
    """What was fitted: a row of `weights` for each feature of `columns`, the bias last."""

    columns: dict[str, int]
    weights: Matrix

    def weigh(self, rows: Sequence[Sequence[str]]) -> Matrix:
        """Return how likely each outcome is, one row for each of `rows`."""
        return share(place(rows, self.columns).times(self.weights))


def fit(
    rows: Sequence[Sequence[str]],
    outcomes: Sequence[int],
    counts: Sequence[float],
    number: int,
    pull: float,
) -> Fitted:
    """Return the model of some rows of features with their outcomes, each counting so much."""
    seen = Counter(feature for row in rows for feature in row)
    kept = sorted(feature for feature, count in seen.items() if count >= RARE)
    columns = {feature: at for at, feature in enumerate(kept)}
    inputs = place(rows, columns)
    truth = np.eye(number)[np.asarray(outcomes)]
    much = np.asarray(counts, dtype=np.float64)
    held = np.full((len(columns) + 1, 1), pull)
    held[-1] = 0.0

    def slope(flat: Matrix) -> tuple[float, Matrix]:
        weights = flat.reshape(-1, number)
        likely = share(inputs.times(weights))
        loss = -(much * np.log((likely * truth).sum(axis=1) + 1e-12)).sum()
        down = inputs.gather((likely - truth) * much[:, None]) + held * weights
        return float(loss + (held * weights**2).sum() / 2), down.ravel()

    flat = descend(slope, np.zeros((len(columns) + 1) * number))
    return Fitted(columns, flat.reshape(-1, number))


def place(rows: Sequence[Sequence[str]], columns: dict[str, int]) -> Rows:
    """Return which columns the features of each row are in; those without a column are left out."""
    bias = len(columns)
    found = [[*(columns[one] for one in row if one in columns), bias] for row in rows]
    lengths = np.array([len(row) for row in found])
    places = np.array([at for row in found for at in row])
    return Rows(places, np.cumsum(lengths) - lengths, lengths, bias + 1)


def share(sums: Matrix) -> Matrix:
    """Return the softmax of each row."""
    raised = np.exp(sums - sums.max(axis=1, keepdims=True))
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares


def descend(slope: Slope, start: Matrix) -> Matrix:
    """Return where a loss is least, by L-BFGS with steps halved until the loss falls."""
    at = start
    loss, down = slope(at)
    steps: list[tuple[Matrix, Matrix]] = []
    for _ in range(ROUNDS):
        way = -_bend(down, steps)
        length, fall = 1.0, float(down @ way)
        after, next_down = slope(at + length * way)
        while after > loss + 1e-4 * length * fall and length > 1e-8:
            length /= 2
            after, next_down = slope(at + length * way)
        step, change = length * way, next_down - down
        if change @ step > 1e-10:
            steps = [*steps, (step, change)][-MEMORY:]
        settled = abs(loss - after) < ENOUGH * max(1.0, abs(loss))
        at, loss, down = at + step, after, next_down
        if settled:
            break
    return at


def _bend(down: Matrix, steps: Sequence[tuple[Matrix, Matrix]]) -> Matrix:
    """Return the slope turned by what the last steps tell of the curvature."""
    way = down.copy()
    shares = []
    for step, change in reversed(steps):
        part = float(step @ way) / float(change @ step)
        shares.append(part)
        way -= part * change
    if steps:
        step, change = steps[-1]
        way *= float(step @ change) / float(change @ change)
    else:
        way /= max(1.0, float(np.linalg.norm(down)))
    for (step, change), part in zip(steps, reversed(shares), strict=True):
        way += (part - float(change @ way) / float(change @ step)) * step
    return way
