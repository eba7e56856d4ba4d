"""How well are the kinds of post told apart: answers, replies, greetings, thanks and so on?

`kinds.csv`, `kinds_second.csv` and `kinds_third.csv` (chat, id, kind) hold posts of real chats,
drawn by lot with the first, the last and the short posts of each chat drawn more often, each file
read and labelled by one reader. The model of `steps/judging` learned from all; what it is
worth to a community that it has not seen is told by `--left-out`. Beside it, in the same run:
calling everything an answer.

    python benchmarks/kinds.py               # tables, then one line of JSON
    python benchmarks/kinds.py --left-out DIR  # each community by weights learned without it
    python benchmarks/kinds.py --errors 30   # readable errors, too
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from chinwag.model import KINDS, Placement, Post
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from grades import use_weights
from labelled import read_kinds
from learn import find_calibration
from placing import SHARED, RealChat, read_chats

NOWHERE = frozenset({"greeting", "thanks", "housekeeping", "announcement", "spam"})


class Judged(NamedTuple):
    """One post with the kind a reader gave it and what was made of it."""

    chat: str
    source: str
    post: Post
    kind: str
    placement: Placement


def judge_chats(chats: Sequence[RealChat], left_out: Path | None = None) -> list[Judged]:
    """Return the labelled posts with their placements, every chat placed as it stands.

    `left_out` has a folder of weights for each community, learned without it.
    """
    wanted: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for chat, identifier, kind, source in read_kinds():
        wanted[chat][identifier] = (kind, source)
    judged: list[Judged] = []
    for real in chats:
        if left_out is not None:
            use_weights(left_out / real.name.split("-")[0])
        placements = place_posts(find_questions(real.chat, real.posts), real.posts)
        for post, placement in zip(real.posts, placements, strict=True):
            if post.id in wanted[real.name]:
                kind, source = wanted[real.name][post.id]
                judged.append(Judged(real.name, source, post, kind, placement))
    return judged


def score_kinds(pairs: Sequence[tuple[str, str]]) -> dict[str, dict[str, float]]:
    """Give, per kind that occurs, how many posts have it, precision, recall and F1."""
    true, said = Counter(kind for kind, _ in pairs), Counter(kind for _, kind in pairs)
    right = Counter(kind for kind, other in pairs if kind == other)
    return {
        kind: {
            "posts": true[kind],
            "precision": round(right[kind] / max(1, said[kind]), 3),
            "recall": round(right[kind] / max(1, true[kind]), 3),
            "f1": round(2 * right[kind] / (true[kind] + said[kind]), 3),
        }
        for kind in KINDS
        if true[kind] or said[kind]
    }


def average_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Give the plain mean of the F1 of the kinds that readers gave."""
    scores = [row["f1"] for row in score_kinds(pairs).values() if row["posts"]]
    return round(sum(scores) / max(1, len(scores)), 3)


def measure(judged: Sequence[Judged]) -> dict[str, object]:
    """Give the figures of some posts, with the baseline's beside them."""
    pairs = [(item.kind, item.placement.kind) for item in judged]
    answers = [(kind, "answer") for kind, _ in pairs]
    # Whether a post belongs to a question at all is what matters to the write-up.
    nowhere = [item.kind in NOWHERE for item in judged]
    unplaced = [item.placement.kind in NOWHERE for item in judged]
    return {
        "posts": len(pairs),
        "right": round(sum(a == b for a, b in pairs) / max(1, len(pairs)), 3),
        "macro_f1": average_f1(pairs),
        "macro_f1_everything_an_answer": average_f1(answers),
        "right_everything_an_answer": round(
            sum(a == b for a, b in answers) / max(1, len(pairs)), 3
        ),
        "no_part_found": round(
            sum(a and b for a, b in zip(nowhere, unplaced, strict=True)) / max(1, sum(nowhere)), 3
        ),
        "part_lost": round(
            sum(b and not a for a, b in zip(nowhere, unplaced, strict=True))
            / max(1, len(pairs) - sum(nowhere)),
            3,
        ),
        "doubt": measure_doubt(judged),
        "kinds": score_kinds(pairs),
    }


def measure_doubt(judged: Sequence[Judged]) -> float:
    """Return the calibration error of how surely posts are left out of the talk by their kind."""
    out = [
        item for item in judged if item.placement.kind in NOWHERE and not item.placement.question
    ]
    sure = np.array([item.placement.confidence for item in out])
    right = np.array([item.kind in NOWHERE for item in out])
    return round(find_calibration(sure, right), 4) if out else 0.0


def print_figures(source: str, judged: Sequence[Judged], figures: dict[str, object]) -> None:
    """Print one file's figures and its confusions."""
    print(
        f"{source}: {figures['posts']} posts, {figures['right']} right, macro-F1 "
        f"{figures['macro_f1']} (everything an answer: {figures['right_everything_an_answer']}, "
        f"{figures['macro_f1_everything_an_answer']}); of posts that are no part of the talk "
        f"{figures['no_part_found']} found, of the others {figures['part_lost']} lost; "
        f"calibration error of what is left out {figures['doubt']}"
    )
    kinds = figures["kinds"]
    assert isinstance(kinds, dict)
    counts = Counter((item.kind, item.placement.kind) for item in judged)
    print(f"{'':14}{'posts':>6}{'prec.':>7}{'recall':>7}{'F1':>7}   taken for")
    for kind, row in kinds.items():
        taken = ", ".join(
            f"{other} {counts[kind, other]}"
            for other in KINDS
            if other != kind and counts[kind, other]
        )
        print(
            f"{kind:14}{row['posts']:>6}{row['precision']:>7}{row['recall']:>7}{row['f1']:>7}   "
            f"{taken}"
        )
    print()


def show_errors(judged: Sequence[Judged], number: int) -> None:
    """Print errors to read, in the order of the chats."""
    wrong = [item for item in judged if item.kind != item.placement.kind]
    for item in wrong[:number]:
        text = " ".join(item.post.text.split())[:150]
        print(f"{item.chat[-15:]} {item.kind} taken for {item.placement.kind}: {text}")
    print()


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--errors", type=int, default=0, help="how many errors to print")
    parser.add_argument("--left-out", type=Path, help="weights learned without each community")
    parser.add_argument("--quick", action="store_true", help="a few chats only")
    options = parser.parse_args()
    if not (options.data / "chats").is_dir():
        print(f"Real chats are not here ({options.data} does not exist); nothing is measured.")
        return
    chats = read_chats(options.data)
    judged = judge_chats(chats[:8] if options.quick else chats, options.left_out)
    show_errors(judged, options.errors)
    figures: dict[str, object] = {}
    for source in sorted({item.source for item in judged}):
        group = [item for item in judged if item.source == source]
        figures[source] = measure(group)
        print_figures(source, group, measure(group))
    figures["all"] = measure(judged)
    print_figures("all", judged, measure(judged))
    learned = "without each community" if options.left_out else "from all, as shipped"
    print(json.dumps({"benchmark": "kinds", "weights": learned, **figures}))


if __name__ == "__main__":
    main()
