"""How many answers find their question when the number that their authors wrote is hidden?

On real chats whose authors numbered their answers ("A3"): the numbers are taken out of every
answer (the questions keep theirs), posts are placed, and the hidden numbers say who is right,
beside "the last question asked before the post", in the same run. Posts whose text is known not
to be theirs and reposts are not scored, nor posts with two numbers, nor numbers of questions that
nobody asked in the posts. `placing_questions.csv` (chat, label, id) names the first post of each
question: proposed by a rule, then read and corrected by hand.

A second table counts more simply: every answer with one number, whoever asked what, beside the
number that the last post with a question's number named (any such post, or the first of each).

    python benchmarks/placing.py                 # labels hidden, tables, then one line of JSON
    python benchmarks/placing.py --visible 0.5   # half of the answers keep their numbers
    python benchmarks/placing.py --encoder universal  # with the encoder of the extra `meaning`
    python benchmarks/placing.py --errors 40     # readable errors, too; --chat NAME for one chat
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from chinwag.engines.universal_encoder import UniversalEncoder
from chinwag.importers import read_file
from chinwag.model import Chat, Placement, Post
from chinwag.records.contract import ReadOptions
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from chinwag.text.encoder import Encoder
from chinwag.text.labels import strip_labels

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared" / "data"
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


class RealChat(NamedTuple):
    """A chat with what its authors wrote: `numbers` gives each answer's own number."""

    name: str
    collection: str
    chat: Chat
    posts: list[Post]
    numbers: dict[str, int]
    asked: dict[str, str]  # label of a question to the id of the post that first asks it
    named: Mapping[str, int] = MappingProxyType({})  # questions' numbers that posts name


class Result(NamedTuple):
    """One answer: the number its author wrote, what was placed, and what the baseline says."""

    chat: RealChat
    post: Post
    number: str
    placement: Placement
    baseline: str
    simple: tuple[str, str]  # the last question named by any post, and by the first of each


