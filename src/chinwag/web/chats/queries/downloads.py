"""The files of a story that the site hands out."""

from __future__ import annotations

from pathlib import Path

from chinwag.web.chats.models import Chat

NAMES = {  # what each is
    "story.md": "text/markdown; charset=utf-8",
    "story.json": "application/json",
    "story.html": "text/html; charset=utf-8",
    "story.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "story.epub": "application/epub+zip",
    "story.zip": "application/zip",
    "posts.csv": "text/csv; charset=utf-8",
    "bullets.csv": "text/csv; charset=utf-8",
    "print.html": "text/html; charset=utf-8",
}


def find_download(stories: Path, chat: Chat, name: str) -> Path | None:
    """Return where a file of a chat's story lies, None where there is none of that name."""
    if name not in NAMES or not chat.folder:
        return None
    path = stories / chat.folder / name
    return path if path.is_file() and not path.is_symlink() else None


def list_downloads(stories: Path, chat: Chat) -> list[str]:
    """Return the names of the files that there are of a chat's story."""
    return [name for name in NAMES if find_download(stories, chat, name)]
