"""Bringing what the site shows of a chat up to what its folder says."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from django.conf import settings

from chinwag.model import Story
from chinwag.steps.publish import can_render_docx, render_docx, render_fragment, zip_files
from chinwag.stores.folder import ChatFolder, layout
from chinwag.web.chats.models import Chat, Draft
from chinwag.web.chats.queries.downloads import NAMES
from chinwag.web.chats.queries.files import write_picture_address
from chinwag.web.keeper.drafts import take_up_draft
from chinwag.web.keeper.holding import hold
from chinwag.web.keeper.index import Indexed, index_folder
from chinwag.web.keeper.removals import keep_removals
from chinwag.web.keeper.sharing import want_removals_elsewhere
from chinwag.web.site import Site
from chinwag.workflows.publish_chat import render_files


def take_up(chat: Chat, site: Site, *, anew: bool = False) -> bool:
    """Index a chat's folder and lay out its story's files; return whether anything had changed.

    With `anew` it is indexed in any case. What was taken out of it earlier is taken out again
    first, where it came from a backup. Raises FolderError where the folder cannot be read: what is
    shown stays as it is.
    """
    folder = str(chat.folder)
    keep_removals(folder, site.chats / folder, site.removals)
    with hold(site.folder, "index"):
        chat.refresh_from_db()  # another process may have indexed it meanwhile
        indexed = index_folder(chat, site.chats / folder, anew=anew)
        if indexed is None:
            return False
        if indexed.is_changed or not Draft.objects.filter(chat=chat).exists():
            take_up_draft(chat, site.chats / folder)
        want_removals_elsewhere(chat, indexed.taken_out)
        _lay_out(chat, indexed, site)
    return True


def _lay_out(chat: Chat, indexed: Indexed, site: Site) -> None:
    """Put the files of a story where they are handed out.

    Those of a published story stay as they are while its folder says the same.
    """
    root, shown = site.chats / str(chat.folder), site.stories / str(chat.folder)
    if indexed.published is None:
        lay_out_story(read_made(root / layout.STORY), shown)
    elif indexed.is_changed or not shown.is_dir():
        lay_out_story(render_shared(chat, indexed.published, ChatFolder.open(root)), shown)


def render_shared(chat: Chat, story: Story, folder: ChatFolder) -> dict[str, bytes]:
    """Return the files of a published story by their names, those to take away as well.

    The zip has with it what the hosts let everybody have.
    """
    files = render_files(story)
    taken = {
        "story.html": render_fragment(story, find_address=partial(_write_address, chat)).encode(),
        "story.zip": zip_files(files | folder.read_public_files()),
    }
    if can_render_docx():
        taken["story.docx"] = render_docx(story)
    return {name: data for name, data in (files | taken).items() if name in NAMES}


def lay_out_story(files: Mapping[str, bytes], shown: Path) -> None:
    """Put a story's files where the site hands them out, and nothing else there.

    Each replaces the earlier one at once: whoever asks meanwhile gets one or the other.
    """
    part = shown.with_name(f".{shown.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    shown.mkdir(exist_ok=True)
    for name, data in files.items():
        (part / name).write_bytes(data)
        (part / name).replace(shown / name)
    part.rmdir()
    for path in shown.iterdir():
        if path.name not in files:
            path.unlink()


def read_made(made: Path) -> dict[str, bytes]:
    """Return the files that the folder's own story has, of those that are handed out."""
    return {name: (made / name).read_bytes() for name in NAMES if (made / name).is_file()}


def _write_address(chat: Chat, name: str) -> str:
    """Return the whole address of a picture, for pages elsewhere."""
    return f"{settings.SITE.address}{write_picture_address(chat, name)}"
