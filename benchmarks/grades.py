"""What would an editor say of the bullets? Every graded chat summed up, bullet by bullet.

Editors graded each post of eighteen real chats by what it is worth as a bullet, 3 (must be in) to
0 (strike), and told which say the same. Chats are placed and summed up by words alone, labels
visible; the grades of the quoted posts are counted, and how many of the posts that must be in are.
Beside them stand as many posts a question as LexRank chooses (where sumy is installed), and as
chance does.

    python benchmarks/grades.py                  # with the weights that ship
    python benchmarks/grades.py --left-out DIR   # each community judged by weights learned without
                                                 # it (`learn.py --left-out DIR` writes them)
    python benchmarks/grades.py --show CHAT      # and the bullets of one chat with their grades
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from chinwag.engines.universal_encoder import UniversalEncoder
from chinwag.model import Summary
from chinwag.steps.judging import model
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from chinwag.steps.summarise import summarise_chat
from chinwag.steps.summarise.statement import Statement
from chinwag.steps.summarise.summarise import Said, list_statements
from chinwag.text.encoder import Encoder
from labelled import read_grades
from peers import Shares, choose_by_chance, choose_by_lexrank
from placing import SHARED, RealChat, read_chats

MUST = "3"
NOWHERE = "-"  # the question of a post that an editor would put under none


class Graded(NamedTuple):
    """One chat summed up, with what its editor said of each post."""

    chat: RealChat
    summary: Summary
    rows: dict[str, dict[str, str]]
    said: list[Said]
    placed: dict[str, str | None]  # the question of each post

    @property
    def grades(self) -> list[int]:
        """The grade of each bullet's post, in the order of the summary."""
        quoted = [one.quoted for question in self.summary.questions for one in question.bullets]
        return [int(self.rows[post]["grade"]) for post in quoted if post in self.rows]


def sum_up(
    data: Path = SHARED, left_out: Path | None = None, encoder: Encoder | None = None
) -> list[Graded]:
    """Return every graded chat summed up; `left_out` has a folder of weights a community."""
    tables = read_grades(data)
    graded = []
    for real in read_chats(data):
        if real.name in tables:
            if left_out is not None:
                use_weights(left_out / real.name.split("-")[0])
            found = find_questions(real.chat, real.posts)
            placements = place_posts(found, real.posts)
            summary = summarise_chat(found, real.posts, placements, encoder=encoder)
            said = list_statements(found, real.posts, placements)
            placed = {one.post: one.question for one in placements}
            graded.append(Graded(real, summary, tables[real.name], said, placed))
    return graded


def use_weights(folder: Path) -> None:
    """Let `steps/judging` read its weights from a folder, in this process."""
    model.WEIGHTS = folder


Choose = Callable[[Sequence[Statement], int], Shares]


def score_peer(graded: Sequence[Graded], choose: Choose) -> dict[str, float]:
    """Return the figures of as many posts a question as we print, chosen by somebody else."""
    weights: dict[int, float] = defaultdict(float)
    must = 0
    for one in graded:
        must += sum(row["grade"] == MUST for row in one.rows.values())
        printed = {question.label: len(question.bullets) for question in one.summary.questions}
        for said in one.said:
            for post, share in choose(said.statements, printed[said.question.label]).items():
                if post in one.rows:
                    weights[int(one.rows[post]["grade"])] += share
    number = math.fsum(weights.values()) or 1.0
    shares = {grade: weights[grade] / number for grade in range(4)}
    return {
        "bullets": round(number),
        "mean": round(math.fsum(grade * share for grade, share in shares.items()), 3),
        "must_in": round(shares[3], 3),
        "good": round(shares[2], 3),
        "weak": round(shares[1], 3),
        "strike": round(shares[0], 3),
        "must_cited": round(weights[3] / max(1, must), 3),
    }


