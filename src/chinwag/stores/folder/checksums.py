"""SHA256SUMS: one line a file, in the form that `sha256sum --check` reads."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from chinwag.errors import DamagedFolder
from chinwag.stores.folder import layout


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits, reading it in bounded memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_checksums(path: Path) -> dict[str, str]:
    """Return {name: digest} as the file states it; {} where there is no file.

    Raises DamagedFolder, naming the line, where the file is not of that form.
    """
    if not path.exists():
        return {}
    sums: dict[str, str] = {}
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    for number, line in enumerate(lines, start=1):
        digest, gap, name = line[:64], line[64:66], line[66:]
        if gap != "  " or not name or set(digest) - set("0123456789abcdef"):
            raise DamagedFolder(
                "Line {line} of {path} is not a checksum and a name: {text!r}.",
                code="checksums-damaged",
                path=path,
                line=number,
                text=line[:80],
            )
        sums[name] = digest
    return sums


def is_summed(name: str) -> bool:
    """Return whether a file of a chat folder has a checksum.

    What is hidden has none, nor has what a running capture writes: its open journal, its cursors.
    """
    is_open = name.startswith(f"{layout.RAW}/capture-") and name.endswith(".jsonl")
    is_hidden = any(part.startswith(".") for part in name.split("/"))
    return not is_open and not is_hidden and name not in (layout.CHECKSUMS, layout.CURSORS)


def format_checksums(sums: Mapping[str, str]) -> bytes:
    """Return the text of SHA256SUMS, sorted by name."""
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()
