"""How many of the groups that editors saw can be found, at which precision of the pairs told?

Editors told of eighteen real chats which posts make the same point: 273 groups. For each way of
finding pairs the curve is printed: how many groups are found while so many of the pairs told are
right. Pairs are ordered by the cosine of their words, by an encoder's, by whether somebody plainly
agrees, and by what was learned, each community judged by what the others teach.

    python benchmarks/groups.py                  # table, then one line of JSON
    python benchmarks/groups.py --left-out DIR   # worth, too, judged by weights learned without
                                                 # each community (`learn.py --left-out DIR`)
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from chinwag.steps.judging.same import MEANING, REPLY, WORDS
from grades import use_weights
from pairs import Pair, count_groups, judge_left_out, list_pairs, load_encoder
from placing import SHARED

LEVELS = (0.8, 0.7, 0.6, 0.5, 0.4, 0.3)
Ranked = list[tuple[float, Pair]]


def rank(pairs: Iterable[Pair], score: Callable[[Pair], float]) -> Ranked:
    """Return pairs with their score, the highest first."""
    return sorted(((score(pair), pair) for pair in pairs), key=lambda one: -one[0])


def draw_curve(ranked: Ranked) -> dict[str, dict[str, int]]:
    """Return for each level of precision the groups found, the true pairs and all pairs told.

    Pairs of one score are told together or not at all.
    """
    curve: dict[str, dict[str, int]] = {}
    found: set[tuple[str, str]] = set()
    true = 0
    for number, (score, pair) in enumerate(ranked, 1):
        true += pair.true
        found |= pair.groups
        if number < len(ranked) and ranked[number][0] == score:
            continue
        for level in LEVELS:
            if true >= level * number:
                curve[str(level)] = {"groups": len(found), "right": true, "told": number}
    return curve


def measure(
    data: Path = SHARED, left_out: Path | None = None
) -> dict[str, dict[str, dict[str, int]]]:
    """Return the curve of each way of finding pairs."""

    def prepare(series: str) -> None:
        if left_out is not None:
            use_weights(left_out / series)

    encoder = load_encoder()
    pairs = list_pairs(encoder, data, prepare)
    sorts = {sort: [one for one in pairs if one.sort == sort] for sort in (WORDS, MEANING, REPLY)}
    judged = {sort: judge_left_out(some) for sort, some in sorts.items()}
    ways = {
        "words": rank(sorts[WORDS], lambda pair: pair.signs["cosine"]),
        "encoder": rank(sorts[MEANING], lambda pair: pair.signs["meaning"]),
        "plain yes": rank([one for one in sorts[REPLY] if one.plain_yes], lambda _: 1.0),
        "learned, replies": judged[REPLY],
        "learned, words": judged[WORDS],
        "learned, encoder": judged[MEANING],
        "words and replies": _pool(judged[WORDS], judged[REPLY]),
        "all together": _pool(judged[MEANING], judged[REPLY]),
    }
    return {name: draw_curve(ranked) for name, ranked in ways.items() if ranked}


def _pool(*some: Ranked) -> Ranked:
    return sorted((one for ranked in some for one in ranked), key=lambda one: -one[0])


def main() -> None:
    """Read, judge, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--left-out", type=Path, help="weights learned without each community")
    options = parser.parse_args()
    if not (options.data / "editors").is_dir():
        print(f"Nothing measured: the grades are not at {options.data / 'editors'}.")
        return
    curves = measure(options.data, options.left_out)
    print("groups found (right / told) at a pair precision of")
    print(" " * 20 + "".join(f"{level:>16}" for level in LEVELS))
    for name, curve in curves.items():
        cells = (curve.get(str(level)) for level in LEVELS)
        texts = (f"{c['groups']} ({c['right']}/{c['told']})" if c else "-" for c in cells)
        print(f"{name:20}" + "".join(f"{text:>16}" for text in texts))
    print(
        json.dumps({"benchmark": "groups", "groups": count_groups(options.data), "curves": curves})
    )


if __name__ == "__main__":
    main()
