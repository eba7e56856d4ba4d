"""What is to the point: how likely each word is to stand in a person's write-up of a question.

A word is likelier to be there when the question has it, when a post with much of the question has
it too, when several people use it, when it comes up early, and when it is not peculiar to one post.
How much each of these counts was learned (logistic regression over words, as in the word importance
of Hong and Nenkova, 2014) from answers that people wrote about a code-review club's meetings, by
`benchmarks/learn.py --write`; nothing in it names a word, a person or a topic.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from chinwag.steps.summarise.statement import Statement
from chinwag.text.words import WordWeights, content_words

WEIGHTS = Path(__file__).parent / "weights" / "relevance.json"


class WordSigns(NamedTuple):
    """What tells whether a word of a question's talk stands in its write-up.

    `asked` is 1 where the question has the word; `people` the logarithm of how many use it;
    `rarity` its weight in the chat; `late` where in the talk it is first said, 0 (first post) to 1;
    `with_question` the largest share of the question's words that a post which says it holds.
    """

    asked: float
    people: float
    rarity: float
    late: float
    with_question: float


class Learned(msgspec.Struct, frozen=True):
    """What was learned: what each sign weighs, and the log-odds where every sign is 0."""

    signs: WordSigns
    level: float


@cache  # the package's own file, read once
def load_learned() -> Learned:
    """Return what `benchmarks/learn.py --write` wrote."""
    return msgspec.json.decode(WEIGHTS.read_bytes(), type=Learned)


def weigh_gains(
    statements: Sequence[Statement], weights: WordWeights, question: str
) -> dict[str, float]:
    """Return for each word that is said on a question what a bullet gains by saying it.

    That is how likely a write-up has it, times its weight in the chat: a rare word tells more.
    `statements` are all of the question's, in time order.
    """
    learned = load_learned()
    return {
        word: signs.rarity
        / (1 + math.exp(-learned.level - sum(map(float.__mul__, learned.signs, signs))))
        for word, signs in find_signs(statements, weights, question)
    }


def find_signs(
    statements: Sequence[Statement], weights: WordWeights, question: str
) -> Iterator[tuple[str, WordSigns]]:
    """Yield each word of the statements with its signs, in alphabetical order."""
    asked = set(content_words(question))
    spoken = [(one, set(one.said)) for one in statements if one.text]
    users: dict[str, set[str]] = defaultdict(set)
    first: dict[str, float] = {}
    near: dict[str, float] = defaultdict(float)
    for rank, (one, words) in enumerate(spoken):
        share = len(words & asked) / (len(asked) + 1)
        for word in words:
            users[word].add(one.post.author)
            first.setdefault(word, rank / len(spoken))
            near[word] = max(near[word], share)
    for word in sorted(users):
        yield (
            word,
            WordSigns(
                asked=float(word in asked),
                people=math.log(len(users[word])),
                rarity=weights.of.get(word, weights.unseen),
                late=first[word],
                with_question=near[word],
            ),
        )
