"""What a person at the command line can do about an error: one table by the error's code.

The tables stand by subject in the files of this folder. A remedy is a sentence with the names of
the error's fields in braces, a function of the fields that returns one, or "" where nothing can be
done. An error whose code is in no table has the remedy of its class.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chinwag.cli.remedies.blogs import BLOGS
from chinwag.cli.remedies.chats import CHATS
from chinwag.cli.remedies.files import FILES
from chinwag.cli.remedies.folders import FOLDERS
from chinwag.cli.remedies.models import MODELS
from chinwag.cli.remedies.networks import NETWORKS
from chinwag.cli.remedies.settings import SETTINGS
from chinwag.errors import (
    BusyFolder,
    ChinwagError,
    EngineError,
    Kept,
    NetworkError,
    NewerFolder,
    SettingsError,
)

Remedy = str | Callable[[Mapping[str, Any]], str]

REMEDIES: Mapping[str, Remedy] = {
    **FILES,
    **CHATS,
    **FOLDERS,
    **SETTINGS,
    **MODELS,
    **NETWORKS,
    **BLOGS,
}

_BY_CLASS = {
    BusyFolder: "Wait until it has ended and run it again.",
    NewerFolder: "Upgrade Chinwag: pip install --upgrade chinwag",
    SettingsError: "`chinwag settings` lists what is set, and where.",
    EngineError: "Run the command again later: what was answered is not asked again.",
    NetworkError: "Run the command again later.",
}

_KEPT = {
    Kept.UNCHANGED: "Nothing in the folder was changed.",
    Kept.ARCHIVED: "The files are archived. `chinwag recap --into DIR` makes the rest.",
    Kept.WRITTEN: "The change is on the disk, and the next command finishes it.",
    Kept.NOTED: "What you asked for is noted. `chinwag update` makes the rest again.",
    Kept.RECEIVED: "Everything received until then is kept.",
}


def find_remedy(error: ChinwagError) -> str:
    """Return what a person can do about an error, "" where nothing is known."""
    if error.code in REMEDIES:
        return word_remedy(error.code, error.fields)
    by_class = (_BY_CLASS.get(kind, "") for kind in type(error).__mro__)
    return next(filter(None, by_class), "")


def word_remedy(code: str, fields: Mapping[str, Any]) -> str:
    """Return the remedy for what has this code and these fields, "" where there is none."""
    remedy = REMEDIES.get(code, "")
    return remedy.format_map(fields) if isinstance(remedy, str) else remedy(fields)


def say_kept(error: ChinwagError) -> str:
    """Return the sentence that says what still stands after an error, "" where none is needed."""
    return _KEPT[error.kept] if error.kept else ""
