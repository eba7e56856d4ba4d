"""The numbers by which methods weigh: natural logarithms of how likely.

They are what plain sense gives, few and round, so that they hold for chats of any people and pace.
`benchmarks/learn_placing.py` looks for better ones on real chats, and tells what they are worth on
chats of collections that they were not chosen on: docs/decisions/0003-placing.md.
"""

from __future__ import annotations

TYPING = 0.2  # seconds that a character takes to write

AHEAD = -6.0  # for the question to come: people answer it before it is asked, or clocks differ
LEAST = -6.0  # time alone speaks no more than so much against a question
SPREAD = 0.75  # of the logarithms of the delays of a chat's answers
OWN_SPREAD = 0.65  # of the logarithms of one person's delays
LAG = 0.5  # by how much the usual delay differs from person to person (its logarithm)
REPLY_TIME = 0.1  # share that the time of a reply tells: a reply comes when it comes
MENTION_TIME = 0.5  # share that the time tells where only a mention says whom a post answers

LIKENESS = 2.5  # of a post to a question's own words (cosine)
VOCABULARY = 0.2  # of its words to what is said on the question (logarithm of a probability)
MEANING_ASKED = 3.0  # by an encoder: of nearness to a question in meaning (cosine)
MEANING_SAID = 1.0  # by an encoder: of nearness to what is said on it (logarithm of a density)
REPLY_TO_QUESTION = 5.0
LABEL = 8.0  # a label in its usual place
LABEL_MIDST = 3.0  # a label inside a sentence
FIRST_PART = 6.0  # for the first part of a question, where a label names none

# Ties, by how many questions on the later post is: two or more back, one back, the same, one on,
# two, more.
TIES: dict[str, tuple[float, ...]] = {
    "turn": (-3.0, -2.3, -1.0, -0.6, -1.6, -2.3),
    "catching up": (-4.0, -3.3, -0.8, -0.6, -2.0, -3.0),
    "goes on": (-3.0, -2.2, 0.6, -0.8, -1.5, -2.0),
    "lost": (-0.5, -0.3, 0.2, -0.3, -0.5, -0.5),
    "mention": (-1.2, -0.8, 0.2, -0.8, -1.2, -1.2),
    "next part": (-4.0, -3.0, 0.5, -3.0, -4.0, -4.0),
    "own reply": (-3.0, -2.5, 0.5, -1.5, -2.5, -3.0),
    "quote": (-3.0, -2.0, 0.5, -2.0, -3.0, -3.0),
    "reply": (-3.5, -3.0, 0.5, -2.5, -3.0, -3.5),
}
_BACK, _ON = 2, 3  # questions back and on that ties tell apart

SHARPNESS = 1.0  # how far beliefs are trusted as confidences: below 1 makes them more modest


def find_step(on: int) -> int:
    """Return the place in a tie's weights of a post that is so many questions `on`."""
    return max(-_BACK, min(_ON, on)) + _BACK
