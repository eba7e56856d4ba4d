"""By wording: the words that a post shares with a question, and with what else was said on it.

Two views of the same words: likeness to the question's text (TF-IDF cosine), and a naive Bayes
model of each question's vocabulary, in which posts count for a question as far as they are
believed to belong to it (Nigam and others, 2000).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import compress

from chinwag.model import Question
from chinwag.steps.placing import weights
from chinwag.steps.reading.view import ChatView
from chinwag.text.words import Vector, Words, content_words, cosine, make_vector, weigh_words

_BACKGROUND = 100.0  # words of the whole chat mixed into each question's vocabulary
_QUESTION = 10.0  # posts that a question's own wording counts for


class WordModel:
    """The words of a chat's posts and questions, ready to compare."""

    def __init__(self, view: ChatView) -> None:
        """Cut and weigh the words of the whole chat once."""
        plain = [read.plain_words for read in view.reads]
        said: list[Words] = [() if _is_mute(view, at) else words for at, words in enumerate(plain)]
        own = (not post.text_lost for post in view.posts)
        word_weights = weigh_words(compress(plain, own))
        asked = [_read_wording(question) for question in view.questions]
        questions = [make_vector(words, word_weights) for words in asked]
        self.words = [tuple(dict.fromkeys(words)) for words in said]
        self._asked = [frozenset(words) for words in asked]
        self._holding = Counter(word for words in self.words for word in words)
        self._total = max(1, sum(self._holding.values()))
        self._number = len(view.posts)
        self.likeness = [
            self._compare(view, at, make_vector(words, word_weights), questions)
            for at, words in enumerate(said)
        ]

    def shared(self, at: int, state: int) -> list[str]:
        """Return the words, as stems, that post `at` shares with a question, rarest first."""
        both = self._asked[state].intersection(self.words[at])
        return sorted(both, key=lambda word: (self._holding[word], word))

    def weigh(
        self, beliefs: Sequence[Mapping[int, float]], doubtful: Sequence[bool]
    ) -> list[dict[int, float]]:
        """Return, for every post, its states weighed by words; none where it is not `doubtful`.

        `beliefs` say how likely each state is for each post as far as is known.
        """
        return [
            {
                state: weights.LIKENESS * self.likeness[at][state] + weights.VOCABULARY * score
                for state, score in scores.items()
            }
            for at, scores in enumerate(self.score_vocabulary(beliefs, doubtful))
        ]

    def score_vocabulary(
        self, beliefs: Sequence[Mapping[int, float]], doubtful: Sequence[bool]
    ) -> list[dict[int, float]]:
        """Return how well each post's words fit each question's (0 is best, logarithms)."""
        counts: list[dict[str, float]] = [{} for _ in self._asked]
        sizes = [_QUESTION * len(asked) for asked in self._asked]
        for state, asked in enumerate(self._asked):
            counts[state].update(dict.fromkeys(asked, _QUESTION))
        for belief, words in zip(beliefs, self.words, strict=True):
            for state, share in belief.items():
                for word in words:
                    counts[state][word] = counts[state].get(word, 0.0) + share
                sizes[state] += share * len(words)
        return [
            self._score_post(at, belief, counts, sizes) if doubtful[at] else {}
            for at, belief in enumerate(beliefs)
        ]

    def _compare(
        self, view: ChatView, at: int, said: Vector, questions: Sequence[Vector]
    ) -> dict[int, float]:
        """Return what likeness to the questions' own words weighs: it never changes."""
        fixed: dict[int, float] = {}
        for state in view.reach(at) if self.words[at] else ():
            fixed[state] = cosine(said, questions[state])
        return fixed

    def _score_post(
        self,
        at: int,
        belief: Mapping[int, float],
        counts: Sequence[dict[str, float]],
        sizes: Sequence[float],
    ) -> dict[int, float]:
        """Return one post's states, its own share of the vocabularies taken out."""
        words = self.words[at]
        if not words:
            return {}
        scores: dict[int, float] = {}
        for state in self.likeness[at]:
            own = belief.get(state, 0.0)
            size = sizes[state] - own * len(words) + _BACKGROUND
            scores[state] = sum(
                math.log(
                    (
                        max(0.0, counts[state].get(word, 0.0) - own)
                        + _BACKGROUND * self._holding[word] / self._total
                    )
                    / size
                )
                for word in words
            )
        top = max(scores.values(), default=0.0)
        return {state: score - top for state, score in scores.items()}


def _read_wording(question: Question) -> Words:
    """Return the content words that a question asks with; the name of a stretch asks nothing."""
    names_a_stretch = question.by == "time" and not question.posts
    return () if names_a_stretch else content_words(question.text)


def _is_mute(view: ChatView, at: int) -> bool:
    post = view.posts[at]
    return post.text_lost or post.deleted or post.id in view.asks
