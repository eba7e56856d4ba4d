"""A zip of several files: its list is read once, whatever is read out of it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO

from chinwag.errors import InputError
from chinwag.importers import containers


class Archive:
    """The members of a zip that may hold posts, in the order of the zip.

    Raises InputError for a zip that is damaged, empty, encrypted, a bomb, or an Office document.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except containers.BROKEN as error:
            raise InputError(
                "{file} is a damaged zip ({fault}).",
                code="zip-damaged",
                file=path.name,
                fault=str(error),
            ) from error
        infos = filter(_may_hold_posts, self._zip.infolist())
        self.members = {info.filename: info for info in infos}
        self._refuse()

    def open(self, name: str) -> IO[bytes]:
        """Return the bytes of a member. Raises an error of `containers.BROKEN` for damaged ones."""
        return self._zip.open(self.members[name])

    def find_place(self, name: str) -> int:
        """Return where a member ends in the zip, in bytes."""
        info = self.members[name]
        return info.header_offset + info.compress_size

    def _refuse(self) -> None:
        name, infos = self._path.name, self.members.values()
        if not infos:
            raise InputError("{file} is a zip with no files in it.", code="zip-empty", file=name)
        if any(info.flag_bits & 1 for info in infos):
            raise InputError(
                "{file} is a zip that needs a password.", code="zip-encrypted", file=name
            )
        if "[Content_Types].xml" in self.members:
            raise containers.refuse_kind(name, "an Office document", "document")
        for info in infos:
            address = f"{name}/{info.filename}"
            containers.check_expansion(address, info.file_size, info.compress_size)


def _may_hold_posts(info: zipfile.ZipInfo) -> bool:
    parts = info.filename.split("/")
    is_hidden = parts[0] == "__MACOSX" or parts[-1].startswith(".")
    return not info.is_dir() and not is_hidden
