"""Beliefs: how likely each question is for each post, all evidence weighed together.

Posts are the nodes of a graph, questions their states. Each person's turns are read as a chain;
what people say to one another hangs on those turns by replies, mentions and quotations. Belief
propagation (Pearl, 1982; with loops: Murphy, Weiss and Jordan, 1999) gives how likely each question
is for each post.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chinwag.model import Placement
from chinwag.steps.placing.by_meaning import PostMeanings
from chinwag.steps.placing.by_reply import find_replies
from chinwag.steps.placing.by_sequence import find_going_on
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


def believe(grounds: Grounds, evidence: Sequence[Evidence]) -> Beliefs:
    """Return what is to be believed of every post, without an encoder."""
    beliefs = Beliefs(propagate([item.states for item in evidence], []), (), {})
    for _ in range(_PASSES):
        beliefs = _believe_again(grounds, evidence, beliefs)
    return beliefs


def ask_encoder(
    grounds: Grounds, evidence: Sequence[Evidence], beliefs: Beliefs, encoder: Encoder, hashtag: str
) -> Beliefs:
    """Return the beliefs once an encoder was asked about the posts in doubt."""
    meanings = PostMeanings(grounds.view, grounds.turns, beliefs.shares, hashtag, encoder)
    weighed = meanings.weigh([item.states for item in evidence], beliefs.shares)
    return _believe_again(grounds, evidence, beliefs._replace(by_meaning=weighed))


def _believe_again(grounds: Grounds, evidence: Sequence[Evidence], before: Beliefs) -> Beliefs:
    """Return what is believed once the words are read by what was believed before."""
    doubtful = [len(item.states) > 1 for item in evidence]
    by_words = grounds.words.weigh(before.shares, doubtful)
    weighed = [
        (item, words, before.by_meaning.get(at, _NOTHING))
        for at, (item, words) in enumerate(zip(evidence, by_words, strict=True))
    ]
    nodes = [item.weigh(words, meaning) for item, words, meaning in weighed]
    if grounds.view.numbered and grounds.view.asks:  # groups are not answered one after the other
        apart = [item.weigh(words, meaning, timed=False) for item, words, meaning in weighed]
        for at, node in follow_turns(grounds.view, grounds.turns, grounds.pace, apart).items():
            nodes[at] = node
    return Beliefs(propagate(nodes, grounds.ties), by_words, before.by_meaning)


def tie_posts(view: ChatView, turns: Turns, given: Mapping[str, Placement]) -> list[Tie]:
    """Return the ties between posts; posts that ask or that a person took out tie nothing."""
    taken_out = {identifier for identifier, placed in given.items() if placed.question is None}
    apart = {
        at for at, post in enumerate(view.posts) if post.id in view.asks or post.id in taken_out
    }
    ties = [*find_replies(view), *find_going_on(view, turns)]
    return [tie for tie in ties if tie[0] not in apart and tie[1] not in apart]
