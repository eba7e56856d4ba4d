"""How long does it take to place a post while the chat runs, and how often is it right at once?

Speed: a chat of 5,000 posts (the largest real chat laid over itself, people and ids renamed; else
the sample chat) is fed to a `LivePlacer` in the order of its coming: one post in five up to a
quarter of an hour late, some edited, deleted or corrected meanwhile. Wall and processor time of
each call; beside them, in the same run, placing everything again by the batch.

Quality: real chats with the labels of their answers hidden, as in `placing.py`: the share placed
under the number that their author wrote, at once, at the end before `finish`, and by the batch;
beside them "the last question asked before the post".

    python benchmarks/live.py            # tables, then one line of JSON
    python benchmarks/live.py --quick    # 500 posts and a few chats
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import msgspec

from chinwag.importers import read_file
from chinwag.model import Chat, Placement, Post, quote_note
from chinwag.records.contract import ReadOptions
from chinwag.steps.placing import LivePlacer, place_posts
from chinwag.steps.questions import find_questions
from placing import HERE, SHARED, RealChat, hide_labels, read_chats

T = TypeVar("T")
SAMPLE = HERE.parent / "examples" / "stackschat" / "mastodon-glam.json"
LATE, EDITED, DELETED, CORRECTED = 0.2, 0.03, 0.01, 0.01  # shares of the posts
BATCHES = 10  # so often, evenly spread, the batch is run beside


class Times:
    """Wall and processor time of each call, by what was called."""

    def __init__(self) -> None:
        """Begin with no call."""
        self.wall: defaultdict[str, list[float]] = defaultdict(list)
        self.processor: defaultdict[str, list[float]] = defaultdict(list)

    def take(self, name: str, call: Callable[[], T]) -> T:
        """Call and time; return what the call returns."""
        wall, processor = time.perf_counter(), time.process_time()
        result = call()
        self.wall[name].append(1000 * (time.perf_counter() - wall))
        self.processor[name].append(1000 * (time.process_time() - processor))
        return result

    def summarise(self, name: str) -> dict[str, float]:
        """Return calls and, in milliseconds, median, 99th percentile and worst of both times."""
        return {
            "calls": len(self.wall[name]),
            **{f"wall_{k}": v for k, v in _spread(self.wall[name]).items()},
            **{f"processor_{k}": v for k, v in _spread(self.processor[name]).items()},
        }


def _spread(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    last = len(ordered) - 1
    places = {"median": last // 2, "p99": round(0.99 * last), "worst": last}
    return {name: round(ordered[at], 1) for name, at in places.items()}


def lay_over(posts: Sequence[Post], number: int) -> list[Post]:
    """Return `number` posts: the chat laid over itself, each time by other people, 3 s later."""
    laid = [
        msgspec.structs.replace(
            post,
            id=_rename(post.id, copy),
            author=_rename(post.author, copy),
            reply_to=_rename(post.reply_to or "", copy) or None,
            reply_to_author=_rename(post.reply_to_author, copy),
            created_at=post.created_at + timedelta(seconds=3 * copy),
        )
        for copy in range(-(-number // len(posts)))
        for post in posts
    ]
    return sorted(laid, key=lambda post: post.created_at)[:number]


def _rename(name: str, copy: int) -> str:
    return f"{name}-{copy}" if name and copy else name


def come_late(posts: Sequence[Post], chance: random.Random) -> list[Post]:
    """Return posts in the order of their coming, a fifth of them up to 15 minutes late."""
    late = {post.id: 900 * chance.random() * (chance.random() < LATE) for post in posts}
    return sorted(posts, key=lambda post: post.created_at + timedelta(seconds=late[post.id]))


def measure_speed(chat: Chat, posts: Sequence[Post]) -> dict[str, object]:
    """Feed a chat to the placer, with edits, deletions and corrections; return the times."""
    chance, times = random.Random(11), Times()
    placer = LivePlacer(chat)
    arriving = come_late(posts, chance)
    every = max(1, len(arriving) // BATCHES)
    for count, post in enumerate(arriving, 1):
        questions = len(placer.chat.questions)
        before = time.perf_counter(), time.process_time()
        placer.add(post)
        wall, processor = time.perf_counter() - before[0], time.process_time() - before[1]
        newly = "question asked" if len(placer.chat.questions) != questions else "new post"
        times.wall[newly].append(1000 * wall)
        times.processor[newly].append(1000 * processor)
        _disturb(placer, times, chance)
        if count % every == 0:
            times.take("batch", lambda: _run_batch(chat, placer.posts))
    loose = {placement.post: placement.question for placement in placer.placements()}
    found, end = placer.finish()
    return {
        "posts": len(placer.posts),
        "questions": len(found.questions),
        **{name: times.summarise(name) for name in sorted(times.wall)},
        "same_before_finish": _share([loose[p.post] == p.question for p in end]),
    }


def _disturb(placer: LivePlacer, times: Times, chance: random.Random) -> None:
    """Now and then edit, delete or correct one of the last posts."""
    post = chance.choice(placer.posts[-50:])
    lot = chance.random()
    if lot < EDITED:
        edited = msgspec.structs.replace(post, text=post.text + " (edited)")
        times.take("edit", lambda: placer.add(edited))
    elif lot < EDITED + DELETED:
        gone = msgspec.structs.replace(post, text="", deleted=True)
        times.take("deletion", lambda: placer.add(gone))
    elif lot < EDITED + DELETED + CORRECTED and placer.chat.questions:
        label = chance.choice(placer.chat.questions).label
        correction = Placement(
            post=post.id, question=label, reason=quote_note("by hand"), confidence=1.0, by="person"
        )
        times.take("correction", lambda: placer.correct(correction))


def _run_batch(chat: Chat, posts: Sequence[Post]) -> tuple[Placement, ...]:
    return place_posts(find_questions(chat, posts), posts)


def measure_quality(chats: Sequence[RealChat]) -> dict[str, float]:
    """Feed chats with hidden labels in time order; return the shares right, at once and later."""
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for real in chats:
        asking = {id_ for q in find_questions(real.chat, real.posts).questions for id_ in q.posts}
        posts = hide_labels(real.posts, asking)
        placer = LivePlacer(real.chat)
        at_once = {post.id: placer.add(post).question for post in sort_in_time(posts)}
        later = {placement.post: placement.question for placement in placer.placements()}
        chat, end = placer.finish()
        batch = {placement.post: placement.question for placement in end}
        asked = sorted((q.asked_at, q.label) for q in chat.questions if q.asked_at)
        for post in posts:
            number = str(real.numbers.get(post.id, ""))
            if number not in real.asked or post.id in asking:
                continue
            before = [label for moment, label in asked if moment <= post.created_at]
            said = {
                "at once": at_once[post.id],
                "before finish": later[post.id],
                "batch": batch[post.id],
                "the last question asked": before[-1] if before else "",
            }
            for name, label in said.items():
                right[name].append((label or "").split(".")[0] == number)
    return {"answers": len(right["batch"])} | {name: _share(row) for name, row in right.items()}


def sort_in_time(posts: Sequence[Post]) -> list[Post]:
    """Return posts as they were said."""
    return sorted(posts, key=lambda post: post.created_at)


def _share(values: Sequence[bool]) -> float:
    return round(sum(values) / max(1, len(values)), 4)


def read_sample() -> RealChat:
    """Return the sample chat, for a machine without real ones."""
    posts = [record for record in read_file(SAMPLE, ReadOptions()) if isinstance(record, Post)]
    chat = Chat(series="#stackschat", hashtag="stackschat", title="Sample")
    return RealChat("sample", "sample", chat, posts, {}, {})


def print_figures(figures: dict[str, object]) -> None:
    """Print the figures as tables."""
    speed = figures["speed"]
    assert isinstance(speed, dict)
    print(f"{speed['posts']} posts, {speed['questions']} questions; milliseconds a call")
    print(f"{'':16}{'calls':>6}{'wall: median':>14}{'p99':>8}{'worst':>8}", end="")
    print(f"{'processor: median':>19}{'p99':>8}{'worst':>8}")
    for name, row in speed.items():
        if isinstance(row, dict):
            wall = f"{row['wall_median']:>14}{row['wall_p99']:>8}{row['wall_worst']:>8}"
            own = (
                f"{row['processor_median']:>19}{row['processor_p99']:>8}{row['processor_worst']:>8}"
            )
            print(f"{name:16}{row['calls']:>6}{wall}{own}")
    print(f"placed before finish as after it: {speed['same_before_finish']}\n")
    print(f"labels hidden, right: {figures['quality']}\n")


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--posts", type=int, default=5000, help="posts of the chat that is timed")
    parser.add_argument("--quick", action="store_true", help="500 posts and a few chats only")
    options = parser.parse_args()
    chats = read_chats(options.data) if (options.data / "chats").is_dir() else []
    if not chats:
        print(f"Real chats are not here ({options.data} does not exist): the sample is timed.")
    largest = max(chats or [read_sample()], key=lambda real: len(real.posts))
    number = 500 if options.quick else options.posts
    numbered = [real for real in chats if real.asked]
    figures: dict[str, object] = {
        "speed": measure_speed(largest.chat, lay_over(largest.posts, number)),
        "quality": measure_quality(numbered[::10] if options.quick else numbered),
    }
    print_figures(figures)
    beside = "the batch run again; the last question asked before the post"
    print(json.dumps({"benchmark": "live", **figures, "beside": beside}))


if __name__ == "__main__":
    main()
