"""What each made file was made from: so that anyone can tell which is out of date.

`made-from.json` holds, for each file that Chinwag makes of others, the digests of those others as
they were read. A file is out of date when one of them has another digest now. So whatever a kill
between two steps of the work leaves behind is noticed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from chinwag.model import Chat
from chinwag.stores.folder import layout
from chinwag.stores.folder.chat_toml import read_chat_toml
from chinwag.stores.folder.checksums import hash_file, read_checksums

Digests = dict[str, str]

SOURCES = {
    layout.POSTS: (layout.CHAT, layout.RAW, layout.REMOVED),
    layout.PLACEMENTS: (
        layout.CHAT,
        layout.POSTS,
        layout.CORRECTIONS,
        layout.OUTBOX,
        layout.DECISIONS,
    ),
    layout.SUMMARY: (
        layout.CHAT,
        layout.POSTS,
        layout.PLACEMENTS,
        layout.WORDINGS,
        layout.DECISIONS,
    ),
    layout.STORY: (
        layout.CHAT,
        layout.POSTS,
        layout.PLACEMENTS,
        layout.SUMMARY,
        layout.LEDGER,
        layout.EDITION,
    ),
}  # in the order in which they are made

# Values of the chat on which a file does not depend: another title moves no post.
_REGARDLESS_OF = {
    layout.PLACEMENTS: {"title", "contact", "fewest_bullets", "most_bullets", "one_person"},
    layout.SUMMARY: {"title", "contact"},
    layout.STORY: set[str](),
}


def read_digests(root: Path) -> dict[str, str]:
    """Return {name: digest} of the folder's files; that of `chat.toml` as it stands now."""
    digests = read_checksums(root / layout.CHECKSUMS)
    if (root / layout.CHAT).exists():
        digests[layout.CHAT] = hash_file(root / layout.CHAT)
    return digests


def read_made_from(root: Path) -> dict[str, dict[str, str]]:
    """Return what `made-from.json` says; {} where there is none, or none that can be read.

    Everything is then made again, which is slow but right.
    """
    path = root / layout.MADE_FROM
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, str]])
    except msgspec.DecodeError:
        return {}


def list_sources(name: str, chat: Chat, digests: Digests) -> dict[str, str]:
    """Return the digests of what the made file `name` depends on; "" for a file that is missing."""
    sources = {source: digests.get(source, "") for source in SOURCES[name]}
    sources[layout.CHAT] = _digest_chat(name, chat)
    if layout.RAW in sources:
        sources[layout.RAW] = _digest_raw(digests)
    return sources


def find_outdated(root: Path) -> dict[str, tuple[str, ...]]:
    """Return {made file: sources that have changed since}, in the order in which to make them.

    A file whose sources nobody noted counts as out of date with all of them, but for the posts:
    those of a folder from before there were notes are what its files gave.
    """
    chat = read_chat_toml(root / layout.CHAT)
    digests, made_from = read_digests(root), read_made_from(root)
    outdated = {}
    for name in SOURCES:
        if not (root / name).exists() or (name == layout.POSTS and name not in made_from):
            continue
        noted = made_from.get(name, {})
        sources = list_sources(name, chat, digests)
        if changed := tuple(one for one in sources if sources[one] != noted.get(one, "")):
            outdated[name] = changed
    return outdated


def _digest_chat(name: str, chat: Chat) -> str:
    values = _list_cuts(chat) if name == layout.POSTS else _list_values(name, chat)
    return hashlib.sha256(msgspec.json.encode(values)).hexdigest()


def _list_cuts(chat: Chat) -> list[object]:
    """Return what decides which posts are the chat's; a window found in the posts is left out."""
    is_given = chat.window is not None and chat.window.by == "person"
    return [chat.hashtag, chat.window if is_given else None]


def _list_values(name: str, chat: Chat) -> dict[str, object]:
    names = sorted(set(chat.__struct_fields__) - _REGARDLESS_OF[name])
    return {field: getattr(chat, field) for field in names}


def _digest_raw(digests: Digests) -> str:
    names = sorted(name for name in digests if name.startswith(f"{layout.RAW}/"))
    return hashlib.sha256(
        "".join(f"{digests[name]} {name}\n" for name in names).encode()
    ).hexdigest()
