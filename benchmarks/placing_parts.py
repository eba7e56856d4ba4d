"""What does each part of placing bring? Each is left out in turn, and the others stay as they are.

The measure is that of `placing.py` (numbers hidden, right answers per collection), once as the
files are, and once with nobody's reply saying what it answers, as in transcripts and old
spreadsheets. Nothing is learned anew: settings stay as shipped.

    python benchmarks/placing_parts.py                  # a table, then one line of JSON
    python benchmarks/placing_parts.py --only "typing"  # parts whose name holds this
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import msgspec

from chinwag.model import Chat, Post
from chinwag.steps.placing import (
    beliefs,
    by_turn,
    combine,
    evidence,
    pace,
    place_posts,
    propagate,
    ties,
    weights,
)
from chinwag.steps.placing.pace import Pace
from chinwag.steps.questions import find_questions
from chinwag.steps.reading import Readings, view
from chinwag.steps.reading.view import ChatView
from placing import SHARED, RealChat, hide_labels, read_chats

SHOWN = ("critlib", "ngsschat 2013-15", "ngsschat 2021")


class Part(NamedTuple):
    """One part of placing: where it stands, and what stands there when it is left out."""

    name: str
    room: ModuleType
    attribute: str
    without: Any


def _fix_pace(chat: ChatView, *_: object) -> Pace:
    """Return the pace that is likely beforehand, every question answered alike."""
    number = max(1, len(chat.questions))
    return Pace(median=pace._USUAL, popularity=(-math.log(number),) * number)


def _even_out(find: Callable[..., Pace]) -> Callable[..., Pace]:
    """Return a search for the pace that tells nothing of how much each question is answered."""

    def find_evenly(chat: ChatView, *rest: Any) -> Pace:
        found = find(chat, *rest)
        number = len(found.popularity)
        return msgspec.structs.replace(found, popularity=(-math.log(max(1, number)),) * number)

    return find_evenly


def list_parts() -> list[Part]:
    """Return what is left out in turn."""
    return [
        Part("nothing", weights, "VARIES", weights.VARIES),
        Part("typing time", pace, "TYPING", 0.0),
        Part("pace found in the chat", combine, "find_pace", _fix_pace),
        Part("shares of the questions", combine, "find_pace", _even_out(pace.find_pace)),
        Part("a person's lag", by_turn, "_LAGS", (0,)),
        Part("steps from turn to turn", weights, "weigh_step", lambda _: 0.0),
        Part("turns read as a chain", beliefs, "follow_turns", lambda *_: {}),
        Part("words: likeness to the question", weights, "LIKENESS", 0.0),
        Part("words: vocabulary of what is said", weights, "VOCABULARY", 0.0),
        Part("words: second reading", beliefs, "_PASSES", 1),
        Part("replies, mentions, quotations", ties, "find_replies", lambda _: []),
        Part("replies that are worked out", view, "SURE", 2.0),
        Part("answers to the asking post", evidence, "weigh_reply", lambda *_: {}),
        Part("less trust in the time of what speaks to somebody", weights, "SPOKEN_TO", 1.0),
        Part("second sweep of propagation", propagate, "_SWEEPS", 1),
    ]


@contextmanager
def leave_out(part: Part) -> Iterator[None]:
    """Leave one part out for a while."""
    before = getattr(part.room, part.attribute)
    setattr(part.room, part.attribute, part.without)
    try:
        yield
    finally:
        setattr(part.room, part.attribute, before)


def hide_parents(real: RealChat) -> RealChat:
    """Return a chat in which nobody's reply says what it answers."""
    posts = [
        msgspec.structs.replace(post, reply_to=None, reply_to_author="", thread="", quote_of="")
        for post in real.posts
    ]
    return real._replace(posts=posts)


class Ready(NamedTuple):
    """A chat with its questions found, its numbers hidden, and its posts read once."""

    real: RealChat
    found: Chat
    hidden: list[Post]
    readings: Readings


def prepare(real: RealChat) -> Ready:
    """Return a chat as every part places it."""
    found = find_questions(real.chat, real.posts)
    asking = {identifier for question in found.questions for identifier in question.posts}
    return Ready(real, found, hide_labels(real.posts, asking), Readings())


def judge(ready: Ready) -> list[bool]:
    """Return of each scored answer of a chat whether it is placed under its own number."""
    real, found = ready.real, ready.found
    asking = {identifier for question in found.questions for identifier in question.posts}
    placed = place_posts(found, ready.hidden, readings=ready.readings)
    numbers = {post: str(number) for post, number in real.numbers.items() if post not in asking}
    return [
        (one.question or "").partition(".")[0] == numbers[one.post]
        for one in placed
        if numbers.get(one.post) in real.asked
    ]


def measure_part(chats: Sequence[Ready], part: Part) -> dict[str, float]:
    """Return the right answers in per cent, per collection and of all, without one part."""
    right: dict[str, list[bool]] = defaultdict(list)
    with leave_out(part):
        for ready in chats:
            right[ready.real.collection] += judge(ready)
    every = [one for some in right.values() for one in some]
    row = {name: round(100 * sum(right[name]) / max(1, len(right[name])), 1) for name in SHOWN}
    return row | {"all": round(100 * sum(every) / max(1, len(every)), 2)}


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--only", default="", help="parts whose name holds this")
    parser.add_argument("--quick", action="store_true", help="a few chats, two parts")
    options = parser.parse_args()
    if not (options.data / "chats").is_dir():
        print(f"Real chats are not here ({options.data} does not exist); nothing is measured.")
        return
    numbered = [real for real in read_chats(options.data) if real.asked and real.numbers]
    chats = numbered[:: 10 if options.quick else 1]
    parts = [one for one in list_parts() if one.name == "nothing" or options.only in one.name]
    table: dict[str, dict[str, dict[str, float]]] = {}
    print(f"{'left out':36}" + "".join(f"{n:>18}" for n in (*SHOWN, "all")), flush=True)
    for told, change in (("parents told", lambda real: real), ("parents hidden", hide_parents)):
        print(told, flush=True)
        some = [prepare(change(real)) for real in chats]
        rows = table.setdefault(told, {})
        for part in parts[:2] if options.quick else parts:
            rows[part.name] = measure_part(some, part)
            cells = "".join(f"{rows[part.name].get(n, '-'):>18}" for n in (*SHOWN, "all"))
            print(f"  {part.name:34}{cells}", flush=True)
    print(json.dumps({"benchmark": "placing_parts", "right": table, "beside": "nothing left out"}))


if __name__ == "__main__":
    main()
