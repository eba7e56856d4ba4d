"""A note of the invented noticeboard (`networks/example`) and what it becomes."""

from __future__ import annotations

from collections.abc import Iterable

from chinwag.model import Deletion, Post, RawPost
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.json_access import as_dict, as_text
from chinwag.records.times import parse_time
from chinwag.text.hashtags import find_hashtags


def convert_record(raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
    """Return a note as a post, a removed one as a deletion. Raises RowError for anything else."""
    entry = as_dict(raw.payload)
    note = as_dict(entry.get("note"))
    number, author = as_text(note.get("number")), as_text(note.get("by"))
    if not number:
        raise RowError("it is not a note", code="not-a-note")
    id_ = f"{raw.address}/{number}"
    if entry.get("event") == "taken down":
        return [Deletion(id=id_, source=raw.route)]
    if not author:
        raise RowError("it has no author", code="no-author")
    text, amended = as_text(note.get("says")), note.get("amended")
    return [
        Post(
            id=id_,
            author=author,
            text=text,
            created_at=parse_time(note.get("at"), options),
            reply_to=f"{raw.address}/{under}" if (under := note.get("under")) else None,
            url=id_,
            source=raw.route,
            hashtags=find_hashtags(text),
            edited_at=parse_time(amended, options) if amended else None,
        )
    ]
