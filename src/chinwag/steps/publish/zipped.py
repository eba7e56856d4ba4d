"""A zip of files that is the same, byte for byte, whenever it is made of the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can state
_MODE = 0o644 << 16


def zip_files(files: Mapping[str, bytes], *, stored: str = "") -> bytes:
    """Return a zip of {name: content}, in that order; the file `stored` is not compressed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.external_attr = _MODE
            entry.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed.getvalue()
