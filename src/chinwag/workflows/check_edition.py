"""Check the hosts' edition: its sources, its words, and that no file tells a name it hides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from chinwag.model import PICTURE_TYPES, Edition, Post
from chinwag.steps.editing import find_edition_faults, keep_edition
from chinwag.steps.publish import find_names
from chinwag.stores.folder import ChatFolder, layout

_HELD = re.compile(r"data:image/\w+;base64,[\w+/=]+")  # a picture inside a page


def read_words(content: bytes) -> str:
    """Return the text of a file of a story, of a book or another zip that of all its parts."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = [packed.read(name) for name in packed.namelist() if not _is_shown(name)]
    except BadZipFile:
        parts = [content]
    return _HELD.sub("", "\n".join(part.decode("utf-8", "replace") for part in parts))


def _is_shown(name: str) -> bool:
    """Return whether a file is a picture: its bytes hold no words, only chance letters."""
    return name.rpartition(".")[2] in PICTURE_TYPES


def find_faults(
    folder: ChatFolder, edition: Edition, posts: Sequence[Post]
) -> Iterator[tuple[str, str]]:
    """Yield the file and a sentence for each thing that is wrong with the edition that stands."""
    for fault in find_edition_faults(keep_edition(edition, posts), posts):
        yield layout.EDITION, f"{layout.EDITION}: {fault}"
    if not edition.hidden:
        return
    files = (one for one in folder.list_files() if one.startswith(f"{layout.STORY}/"))
    for name in (one for one in files if not _is_shown(one)):
        text = read_words(folder.read_story(name.removeprefix(f"{layout.STORY}/")))
        if told := find_names(text, posts, edition.hidden):
            yield layout.STORY, f"{name} tells a name that is to be hidden: {', '.join(told)}."