def score(graded: Sequence[Graded]) -> dict[str, float]:
    """Return the figures of some chats: bullets, their grades, and what must be in and is."""
    grades = [grade for one in graded for grade in one.grades]
    counts, number = Counter(grades), max(1, len(grades))
    must = sum(row["grade"] == MUST for one in graded for row in one.rows.values())
    shared = count_shared(graded)
    return {
        "bullets": len(grades),
        "mean": round(sum(grades) / number, 3),
        "must_in": round(counts[3] / number, 3),
        "good": round(counts[2] / number, 3),
        "weak": round(counts[1] / number, 3),
        "strike": round(counts[0] / number, 3),
        "must_cited": round(counts[3] / max(1, must), 3),
        "shared_right": shared.right,
        "shared": shared.claimed,
        "found": shared.found,
        "groups": shared.groups,
        "pairs_right": shared.pairs_right,
        "pairs": shared.pairs,
        **count_moved(graded),
    }


def count_moved(graded: Iterable[Graded]) -> dict[str, float]:
    """Return how many posts an editor found under another question than theirs, once, and of these
    those that stand now where the editor would put them.
    """
    moved = right = 0
    for one in graded:
        for post, row in one.rows.items():
            if row["question"] and post in one.placed:
                moved += 1
                right += (one.placed[post] or NOWHERE) == row["question"]
    return {"moved": moved, "moved_right": right}


class Shared(NamedTuple):
    """What the bullets claim of people who make the same point, held against the editors' groups.

    `right` of the `claimed` shared bullets have two posts of one group behind them. Of all pairs
    of people behind one bullet, those who only agree included, `pairs_right` are of one group;
    `found` of all `groups` have such a pair.
    """

    right: int
    claimed: int
    found: int
    groups: int
    pairs_right: int
    pairs: int


def count_shared(graded: Iterable[Graded]) -> Shared:
    """Return how far the bullets of some chats group as their editors do."""
    right = claimed = groups = pairs = pairs_right = 0
    found: set[tuple[str, str]] = set()
    for one in graded:
        authors = {post.id: post.author for post in one.chat.posts}
        keys = {post: row["same"] for post, row in one.rows.items() if row["same"]}
        groups += len(set(keys.values()))
        for bullet in (each for question in one.summary.questions for each in question.bullets):
            told = [(a, b) for a, b in combinations(bullet.posts, 2) if authors[a] != authors[b]]
            same = [keys[a] for a, b in told if a in keys and keys[a] == keys.get(b)]
            found |= {(one.chat.name, key) for key in same}
            pairs += len(told)
            pairs_right += len(same)
            claimed += bullet.kind == "shared"
            right += bullet.kind == "shared" and bool(same)
    return Shared(right, claimed, len(found), groups, pairs_right, pairs)


def main() -> None:
    """Sum up, count, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--left-out", type=Path, help="weights learned without each community")
    parser.add_argument("--show", default="", help="print the bullets of the chats named so")
    parser.add_argument("--encoder", action="store_true", help="ask the encoder of `meaning`, too")
    options = parser.parse_args()
    if not (options.data / "editors").is_dir():
        print(f"Nothing measured: the grades are not at {options.data / 'editors'}.")
        return
    encoder = UniversalEncoder() if options.encoder else None
    graded = sum_up(options.data, options.left_out, encoder)
    for one in graded:
        if options.show and one.chat.name.startswith(options.show):
            _show(one)
    groups: dict[str, list[Graded]] = defaultdict(list)
    for one in graded:
        groups[one.chat.name.split("-")[0]].append(one)
    table = {name: score(some) for name, some in groups.items()} | {"all": score(graded)}
    print("".join(name.rjust(13) for name in ("", *table["all"])))
    for name, row in table.items():
        print(name.rjust(13) + "".join(str(value).rjust(13) for value in row.values()))
    peers = {"chance": score_peer(graded, choose_by_chance)}
    if find_spec("sumy"):
        peers["LexRank"] = score_peer(graded, choose_by_lexrank)
    for name, row in peers.items():
        print(name.rjust(13) + "".join(str(value).rjust(13) for value in row.values()))
    learned = "without each community" if options.left_out else "from all, as shipped"
    print(json.dumps({"benchmark": "grades", "weights": learned, **table, "peers": peers}))


def _show(one: Graded) -> None:
    for question in one.summary.questions:
        print(f"\n{question.label}: {question.text}")
        for bullet in question.bullets:
            grade = one.rows.get(bullet.quoted, {}).get("grade", "?")
            print(f"  {grade} {bullet.text}")


if __name__ == "__main__":
    main()
