"""A child process that ends with its parent, however the parent ends.

Nobody tells a child that its parent was killed. So the parent holds one end of a pipe, and the
child waits in a thread at the other for it to close.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence

TIED = "--tied"  # what a tied child is told


def start_tied(
    *part: str, prepare: Callable[[], None] | None = None, keep_open: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start a part of the site as a child that is killed when this process ends.

    `prepare` is called in the child before it begins; it has the open files `keep_open`.
    """
    command = [sys.executable, "-m", "chinwag.web.run", TIED, *part]
    return subprocess.Popen(  # noqa: S603 (our own program)
        command, stdin=subprocess.PIPE, preexec_fn=prepare, pass_fds=keep_open
    )


def let_go(child: subprocess.Popen[bytes]) -> None:
    """Close this process's end of the pipe of a child that has ended."""
    if child.stdin:
        child.stdin.close()


def end_with_parent() -> None:
    """Let this process be killed once its parent has ended: whatever it did is taken up again."""
    threading.Thread(target=_wait_for_end, name="lifeline", daemon=True).start()


def _wait_for_end() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGKILL)
