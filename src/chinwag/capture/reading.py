"""Reading a record as it came: the posts and deletions in it, where it can be read."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from chinwag.errors import InputError
from chinwag.model import Deletion, Post, RawPost
from chinwag.records.contract import HiddenRow, RowError
from chinwag.records.live import convert_live

Says: TypeAlias = tuple[Post | Deletion, ...]


class LiveRecord(NamedTuple):
    """A record, and the posts and deletions in it."""

    raw: RawPost
    says: Says


def read_record(raw: RawPost) -> Says | None:
    """Return what a record says, nothing for one that cannot be read.

    None stands for a record that may not be kept: it is not public, or its author asks that.
    """
    try:
        return tuple(convert_live(raw))
    except HiddenRow:
        return None
    except (RowError, InputError):  # broken, or without a time zone
        return ()
