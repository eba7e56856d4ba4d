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
    (-4.0,) * 10,
    (0.0,) * 10,
    (-1.5,) * 10,
    (-3.5,) * 10,
    (-4.5,) * 10,
)
CIRCUMSTANCES: dict[str, tuple[float, ...]] = {
    "talk": (0.0,) * 5,
    "moderator": (0.0,) * 5,
    "first": (0.0,) * 5,
    "lost": (0.0,) * 5,
}
LIKENESS = 2.0
VOCABULARY = 0.3
REPLY_TO_QUESTION = 3.0
TIES: dict[str, tuple[float, ...]] = {
    "goes on": (-3.0, -2.2, 0.6, -0.8, -1.5, -2.0),
    "lost": (-0.5, -0.3, 0.2, -0.3, -0.5, -0.5),
    "lost later": (-0.5, -0.3, 0.2, -0.3, -0.5, -0.5),
    "mention": (-1.2, -0.8, 0.2, -0.8, -1.2, -1.2),
    "mention later": (-1.2, -0.8, 0.2, -0.8, -1.2, -1.2),
    "neighbour": (-0.3, -0.1, 0.1, -0.1, -0.3, -0.3),
    "neighbour later": (-0.3, -0.1, 0.1, -0.1, -0.3, -0.3),
    "next part": (-4.0, -3.0, 0.5, -3.0, -4.0, -4.0),
    "own reply": (-3.0, -2.5, 0.3, -2.5, -3.5, -3.5),
    "own reply later": (-3.0, -2.5, 0.3, -2.5, -3.5, -3.5),
    "quote": (-3.0, -2.0, 0.5, -2.0, -3.0, -3.0),
    "reply": (-3.0, -2.5, 0.3, -2.5, -3.5, -3.5),
    "reply later": (-3.0, -2.5, 0.3, -2.5, -3.5, -3.5),
    "step at once": (-3.0, -2.2, 0.6, -0.8, -1.5, -2.0),
    "step later": (-2.5, -1.5, 0.0, 0.0, -0.5, -1.0),
    "step over more": (-2.5, -1.5, 0.0, 0.0, -0.5, -1.0),
    "step over one": (-2.5, -1.5, 0.0, 0.0, -0.5, -1.0),
    "step over two": (-2.5, -1.5, 0.0, 0.0, -0.5, -1.0),
    "step soon": (-2.5, -1.5, 0.0, 0.0, -0.5, -1.0),
}
# learned: end

LABEL = 8.0  # a label in its usual place
LABEL_MIDST = 3.0  # a label inside a sentence
SHARPNESS = 1.0  # how far beliefs are trusted as confidences: below 1 makes them more modest
