"""The numbers by which methods weigh: natural logarithms of how likely, learned on real chats.

`benchmarks/learn_placing.py` computes them; docs/decisions/0003-placing.md says from what, and
what they are worth on chats of collections that they were not learned on.
"""

from __future__ import annotations

# How many seconds the newest question has been out: upper edges of the columns below.
AGE_EDGES = (30.0, 60.0, 90.0, 120.0, 180.0, 240.0, 360.0, 600.0, 900.0)
# Rows: the question before it was asked; the newest; the one before; two before; three or more.
AGE = {
    -1: (-6.0, -6.0, -6.0, -6.0, -6.0, -5.5, -5.0, -4.5, -4.0, -3.5),
    0: (-1.6, -1.1, -0.7, -0.5, -0.35, -0.25, -0.15, -0.1, -0.1, -0.1),
    1: (-0.3, -0.5, -0.8, -1.1, -1.4, -1.8, -2.2, -2.7, -3.0, -3.0),
    2: (-3.2, -3.4, -3.5, -3.6, -3.8, -4.0, -4.2, -4.5, -4.5, -4.5),
    3: (-4.5, -4.6, -4.8, -5.0, -5.0, -5.2, -5.5, -5.5, -5.5, -5.5),
}

# From one post of a person to the next: how many questions on (below: back).
STEP = {-2: -2.5, -1: -1.5, 0: -0.2, 1: 0.0, 2: -0.3, 3: -0.5}
# From a post to the post it answers: the same question, one later, anything else.
REPLY = {0: 0.0, 1: -3.0, -1: -3.5, 2: -4.5}
# A mention that opens a post, without a reply: the same, more softly.
MENTION = {0: 0.0, 1: -1.5, -1: -1.7, 2: -2.0}

LABEL = 8.0  # a label in its usual place
LABEL_MIDST = 3.0  # a label inside a sentence
REPLY_TO_QUESTION = 3.5  # answers the very post that asks
WORDING = 4.0  # times the likeness to the question's words
