"""Take out of a folder what was taken out of another copy of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from chinwag.errors import FolderError, Kept
from chinwag.model import Removal
from chinwag.stores.folder import ChatFolder, layout
from chinwag.workflows.import_files import Removals
from chinwag.workflows.kept import tell_kept
from chinwag.workflows.make_again import make_again
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.remove_posts import add_removals, carry_out, cut, identify


def repeat_removals(
    into: Path, asked: Iterable[Removal], key: bytes, progress: Progress = say_nothing
) -> int:
    """Take out again what was taken out of another copy of this folder; return how many requests.

    For a folder that was copied before they were noted. `key` is the one of the digests in `asked`;
    those that the folder knows are left alone. Raises FolderError where its own digests are by
    another key, and what `remove_posts` raises.
    """
    folder = ChatFolder.open(into)
    known = {identify(removal) for removal in folder.read_removals()}
    new = [removal for removal in asked if identify(removal) not in known]
    if not new:
        return 0
    with folder.keep_captures_out() as is_free, folder.change() as change:
        if change.keep_removal_key(key) != key:
            raise FolderError(
                "What was taken out of {folder} was noted by two keys.",
                code="removal-keys-differ",
                folder=into,
            )
        removals = Removals(add_removals(folder.read_removals(), new), key)
        change.keep_note(layout.POSTS)
        change.write_removals(removals.asked)
        if is_free:
            carry_out(change, folder, removals, progress)
        else:
            cut(change, folder, removals)
    if is_free:
        with tell_kept(Kept.NOTED):
            make_again(into, progress)
    return len(new)
