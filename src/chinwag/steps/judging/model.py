"""Models: weights learned by `benchmarks/learn.py`, kept as data, added up in plain Python.

Each is a multinomial logistic regression: what weighs for each outcome is added up, and the
softmax of the sums is how likely the outcomes are. For each language with enough labelled posts
there are weights of form and words together; any other text is judged by form alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import msgspec

from chinwag.text.language import UNKNOWN

WEIGHTS = Path(__file__).parent / "weights"
ANY = "any"  # the language of weights of form alone
ENGLISH = "en"


class Model(msgspec.Struct, frozen=True):
    """What was learned for one judgement in one language.

    `outcomes` are what is told apart, `weights` hold for each feature its weight for each outcome,
    in that order; `bias` is the value of each before anything is known.
    """

    outcomes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]

    def weigh(self, features: Iterable[str]) -> tuple[float, ...]:
        """Return how likely each outcome is, in the order of `outcomes`; the sum is 1."""
        known = [self.weights[one] for one in features if one in self.weights]
        sums = [sum(column) for column in zip(self.bias, *known, strict=True)]
        largest = max(sums)
        shares = [math.exp(one - largest) for one in sums]
        total = math.fsum(shares)
        return tuple(share / total for share in shares)


def judge(name: str, language: str, form: Iterable[str], words: Sequence[str]) -> dict[str, float]:
    """Return how likely each outcome of a judgement is: "kind", "sentence" or "worth".

    A text whose language is not known is read as English, one of a language without data of its
    own by its form alone.
    """
    models = load_models(name)
    known = models.get(language or ENGLISH)
    model = known or models[ANY]
    features = [*form, *words] if known else form
    return dict(zip(model.outcomes, model.weigh(features), strict=True))


def has_words(name: str, language: str) -> bool:
    """Return whether a judgement knows words of a language, and not its form alone."""
    return (ENGLISH if language == UNKNOWN else language) in load_models(name)


def keep_known(names: tuple[str, ...], features: Iterable[str]) -> tuple[str, ...]:
    """Return the features that weigh in one of these judgements, as the models hold them."""
    known = _list_known(WEIGHTS, names)
    return tuple(known[one] for one in features if one in known)


@cache
def _list_known(folder: Path, names: tuple[str, ...]) -> dict[str, str]:
    models = (model for name in names for model in read_models(folder, name).values())
    return {feature: feature for model in models for feature in model.weights}


def load_models(name: str) -> dict[str, Model]:
    """Return the models of a judgement by language, that of form alone under ANY."""
    return read_models(WEIGHTS, name)


@cache  # the package's own files, read once each
def read_models(folder: Path, name: str) -> dict[str, Model]:
    """Return the models of a judgement in a folder, by language."""
    found = sorted(folder.glob(f"{name}.*.json"))
    return {
        path.suffixes[-2].removeprefix("."): msgspec.json.decode(path.read_bytes(), type=Model)
        for path in found
    }
