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
    (-6.01, -6.02, -5.87, -5.07, -4.85, -5.0, -4.46, -3.83, -3.44, -4.0),
    (-1.34, -0.97, -0.51, -0.52, -0.53, -0.94, -0.76, -0.61, -0.66, -0.97),
    (-0.37, -0.75, -1.31, -1.81, -1.92, -1.88, -1.96, -2.42, -3.07, -1.7),
    (-3.36, -3.19, -3.48, -3.32, -3.37, -3.38, -3.32, -3.59, -3.55, -1.62),
    (-4.44, -4.49, -4.51, -4.32, -4.55, -4.43, -4.57, -4.47, -4.42, -1.96),
)
CIRCUMSTANCES: dict[str, tuple[float, ...]] = {
    "talk": (0.53, -1.33, 0.52, -0.09, 0.14),
    "moderator": (0.37, 0.02, -0.23, -0.12, 0.05),
    "first": (-0.08, -0.32, 0.02, 0.11, 0.15),
    "lost": (0.01, 0.43, -0.32, -0.06, 0.05),
}
LIKENESS = 2.22
VOCABULARY = 0.2
REPLY_TO_QUESTION = 3.17
TIES: dict[str, tuple[float, ...]] = {
    "arrival": (-2.48, -1.36, 0.04, -0.21, -0.55, -1.0),
    "arrival later": (-2.5, -1.52, 0.2, -0.18, -0.52, -1.01),
    "aside": (-2.55, -0.68, -0.39, -0.64, -0.51, -1.0),
    "aside later": (-2.48, -1.56, -0.07, 0.01, -0.45, -0.93),
    "goes on": (-3.0, -2.03, 0.54, -1.07, -1.43, -1.97),
    "lost": (-0.63, -0.38, 0.33, -0.62, -0.46, -0.22),
    "lost later": (-0.48, -0.31, 0.0, -0.28, -0.2, -0.54),
    "mention": (-1.2, -0.8, 0.2, -0.8, -1.2, -1.2),
    "mention later": (-1.2, -0.8, 0.2, -0.8, -1.2, -1.2),
    "neighbour": (0.43, -0.67, -0.21, 0.04, -0.47, -0.01),
    "neighbour later": (-0.17, 0.05, 0.04, -0.13, -0.35, -0.29),
    "next part": (-4.0, -3.0, 0.5, -3.0, -4.0, -4.0),
    "own reply": (-3.0, -2.5, 0.5, -1.5, -2.5, -3.0),
    "own reply later": (-3.0, -2.5, 0.5, -1.5, -2.5, -3.0),
    "quote": (-3.0, -2.0, 0.5, -2.0, -3.0, -3.0),
    "reply": (-3.5, -3.0, 0.5, -2.5, -3.0, -3.5),
    "reply later": (-3.5, -3.0, 0.5, -2.5, -3.0, -3.5),
    "step at once": (-3.02, -2.29, 0.69, -0.77, -1.47, -2.02),
    "step later": (-2.28, -1.61, -0.54, 0.28, -0.54, -0.94),
    "step over more": (-2.5, -1.53, -0.11, -0.17, -0.63, -0.63),
    "step over one": (-2.41, -1.2, -0.75, 0.31, -0.49, -0.99),
    "step over two": (-2.52, -1.47, -0.45, -0.24, -0.31, -0.39),
    "step soon": (-2.46, -1.46, -0.04, 0.13, -0.57, -0.92),
}
# learned: end

LABEL = 8.0  # a label in its usual place
LABEL_MIDST = 3.0  # a label inside a sentence
FIRST_PART = 4.0  # for the first part of a question, where a label names none
SHARPNESS = 1.0  # how far beliefs are trusted as confidences: below 1 makes them more modest
