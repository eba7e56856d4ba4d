"""Beliefs: how likely each question is for each post, all evidence weighed together.

Posts are the nodes of a graph, questions their states. Each person's turns are read as a chain;
what people say to one another hangs on those turns by replies, mentions and quotations. Belief
propagation (Pearl, 1982; with loops: Murphy, Weiss and Jordan, 1999) gives how likely each question
is for each post.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from chinwag.steps.placing.by_meaning import MeaningModel
from chinwag.steps.placing.by_turn import follow_turns
from chinwag.steps.placing.by_words import WordModel
from chinwag.steps.placing.evidence import Evidence, Weights
from chinwag.steps.placing.pace import Pace
from chinwag.steps.placing.propagate import Tie, propagate
from chinwag.steps.placing.turns import Turns
from chinwag.steps.reading.view import ChatView
from chinwag.text.encoder import Encoder

_PASSES = 2  # words are read again once it is clearer what belongs where
_NOTHING: Weights = {}


class Grounds(NamedTuple):
    """Everything that beliefs rest on."""

    view: ChatView
    turns: Turns
    pace: Pace
    words: WordModel
    ties: Sequence[Tie]


class Beliefs(NamedTuple):
    """How likely each state is for each post, and what words and meaning weighed in it."""

    shares: Sequence[Mapping[int, float]]
    by_words: Sequence[Weights]
    by_meaning: Mapping[int, Weights]

    def find_likeliest(self, at: int) -> int | None:
        """Return the likeliest state of a post, None where nothing is believed."""
        shares = self.shares[at]
        return max(shares, key=lambda state: shares[state], default=None)


def believe(
    grounds: Grounds,
    evidence: Sequence[Evidence],
    encoder: Encoder | None = None,
    hashtag: str = "",
) -> Beliefs:
    """Return what is to be believed of every post.

    An `encoder` is asked about the posts in doubt of a chat with numbers, the chat's `hashtag` left
    out of what they say. Raises what it raises.
    """
    beliefs = Beliefs(propagate([item.states for item in evidence], []), (), {})
    for _ in range(_PASSES):
        # What words weighed before is not read again: in a large chat it is not held meanwhile.
        beliefs = beliefs._replace(by_words=())
        beliefs = _believe_again(grounds, evidence, beliefs)
    if encoder is None or not grounds.view.numbered:
        return beliefs
    meanings = MeaningModel(grounds.view, grounds.turns, beliefs.shares, hashtag, encoder)
    weighed = meanings.weigh([item.states for item in evidence], beliefs.shares)
    beliefs = beliefs._replace(by_words=(), by_meaning=weighed)
    return _believe_again(grounds, evidence, beliefs)


def _believe_again(grounds: Grounds, evidence: Sequence[Evidence], before: Beliefs) -> Beliefs:
    """Return what is believed once the words are read by what was believed before."""
    doubtful = [len(item.states) > 1 for item in evidence]
    by_words = grounds.words.weigh(before.shares, doubtful)
    nodes = _weigh_nodes(grounds, evidence, by_words, before.by_meaning)
    return Beliefs(propagate(nodes, grounds.ties), by_words, before.by_meaning)


def _weigh_nodes(
    grounds: Grounds,
    evidence: Sequence[Evidence],
    by_words: Sequence[Weights],
    by_meaning: Mapping[int, Weights],
) -> Iterator[Weights]:
    """Yield the weight of each state of each post, all evidence of it together.

    Of a large chat they are a good part of what is held, so they are made one by one.
    """
    weighed = [
        (item, words, by_meaning.get(at, _NOTHING))
        for at, (item, words) in enumerate(zip(evidence, by_words, strict=True))
    ]
    turned: Mapping[int, Weights] = {}
    if grounds.view.numbered and grounds.view.asks:  # groups are not answered one after the other
        apart = [item.weigh(words, meaning, timed=False) for item, words, meaning in weighed]
        turned = follow_turns(grounds.view, grounds.turns, grounds.pace, apart)
    for at, (item, words, meaning) in enumerate(weighed):
        yield turned[at] if at in turned else item.weigh(words, meaning)
