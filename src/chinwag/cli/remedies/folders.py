"""What can be done about a chat folder that cannot be opened, read or written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from chinwag.cli.remedies.extras import word_install

MADE = ("posts.jsonl", "placements.jsonl", "summary.json", "aside.jsonl")  # made again from raw/

_BY_ERRNO = {
    "ENOSPC": "The disk is full: free some space and run the command again.",
    "EDQUOT": "Your disk quota is used up: free some space and run the command again.",
    "EROFS": "The disk is read-only: choose another folder with --into.",
    "EACCES": "You may not write there: choose another folder with --into.",
    "EPERM": "You may not write there: choose another folder with --into.",
    "ENOTDIR": "A part of that path is a file: choose another folder with --into.",
    "ENAMETOOLONG": "The name is too long: choose a shorter one with --into.",
}


def _word_refused_write(fields: Mapping[str, Any]) -> str:
    return _BY_ERRNO.get(fields["errno"], "Put that right and run the command again.")


def _word_damaged_file(fields: Mapping[str, Any]) -> str:
    name, folder = fields["name"], Path(fields["path"]).parent
    if name in MADE:
        return f"Put {name} back from a copy, or make it again: `chinwag recap --into {folder}`."
    return f"Put {name} back from a copy: it cannot be made again."


FOLDERS: dict[str, str | Callable[[Mapping[str, Any]], str]] = {
    "folder-missing": (
        "Make one of files with `chinwag recap FILE... --into {path}`, or, before and in the hour,"
        " with `chinwag capture '#mychat' --into {path}`."
    ),
    "no-chat-folder": "Make one with `chinwag recap FILE... --into {path}`.",
    "folder-is-file": "Name a folder with --into.",
    "folder-holds-other-files": "Name a new or empty folder with --into.",
    "folder-not-written": _word_refused_write,
    "disk-full": "Free some space: the capture then goes on by itself, and nothing is lost.",
    "disk-has-room": "",
    "route-works-again": "",
    "folder-busy": "Wait until it has ended and run this command again.",
    "folder-not-up-to-date": "Wait until it has ended and run this command again.",
    "folder-being-published": "Wait until it has ended and run this command again.",
    "export-exists": "Name another file with --into, or let it be replaced: --replace.",
    "export-not-written": "Name another file with --into.",
    "docx-not-installed": lambda _fields: f"Install it with: {word_install('docx')}",
    "folder-format-newer": (
        "Upgrade Chinwag (`pip install --upgrade chinwag`) and run the command again."
    ),
    "folder-format-invalid": "Write format = {known} if the folder was made by Chinwag.",
    "name-leads-outside": (
        "No Chinwag writes that: somebody may have made this folder to reach your other files."
    ),
    "chat-not-toml": "Correct that line and run the command again.",
    "chat-entry-invalid": "Correct that entry and run the command again.",
    "not-made-yet": "Run `chinwag {step} {folder}` first.",
    "made-file-damaged": _word_damaged_file,
    "checksums-damaged": (
        "`chinwag check` on the folder with --accept takes the files as they are and writes the"
        " checksums again."
    ),
    "removal-key-missing": (
        "Put {name} back from a copy of the folder: what was removed would come back without it."
    ),
    "removal-keys-differ": (
        "Put the folder back from a backup that was made after its first removal."
    ),
    "no-backup": "Name a folder into which `chinwag backup` has written.",
    "backup-damaged": "Take another backup: name the folder of an earlier day.",
    "backup-newer": "Upgrade Chinwag (`pip install --upgrade chinwag`) and run the command again.",
    "file-gone": "Run the command again.",
    "site-runs": "End it first: Ctrl-C in its terminal, or stop its service.",
    "site-not-empty": "Name a new or empty folder with --site, and an empty database.",
    "database-not-empty": "Make an empty database, and name it in `site_database`.",
    "restore-unfinished": "Run `chinwag restore` again.",
    "journal-damaged": "Put the file back from a copy.",
    "cursors-damaged": "Remove it: the capture then asks for everything from the start again.",
    "other-capture-runs": (
        "End it first (Ctrl-C where it runs), or name another folder with --into."
    ),
    "capture-runs": (
        "End it first (Ctrl-C where it runs). `chinwag correct` works while it runs, and so does a"
        " draft: `chinwag summarise`, then `chinwag publish`."
    ),
}
