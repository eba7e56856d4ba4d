"""What the weights that ship were learned from, as digests: would learning make the same today?

Learning takes minutes. So `learn.py --write` notes in `origins.json` the files of this repository
that it read and wrote, and how every example looked to the code of then: each labelled post's
features, each pair's signs. Where all of it is still so, learning makes the same weights. Tests
compare the files, `floors.py` the examples: those of the sample chat everywhere, those of real
chats where they are beside the checkout.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from chinwag.steps.judging.model import WEIGHTS
from chinwag.steps.judging.phrase_classes import PHRASES
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from chinwag.steps.reading import inferred_replies
from chinwag.steps.summarise import relevance
from chinwag.steps.summarise.summarise import list_statements
from grades import Graded
from labelled import CHAT, Example, read_labelled, read_sample, view_all, view_invented
from pairs import Pair, list_in_question, list_keys
from placing import HERE

ORIGINS = WEIGHTS / "origins.json"
SAME = "same"
# Weights that lie in a room of their own.
ELSEWHERE = {"replies": inferred_replies.WEIGHTS, "relevance": relevance.WEIGHTS}
SAMPLE, REAL = "sample", "real"
PLACES = 4  # decimals of a sign that is compared
Digests = dict[str, str]


def write_origins(names: Sequence[str], seen: Mapping[str, Digests]) -> None:
    """Note what some weights were learned from; `seen` are digests of all examples, by where."""
    origins = read_origins()
    origins["files"] |= {name: digest_files(list_files(name)) for name in names}
    for where, digests in seen.items():
        learned = {name: one for name, one in digests.items() if name in names}
        origins["examples"][where] = origins["examples"].get(where, {}) | learned
    text = json.dumps(origins, sort_keys=True, indent=1)
    ORIGINS.write_text(f"{text}\n", encoding="utf-8")


def read_origins() -> dict[str, dict[str, Digests]]:
    """Return what is noted: digests of "files" by what was learned, of "examples" by where."""
    known = json.loads(ORIGINS.read_text(encoding="utf-8")) if ORIGINS.is_file() else {}
    return {part: known.get(part, {}) for part in ("files", "examples")}


def share_unchanged(where: str, seen: Digests) -> float:
    """Return the share of what was learned whose examples look as they did then."""
    noted = read_origins()["examples"].get(where, {})
    return sum(noted.get(name) == one for name, one in seen.items()) / len(seen)


def list_files(name: str) -> list[Path]:
    """Return the files of this repository that something was learned from, and its weights."""
    if name in ELSEWHERE:
        return [ELSEWHERE[name]]
    labels = sorted(HERE.glob("kinds*.?sv")) if name == "kind" else []
    return [*labels, *sorted(PHRASES.glob("*.toml")), *sorted(WEIGHTS.glob(f"{name}.*.json"))]


def digest_files(paths: Iterable[Path]) -> Digests:
    """Return a digest of each file, by its name."""
    return {path.name: _digest(path.read_bytes()) for path in paths}


def digest_sample() -> Digests:
    """Return digests of the invented examples, and of the pairs of the sample chat."""
    posts, _ = read_sample()
    found = find_questions(CHAT, posts)
    said = list_statements(found, posts, place_posts(found, posts))
    pairs = [pair for one in said for pair in list_in_question("", CHAT.series, one, {}, None)]
    kinds = read_labelled(view_invented(), HERE).kind
    return {"kind": digest_examples(kinds), SAME: digest_pairs(pairs)}


def digest_real(data: Path, graded: Sequence[Graded]) -> Digests:
    """Return digests of every example there is, and of the pairs of the graded chats."""
    every = read_labelled(view_all(data), data)._asdict()
    pairs = [
        pair
        for one in graded
        for said in one.said
        for pair in list_in_question("", one.chat.name, said, list_keys(one.rows), None)
    ]
    digests = {name: digest_examples(examples) for name, examples in every.items()}
    return {**digests, SAME: digest_pairs(pairs)}


def digest_examples(examples: Iterable[Example]) -> str:
    """Return a digest of some examples, in whatever order they and their features are."""
    return _digest_lines(
        repr(one._replace(form=tuple(sorted(one.form)), words=tuple(sorted(one.words))))
        for one in examples
    )


def digest_pairs(pairs: Iterable[Pair]) -> str:
    """Return a digest of some pairs, in whatever order they are."""
    return _digest_lines(
        repr((pair.sort, sorted(_round_signs(pair)), sorted(pair.groups))) for pair in pairs
    )


def _round_signs(pair: Pair) -> Iterator[tuple[str, float]]:
    for name, sign in pair.signs.items():
        yield name, round(sign, PLACES) + 0.0  # no -0.0


def _digest_lines(lines: Iterable[str]) -> str:
    return _digest("\n".join(sorted(lines)).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
