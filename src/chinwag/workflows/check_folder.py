"""Check a chat folder: is everything there, unchanged, and traceable?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from chinwag.errors import DamagedFolder
from chinwag.steps.tracing import find_untraceable
from chinwag.stores.folder import ChatFolder, layout

Noun = TypeVar("Noun")


class CheckReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found: whole sentences. `faults` must be mended; `notes` are good to know.

    `checked` counts the files, posts and bullets looked at.
    """

    faults: tuple[str, ...]
    notes: tuple[str, ...]
    checked: dict[str, int]


def check_folder(into: Path) -> CheckReport:
    """Verify checksums, that every file reads, that the files agree, and that bullets trace.

    Raises FolderError where there is no chat folder; a damaged file is a fault, not an error.
    """
    folder = ChatFolder.open(into)
    return folder.read_steadily(lambda: _check(folder))


def _check(folder: ChatFolder) -> CheckReport:
    faults = list(folder.find_damage())
    notes = ["chat.toml has been edited by hand since the last run."] if folder.is_edited() else []
    posts = _read(layout.POSTS, folder, folder.read_posts, faults) or ()
    ids = {post.id for post in posts}
    if len(ids) < len(posts):
        faults.append(f"posts.jsonl holds {len(posts) - len(ids)} posts more than once.")
    checked = {"files": len(folder.list_files()), "posts": len(posts), "bullets": 0}
    placements = _read(layout.PLACEMENTS, folder, folder.read_placements, faults)
    if placements is not None:
        faults += _compare_placements(ids, [placement.post for placement in placements])
    summary = _read(layout.SUMMARY, folder, folder.read_summary, faults)
    if summary is not None:
        checked["bullets"] = sum(len(question.bullets) for question in summary.questions)
        faults += [str(fault) for fault in find_untraceable(summary, posts)]
    made = (layout.PLACEMENTS, layout.SUMMARY, layout.STORY)
    notes += [f"{name} has not been made yet." for name in made if not folder.has(name)]
    notes += _tell_outdated(folder)
    return CheckReport(faults=tuple(faults), notes=tuple(notes), checked=checked)


def _tell_outdated(folder: ChatFolder) -> list[str]:
    """Return a sentence for each made file that is older than what it was made from.

    While a capture runs, it makes them anew all the time; and an earlier Chinwag noted nothing.
    """
    if not folder.has(layout.MADE_FROM):
        return []
    try:
        outdated = {} if folder.is_captured else folder.find_outdated()
    except DamagedFolder:  # told as a fault already
        return []
    return [f"{name} is older than {_join(sources)}." for name, sources in outdated.items()]


def _join(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _read(
    name: str, folder: ChatFolder, read: Callable[[], Noun], faults: list[str]
) -> Noun | None:
    """Read a file of the folder; where it is damaged, note that as a fault and return None."""
    if not folder.has(name):
        return None
    try:
        return read()
    except DamagedFolder as damage:
        faults.append(str(damage))
        return None


def _compare_placements(ids: set[str], placed: list[str]) -> list[str]:
    faults = []
    if lost := ids - set(placed):
        faults.append(f"{len(lost)} posts have no placement: run `chinwag place`.")
    if strange := set(placed) - ids:
        faults.append(
            f"{len(strange)} placements name posts that are not there: run `chinwag place`."
        )
    return faults
