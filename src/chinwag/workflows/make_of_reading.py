"""Work on what was read, and write what came of it only where nobody changed it meanwhile.

Placing and summarising take seconds. Holding the folder for so long would make everybody wait who
only wants to note a correction; so the work is done between a reading and a writing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from chinwag.stores.folder import Change, ChatFolder

Read = TypeVar("Read")
Made = TypeVar("Made")
Digests = dict[str, str]

_TRIES = 2  # runs that may be in vain, before one that holds the folder
_log = logging.getLogger(__name__)


def make_of_reading(
    folder: ChatFolder,
    sources: Sequence[str],
    read: Callable[[], Read],
    work: Callable[[Read], Made],
    write: Callable[[Change, Made, Digests], None],
) -> Made:
    """Return what `work` makes of what `read` returns, once `write` has written it.

    Where one of the files `sources` changes during the work, all is done again; where that happens
    again and again, nobody else may write meanwhile. `write` is given the digests of all files as
    they were read. Raises what the three raise, and BusyFolder.
    """
    for _ in range(_TRIES):
        inputs, digests = folder.read_steadily(lambda: (read(), folder.read_digests()))
        made = work(inputs)
        with folder.change() as change:
            if _pick(folder.read_digests(), sources) == _pick(digests, sources):
                write(change, made, digests)
                return made
        _log.info("%s: changed while it was worked on, beginning again", folder.root)
    with folder.change() as change:
        digests = folder.read_digests()
        made = work(read())
        write(change, made, digests)
        return made


def _pick(digests: Digests, names: Sequence[str]) -> Digests:
    return {name: digests.get(name, "") for name in names}
