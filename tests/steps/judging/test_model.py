"""A model adds up the weights of what is there; a language without data is judged by form."""

from __future__ import annotations

import math
from pathlib import Path

import msgspec
import pytest

from chinwag.steps.judging import model
from chinwag.steps.judging.model import Model, has_words, judge, keep_known
from chinwag.steps.judging.phrase_classes import find_classes, skip_ties
from chinwag.text.words import split_words


def test_the_softmax_of_the_sums_is_how_likely_each_outcome_is() -> None:
    model = Model(
        outcomes=("no", "yes"), bias=(0.0, -1.0), weights={"a": (0.5, 1.0), "b": (0.0, 2.0)}
    )
    odds = math.exp(-1.0 + 1.0 + 2.0 - 0.5)
    assert model.weigh(["a", "b", "unheard of"]) == pytest.approx(
        (1 / (1 + odds), odds / (1 + odds))
    )
    assert sum(model.weigh([])) == pytest.approx(1.0)


def test_words_count_in_english_alone() -> None:
    form, words = ["words>0", "words>1"], ["thanks", "^ thanks"]
    assert judge("kind", "en", form, words)["thanks"] > judge("kind", "en", form, [])["thanks"]
    assert judge("kind", "", form, words) == judge("kind", "en", form, words)
    assert judge("kind", "fr", form, words) == judge("kind", "fr", form, [])
    assert [has_words("kind", language) for language in ("en", "", "fr")] == [True, True, False]


def test_other_weights_know_other_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Model(outcomes=("no", "yes"), bias=(0.0, 0.0), weights={"vans": (0.0, 1.0)})
    (tmp_path / "kind.en.json").write_bytes(msgspec.json.encode(told))
    assert keep_known(("kind",), ["vans", "thanks"]) == ("thanks",)
    monkeypatch.setattr(model, "WEIGHTS", tmp_path)
    assert keep_known(("kind",), ["vans", "thanks"]) == ("vans",)
    assert judge("kind", "en", [], ["vans"])["yes"] > 0.7


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("Thanks to you all", {"thanks": 0, "you": 2}),
        ("hoşça kalın", {"bye": 0}),
        ("Vielen Dank", {"thanks": 0}),
        ("皆さん、ありがとうございます", {"you": 0, "thanks": 2}),
        ("nothing of it", {"leans": 2}),
        ("", {}),
    ],
)
def test_phrases_are_found_in_any_language(text: str, classes: dict[str, int]) -> None:
    found = dict(find_classes(split_words(text)))
    assert {name: found.get(name) for name in classes} == classes
    assert text or found == {}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("And so, the van stops", "the van stops"),
        ("Yes! We do", "We do"),
        ("Andrew stops", "Andrew stops"),
        ("and", "and"),
        ("the van", "the van"),
        ("and y el bus", "el bus"),
        ("Y el bus", "el bus"),
        ("and Y E S to the van", "Y E S to the van"),
    ],
)
def test_words_that_only_tie_a_sentence_are_skipped(text: str, rest: str) -> None:
    assert text[skip_ties(text) :] == rest