def read_chats(data: Path) -> list[RealChat]:
    """Give every real chat, reposts left out, with its truth."""
    asked: dict[str, dict[str, str]] = defaultdict(dict)
    with (HERE / "placing_questions.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            asked[row["chat"]][row["label"]] = row["id"]
    return [
        _read_chat(path, asked.get(path.stem, {}))
        for path in sorted((data / "chats").glob("*.jsonl"))
    ]


def _read_chat(path: Path, asked: dict[str, str]) -> RealChat:
    reading = read_file(path, ReadOptions(time_zone="America/New_York"))
    rows = [msgspec.json.decode(line) for line in path.read_bytes().splitlines()]
    reposts = {row["id"] for row in rows if row["is_rt"]}
    posts = [record for record in reading if isinstance(record, Post) and record.id not in reposts]
    # A line on "a Q1/A1 format" was read as a number by the pattern that made the truth.
    numbers = {
        row["id"]: row["a_labels"][0]
        for row in rows
        if len(row["a_labels"]) == 1 and not row["q_labels"] and not row.get("text_lost")
    }
    tag = path.stem.split("-")[0]
    return RealChat(
        name=path.stem,
        collection=_name_collection(path.stem),
        chat=Chat(series=f"#{tag}", hashtag=tag, title=path.stem),
        posts=posts,
        numbers=numbers,
        asked=asked,
        named={
            row["id"]: row["q_labels"][0] for row in rows if row["q_labels"] and not row["a_labels"]
        },
    )


def _name_collection(name: str) -> str:
    tag, year = name.split("-")[:2]
    if tag != "ngsschat":
        return tag
    return f"{tag} 2013-15" if "2013" <= year <= "2015" else f"{tag} {year}"


def hide_labels(
    posts: Iterable[Post], asking: set[str], visible: float = 0.0, seed: int = 7
) -> list[Post]:
    """Give the posts with the labels taken out of all but the asking ones.

    A share `visible` of the posts, drawn by chance, keeps them.
    """
    chance = random.Random(seed)
    return [
        post
        if post.id in asking or chance.random() < visible
        else msgspec.structs.replace(post, text=strip_labels(post.text, everywhere=True))
        for post in posts
    ]


def place_chat(
    real: RealChat, visible: float, encoder: Encoder | None = None
) -> tuple[Chat, list[Result]]:
    """Place one chat's posts and give what became of each scored answer."""
    found = find_questions(real.chat, real.posts)
    asking = {id_ for question in found.questions for id_ in question.posts}
    hidden = hide_labels(real.posts, asking, visible)
    kept = {post.id for post, other in zip(hidden, real.posts, strict=True) if post is other}
    placements = {one.post: one for one in place_posts(found, hidden, encoder=encoder)}
    order = {post.id: at for at, post in enumerate(real.posts)}
    asked = sorted((order[q.posts[0]], q.label.split(".")[0]) for q in found.questions if q.posts)
    results = []
    simple = list(_follow_named(real))
    for at, post in enumerate(real.posts):
        number = str(real.numbers.get(post.id, ""))
        if not number or post.id in asking or (visible < 1 and post.id in kept):
            continue
        before = [label for place, label in asked if place < at]
        last = before[-1] if before else ""
        results.append(Result(real, post, number, placements[post.id], last, simple[at]))
    return found, results


def _follow_named(real: RealChat) -> Iterator[tuple[str, str]]:
    """Give, for each post, the number last named before it: by any post, and by firsts only."""
    last, first, seen = "", "", set[int]()
    for post in real.posts:
        yield last, first
        number = real.named.get(post.id)
        if number is not None:
            last = str(number)
            first = first if number in seen else last
            seen.add(number)


def was_asked(result: Result) -> bool:
    """Tell whether the number that an answer bore is that of a question asked in the posts."""
    return result.number in result.chat.asked


def is_right(result: Result) -> bool:
    """Tell whether an answer was placed under its own number (or a part of it)."""
    return (result.placement.question or "").split(".")[0] == result.number


def score_collections(results: Sequence[Result]) -> dict[str, dict[str, float]]:
    """Give, per collection, the answers scored and the shares right of both methods."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.chat.collection].append(result)
    return {
        name: {
            "answers": len(group),
            "baseline": round(sum(r.baseline == r.number for r in group) / len(group), 4),
            "placed": round(sum(map(is_right, group)) / len(group), 4),
            "unplaced": round(sum(r.placement.question is None for r in group) / len(group), 4),
            "macro_f1": round(_macro_f1(group), 4),
            "calibration": tabulate_reliability(group)[1],
            "left_at_95": find_unplaced_share(group),
        }
        for name, group in sorted(groups.items())
    }


def score_simply(results: Sequence[Result]) -> dict[str, dict[str, float]]:
    """Give, per collection, the shares right when every numbered answer counts."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.chat.collection].append(result)
    return {
        name: {
            "answers": len(group),
            "any asking": round(sum(r.simple[0] == r.number for r in group) / len(group), 4),
            "first asking": round(sum(r.simple[1] == r.number for r in group) / len(group), 4),
            "placed": round(sum(map(is_right, group)) / len(group), 4),
        }
        for name, group in sorted(groups.items())
    }


def _macro_f1(group: Sequence[Result]) -> float:
    """Give the mean, over the questions of all chats, of the F1 of their answers."""
    right, said, true = Counter[str](), Counter[str](), Counter[str]()
    for result in group:
        own = f"{result.chat.name} {result.number}"
        placed = f"{result.chat.name} {(result.placement.question or '').split('.')[0]}"
        true[own] += 1
        said[placed] += 1
        right[own] += own == placed
    return sum(2 * right[key] / (true[key] + said[key]) for key in true) / max(1, len(true))


def score_questions(found: Sequence[tuple[RealChat, Chat]]) -> dict[str, dict[str, float]]:
    """Give, per collection, precision, recall and F1 of the first posts of questions."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for real, chat in found:
        if not real.asked:
            continue
        said = {q.label: q.posts[0] for q in chat.questions if q.posts and "." not in q.label}
        count = counts[real.collection]
        count["right"] += sum(said.get(label) == id_ for label, id_ in real.asked.items())
        count["said"] += len(said) if chat.numbered else 0
        count["true"] += len(real.asked)
    return {
        name: {
            "questions": count["true"],
            "precision": round(count["right"] / max(1, count["said"]), 4),
            "recall": round(count["right"] / count["true"], 4),
            "f1": round(2 * count["right"] / (count["said"] + count["true"]), 4),
        }
        for name, count in sorted(counts.items())
    }


def tabulate_reliability(
    results: Sequence[Result],
) -> tuple[list[tuple[str, int, float, float]], float]:
    """Give (bin, answers, mean confidence, share right) and the expected calibration error."""
    placed = [result for result in results if result.placement.question is not None]
    rows = []
    error = 0.0
    for low, high in pairwise(BINS):
        group = [r for r in placed if low <= r.placement.confidence < high]
        if not group:
            continue
        mean = sum(r.placement.confidence for r in group) / len(group)
        right = sum(map(is_right, group)) / len(group)
        rows.append(
            (f"{low:.2f}-{min(high, 1.0):.2f}", len(group), round(mean, 3), round(right, 3))
        )
        error += len(group) / len(placed) * abs(mean - right)
    return rows, round(error, 4)


def find_unplaced_share(results: Sequence[Result], precision: float = 0.95) -> float:
    """Give the least share to leave unplaced so that `precision` of the rest is right."""
    ordered = sorted(
        results, key=lambda r: -(r.placement.confidence if r.placement.question else 0)
    )
    right, kept = 0, 0
    for count, result in enumerate(ordered, 1):
        right += is_right(result)
        if right >= precision * count:
            kept = count
    return round(1 - kept / max(1, len(ordered)), 4)


def show_errors(results: Sequence[Result], number: int) -> None:
    """Print errors, drawn by chance, to read: what was asked, what the person said around it."""
    wrong = [result for result in results if not is_right(result)]
    for result in random.Random(3).sample(wrong, min(number, len(wrong))):
        _show_error(result, {(r.chat.name, r.post.id): r for r in results})


def _show_error(result: Result, known: dict[tuple[str, str], Result]) -> None:
    real, post, placement = result.chat, result.post, result.placement
    print(
        f"\n{real.name}  true {result.number}, placed {placement.question} "
        f"({placement.confidence:.2f}: {placement.reason})"
    )
    lines = [
        (other.created_at, _tell(other, f"asks Q{label}"))
        for label, id_ in real.asked.items()
        for other in real.posts
        if other.id == id_
    ]
    before = sorted(line for line in lines if line[0] <= post.created_at)[-2:]
    own = [other for other in real.posts if other.author == post.author]
    at = own.index(post)
    for other in own[max(0, at - 2) : at + 3]:
        beside = known.get((real.name, other.id))
        told = (
            f"true {beside.number}, placed {beside.placement.question}" if beside else "unnumbered"
        )
        before.append((other.created_at, ("> " if other is post else "  ") + _tell(other, told)))
    for parent in real.posts:
        if parent.id == post.reply_to and parent.author != post.author:
            before.append((parent.created_at, _tell(parent, "what it answers")))
    for _, line in sorted(before, key=lambda line: line[0]):
        print("   " + line)


def _tell(post: Post, told: str) -> str:
    text = " ".join(strip_labels(post.text, everywhere=True).split())[:120]
    return f"{post.created_at:%H:%M:%S} {post.author[:16]:16} [{told}] {text}"


def measure(
    chats: Sequence[RealChat], visible: float, encoder: Encoder | None = None
) -> tuple[list[Result], dict[str, object]]:
    """Place every chat and give the results with the figures."""
    started = time.perf_counter()
    results: list[Result] = []
    found: list[tuple[RealChat, Chat]] = []
    for real in chats:
        chat, scored = place_chat(real, visible, encoder)
        found.append((real, chat))
        results += scored
    counted, results = results, [result for result in results if was_asked(result)]
    rows, error = tabulate_reliability(results)
    return results, {
        "visible": visible,
        "encoder": encoder.name if encoder else "none",
        "collections": score_collections(results),
        "counted_simply": score_simply(counted),
        "questions": score_questions(found),
        "reliability": rows,
        "calibration_error": error,
        "unplaced_at_95": find_unplaced_share(results),
        "posts": sum(len(real.posts) for real in chats),
        "seconds": round(time.perf_counter() - started, 2),
        "beside": "the last question asked before the post",
    }


def print_figures(figures: dict[str, object]) -> None:
    """Print the figures as tables."""
    for title in ("collections", "counted_simply", "questions"):
        table = figures[title]
        assert isinstance(table, dict)
        names = list(next(iter(table.values()), {}))
        print(f"{title:20}" + "".join(f"{name:>13}" for name in names))
        for key, row in table.items():
            print(f"{key:20}" + "".join(f"{row[name]:>13}" for name in names))
        print()
    print("confidence        answers       mean      right")
    rows = figures["reliability"]
    assert isinstance(rows, list)
    for name, count, mean, right in rows:
        print(f"{name:16}{count:>9}{mean:>11}{right:>11}")
    print(f"expected calibration error {figures['calibration_error']}")
    print(f"left unplaced at 95 % precision {figures['unplaced_at_95']}\n")


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--errors", type=int, default=0, help="how many errors to print")
    parser.add_argument("--visible", type=float, default=0.0, help="share of labels that stay")
    parser.add_argument("--chat", default="", help="chats whose name holds this only")
    parser.add_argument("--encoder", choices=("none", "universal"), default="none")
    parser.add_argument("--quick", action="store_true", help="a few chats only")
    options = parser.parse_args()
    if not (options.data / "chats").is_dir():
        print(f"Real chats are not here ({options.data} does not exist); nothing is measured.")
        return
    chats = [real for real in read_chats(options.data) if options.chat in real.name]
    encoder = UniversalEncoder() if options.encoder == "universal" else None
    results, figures = measure(chats[::10] if options.quick else chats, options.visible, encoder)
    show_errors(results, options.errors)
    print_figures(figures)
    print(json.dumps({"benchmark": "placing", **figures}))


if __name__ == "__main__":
    main()
