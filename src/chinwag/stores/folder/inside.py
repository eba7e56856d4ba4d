"""Names of files that a folder itself gives: none of them may lead out of it.

A folder may come from anybody. Its unfinished change names files to be moved and taken out, its
ledger names files to be read, and any part of it may be a link.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from chinwag.errors import DamagedFolder


def find_inside(root: Path, name: str) -> Path:
    """Return where a file of the folder `root` lies or will lie, by its name in the folder.

    Raises DamagedFolder where the name, or a link on the way to it, leads elsewhere.
    """
    parts = PurePosixPath(name).parts
    on_the_way = (root.joinpath(*parts[:end]) for end in range(1, len(parts)))
    is_strange = not parts or name.startswith("/") or ".." in parts or "\0" in name
    if is_strange or any(path.is_symlink() for path in on_the_way):
        raise DamagedFolder(
            "{folder} names {name}, which lies outside it.",
            code="name-leads-outside",
            folder=root,
            name=name,
        )
    return root / name
