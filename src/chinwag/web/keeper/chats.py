"""Bringing what the site shows of a chat up to what its folder says."""

from __future__ import annotations

import shutil
from pathlib import Path

from chinwag.stores.folder import layout
from chinwag.web.chats.models import Chat
from chinwag.web.chats.queries.downloads import NAMES
from chinwag.web.keeper.drafts import take_up_draft
from chinwag.web.keeper.holding import hold
from chinwag.web.keeper.index import index_folder
from chinwag.web.keeper.removals import keep_removals
from chinwag.web.site import Site


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
        if not index_folder(chat, site.chats / folder, anew=anew):
            return False
        take_up_draft(chat, site.chats / folder)
        lay_out_story(site.chats / folder / layout.STORY, site.stories / folder)
    return True


def lay_out_story(made: Path, shown: Path) -> None:
    """Put copies of a story's files where the site hands them out, and nothing else there."""
    part = shown.with_name(f".{shown.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name in NAMES:
        if (made / name).is_file():
            shutil.copyfile(made / name, part / name)
    shutil.rmtree(shown, ignore_errors=True)
    part.rename(shown)
