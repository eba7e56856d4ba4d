"""Make again what is out of date: the posts, their places, the summary, the story.

What people change is only noted, which takes milliseconds. Making the rest again takes seconds; it
may be done later, or in another process, and ten changes noted during one such run cost only one
more run.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from pathlib import Path

import msgspec

from chinwag.stores.folder import ChatFolder, layout
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.encoders import FindEncoder, find_encoder
from chinwag.workflows.import_files import import_files
from chinwag.workflows.place_chat import place_chat
from chinwag.workflows.prepared import Prepared
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.publish_chat import publish_chat
from chinwag.workflows.summarise_chat import summarise_chat

PATIENCE = 60.0  # seconds that one command waits for another that makes the same again
_MOST_STEPS = 50  # of one run; whatever is still out of date then is said
_OF_CAPTURE = (layout.POSTS, layout.PLACEMENTS)  # a running capture makes these itself
_DOING = {
    layout.POSTS: "Reading the files again",
    layout.PLACEMENTS: "Placing the posts",
    layout.SUMMARY: "Summarising the questions",
    layout.STORY: "Publishing the story",
}
Makers = dict[str, Callable[[], object]]
_log = logging.getLogger(__name__)


class Remade(msgspec.Struct, frozen=True, kw_only=True):
    """What was made again, in order, and what is still out of date, by the names of the files.

    `by_other` tells that another command was making it and will take in what was noted.
    """

    made: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    by_other: bool = False


def make_again(
    into: Path,
    progress: Progress = say_nothing,
    *,
    encoder: FindEncoder = find_encoder,
    patience: float = PATIENCE,
    while_captured: bool = False,
    also: Collection[str] = (),
    prepared: Prepared | None = None,
    hear_made: Callable[[str], None] = lambda _: None,
) -> Remade:
    """Make what is out of date, each thing that the folder holds already, until nothing is.

    What `also` names is made where the folder does not hold it yet. `prepared` is what a run that
    has read the same posts has worked out already. `hear_made` is told the name of each thing as
    soon as it stands in the folder.

    A command that does the same is waited for, `patience` seconds at most; what it made is not
    made twice. Where a capture runs, posts and placements are left to it, and the others are made
    once, unless the capture itself asks for all (`while_captured`). Raises FolderError where there
    is no chat folder, and what the steps raise; what was noted is still noted then, and follows the
    next time.
    """
    folder = ChatFolder.open(into)
    with folder.hold_rebuild(patience) as is_mine:
        if not is_mine:
            return Remade(left=tuple(folder.find_outdated()), by_other=True)
        makers = _list_makers(
            into, progress, encoder, prepared or Prepared(), while_captured=while_captured
        )
        if folder.is_captured and not while_captured:
            made = _make_once(folder, makers, progress)
        else:
            made = _make_all(folder, makers, progress, also, hear_made)
        return Remade(made=made, left=_list_left(folder, makers))


def _list_makers(
    into: Path,
    progress: Progress,
    encoder: FindEncoder,
    prepared: Prepared,
    *,
    while_captured: bool,
) -> Makers:
    def read_again() -> None:
        import_files([], into, ChatDetails(), progress, while_captured=while_captured)

    return {
        layout.POSTS: read_again,
        layout.PLACEMENTS: lambda: place_chat(into, encoder=encoder, prepared=prepared),
        layout.SUMMARY: lambda: summarise_chat(into, encoder=encoder, prepared=prepared),
        layout.STORY: lambda: publish_chat(into),
    }


def _make_all(
    folder: ChatFolder,
    makers: Makers,
    progress: Progress,
    also: Collection[str],
    hear_made: Callable[[str], None],
) -> tuple[str, ...]:
    """Make the first thing that is out of date until none is; return what was made, in order."""
    made: list[str] = []
    while (left := _list_left(folder, makers, also)) and len(made) < _MOST_STEPS:
        _make(folder, left[0], makers, progress)
        made.append(left[0])
        hear_made(left[0])
    return tuple(made)


def _make_once(folder: ChatFolder, makers: Makers, progress: Progress) -> tuple[str, ...]:
    """Make what the running capture does not make, although posts go on coming."""
    for name in _OF_CAPTURE:
        del makers[name]
    made = _list_left(folder, makers)
    for name in made:
        _make(folder, name, makers, progress)
    return made


def _make(folder: ChatFolder, name: str, makers: Makers, progress: Progress) -> None:
    progress(_DOING[name], 0, 1)
    begun = time.monotonic()
    makers[name]()
    _log.info("%s: made %s again in %.2f s", folder.root, name, time.monotonic() - begun)
    progress(_DOING[name], 1, 1)


def _list_left(folder: ChatFolder, makers: Makers, also: Collection[str] = ()) -> tuple[str, ...]:
    """Return what is out of date or not there yet and can be made, the first thing first."""
    due = {*folder.read_steadily(folder.find_outdated)}
    due |= {name for name in also if not folder.has(name)}
    return tuple(name for name in makers if name in due)
