"""What a person can do about what `check` found, file by file."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chinwag.cli.notes import WORDS

if TYPE_CHECKING:  # a result is described by whoever made it: nothing else need be loaded
    from chinwag.workflows.check_folder import CheckReport

README = "README.txt"
LEDGER = "ledger.json"
OF_PEOPLE = ("chat.toml", "corrections.jsonl", "edits.jsonl", "removed.jsonl", "outbox.jsonl")
CHECKSUMS = "SHA256SUMS"


def word_mending(report: CheckReport) -> Iterator[str]:
    """Yield what to do about the faults of a check, what must come first before the rest."""
    folder = shlex.quote(str(report.folder))
    wrong = dict.fromkeys(report.files)
    raw = [name for name in wrong if name.startswith("raw/")]
    theirs = [name for name in wrong if name in OF_PEOPLE]
    made = [name for name in wrong if name not in (*raw, *theirs, README, CHECKSUMS, LEDGER)]
    if raw:
        yield (
            f"Put {_list(raw)} back from a copy of this folder: nothing else in it holds what"
            f" {'that file' if len(raw) == 1 else 'those files'} held."
        )
    if LEDGER in wrong:
        yield (
            f"Put {LEDGER} back from a copy: it says how the files under raw/ are to be read."
            f" Without one, begin a new folder: `chinwag recap {folder}/raw/* --into NEW`."
        )
    if theirs:
        yield (
            f"Put {_list(theirs)} back from a copy: people wrote what it says. Or let it be as it"
            f" is now: `chinwag check {folder} --accept`."
        )
    if README in wrong:
        yield (
            "Delete README.txt, and the next command writes it again; or keep yours:"
            f" `chinwag check {folder} --accept`."
        )
    if CHECKSUMS in wrong:
        yield (
            f"Put {CHECKSUMS} back from a copy. Or take every file as it is now:"
            f" `chinwag check {folder} --accept`."
        )
    if made:
        yield _word_making(folder, made, report.outdated)


def _word_making(folder: str, made: Sequence[str], outdated: Sequence[str]) -> str:
    """Return the command that makes wrong files again, and no more than those."""
    if made and set(made) <= set(outdated):
        return f"`chinwag update {folder}` makes again what is older."
    if made and all(name.startswith("story") for name in made):
        return f"`chinwag publish {folder}` makes the story again."
    return (
        f"`chinwag recap --into {folder}` makes everything again from the files as received. What"
        " people corrected stands."
    )


def _list(names: Sequence[str]) -> str:
    return WORDS.join_words(list(names))
