"""Logistic regression by Newton's method, for weights that ship as plain numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

Matrix = np.ndarray[Any, np.dtype[np.float64]]


def learn_weights(
    signs: Matrix, truth: Matrix, pull: float = 1.0, rounds: int = 20
) -> tuple[Matrix, float]:
    """Give a weight for each column of `signs`, and the log-odds where all are 0.

    `truth` is 1 or 0 for each row. Weights of the standardised columns are held near 0 by `pull`.
    """
    middle, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    inputs = np.c_[(signs - middle) / spread, np.ones(len(signs))]
    weights = np.zeros(inputs.shape[1])
    held = pull * np.eye(len(weights))
    held[-1, -1] = 0.0
    for _ in range(rounds):
        likely = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (likely - truth) + held @ weights
        bend = (inputs * (likely * (1 - likely))[:, None]).T @ inputs + held
        weights = weights - np.linalg.solve(bend, slope)
    plain: Matrix = weights[:-1] / spread
    return plain, float(weights[-1] - plain @ middle)
