"""The numbers by which methods weigh: natural logarithms of how likely, learned on real chats.

`benchmarks/learn_placing.py` computes them; docs/decisions/0003-placing.md says from what, and
what they are worth on chats of collections that they were not learned on.
"""

from __future__ import annotations

TYPING = 0.2  # seconds that a character takes to write
# How many seconds the newest question had been out: upper edges of the columns of AGE.
AGE_EDGES = (30.0, 90.0, 150.0, 210.0, 270.0, 390.0, 570.0, 810.0, 1200.0)
# Rows: the question to come; the newest; the one before; two before; three or more before.
# learned: begin
AGE: tuple[tuple[float, ...], ...] = (
    (-6.0, -6.03, -5.8, -5.08, -4.86, -5.09, -4.46, -3.43, -3.56, -4.0),
    (-1.33, -0.51, -0.45, -0.18, -0.25, -0.51, -0.48, -0.63, -0.49, -1.55),
    (-0.47, -0.95, -1.53, -1.96, -2.04, -2.13, -2.11, -2.64, -3.15, -3.0),
    (-3.41, -3.29, -3.29, -3.26, -3.48, -3.29, -3.41, -3.54, -3.43, -2.92),
    (-4.36, -4.56, -4.52, -4.44, -4.57, -4.28, -4.58, -4.49, -4.29, -3.67),
)
CIRCUMSTANCES: dict[str, tuple[float, ...]] = {
    "talk": (0.65, -1.42, 0.61, -0.04, 0.25),
    "moderator": (0.32, 0.23, -0.26, -0.03, -0.25),
    "first": (-0.05, -0.52, 0.11, 0.19, 0.1),
    "lost": (0.32, 0.11, -0.43, -0.03, 0.28),
}
LIKENESS = 2.23
VOCABULARY = 0.18
REPLY_TO_QUESTION = 3.04
TIES: dict[str, tuple[float, ...]] = {
    "goes on": (-3.0, -2.05, 0.53, -0.98, -1.52, -1.98),
    "lost": (-0.9, -1.01, 0.4, -0.37, -0.75, -0.12),
    "lost later": (-0.47, -0.09, -0.12, -0.26, -0.19, -0.6),
    "mention": (-1.2, -0.8, 0.2, -0.8, -1.2, -1.2),
    "mention later": (-1.2, -0.8, 0.2, -0.8, -1.2, -1.2),
    "neighbour": (0.43, -0.72, -0.21, 0.1, -0.62, 0.31),
    "neighbour later": (-0.18, 0.09, 0.01, -0.17, -0.44, -0.28),
    "next part": (-4.0, -3.0, 0.5, -3.0, -4.0, -4.0),
    "own reply": (-3.0, -2.5, 0.5, -1.5, -2.5, -3.0),
    "own reply later": (-3.0, -2.5, 0.5, -1.5, -2.5, -3.0),
    "quote": (-3.0, -2.0, 0.5, -2.0, -3.0, -3.0),
    "reply": (-3.5, -3.0, 0.5, -2.5, -3.0, -3.5),
    "reply later": (-3.5, -3.0, 0.5, -2.5, -3.0, -3.5),
    "step at once": (-3.03, -2.1, 0.08, -0.63, -1.36, -2.05),
    "step later": (-2.48, -1.53, -0.05, 0.24, -0.46, -1.12),
    "step over more": (-2.5, -1.39, -0.16, -0.1, -0.8, -0.55),
    "step over one": (-2.55, -1.37, -0.29, 0.24, -0.36, -1.17),
    "step over two": (-2.52, -1.45, -0.37, -0.11, -0.6, -0.43),
    "step soon": (-2.49, -1.28, -0.32, -0.06, -0.66, -1.05),
}
# learned: end

LABEL = 8.0  # a label in its usual place
LABEL_MIDST = 3.0  # a label inside a sentence
SHARPNESS = 0.8  # how far beliefs are trusted as confidences: below 1 makes them more modest
