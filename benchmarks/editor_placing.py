"""How many answers find their question when a model, or a reader, places those in doubt?

As `placing.py` hides the numbers that authors wrote and counts who is right, with the same truth;
then the posts in doubt are asked about at an OpenAI-compatible address, by the program's own
messages and with its own guards. What was answered is kept in FILE, so that a run goes on.

    python benchmarks/editor_placing.py http://127.0.0.1:8099/v1 NAME FILE --chat critlib-2015-03-10

`--chat` may be given several times. Without it all chats are asked about, in many messages.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec

from chinwag.engines.language_model import LanguageModel
from chinwag.engines.universal_encoder import UniversalEncoder
from chinwag.model import Decision, Placement
from chinwag.steps.deciding import judge_answer, place_by_decisions, plan_places
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from chinwag.text.encoder import Encoder
from placing import SHARED, RealChat, hide_labels, read_chats


def ask(real: RealChat, model: LanguageModel, kept: Path, encoder: Encoder | None) -> Counter[str]:
    """Return the counts of one chat: answers, right before and after, posts and asked about."""
    found = find_questions(real.chat, real.posts)
    asking = {post for question in found.questions for post in question.posts}
    hidden = hide_labels(real.posts, asking)
    base = place_posts(found, hidden, encoder=encoder)
    known = _read(kept)
    plan = plan_places(found, hidden, base, kept=known, model=model.name)
    for request in plan.requests:
        answer = model.answer(
            request.instructions, request.message, request.schema, request.most_tokens
        )
        known.append(judge_answer(request, answer, model.name))
        kept.write_bytes(msgspec.json.encode(known))
    digests = {request.digest(model.name) for request in plan.all_requests}
    decided = [one for one in known if one.digest in digests]
    after = place_by_decisions(found, hidden, base, decided)
    told = {one.id for one in real.posts} & real.numbers.keys()
    scored = {one for one in told - asking if _number(real, one) in real.asked}
    return Counter(
        answers=len(scored),
        before=_count_right(real, base, scored),
        after=_count_right(real, after, scored),
        posts=len(hidden),
        asked=sum(len(request.doubtful) for request in plan.all_requests),
        moved=sum(one.question != other.question for one, other in zip(base, after, strict=True)),
    )


def _read(kept: Path) -> list[Decision]:
    return msgspec.json.decode(kept.read_bytes(), type=list[Decision]) if kept.exists() else []


def _number(real: RealChat, post: str) -> str:
    return str(real.numbers[post])


def _count_right(real: RealChat, placements: Sequence[Placement], scored: set[str]) -> int:
    return sum(
        (one.question or "").split(".")[0] == _number(real, one.post)
        for one in placements
        if one.post in scored
    )


def main() -> None:
    """Ask, count, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("name")
    parser.add_argument("kept", type=Path, help="where the answers are kept")
    parser.add_argument("--chat", action="append", default=[])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--encoder", choices=("none", "universal"), default="none")
    options = parser.parse_args()
    if not (options.data / "chats").is_dir():
        print(f"Real chats are not here ({options.data} does not exist); nothing is measured.")
        return
    model = LanguageModel(options.address, options.name, timeout=3600)
    encoder = UniversalEncoder() if options.encoder == "universal" else None
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for real in read_chats(options.data):
        if not options.chat or real.name in options.chat:
            counted = ask(real, model, options.kept, encoder)
            print(real.name, dict(counted))
            table[real.collection].update(counted)
    print(json.dumps({"benchmark": "editor_placing", "encoder": options.encoder, **table}))


if __name__ == "__main__":
    main()
