"""The files that people keep with a chat: where each lies, and which may be handed out."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse

from chinwag.model import FILES, PICTURES
from chinwag.web.chats.models import Change, ChangeKind, Chat, ChatFile, WorkState
from chinwag.web.chats.queries.problems import Problem, tell_problem
from chinwag.web.site import Site

_CONTENT = "content"  # the name of a file that waits to be kept
_LATEST = 5  # files that could not be kept, of which the page tells


def find_waiting(uploads: Path, change_id: int) -> Path:
    """Return where a file lies until the keeper has put it into the chat's folder."""
    return name_waiting(uploads, change_id) / _CONTENT


def name_waiting(uploads: Path, change_id: int) -> Path:
    """Return the folder of a file that waits for a change of this number."""
    return uploads / f"kept-{change_id}"


def find_kept(site: Site, file: ChatFile) -> Path | None:
    """Return where a file of a chat lies at this moment, None where it is gone."""
    chat = file.chat
    paths = [site.chats / str(chat.folder) / file.name] if chat.folder else []
    waiting = chat.changes.filter(
        kind=ChangeKind.KEEP_FILE, state=WorkState.WANTED, what__file__name=file.name
    )
    paths = [find_waiting(site.uploads, one.pk) for one in waiting] + paths
    return next((path for path in paths if path.is_file() and not path.is_symlink()), None)


def is_in_story(file: ChatFile) -> bool:
    """Return whether a picture stands in the story as it is published, or as it stands."""
    pages = file.chat.story_pages.filter(is_draft=False)
    return pages.filter(fragment__contains=file.shown_name).exists()


def write_picture_address(chat: Chat, name: str) -> str:
    """Return the path at which the site shows a picture of a chat, by its name in the folder."""
    picture = name.removeprefix(f"{PICTURES}/")
    return reverse("picture", args=[chat.series.slug, chat.slug, picture])


def list_files(chat: Chat, *, is_public: bool | None = None) -> list[ChatFile]:
    """Return the files of a chat that are no pictures of its story; of one kind where that is said.

    Each knows its chat.
    """
    files = chat.files.filter(name__startswith=f"{FILES}/")
    found = files if is_public is None else files.filter(is_public=is_public)
    return list(found.order_by("at", "id"))


def list_pictures(chat: Chat) -> list[ChatFile]:
    """Return the pictures that are kept for a chat's story."""
    return list(chat.files.filter(name__startswith=f"{PICTURES}/"))


def list_not_kept(chat: Chat, language: str) -> list[tuple[Change, Problem | None]]:
    """Return the latest files that the folder would not take, and why."""
    failed = chat.changes.filter(kind=ChangeKind.KEEP_FILE, state=WorkState.FAILED)
    return [(one, tell_problem(one.problem, language)) for one in failed[:_LATEST]]
