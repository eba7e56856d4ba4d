"""Pairs of statements: what those teach of which an editor told whether they make one point.

Three sorts: statements by words alone, the same with an encoder's cosine, and replies with what
they answer. Each is learned by a logistic regression over the signs that `steps/summarise/pairs.py`
gives. A reply is told from where the model expects that seven of ten of those told are right: how
many of so few happened to be right says less, and fails in a community that was left out. Two
statements are told from where seven of ten of communities that were left out are right.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from chinwag.engines.universal_encoder import UniversalEncoder
from chinwag.errors import SettingsError
from chinwag.steps.judging.same import MEANING, REPLY, WORDS, SameModel, Signs, read_same
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from chinwag.steps.summarise.agree import find_answered, opens_with_yes, says_yes
from chinwag.steps.summarise.group import LOOSELY, SAME, find_shared
from chinwag.steps.summarise.meaning import compare_meanings
from chinwag.steps.summarise.pairs import add_meaning, describe_pairs, describe_reply
from chinwag.steps.summarise.statement import Statement
from chinwag.steps.summarise.summarise import Said, list_statements
from chinwag.text.encoder import Encoder
from chinwag.text.words import content_words, make_vector
from labelled import read_grades
from placing import SHARED, read_chats
from regression import Matrix, learn_weights

SORTS = (WORDS, MEANING, REPLY)
# By which weights are held near 0: half or twice hardly matters.
PULL = {WORDS: 10.0, MEANING: 10.0, REPLY: 2.0}
RIGHT = 0.7  # of the pairs that are told, by what the model itself expects
PLACES = 4  # decimals of a weight in the file
Keys = dict[str, str]  # of each post that an editor put in a group, the group


class Pair(NamedTuple):
    """Two statements, what tells of them, and the groups of an editor that both are in."""

    series: str
    sort: str
    signs: Signs
    groups: frozenset[tuple[str, str]]  # chat and key
    plain_yes: bool = False

    @property
    def true(self) -> bool:
        """Whether the editor found that they make the same point."""
        return bool(self.groups)


def load_encoder() -> Encoder | None:
    """Return the encoder of the extra `meaning`, None where it is not installed."""
    encoder = UniversalEncoder()
    try:
        encoder.encode(["Is it here?"])
    except SettingsError:
        return None
    return encoder


def list_pairs(
    encoder: Encoder | None, data: Path = SHARED, prepare: Callable[[str], object] = str
) -> list[Pair]:
    """Return the pairs of every graded chat, of each sort; of MEANING none without an encoder.

    `prepare` is called with a chat's series before the chat is read.
    """
    tables = read_grades(data)
    pairs: list[Pair] = []
    for real in read_chats(data):
        if real.name in tables:
            series = real.name.split("-")[0]
            prepare(series)
            keys = {post: row["same"] for post, row in tables[real.name].items() if row["same"]}
            chat = find_questions(real.chat, real.posts)
            for said in list_statements(chat, real.posts, place_posts(chat, real.posts)):
                pairs += _list_in_question(series, real.name, said, keys, encoder)
    return pairs


def count_groups(data: Path = SHARED) -> int:
    """Return how many groups editors found in all graded chats."""
    tables = read_grades(data).values()
    return sum(len({row["same"] for row in rows.values() if row["same"]}) for rows in tables)


def _list_in_question(
    series: str, name: str, said: Said, keys: Keys, encoder: Encoder | None
) -> Iterator[Pair]:
    for one, answered in find_answered(said.statements):
        signs = describe_reply(one, answered, opens_with_yes(one.text))
        plain = says_yes(one.text) and "?" not in answered.point
        yield Pair(series, REPLY, signs, _share(name, keys, one, answered), plain)
    quotable = [one for one in said.statements if one.point]
    vectors = {one.post.id: make_vector(one.told, said.weights) for one in quotable}
    # What is nearly the same in words is a copy, of which nobody has to be told.
    shared = {pair: near for pair, near in find_shared(quotable, vectors).items() if near < SAME}
    told = describe_pairs(quotable, shared, content_words(said.question.text))
    # More than the product asks about: there are few pairs to learn from.
    meanings = compare_meanings(quotable, shared, encoder, least=LOOSELY)
    for pair, signs in told.items():
        groups = _share(name, keys, *(quotable[at] for at in pair))
        yield Pair(series, WORDS, signs, groups)
        if pair in meanings:
            yield Pair(series, MEANING, add_meaning(signs, meanings[pair]), groups)


def _share(name: str, keys: Keys, one: Statement, other: Statement) -> frozenset[tuple[str, str]]:
    """Return the groups of a chat in which two statements both have a post."""
    first, second = ({keys[p.id] for p in each.posts if p.id in keys} for each in (one, other))
    return frozenset((name, key) for key in first & second)


def teach_pairs(pairs: Sequence[Pair]) -> dict[str, SameModel]:
    """Return what some pairs teach, for each sort that is among them; `least` is left at 1."""
    sorts: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        sorts[pair.sort].append(pair)
    return {sort: _fit(some) for sort, some in sorts.items()}


def _fit(pairs: Sequence[Pair]) -> SameModel:
    names = sorted(pairs[0].signs)
    rows: Matrix = np.array([[pair.signs[name] for name in names] for pair in pairs])
    truth: Matrix = np.array([float(pair.true) for pair in pairs])
    weights, bias = learn_weights(rows, truth, PULL[pairs[0].sort])
    told = {name: round(float(one), PLACES) for name, one in zip(names, weights, strict=True)}
    return SameModel(bias=round(bias, PLACES), weights=told, least=1.0)


def judge_left_out(pairs: Sequence[Pair]) -> list[tuple[float, Pair]]:
    """Return every pair with how likely it is by what other communities teach, likeliest first."""
    judged = []
    for series in sorted({pair.series for pair in pairs}):
        taught = teach_pairs([pair for pair in pairs if pair.series != series])
        judged += [
            (taught[pair.sort].weigh(pair.signs), pair) for pair in pairs if pair.series == series
        ]
    return sorted(judged, key=lambda one: -one[0])


def find_least(likely: Sequence[float], right: float = RIGHT) -> float:
    """Return how likely a pair must be, that of all as likely so many may be expected to be right.

    1 where no pair is so likely.
    """
    least, expected = 1.0, 0.0
    for number, one in enumerate(sorted(likely, reverse=True), 1):
        expected += one
        if expected >= right * number:
            least = one
    return float(math.floor(least * 10**PLACES) / 10**PLACES)


def find_last(judged: Sequence[tuple[float, Pair]], right: float = RIGHT) -> float:
    """Return how likely a pair must be, that of all as likely so many are right; 1 where none."""
    least, hits = 1.0, 0
    for number, (likely, pair) in enumerate(judged, 1):
        hits += pair.true
        last = number == len(judged) or judged[number][0] < likely
        if last and hits >= right * number:
            least = likely
    return float(math.floor(least * 10**PLACES) / 10**PLACES)


def teach_same(pairs: Sequence[Pair]) -> dict[str, SameModel]:
    """Return the models of every sort, each with how likely a pair must be to be told."""
    models = {}
    for sort, taught in teach_pairs(pairs).items():
        some = [pair for pair in pairs if pair.sort == sort]
        expected = find_least([taught.weigh(pair.signs) for pair in some])
        least = expected if sort == REPLY else find_last(judge_left_out(some))
        models[sort] = msgspec.structs.replace(taught, least=least)
    return models


def write_same(models: dict[str, SameModel], folder: Path) -> None:
    """Write the models as the data that `judging/same.py` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    for sort, one in models.items():
        text = msgspec.json.format(msgspec.json.encode(one, order="sorted"), indent=1)
        (folder / f"same.{sort}.json").write_bytes(text + b"\n")
    read_same.cache_clear()
