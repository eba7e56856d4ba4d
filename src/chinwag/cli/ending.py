"""How a capture ends when it is asked to: in time, whatever it is doing and whatever servers do.

What a server gave is on the disk before the capture goes on, and every change of the folder counts
whole or not at all. So the process may end at any moment without losing any of it; what it does
after Ctrl-C, reading the journals and making the write-up, can be made later.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from chinwag.cli.say import wrap

LONGEST_END = 45.0  # seconds after Ctrl-C, in which the write-up of an ordinary chat is made
STATUS = 130  # of a command that was stopped

_REQUESTS = (signal.SIGINT, signal.SIGTERM)

Leave = Callable[[], None]
Cancel = Callable[[], None]


class Ending:
    """Asks a capture to end, and ends it when it is asked again, or does not within 45 seconds.

    `stop` is set for the capture to end by itself. `leave` ends the process; `start_timer` has it
    called after so many seconds, on no event loop, for that may be what hangs, and returns how to
    call that off.
    """

    def __init__(
        self,
        stop: asyncio.Event,
        leave: Leave,
        start_timer: Callable[[float, Leave], Cancel] | None = None,
    ) -> None:
        self._stop = stop
        self._leave = leave
        self._start_timer = start_timer or _start_timer
        self._cancel: Cancel | None = None

    @contextmanager
    def listen(self) -> Iterator[None]:
        """Take Ctrl-C, and the signal that ends processes, as a request while the block lasts.

        It is entered in the running loop, and afterwards gives the signals back to their earlier
        handlers.
        """
        loop = asyncio.get_running_loop()
        before = {number: signal.getsignal(number) for number in _REQUESTS}
        for number in _REQUESTS:
            loop.add_signal_handler(number, _wake)  # or a loop that waits would sleep through it
            signal.signal(number, lambda *_: self.ask(loop))  # even where the loop is what hangs
        try:
            yield
        finally:
            for number, handler in before.items():
                loop.remove_signal_handler(number)
                signal.signal(number, handler)
            if self._cancel is not None:
                self._cancel()

    def ask(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take one request to end."""
        if self._cancel is not None:
            self._leave()
            return
        self._cancel = self._start_timer(LONGEST_END, self._leave)
        loop.call_soon_threadsafe(self._stop.set)


def leave_now(folder: Path, restore: Callable[[], None]) -> None:
    """Say what stands, and end the process at once. `restore` gives the terminal back."""
    restore()
    name = shlex.quote(str(folder))
    said = (
        "Stopped before it was written up. Every record that a server gave is on the disk, and no"
        f" file of {name} is half written. `chinwag recap --into {name}` makes the rest."
    )
    click.echo(f"\n{wrap(said)}", err=True)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(STATUS)


def _wake() -> None:
    """Do nothing: the loop only has to wake up when a signal comes."""


def _start_timer(seconds: float, do: Leave) -> Cancel:
    timer = threading.Timer(seconds, do)
    timer.daemon = True
    timer.start()
    return timer.cancel
