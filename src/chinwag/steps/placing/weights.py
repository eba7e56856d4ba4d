"""The numbers by which methods weigh: natural logarithms of how likely.

They are what common sense gives, few and round, so that they hold for chats of any people and pace.
`benchmarks/learn_placing.py` looks for better ones on real chats, and tells what they are worth on
chats of collections that they were not chosen on: docs/decisions/0003-placing.md.
"""

from __future__ import annotations

UNLIKELY = 6.0  # a state so much below the best is left out, and time alone says no more
SPREAD = 0.75  # of the logarithms of delays, a chat's and one person's
VARIES = 0.5  # by how much their middle differs, from chat to chat and from person to person
SPOKEN_TO = 0.25  # share of time's weight in what speaks to somebody: a reply may come at any time

LIKENESS = 2.5  # of a post to a question's own words (cosine)
VOCABULARY = 0.3  # of its words to what is said on the question (logarithm of a probability)
MEANING = 3.0  # by an encoder: of nearness to a question in meaning (cosine)
LABEL = 8.0  # a label in its usual place: more than all else

# Ties between posts that are likely to be on one question.
FIRM = 3.0  # a reply, a quotation, a post that goes on; a label in passing weighs as much
LOOSE = 1.0  # the latest post of whoever is named; a reply whose text is lost


def weigh_step(on: int) -> float:
    """Return how well a person's turn goes with the next one, which is so many questions `on`.

    Going on by one is likeliest; each question more or less is less likely, up to two.
    """
    return -min(2.0, abs(on - 1))
