"""The keeper's children: each does one piece of work, in a process tied to the keeper's life."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping

from chinwag.web.keeper.kinds import KINDS, Kind
from chinwag.web.lifeline import let_go, start_tied

_RENEW = 20.0  # seconds between two renewals of the leases
_PATIENCE = 15.0  # seconds that a child has to end when asked


class Staff:
    """Starts a child for each piece of work that is due, and looks after it until it ends."""

    def __init__(self, kinds: Mapping[str, Kind] = KINDS) -> None:
        self._kinds = kinds
        self._children: dict[tuple[str, int], subprocess.Popen[bytes]] = {}
        self._next_renewal = 0.0

    def begin(self) -> None:
        """Take up what an earlier keeper left: its children ended when it did."""
        for kind in self._kinds.values():
            if kind.rows:
                kind.rows.release_all()

    def do_round(self) -> None:
        """See who has ended, renew the leases of the others, and start what is due."""
        self._see_who_ended()
        if time.monotonic() >= self._next_renewal:
            self._next_renewal = time.monotonic() + _RENEW
            self._renew()
        for name, kind in self._kinds.items():
            for id_ in kind.list_due():
                if (name, id_) not in self._children and len(self._list_own(name)) < kind.most:
                    self._start(name, kind, id_)

    def end(self) -> None:
        """Ask every child to end, and see to it that each does."""
        for child in self._children.values():
            child.terminate()
        for child in self._children.values():
            try:
                child.wait(timeout=_PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            let_go(child)
        self._children.clear()

    def _see_who_ended(self) -> None:
        for (name, id_), child in list(self._children.items()):
            status = child.poll()
            if status is None:
                continue
            rows = self._kinds[name].rows
            if rows:
                rows.note_end(id_, status)  # where the database is away, the next round does it
            del self._children[name, id_]
            let_go(child)

    def _renew(self) -> None:
        for name, kind in self._kinds.items():
            own = self._list_own(name)
            if kind.rows and own:
                kind.rows.lease(own)
                for id_ in kind.rows.list_stopped(own):
                    self._children[name, id_].terminate()

    def _start(self, name: str, kind: Kind, id_: int) -> None:
        if kind.rows:
            kind.rows.lease([id_])
        self._children[name, id_] = start_tied(name, str(id_), prepare=lower_priority)

    def _list_own(self, name: str) -> list[int]:
        return [id_ for of, id_ in self._children if of == name]


def lower_priority() -> None:
    """Let the web process go first."""
    os.nice(10)
