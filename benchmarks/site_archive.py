"""A site's archive for benchmarks: invented chats of 667 posts in their folders, and its rows.

Every chat is the sample chat once more, a week apart, with as many posts again beside its own: of
the same people and times, in words drawn from 20,000. It is no benchmark itself.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.recap_files import recap_files

EXAMPLE = Path(__file__).parents[1] / "examples" / "stackschat"
FIRST = date(2026, 10, 13)
POSTS = 667  # of a chat
_SYLLABLES = [first + second for first in "bdfglmnprstvwz" for second in "aeiou"]


def make_folders(chats: Path, number: int) -> list[str]:
    """Lay out so many chat folders below a site's `chats/`; return their paths there."""
    base = chats.parent / "base"
    recap_files(sorted(EXAMPLE.glob("*.json")), base, ChatDetails(time_zone="Europe/London"))
    draw = random.Random(7)
    words = ["".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))) for _ in range(20_000)]
    return [_make_folder(base, chats, draw, words, week) for week in range(number)]


def make_rows(folders: list[str]) -> None:
    """Make the series and the chats of these folders in the open site's database."""
    from chinwag.web.chats.models import Chat, Membership, Series, User

    named = {"name": "Stacks chat", "hashtag": "stackschat"}
    series, is_new = Series.objects.get_or_create(slug="stackschat", defaults=named)
    if is_new:
        helper = User.objects.create_user("helper@example.org")
        Membership.objects.create(series=series, user=helper, role="helper")
    for folder in folders:
        day = date.fromisoformat(folder.rpartition("/")[2])
        start = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
        Chat.objects.create(
            series=series,
            slug=day.isoformat(),
            title=f"Chat of {day}",
            starts_at=start,
            ends_at=start + timedelta(hours=1),
            folder=folder,
            is_published=True,
        )


def _make_folder(base: Path, chats: Path, draw: random.Random, words: list[str], week: int) -> str:
    day = (FIRST - timedelta(weeks=week)).isoformat()
    name = f"stackschat/{day}"
    root = chats / name
    shutil.copytree(base, root, ignore=shutil.ignore_patterns("raw"))
    for path in (*root.glob("*.json*"), root / "chat.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(FIRST.isoformat(), day), encoding="utf-8")
    posts = [json.loads(line) for line in (root / "posts.jsonl").open(encoding="utf-8")]
    more = list(_double(posts, draw, words, POSTS - len(posts)))
    ordered = sorted((*posts, *more), key=lambda post: str(post["created_at"]))
    with (root / "posts.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(post) + "\n" for post in ordered)
    sums = root / "SHA256SUMS"
    sums.write_text(f"{week:064x}  posts.jsonl\n" + sums.read_text("ascii"), "ascii")
    return name


def _double(
    posts: list[dict[str, object]], draw: random.Random, words: list[str], number: int
) -> Iterator[dict[str, object]]:
    for count, post in enumerate(posts[:number]):
        text = " ".join(draw.choices(words, k=28))
        same = {name: post[name] for name in ("author", "created_at", "source")}
        yield same | {"id": f"more-{count}", "text": text, "reply_to": None, "url": ""}
