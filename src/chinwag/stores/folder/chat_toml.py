"""`chat.toml` to a Chat and back: the one file of the folder that people write in, too.

What a person added (comments, keys of their own) stays where it was.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
import tomlkit
from tomlkit.items import AoT

from chinwag.errors import DamagedFolder, Kept, NewerFolder
from chinwag.model import Chat
from chinwag.stores.folder.layout import FORMAT

_FORMAT = re.compile(r"^format\s*=\s*(\d+)", re.MULTILINE)
_HEAD = """\
# A chat, as Chinwag keeps it. The format is open and described in docs/chat-folder-format.md.
# You may edit this file; `chinwag edit`, `question` and `moderator` do it for you. A question keeps
# your wording through every later run when you also set by = "person"; likewise a moderator. After
# an edit by hand, run `chinwag update` on this folder.
"""


_TABLES = ("moderators", "questions")
_LISTS_AND_WINDOW = (*_TABLES, "dropped_questions", "not_moderators", "one_person", "window")


def read_chat_toml(path: Path) -> Chat:
    """Return the chat that `chat.toml` describes.

    Raises NewerFolder where a later version of Chinwag wrote it, and DamagedFolder, naming the
    line or the key, where it is not of the form.
    """
    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise DamagedFolder(
            "{path} is not valid TOML: {fault}.", code="chat-not-toml", path=path, fault=str(fault)
        ) from fault
    _check_format(path, document.pop("format", None))
    try:
        chat = msgspec.convert(document, Chat)
        ZoneInfo(chat.time_zone)
    except (msgspec.ValidationError, ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise DamagedFolder(
            "{path} does not describe a chat: {fault}.",
            code="chat-entry-invalid",
            path=path,
            fault=str(fault),
        ) from fault
    return chat


def read_format(path: Path) -> int:
    """Return the number of the folder's format; this one's where `chat.toml` is not there yet."""
    text = path.read_text("utf-8-sig", errors="replace") if path.is_file() else ""
    said = _FORMAT.search(text)
    return int(said[1]) if said else FORMAT


def _check_format(path: Path, found: object) -> None:
    if not isinstance(found, int) or found < 1:
        raise DamagedFolder(
            "{path} says format = {found!r}, which is not a chat folder's format.",
            code="folder-format-invalid",
            path=path,
            found=found,
            known=FORMAT,
        )
    if found > FORMAT:
        raise NewerFolder(
            "{path} is of format {found}; this Chinwag knows formats up to {known}.",
            code="folder-format-newer",
            kept=Kept.UNCHANGED,
            path=path,
            found=found,
            known=FORMAT,
        )


def rewrite_chat(chat: Chat, before: bytes) -> bytes:
    """Return the content of `chat.toml`, with the byte order mark and line ends of `before`."""
    text = before.decode("utf-8-sig")
    content = format_chat(chat, text.replace("\r\n", "\n")).encode()
    if "\r\n" in text:
        content = content.replace(b"\n", b"\r\n")
    return codecs.BOM_UTF8 + content if before.startswith(codecs.BOM_UTF8) else content


def format_chat(chat: Chat, before: str = "") -> str:
    """Return the text of `chat.toml`, keeping comments and unknown keys of the text `before`."""
    document = tomlkit.parse(before or _HEAD)
    values = {"format": FORMAT, **_plain(chat)}
    for key in _LISTS_AND_WINDOW:
        if not values.get(key):
            document.pop(key, None)
            values.pop(key, None)
    said = document.unwrap()
    for key, value in values.items():
        if said.get(key) != value:  # what is right already keeps its comments and its layout
            document[key] = _table_list(value) if key in _TABLES else value
    return tomlkit.dumps(document)


def _plain(chat: Chat) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: msgspec.to_builtins(getattr(chat, name), builtin_types=(datetime,))
        for name in chat.__struct_fields__
    }
    # TOML wants a document's own values before its tables.
    ordered = sorted(values.items(), key=lambda item: isinstance(item[1], dict | list))
    return {key: _drop_empty(value) for key, value in ordered if value is not None}


def _drop_empty(value: Any) -> Any:
    """TOML has no null: a missing value is a missing key."""
    if isinstance(value, dict):
        return {key: _drop_empty(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_drop_empty(inner) for inner in value]
    return value


def _table_list(rows: list[dict[str, Any]]) -> AoT:
    tables = tomlkit.aot()
    for row in rows:
        table = tomlkit.table()
        table.update(row)
        tables.append(table)
    return tables
