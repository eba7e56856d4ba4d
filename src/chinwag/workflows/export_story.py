"""Take the write-up out of the folder, in a form that others can read or paste."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from chinwag.errors import BusyFolder, FolderError, InputError, Kept
from chinwag.model import Story
from chinwag.steps.publish import (
    render_docx,
    render_epub,
    render_fragment,
    render_markdown,
    render_print,
    zip_files,
)
from chinwag.stores.folder import ChatFolder, layout
from chinwag.workflows.encoders import FindEncoder, find_encoder
from chinwag.workflows.make_again import make_again
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.publish_chat import read_story, render_files

FORMS: Mapping[str, tuple[str, Callable[[Story], bytes]]] = {
    "html": (".html", lambda story: render_fragment(story).encode()),
    "markdown": (".md", lambda story: render_markdown(story).encode()),
    "docx": (".docx", render_docx),
    "epub": (".epub", render_epub),
    "print": ("-print.html", lambda story: render_print(story).encode()),
    "zip": (".zip", lambda story: zip_files(render_files(story))),
}  # by its name: how a file of it ends, and what makes it


def export_story(
    into: Path,
    form: str,
    progress: Progress = say_nothing,
    *,
    encoder: FindEncoder = find_encoder,
) -> bytes:
    """Return the write-up in a form of `FORMS`.

    What is out of date in the folder is made again first, so that nothing is in it that somebody
    asked to have taken out. Raises FolderError where the chat has not been summarised yet or is
    being worked on, and what `publish_chat` does.
    """
    story = read_current_story(into, progress, encoder=encoder)
    if form == "zip":
        return zip_files(render_files(story) | ChatFolder.open(into).read_public_files())
    return FORMS[form][1](story)


def read_current_story(
    into: Path,
    progress: Progress = say_nothing,
    *,
    encoder: FindEncoder = find_encoder,
    edition: int | None = None,
) -> Story:
    """Return the story with everything in it that has been noted, as `export_story` has it.

    `edition` is the number of the one that is wanted, where it is not the one that stands.
    """
    folder = ChatFolder.open(into)
    made = make_again(into, progress, encoder=encoder)
    if made.by_other or layout.POSTS in folder.read_steadily(folder.find_outdated):
        raise BusyFolder(
            "{folder} is being worked on, and what was noted is not carried out yet.",
            code="folder-not-up-to-date",
            folder=into,
        )
    return read_story(folder, edition)


def name_export(into: Path, form: str) -> Path:
    """Return the name of an export that nobody named: that of the folder, in the current one."""
    return Path(f"{into.resolve().name}{FORMS[form][0]}")


def write_export(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write an export to a file.

    Raises InputError where another file of this name is there, unless it may be replaced: somebody
    may have worked on it. Raises FolderError where it cannot be written.
    """
    try:
        if path.exists() and not replace and path.read_bytes() != content:
            raise InputError(
                "{path} is there already, and says something else.",
                code="export-exists",
                kept=Kept.UNCHANGED,
                path=path,
            )
        path.write_bytes(content)
    except OSError as failure:
        raise FolderError(
            "{path} cannot be written: {reason}.",
            code="export-not-written",
            path=path,
            reason=failure.strerror or "it cannot be opened",
        ) from None
