"""By wording: the words that a post shares with a question, rarer words telling more."""

from __future__ import annotations

from chinwag.steps.place.view import ChatView
from chinwag.steps.place.weights import WORDING
from chinwag.text.labels import strip_labels
from chinwag.text.words import Vector, WordWeights, content_words, cosine, make_vector, weigh_words


class Wordings:
    """The questions of a chat as vectors, ready to compare posts with."""

    def __init__(self, view: ChatView) -> None:
        """Weigh the words of the whole chat once."""
        texts = [strip_labels(post.text) for post in view.posts if not post.text_lost]
        self._weights: WordWeights = weigh_words(texts)
        self._questions: list[Vector] = [
            make_vector(question.text, self._weights)
            if question.by != "time" or question.posts
            else {}
            for question in view.questions
        ]

    def weigh(self, view: ChatView, at: int) -> dict[int, float]:
        """Give the states whose question shares words with post `at`."""
        post = view.posts[at]
        if post.text_lost or post.deleted:
            return {}
        said = make_vector(strip_labels(post.text), self._weights)
        likeness = [cosine(said, question) for question in self._questions]
        return {state: WORDING * value for state, value in enumerate(likeness) if value > 0.0}

    def shared(self, text: str, question: str) -> list[str]:
        """Give the words, as stems, that a post shares with a question, rarest first."""
        both = set(content_words(text)) & set(content_words(question))
        return sorted(
            both, key=lambda word: (-self._weights.of.get(word, self._weights.unseen), word)
        )
