"""A small invented chat, and how to write it as the CSV file of some tool."""

from __future__ import annotations

import csv
import io
from pathlib import Path

Rows = list[tuple[str, str, str, str]]

CHAT: Rows = [
    ("1", "ines_asks", "2026-10-13T18:00:00Z", "Welcome to #snugchat! Please say who you are."),
    ("2", "bo_stacks", "2026-10-13T18:01:10Z", "Bo, a school librarian in Leeds #snugchat"),
    ("3", "ines_asks", "2026-10-13T18:05:00Z", "Q1: Who uses the library after dark? #snugchat"),
    ("4", "bo_stacks", "2026-10-13T18:06:30Z", "A1: Night-shift nurses use our study rooms #snugchat"),
    ("5", "cleo_reads", "2026-10-13T18:07:20Z", "A1 Nurses coming off a night shift, mostly #snugchat"),
    ("6", "dev_shelves", "2026-10-13T18:08:00Z", "A1. Teenagers whose homes have no desk #snugchat"),
    ("7", "ines_asks", "2026-10-13T18:20:00Z", "Q2: What keeps people away? #snugchat"),
    ("8", "cleo_reads", "2026-10-13T18:21:40Z", "A2: The last bus leaves at seven #snugchat"),
    ("9", "dev_shelves", "2026-10-13T18:22:10Z", "A2 Dark streets between the bus and the door #snugchat"),
    ("10", "bo_stacks", "2026-10-13T18:23:00Z", "A2: A locked front door sends people home #snugchat"),
    ("11", "eli_maps", "2026-10-13T18:24:30Z", "A1: Taxi drivers who wait for a fare #snugchat"),
    ("12", "ines_asks", "2026-10-13T18:58:00Z", "Thank you all, good night! #snugchat"),
]  # fmt: skip


def write_csv(path: Path, rows: Rows) -> Path:
    """Write rows of id, author, time and text; give the path."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("id", "author", "created_at", "text"))
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path
