"""Learn every weight that ships; say how well kinds, sentences and worth are told.

From every labelled post (`labelled.py`) three multinomial logistic regressions are learned, for
English by form and words together, for any language by form alone. What they are worth is told by
leaving each community out in turn: nothing of it is learned from, nor are its words counted, and
how sharp the answers are is chosen within the others. Written with them are, in this order: the
weights of whom a post answers (`reply_links.py`), before any chat is read; those of pairs of posts
that make the same point (`pairs.py`), of what each is worth by the others; and those of what a
write-up holds (`summary.py`). `origins.py` notes what all of it was learned from.

    python benchmarks/learn.py            # figures left out by community, then one line of JSON
    python benchmarks/learn.py --write    # write the weights that ship, too, every one of them
    python benchmarks/learn.py --write --only kind   # the same for one judgement
    python benchmarks/learn.py --ablate   # and what each group of features brings
    python benchmarks/learn.py --left-out DIR   # and write weights learned without each community
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from chinwag.steps.judging.judgements import GRADES, STANDS, TALK
from chinwag.steps.judging.model import ANY, ENGLISH, WEIGHTS, Model
from chinwag.steps.judging.phrase_classes import PHRASES
from elsewhere import CLUB, ELSEWHERE
from grades import sum_up, use_weights
from labelled import (
    GRADED,
    MADE_UP,
    SUPPOSED,
    Example,
    ViewedChat,
    read_labelled,
    view_all,
)
from origins import REAL, SAME, SAMPLE, digest_real, digest_sample, write_origins
from pairs import list_pairs, load_encoder, teach_pairs, write_same
from placing import SHARED
from reply_links import learn_all, set_weights, write_links
from softmax import Fitted, Matrix, fit
from summary import read_cases, write_relevance
from vocabulary import Vocabulary, count_phrases, count_said, read_meetings

OUTCOMES = {
    "kind": (TALK, "agreement", "greeting", "thanks", "housekeeping", "announcement", "spam"),
    "sentence": ("falls", STANDS),
    "worth": GRADES,
}
REPLIES, RELEVANCE = "replies", "relevance"  # whom a post answers; what a write-up holds
EVERYTHING = (REPLIES, *OUTCOMES, SAME, RELEVANCE)  # in the order in which it is learned
PULL = {"kind": 2.0, "sentence": 10.0, "worth": 16.0}  # a quarter or four times hardly matters
INFERRED = (GRADED, SUPPOSED)  # learned from, not measured on
SHARPNESS = tuple(round(0.6 + 0.1 * step, 1) for step in range(10))
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
SMALLEST = 0.02  # a weight nearer to 0 than this is left out of the file
PLACES = 3  # decimals of a weight in the file

# What each group of features is, by a pattern over the features of form.
GROUPS = {
    "length": r"words>|sentences=",
    "marks": r"asks|ends |exclaims|digit|price|clock|comma|bracket|colon|quotation|opens small"
    r"|goes on|smiley|shouts|capital|code",
    "phrase classes": r"says |opens with (?!a )",
    "wrapping": r"label|opens with a |passes on|counter|tags=|names=|heap|link|media|quotes a post",
    "surroundings": r"host|guest|to=|number|first|early|closing|waited",
    "echo": r"answered|passed on",
    "place of the sentence": r"at=",
}


class Judged(NamedTuple):
    """One example with how likely each outcome was told to be."""

    example: Example
    likely: Matrix


class Taught(NamedTuple):
    """What was learned from some examples: by form and words, and by form alone."""

    by_words: Fitted
    by_form: Fitted
    sharpness: float
    vocabulary: Vocabulary


def teach(
    name: str, examples: Sequence[Example], vocabulary: Vocabulary, *, words: bool = True
) -> Taught:
    """Return what some examples teach; pull and sharpness are chosen between their series."""
    english = [one for one in examples if _is_english(one)]
    by_words = _rows(vocabulary, words=words)
    sharpness = _find_sharpness(name, english, by_words)
    by_form = _fit(name, examples, _rows(vocabulary, words=False))
    return Taught(_fit(name, english, by_words), by_form, sharpness, vocabulary)


Rows = Callable[[Sequence[Example]], list[list[str]]]


def _rows(vocabulary: Vocabulary, *, words: bool) -> Rows:
    def rows(examples: Sequence[Example]) -> list[list[str]]:
        return [[*one.form, *(vocabulary.keep(one.words) if words else ())] for one in examples]

    return rows


def _find_sharpness(name: str, examples: Sequence[Example], rows: Rows) -> float:
    """Return how sharp a model of some examples is to be for a series that is left out."""
    communities = list_communities(examples)
    if len(communities) < 2:
        return 1.0
    likely, truth = [], []
    for series in communities:
        inside = [one for one in examples if one.series != series]
        outside = [one for one in examples if one.series == series and one.source not in INFERRED]
        likely.append(_fit(name, inside, rows).weigh(rows(outside)))
        truth += [OUTCOMES[name].index(one.outcome) for one in outside]
    return _choose_sharpness(np.vstack(likely), truth)


def _fit(name: str, examples: Sequence[Example], rows: Rows) -> Fitted:
    outcomes = [OUTCOMES[name].index(one.outcome) for one in examples]
    counts = [one.counts for one in examples]
    return fit(rows(examples), outcomes, counts, len(OUTCOMES[name]), PULL[name])


def _choose_sharpness(likely: Matrix, truth: Sequence[int]) -> float:
    """Return the sharpness under which it is likeliest what is of the first outcome, what not.

    That is what is decided by: whether a post is talk, whether an editor would strike it.
    """
    first = np.asarray(truth) == 0

    def score(sharpness: float) -> float:
        told = sharpen(likely, sharpness)[:, 0]
        return float(np.log(np.where(first, told, 1 - told) + 1e-12).mean())

    return max(SHARPNESS, key=score)


def sharpen(likely: Matrix, sharpness: float) -> Matrix:
    """Return likelihoods raised to a power, each row adding up to 1 again."""
    raised = likely**sharpness
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares


def judge_with(taught: Taught, examples: Sequence[Example], *, words: bool = True) -> list[Judged]:
    """Return what was learned says of some examples, English by words, others by form."""
    judged = []
    for english, fitted, with_words in (
        (True, taught.by_words, words),
        (False, taught.by_form, False),
    ):
        some = [one for one in examples if _is_english(one) == english]
        if some:
            likely = fitted.weigh(_rows(taught.vocabulary, words=with_words)(some))
            sharp = sharpen(likely, taught.sharpness)
            judged += [Judged(one, row) for one, row in zip(some, sharp, strict=True)]
    return judged


def _is_english(example: Example) -> bool:
    return example.language in ("", ENGLISH)


def teach_without(
    name: str,
    examples: Sequence[Example],
    vocabularies: dict[str, Vocabulary],
    *,
    words: bool = True,
) -> dict[str, Taught]:
    """Return, for each community, what the others teach; every core of the machine works at it."""
    with ProcessPoolExecutor() as pool:
        learning = {
            series: pool.submit(
                teach, name, [one for one in examples if one.series != series], known, words=words
            )
            for series, known in vocabularies.items()
        }
        return {series: one.result() for series, one in learning.items()}


def leave_out(
    examples: Sequence[Example], taught: dict[str, Taught], *, words: bool = True
) -> list[Judged]:
    """Return every real example judged by what the other communities teach."""
    judged: list[Judged] = []
    for series, one in taught.items():
        outside = [each for each in examples if each.series == series]
        told = [each for each in outside if each.source not in INFERRED]
        judged += judge_with(one, told, words=words)
    return judged


def drop_features(examples: Sequence[Example], pattern: str) -> list[Example]:
    """Return examples without the features of form that a pattern matches."""
    drops = re.compile(pattern).match
    return [
        one._replace(form=tuple(feature for feature in one.form if not drops(feature)))
        for one in examples
    ]


def measure(name: str, judged: Sequence[Judged]) -> dict[str, float]:
    """Return the figures of one judgement."""
    truth = np.array([OUTCOMES[name].index(one.example.outcome) for one in judged])
    likely = np.vstack([one.likely for one in judged])
    figures = {"examples": float(len(judged))}
    if name == "kind":
        figures["right"] = float((likely.argmax(axis=1) == truth).mean())
        figures["macro_f1"] = average_f1(truth, likely.argmax(axis=1))
        figures["talk_area"] = find_area(likely[:, 0], truth == 0)
        figures["calibration"] = find_calibration(
            likely.max(axis=1), likely.argmax(axis=1) == truth
        )
    elif name == "sentence":
        figures["area"] = find_area(likely[:, 1], truth == 1)
        figures["calibration"] = find_calibration(
            likely.max(axis=1), likely.argmax(axis=1) == truth
        )
    else:
        mean = likely @ np.arange(len(GRADES))
        figures["strike_area"] = find_area(1 - likely[:, 0], truth > 0)
        figures["must_area"] = find_area(mean, truth == len(GRADES) - 1)
        figures["correlation"] = float(np.corrcoef(mean, truth)[0, 1])
        kept = 1 - likely[:, 0]
        figures["calibration"] = find_calibration(
            np.maximum(kept, 1 - kept), (kept > 0.5) == (truth > 0)
        )
    return {key: round(value, 4) for key, value in figures.items()}


def average_f1(truth: Any, told: Any) -> float:
    """Return the plain mean of F1 over the outcomes that occur."""
    scores = []
    for outcome in sorted(set(truth.tolist())):
        hits = int(((truth == outcome) & (told == outcome)).sum())
        scores.append(2 * hits / (int((truth == outcome).sum()) + int((told == outcome).sum())))
    return sum(scores) / len(scores)


def find_area(score: Matrix, wanted: Any) -> float:
    """Return the area under the curve: how often a wanted one scores above another."""
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(order))
    ranks[order] = np.arange(1, len(order) + 1)
    hits = int(wanted.sum())
    if not 0 < hits < len(score):
        return 1.0
    return float((ranks[wanted].sum() - hits * (hits + 1) / 2) / (hits * (len(score) - hits)))


def find_calibration(confidence: Matrix, right: Any) -> float:
    """Return the expected calibration error over BINS of the confidence in what is told."""
    error = 0.0
    for low, high in pairwise(BINS):
        inside = (confidence >= low) & (confidence < high)
        if inside.any():
            gap = abs(float(confidence[inside].mean()) - float(right[inside].mean()))
            error += float(inside.mean()) * gap
    return error


def write_weights(taught: dict[str, Taught], folder: Path) -> None:
    """Write the weights of some judgements, and who said the words in all that are there."""
    folder.mkdir(parents=True, exist_ok=True)
    said: dict[str, list[int]] = {}
    for name, one in taught.items():
        for language, fitted in ((ENGLISH, one.by_words), (ANY, one.by_form)):
            model = make_model(name, fitted, one.sharpness)
            (folder / f"{name}.{language}.json").write_bytes(_encode(model))
    counts = next(iter(taught.values())).vocabulary.said
    for path in folder.glob(f"*.{ENGLISH}.json"):
        known = msgspec.json.decode(path.read_bytes(), type=Model).weights.keys() & counts.keys()
        said |= {word: list(counts[word]) for word in known}
    _write_json(folder / "said.json", said)


def write_phrases(chats: Sequence[ViewedChat], data: Path) -> None:
    """Write by how many people of how many series each English phrase is said."""
    table = tomllib.loads((PHRASES / "en.toml").read_text(encoding="utf-8"))
    phrases = [phrase for some in table.values() for phrase in some.split("\n") if phrase]
    said = count_phrases(chats, phrases, read_meetings(data))
    rows = {phrase: list(said[phrase]) for phrase in sorted(said)}
    _write_json(WEIGHTS / "phrases.json", rows)


def _write_json(path: Path, rows: dict[str, list[int]]) -> None:
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, indent=0)
    path.write_text(f"{text}\n", encoding="utf-8")


def view_afresh(data: Path) -> list[ViewedChat]:
    """Return every chat, viewed by kinds that are learned here and now, whatever ships.

    Where questions bear no numbers, they and the hosts are found by kinds. So the chats are viewed
    twice: as if all were talk, and by what that taught. The same labels give the same weights.
    """
    with tempfile.TemporaryDirectory() as name:
        blank, first = Path(name) / "blank", Path(name) / "first"
        write_blank(blank)
        use_weights(blank)
        chats = view_all(data)
        taught = teach("kind", read_labelled(chats, data).kind, count_said(chats))
        write_weights({"kind": taught}, first)
        use_weights(first)
        chats = view_all(data)
    use_weights(WEIGHTS)
    return chats


def write_blank(folder: Path) -> None:
    """Write weights of the kinds by which every post is likely of the first: part of the talk."""
    folder.mkdir(parents=True, exist_ok=True)
    outcomes = OUTCOMES["kind"]
    bias = (float(len(outcomes)), *(0.0 for _ in outcomes[1:]))
    (folder / f"kind.{ANY}.json").write_bytes(_encode(Model(outcomes, bias, {})))


def make_model(name: str, fitted: Fitted, sharpness: float) -> Model:
    """Return what was fitted as it ships: rounded, and without what hardly weighs."""
    rows = fitted.weights * sharpness
    weights = {
        feature: tuple(round(float(one), PLACES) for one in rows[at])
        for feature, at in fitted.columns.items()
        if np.abs(rows[at]).max() >= SMALLEST
    }
    bias = tuple(round(float(one), PLACES) for one in rows[-1])
    return Model(outcomes=OUTCOMES[name], bias=bias, weights=weights)


def _encode(model: Model) -> bytes:
    return msgspec.json.format(msgspec.json.encode(model, order="sorted"), indent=0) + b"\n"


def write_left_out(taught: dict[str, dict[str, Taught]], folder: Path) -> None:
    """Write what was learned without each community, in a folder for each."""
    for series in next(iter(taught.values())):
        write_weights({name: some[series] for name, some in taught.items()}, folder / series)


def write_pairs(
    taught: dict[str, dict[str, Taught]], data: Path, left_out: Path | None, *, ships: bool
) -> None:
    """Write what tells whether two posts make the same point; what each is worth is a sign of it.

    That is what ships, and in `left_out` what was learned without each community.

    So every chat is judged by what was learned without its community, as a new one will be.
    """
    with tempfile.TemporaryDirectory() as folder:
        write_left_out(taught, Path(folder))
        pairs = list_pairs(load_encoder(), data, lambda series: use_weights(Path(folder) / series))
    use_weights(WEIGHTS)
    if ships:
        write_same(teach_pairs(pairs), WEIGHTS)
    if left_out:
        for series in next(iter(taught.values())):
            others = [pair for pair in pairs if pair.series != series]
            write_same(teach_pairs(others), left_out / series)


def write_replies(data: Path) -> None:
    """Write what tells whom a post answers, and read every chat by it from here on."""
    weights = learn_all(data)
    write_links(weights)
    set_weights(weights)


def write_rest(names: Sequence[str], data: Path) -> None:
    """Write what is learned by the weights that ship, and of what examples they were learned."""
    if RELEVANCE in names:
        write_relevance(read_cases(data / CLUB))
    write_origins(names, {SAMPLE: digest_sample(), REAL: digest_real(data, sum_up(data))})


def list_communities(examples: Iterable[Example]) -> list[str]:
    """Return the series among some examples whose chats are measured on."""
    names = sorted({one.series for one in examples})
    return [name for name in names if name not in (*MADE_UP, *ELSEWHERE)]


def ablate(
    labelled: dict[str, list[Example]], vocabularies: dict[str, Vocabulary]
) -> dict[str, Any]:
    """Return the figures of each judgement with one group of features left out."""
    tables: dict[str, Any] = defaultdict(dict)
    for name, examples in labelled.items():
        taught = teach_without(name, examples, vocabularies, words=False)
        tables[name]["words"] = measure(name, leave_out(examples, taught, words=False))
        for group, pattern in GROUPS.items():
            kept = drop_features(examples, pattern)
            if kept != examples:
                taught = teach_without(name, kept, vocabularies)
                tables[name][group] = measure(name, leave_out(kept, taught))
    return tables


def print_figures(title: str, figures: dict[str, float]) -> None:
    """Print one line of figures."""
    cells = "  ".join(f"{name} {value:g}" for name, value in figures.items())
    print(f"{title:34}{cells}", flush=True)


def main() -> None:
    """Learn, measure, print; write where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--write", action="store_true", help="write the weights that ship")
    parser.add_argument("--ablate", action="store_true", help="leave out each group of features")
    parser.add_argument("--only", nargs="+", choices=EVERYTHING, help="learn these alone")
    parser.add_argument("--left-out", type=Path, help="write weights without each community here")
    options = parser.parse_args()
    if not (options.data / "chats").is_dir():
        print(f"Real chats are not here ({options.data} does not exist); nothing is learned.")
        return
    wanted = options.only or EVERYTHING
    if options.write and REPLIES in wanted:
        write_replies(options.data)
    chats = view_afresh(options.data)
    every = read_labelled(chats, options.data)._asdict()
    vocabularies = {
        series: count_said(chats, without=series) for series in list_communities(every["worth"])
    }
    labelled = {name: every[name] for name in OUTCOMES if name in wanted or SAME in wanted}
    single = {name: labelled[name] for name in OUTCOMES if name in wanted}
    if options.write and single:
        vocabulary = count_said(chats)
        write_weights({name: teach(name, single[name], vocabulary) for name in single}, WEIGHTS)
        write_phrases(chats, options.data)
    taught = {
        name: teach_without(name, examples, vocabularies) for name, examples in labelled.items()
    }
    if options.left_out:
        write_left_out(taught, options.left_out)
    if (options.write or options.left_out) and SAME in wanted:
        write_pairs(taught, options.data, options.left_out, ships=options.write)
    if options.write:
        write_rest(wanted, options.data)
    figures = {
        name: measure(name, leave_out(examples, taught[name]))
        for name, examples in labelled.items()
    }
    for name, row in figures.items():
        print_figures(name, row)
    ablated = ablate(labelled, vocabularies) if options.ablate else {}
    for name, table in ablated.items():
        for group, row in table.items():
            print_figures(f"{name} without {group}", row)
    print(json.dumps({"benchmark": "learn", "left_out": figures, "without": ablated}))


if __name__ == "__main__":
    main()
