"""What ships as data: no word that few say, no phrase of one series, no number out of place."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from chinwag.steps.judging.features import list_words
from chinwag.steps.judging.model import ANY, ENGLISH, WEIGHTS, load_models
from chinwag.steps.judging.phrase_classes import PHRASES, list_class
from chinwag.steps.reading import inferred_replies
from chinwag.steps.summarise import relevance
from chinwag.text.words import split_words

NAMES = ("kind", "sentence", "worth")
FEWEST_PEOPLE, FEWEST_SERIES = 3, 2
MOST_BYTES = 2_000_000


def read_said(name: str) -> dict[str, list[int]]:
    said: dict[str, list[int]] = json.loads((WEIGHTS / name).read_text(encoding="utf-8"))
    return said


@pytest.mark.parametrize("name", NAMES)
def test_every_word_in_the_weights_was_said_by_three_people_in_two_series(name: str) -> None:
    models = load_models(name)
    words = models[ENGLISH].weights.keys() - models[ANY].weights.keys()
    said = read_said("said.json")
    plain = {word for word in words if word in said}
    few = {
        word: said[word]
        for word in plain
        if said[word][0] < FEWEST_PEOPLE or said[word][1] < FEWEST_SERIES
    }
    assert few == {}
    assert len(plain) > 500
    # What is left is form: it hardly ever differs between the two.
    assert sorted(words - plain)[20:] == []


def test_no_word_of_the_weights_holds_a_digit() -> None:
    said = read_said("said.json")
    assert [word for word in said if any(sign.isdigit() for sign in word)] == []


def test_every_english_phrase_was_said_in_two_series() -> None:
    said = read_said("phrases.json")
    listed = {
        phrase
        for name in ("hello", "thanks", "agrees", "runs", "leans", "objects")
        for phrase in list_class(name)
        if phrase in said
    }
    assert listed
    assert {phrase: counts for phrase, counts in said.items() if counts[1] < FEWEST_SERIES} == {}


def test_every_english_phrase_is_counted() -> None:
    lines = (PHRASES / "en.toml").read_text(encoding="utf-8").splitlines()
    listed = {line for line in lines if line and not line.startswith("#") and '"""' not in line}
    assert listed == read_said("phrases.json").keys()


LABELS = Path(__file__).resolve().parents[3] / "benchmarks"


@pytest.mark.parametrize("name", [*NAMES, "same"])
def test_the_weights_are_those_that_learning_wrote_from_these_labels_and_phrases(name: str) -> None:
    """Where this fails, run `benchmarks/learn.py --write`."""
    labels = LABELS.glob("kinds*.?sv") if name == "kind" else ()
    files = [*labels, *PHRASES.glob("*.toml"), *WEIGHTS.glob(f"{name}.*.json")]
    assert read_noted(name) == digest_files(files)


@pytest.mark.parametrize("path", [inferred_replies.WEIGHTS, relevance.WEIGHTS])
def test_so_are_those_of_replies_and_of_words_in_a_write_up(path: Path) -> None:
    assert read_noted(path.stem) == digest_files([path])


def read_noted(name: str) -> dict[str, str]:
    origins = json.loads((WEIGHTS / "origins.json").read_text(encoding="utf-8"))
    noted: dict[str, str] = origins["files"][name]
    return noted


def digest_files(paths: Iterable[Path]) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in paths}


def test_the_data_is_small() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < MOST_BYTES


def test_judging_loads_no_numpy() -> None:
    script = (
        "import sys; from chinwag.steps.summarise import summarise_chat;"
        "from chinwag.steps.judging.model import judge; judge('kind', 'en', [], []);"
        "print('numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_word_features_are_words_pairs_and_both_ends() -> None:
    assert list(list_words(split_words("We lend we lend tools"))) == [
        "we",
        "lend",
        "tools",
        "we lend",
        "lend we",
        "lend tools",
        "^ we",
        "^ we lend",
        "tools $",
    ]


@pytest.fixture
def shared_handles() -> set[str]:
    folder = Path(__file__).resolve().parents[4] / "shared" / "data" / "chats"
    if not folder.is_dir():
        pytest.skip(f"Real chats are not here ({folder} does not exist).")
    return {
        json.loads(line)["author"].casefold()
        for path in folder.glob("*.jsonl")
        for line in path.read_bytes().splitlines()
    }


def test_no_handle_is_in_the_weights(shared_handles: set[str]) -> None:
    words = {part for feature in read_said("said.json") for part in feature.split()}
    assert words & shared_handles == set()
