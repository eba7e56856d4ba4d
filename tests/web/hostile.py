"""A chat whose every post, name and title tries to be more than text."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.recap_files import recap_files

HOSTILE = (
    "<script>document.title='taken'</script>",
    '"><img src=x onerror="document.title=\'taken\'">',
    "' onmouseover='document.title=1",
    "</style></title></script><script>document.title='taken'</script>",
    "{{ 7 * 7 }} {% load i18n %} %(name)s",
    "<!-- -->]]>",
    "&lt;b&gt; &amp;amp; <b>bold</b>",
    "\u202edesrever\u2066",
    "\x1b[31mred",
    "z\u0338\u0322\u0321" * 100,
    "x" * 3000,
    "javascript:document.title='taken' https://evil.example/<svg/onload=1>",
)
TITLE = "</title></script><img src=x onerror=\"document.title='taken'\">"
START = datetime(2026, 9, 8, 19, tzinfo=UTC)


def make_hostile_chat(root: Path) -> Path:
    """Make the folder of a chat in which seven people answer one question, all of them hostile."""
    rows = [_write_row(0, "host", f"Q1 What do you make of {HOSTILE[0]} {HOSTILE[1]}? #nastychat")]
    for number, words in enumerate(HOSTILE, start=1):
        said = f"A1 I would open the doors at night, {words} and so would my library. #nastychat"
        rows.append(_write_row(number, f"ana{number % 7}", said, words[:200]))
    file = root.with_suffix(".jsonl")
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    details = ChatDetails(title=TITLE, hashtag="nastychat", series=f"Nasty {HOSTILE[0]}")
    recap_files([file], root, details)
    return root


def _write_row(number: int, author: str, text: str, name: str = "") -> dict[str, str]:
    return {
        "id": str(9000 + number),
        "author": author,
        "author_name": name or author,
        "text": text,
        "created_at": (START + timedelta(minutes=2 * number)).isoformat(),
        "url": f"https://nasty.example/@{author}/{9000 + number}",
    }
