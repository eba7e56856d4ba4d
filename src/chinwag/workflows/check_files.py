"""Check the pictures and files that people keep with a chat: each is there, and as it was kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chinwag.errors import DamagedFolder
from chinwag.model import FILES, PICTURES, KeptFile
from chinwag.stores.folder import ChatFolder, layout
from chinwag.stores.folder.checksums import hash_file


def find_file_faults(folder: ChatFolder, kept: Sequence[KeptFile]) -> Iterator[tuple[str, str]]:
    """Yield the file and a sentence for each kept file that is not as `files.jsonl` says.

    And for each picture of an edition that is not kept: the story would be without it.
    """
    there = {one.name: one for one in kept if not one.gone}
    for name, file in there.items():
        path = folder.find_kept_file(name)
        if not path.is_file():
            yield name, f"{name} is missing: {layout.KEPT_FILES} lists it."
        elif hash_file(path) != file.sha256:
            yield name, f"{name} is not the file that was kept: its checksum is another."
    for name in folder.list_files():
        if name.startswith((f"{FILES}/", f"{PICTURES}/")) and name not in there:
            yield name, f"{name} is kept, and {layout.KEPT_FILES} does not list it."
    try:
        editions = folder.read_editions()
    except DamagedFolder:  # told as a fault already
        return
    shown = {name for one in editions for name in one.list_pictures()}
    for name in sorted(shown - there.keys()):
        yield layout.EDITIONS, f"An edition shows {name}, which is not kept."
