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
AGE = (
    (-4.0, -4.08, -3.87, -4.09, -3.87, -4.13, -3.84, -3.39, -3.65, -4.0),
    (-0.87, -0.49, -0.37, -0.01, 0.01, -0.14, -0.14, -0.23, -0.2, -1.12),
    (-0.88, -0.98, -1.28, -1.52, -1.56, -1.54, -1.41, -1.64, -1.9, -2.14),
    (-3.39, -3.29, -3.3, -3.26, -3.43, -3.3, -3.4, -3.56, -3.4, -2.69),
    (-4.39, -4.6, -4.45, -4.5, -4.62, -4.32, -4.61, -4.54, -4.27, -3.62),
)
CIRCUMSTANCES: dict[str, tuple[float, ...]] = {
    "talk": (0.41, -1.09, 0.42, 0.13, 0.4),
    "moderator": (0.27, 0.22, -0.39, -0.01, -0.04),
    "first": (-0.09, -0.44, 0.1, 0.16, 0.07),
    "lost": (0.22, 0.03, -0.29, 0.09, 0.29),
}
LIKENESS = 2.12
VOCABULARY = 0.24
REPLY_TO_QUESTION = 3.01
TIES: dict[str, tuple[float, ...]] = {
    "goes on": (-3.0, -2.08, 0.59, -0.99, -1.5, -1.97),
    "lost": (-0.78, -1.23, 0.32, -0.35, -0.6, 0.04),
    "lost later": (-0.46, -0.15, -0.12, -0.21, -0.17, -0.52),
    "mention": (-1.25, -0.73, 0.07, -0.82, -1.15, -1.23),
    "mention later": (-1.21, -0.83, 0.19, -1.03, -0.95, -1.15),
    "neighbour": (0.65, -0.63, -0.14, -0.07, -0.51, 0.48),
    "neighbour later": (-0.2, 0.22, 0.08, -0.26, -0.56, -0.31),
    "next part": (-4.0, -3.0, 0.5, -3.0, -4.0, -4.0),
    "own reply": (-3.0, -2.5, 0.5, -1.5, -2.5, -3.0),
    "own reply later": (-3.0, -2.5, 0.5, -1.5, -2.5, -3.0),
    "quote": (-3.0, -2.01, 0.5, -2.0, -3.0, -3.0),
    "reply": (-3.5, -3.0, 0.5, -2.5, -3.0, -3.5),
    "reply later": (-3.5, -3.0, 0.5, -2.5, -3.0, -3.5),
    "step at once": (-3.03, -2.42, 0.23, -0.63, -1.39, -1.8),
    "step later": (-2.41, -1.73, -0.08, 0.16, -0.39, -1.12),
    "step over more": (-2.51, -1.4, -0.15, -0.05, -0.82, -0.55),
    "step over one": (-2.59, -1.45, -0.22, 0.25, -0.43, -1.18),
    "step over two": (-2.55, -1.49, -0.42, -0.07, -0.52, -0.54),
    "step soon": (-2.31, -1.5, -0.23, -0.11, -0.57, -1.02),
}
# learned: end

LABEL = 8.0  # a label in its usual place
LABEL_MIDST = 3.0  # a label inside a sentence
SHARPNESS = 0.8  # how far beliefs are trusted as confidences: below 1 makes them more modest
