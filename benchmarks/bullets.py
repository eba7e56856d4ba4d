"""How many bullets would a host strike out or reword before publishing?

`bullets_judged.csv` (chat, id, verdict) holds the bullets that every other real chat had at one
time, read by one person as the host: keep or strike. This counts how many of either still stand,
beside all of them, and draws bullets that nobody has judged yet, to be read.

    python benchmarks/bullets.py                        # table, then one line of JSON
    python benchmarks/bullets.py --draw 60 --seed 2     # and sixty bullets to read
    python benchmarks/bullets.py --draw 60 --chat pstweetchat
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from chinwag.model import Bullet
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from chinwag.steps.summarise import summarise_chat
from placing import HERE, SHARED, RealChat, read_chats


class Shown(NamedTuple):
    """One bullet of a chat with its question; `verdict` is "" where nobody has judged it."""

    chat: RealChat
    question: str
    bullet: Bullet
    verdict: str


def read_verdicts(path: Path) -> dict[tuple[str, str], str]:
    """Give what the reader said of the bullet that quotes a post, by chat and post id."""
    with path.open(encoding="utf-8") as rows:
        return {(row["chat"], row["id"]): row["verdict"] for row in csv.DictReader(rows)}


def show_bullets(
    chats: Sequence[RealChat], verdicts: dict[tuple[str, str], str], prefix: str
) -> list[Shown]:
    """Summarise the chats whose names begin with `prefix`, by words alone."""
    shown: list[Shown] = []
    for real in chats:
        if not real.name.startswith(prefix):
            continue
        found = find_questions(real.chat, real.posts)
        summary = summarise_chat(found, real.posts, place_posts(found, real.posts))
        shown += [
            Shown(real, question.text, bullet, verdicts.get((real.name, bullet.quoted), ""))
            for question in summary.questions
            for bullet in question.bullets
        ]
    return shown


def print_table(shown: Sequence[Shown], verdicts: dict[tuple[str, str], str]) -> None:
    """Print, for each collection, the judged bullets and those of them that still stand."""
    judged: dict[str, Counter[str]] = defaultdict(Counter)
    for (chat, _), verdict in verdicts.items():
        judged[chat.split("-")[0]][verdict] += 1
    standing: dict[str, Counter[str]] = defaultdict(Counter)
    for one in shown:
        standing[one.chat.name.split("-")[0]][one.verdict] += 1
    print(f"{'collection':14}{'kept, judged':>16}{'still':>7}{'struck, judged':>16}{'still':>7}")
    for name, counts in judged.items():
        now = standing[name]
        print(
            f"{name:14}{counts['keep']:16}{now['keep']:7}{counts['strike']:16}{now['strike']:7}"
            f"   {now['']} bullets not judged"
        )


def print_drawn(shown: Sequence[Shown], count: int, seed: int) -> None:
    """Print bullets that nobody has judged, drawn by lot, chat by chat."""
    unread = [one for one in shown if not one.verdict]
    drawn = random.Random(seed).sample(unread, min(count, len(unread)))
    for one in sorted(drawn, key=lambda row: (row.chat.name, row.bullet.quoted)):
        print(f"\n{one.chat.name}  {one.question}\n  {one.bullet.text}")
        for reply in one.bullet.replies:
            print(f"    > {reply.text}")


def main() -> None:
    """Summarise the real chats and print what became of the judged bullets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--draw", type=int, default=0, help="bullets to read, drawn by lot")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chat", default="", help="only the chats whose names begin so")
    options = parser.parse_args()
    if not (options.data / "chats").is_dir():
        print(f"Nothing measured: the real chats are not at {options.data / 'chats'}.")
        return
    verdicts = read_verdicts(HERE / "bullets_judged.csv")
    shown = show_bullets(read_chats(options.data), verdicts, options.chat)
    print_drawn(shown, options.draw, options.seed)
    print_table(shown, verdicts)
    before, now = Counter(verdicts.values()), Counter(one.verdict for one in shown)
    print(
        json.dumps(
            {
                "benchmark": "bullets",
                "compared_with": "all judged bullets, as they stood when they were judged",
                "bullets": len(shown),
                "judged": len(verdicts),
                "share_struck": round(before["strike"] / len(verdicts), 3),
                "still_judged": now["keep"] + now["strike"],
                "share_struck_now": round(now["strike"] / (now["keep"] + now["strike"]), 3),
            }
        )
    )


if __name__ == "__main__":
    main()
