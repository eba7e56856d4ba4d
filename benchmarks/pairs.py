"""Pairs of statements: what those teach of which an editor told whether they make one point.

Three sorts: statements by words alone, the same with an encoder's cosine, and replies with what
they answer. Each is learned by a logistic regression over the signs that `steps/summarise/pairs.py`
gives. Readers are told of a pair that is likelier right than not (`judging/same.py`): from where on
so many of so few pairs happened to be right, or were expected to be, moves with every chat.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
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
            keys = list_keys(tables[real.name])
            chat = find_questions(real.chat, real.posts)
            for said in list_statements(chat, real.posts, place_posts(chat, real.posts)):
                pairs += list_in_question(series, real.name, said, keys, encoder)
    return pairs


def count_groups(data: Path = SHARED) -> int:
    """Return how many groups editors found in all graded chats."""
    tables = read_grades(data).values()
    return sum(len({row["same"] for row in rows.values() if row["same"]}) for rows in tables)


def list_keys(rows: Mapping[str, Mapping[str, str]]) -> Keys:
    """Return the group of each post that an editor's table puts in one."""
    return {post: row["same"] for post, row in rows.items() if row["same"]}


def list_in_question(
    series: str, name: str, said: Said, keys: Keys, encoder: Encoder | None
) -> Iterator[Pair]:
    """Yield the pairs of what is said on a question of the chat `name`."""
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
    """Return what some pairs teach, for each sort that is among them."""
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
    return SameModel(bias=round(bias, PLACES), weights=told)


def judge_left_out(pairs: Sequence[Pair]) -> list[tuple[float, Pair]]:
    """Return every pair with how likely it is by what other communities teach, likeliest first."""
    judged = []
    for series in sorted({pair.series for pair in pairs}):
        taught = teach_pairs([pair for pair in pairs if pair.series != series])
        judged += [
            (taught[pair.sort].weigh(pair.signs), pair) for pair in pairs if pair.series == series
        ]
    return sorted(judged, key=lambda one: -one[0])


def write_same(models: dict[str, SameModel], folder: Path) -> None:
    """Write the models as the data that `judging/same.py` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    for sort, one in models.items():
        text = msgspec.json.format(msgspec.json.encode(one, order="sorted"), indent=1)
        (folder / f"same.{sort}.json").write_bytes(text + b"\n")
    read_same.cache_clear()
