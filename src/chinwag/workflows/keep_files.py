"""Pictures and files that people keep with a chat: kept, described, taken out of every copy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from chinwag.errors import ChinwagError, InputError
from chinwag.model import Block, Edition, GoneBlock, KeptFile, PictureBlock, make_note
from chinwag.stores.folder import Change, ChatFolder, layout
from chinwag.workflows.publish_chat import make_story, read_inputs, render_files


def keep_file(into: Path, content: Path, file: KeptFile, *, instead: str = "") -> None:
    """Keep a file in the folder under its name there, unless a try before has done so.

    It takes the place of the one called `instead`, which is taken out at that moment. Where the
    folder has the very same file already, that stays as it is. Raises InputError where another file
    has that name.
    """
    folder = ChatFolder.open(into)
    with folder.change() as change:
        keep_in_change(change, folder, content, file, instead=instead)


def keep_in_change(
    change: Change, folder: ChatFolder, content: Path, file: KeptFile, *, instead: str = ""
) -> None:
    """Keep a file as `keep_file` does, as a part of a change of the folder."""
    files = folder.read_kept_files()
    if _is_kept(file, instead, files):
        return
    files = _take_out(change, files, instead, file.at)
    change.keep_file(file.name, content)
    change.write_kept_files((*files, file))


def describe_file(into: Path, name: str, *, words: str, is_public: bool) -> None:
    """Describe a file again, and say whether it is for everybody. One that is gone stays so."""
    folder = ChatFolder.open(into)
    with folder.change() as change:
        change.write_kept_files(
            msgspec.structs.replace(one, words=words, is_public=is_public)
            if one.name == name and not one.gone
            else one
            for one in folder.read_kept_files()
        )


def take_out_files(into: Path, names: Iterable[str], *, at: datetime) -> int:
    """Take files out of the folder, of every edition and of the story; return how many there were.

    Where a picture stood in an edition a note does. It is one change of the folder: whoever opens
    it later finds all as before, or the files nowhere.
    """
    folder = ChatFolder.open(into)
    with folder.change() as change:
        before = files = folder.read_kept_files()
        for name in names:
            files = _take_out(change, files, name, at)
        taken = {old.name for old, new in zip(before, files, strict=True) if old != new}
        if taken:
            change.write_kept_files(files)
            _clear_editions(change, folder, taken)
    return len(taken)


def find_again(folder: ChatFolder, gone: Iterable[KeptFile]) -> dict[str, datetime]:
    """Return {name: when it was taken out} of the files that are here, though they were taken out.

    That happens where the folder is from an earlier day. One that was kept again after that stays.
    """
    taken = {one.sha256: one.gone for one in gone if one.gone}
    return {
        one.name: when
        for one in folder.read_kept_files()
        if not one.gone and (when := taken.get(one.sha256)) and one.at <= when
    }


def _is_kept(file: KeptFile, instead: str, files: Iterable[KeptFile]) -> bool:
    """Return whether nothing is to be kept. Raises InputError where another file has the name."""
    named = [one for one in files if one.name == file.name]
    if any(one.at == file.at for one in named):
        return True
    there = next((one for one in named if not one.gone and one.name != instead), None)
    if there is not None and there.sha256 != file.sha256:
        raise InputError(
            "The chat keeps another file called {name}.", code="file-name-taken", name=file.name
        )
    return there is not None


def _take_out(
    change: Change, files: tuple[KeptFile, ...], name: str, at: datetime
) -> tuple[KeptFile, ...]:
    """Return the files with only the name and the digest left of one; its content goes."""
    if any(one.name == name and not one.gone for one in files):
        change.remove(name)
    return tuple(
        KeptFile(name=one.name, sha256=one.sha256, at=one.at, gone=at)
        if one.name == name and not one.gone
        else one
        for one in files
    )


def _clear_editions(change: Change, folder: ChatFolder, names: set[str]) -> None:
    """Take pictures out of every edition, and make the story that stands of what is left."""
    editions, standing = folder.read_editions(), folder.read_edition()
    change.write_editions(_clear_edition(one, names) for one in editions)
    if standing is None or not names & set(standing.list_pictures()):
        return
    cleared = _clear_edition(standing, names)
    change.write_edition(cleared)
    if folder.has(layout.STORY):
        pictures = folder.read_pictures(cleared)
        given = read_inputs(folder)._replace(edition=cleared, pictures=pictures)
        try:
            change.write_story(render_files(make_story(given)))
        except ChinwagError:  # it cannot be made again, and must not show the picture
            change.write_story({})


def _clear_edition(edition: Edition, names: set[str]) -> Edition:
    def clear(block: Block) -> Block:
        if isinstance(block, PictureBlock) and block.address in names:
            return GoneBlock(why=make_note("edition-picture-gone"))
        return block

    return msgspec.structs.replace(edition, blocks=tuple(map(clear, edition.blocks)))
