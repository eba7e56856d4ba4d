"""By meaning: what an encoder, where there is one, says of the posts that are still in doubt.

Their vectors are compared with each question's and, by a kernel estimate of density (Parzen, 1962,
with the kernel of von Mises and Fisher), with those of what is surely said on it. Only posts in
doubt and some sure ones of each question are encoded, which keeps it to a second or two. Meanings
are measured from the chat's mean: everybody in a chat talks about one thing, and the questions are
told apart by what differs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from chinwag.steps.kinds.kinds import NOWHERE
from chinwag.steps.placing import weights
from chinwag.steps.placing.turns import Turns
from chinwag.steps.reading.view import ChatView
from chinwag.text.cleaning import clean_post
from chinwag.text.encoder import Encoder
from chinwag.text.labels import strip_labels
from chinwag.text.links import LINK
from chinwag.text.vectors import Meaning, multiply, scale

_DOUBT = 0.9  # a post whose likeliest question is less likely than this is in doubt
_MOST_DOUBTED = 80  # posts encoded at most, so that the cost does not grow with a huge chat
SAID = 10  # posts that speak for each question, the surest: likelier there than not
_FEWEST_WORDS = 2  # words; a shorter text says too little to compare
_CONCENTRATION = 12.0  # of the kernel: half as dense where the cosine is lower by 0.06

_NO_WORDS = re.compile(rf"{LINK.pattern}|[@\uff20][\w.-]*\w(?:@[\w.-]*\w)?", re.IGNORECASE)


class MeaningModel:
    """The vectors of a chat's doubtful posts, of sure ones, and of its questions."""

    def __init__(
        self,
        view: ChatView,
        turns: Turns,
        beliefs: Sequence[Mapping[int, float]],
        hashtag: str,
        encoder: Encoder,
    ) -> None:
        """Choose the posts, and encode them. Raises what the encoder raises."""
        said = [_clean(view, turns, at, hashtag) for at in range(len(view.posts))]
        able = [at for at, text in enumerate(said) if len(text.split()) >= _FEWEST_WORDS]
        self._doubted = _choose_doubted(able, beliefs)
        self._posts: dict[int, Meaning] = {}
        self._asked: dict[int, Meaning] = {}
        self._near: dict[tuple[int, int], float] = {}  # of two posts, whichever comes first
        if self._doubted:
            chosen = {*self._doubted, *_choose_sure(able, beliefs, len(view.questions))}
            asked = [_strip(question.text, hashtag) for question in view.questions]
            self._encode({at: said[at] for at in sorted(chosen)}, asked, encoder)

    def _encode(self, said: Mapping[int, str], asked: Sequence[str], encoder: Encoder) -> None:
        """Keep the vectors of posts and questions, measured from the mean of the posts."""
        texts = list(dict.fromkeys([*said.values(), *filter(None, asked)]))
        vectors = dict(zip(texts, encoder.encode(texts), strict=True))
        mean = _average([vectors[text] for text in said.values()])
        self._posts = {at: _centre(vectors[text], mean) for at, text in said.items()}
        self._asked = {
            state: _centre(vectors[text], mean) for state, text in enumerate(asked) if text
        }

    def weigh(
        self, states: Sequence[Mapping[int, float]], beliefs: Sequence[Mapping[int, float]]
    ) -> dict[int, dict[int, float]]:
        """Return how well the `states` of each post in doubt fit its meaning (logarithms).

        `beliefs` say how likely each state is for each post as far as is known.
        """
        return {at: self._weigh_post(at, states[at], beliefs) for at in self._doubted}

    def _weigh_post(
        self, at: int, states: Mapping[int, float], beliefs: Sequence[Mapping[int, float]]
    ) -> dict[int, float]:
        own = self._posts[at]
        dense = dict.fromkeys(states, 0.0)
        sizes = dict.fromkeys(states, float(SAID))
        whole = 0.0
        for other in self._posts:
            if other == at:
                continue
            near = self._find_density(min(at, other), max(at, other))
            whole += near
            for state, share in beliefs[other].items():
                if state in dense:
                    dense[state] += share * near
                    sizes[state] += share
        usual = whole / max(1, len(self._posts) - 1) or 1.0
        return {
            state: weights.MEANING * multiply(own, self._asked.get(state, ()))
            + math.log((dense[state] / usual + SAID) / sizes[state])
            for state in states
        }

    def _find_density(self, at: int, other: int) -> float:
        """Return how dense the meanings around one post are at another's."""
        if (at, other) not in self._near:
            product = multiply(self._posts[at], self._posts[other])
            self._near[at, other] = math.exp(_CONCENTRATION * product)
        return self._near[at, other]


def _clean(view: ChatView, turns: Turns, at: int, hashtag: str) -> str:
    """Return the words of a post that says something on a question, "" for any other."""
    post = view.posts[at]
    mute = post.text_lost or post.deleted or turns.kinds[at] in NOWHERE
    return "" if mute or post.id in view.asks else _strip(post.text, hashtag)


def _strip(text: str, hashtag: str) -> str:
    """Return the words alone: nobody's name, no label, no address."""
    words = strip_labels(clean_post(text, hashtag), everywhere=True)
    return " ".join(_NO_WORDS.sub(" ", words).replace("#", " ").split())


def _choose_doubted(able: Sequence[int], beliefs: Sequence[Mapping[int, float]]) -> list[int]:
    """Return the posts in doubt, the most doubtful first where there are too many."""
    belief = {at: max(beliefs[at].values()) for at in able if len(beliefs[at]) > 1}
    doubted = sorted((round(share, 2), at) for at, share in belief.items() if share < _DOUBT)
    return sorted(at for _, at in doubted[:_MOST_DOUBTED])


def _choose_sure(
    able: Sequence[int], beliefs: Sequence[Mapping[int, float]], questions: int
) -> list[int]:
    """Return some posts that speak for each question: what is most surely said on it."""
    chosen: list[int] = []
    for state in range(questions):
        shares = [(-round(beliefs[at].get(state, 0.0), 2), at) for at in able]
        chosen += [at for share, at in sorted(shares)[:SAID] if -2 * share > 1]
    return chosen


def _average(vectors: Sequence[Meaning]) -> Meaning:
    return [math.fsum(column) / len(vectors) for column in zip(*vectors, strict=True)]


def _centre(vector: Meaning, mean: Meaning) -> Meaning:
    """Return a vector as seen from the mean, of length 1."""
    return scale([value - middle for value, middle in zip(vector, mean, strict=True)])
