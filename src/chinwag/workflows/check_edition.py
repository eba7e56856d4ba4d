"""Check the hosts' edition: its sources, its words, and that no file tells a name it hides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chinwag.model import Edition, Post
from chinwag.steps.editing import find_edition_faults, keep_edition
from chinwag.steps.publish import find_names
from chinwag.stores.folder import ChatFolder, layout


def find_faults(
    folder: ChatFolder, edition: Edition, posts: Sequence[Post]
) -> Iterator[tuple[str, str]]:
    """Yield the file and a sentence for each thing that is wrong with the edition that stands."""
    for fault in find_edition_faults(keep_edition(edition, posts), posts):
        yield layout.EDITION, f"{layout.EDITION}: {fault}"
    if not edition.hidden:
        return
    for name in (one for one in folder.list_files() if one.startswith(f"{layout.STORY}/")):
        text = folder.read_story(name.removeprefix(f"{layout.STORY}/")).decode("utf-8", "replace")
        if told := find_names(text, posts, edition.hidden):
            yield layout.STORY, f"{name} tells a name that is to be hidden: {', '.join(told)}."
