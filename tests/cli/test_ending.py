"""A capture ends when it is asked to, whatever it is doing."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from chinwag.cli.ending import LONGEST_END, Ending
from chinwag.stores.folder import ChatFolder


class Timer:
    """A timer that runs when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.ring: Callable[[], None] | None = None

    def start(self, seconds: float, do: Callable[[], None]) -> Callable[[], None]:
        self.seconds, self.ring = seconds, do
        return self.cancel

    def cancel(self) -> None:
        self.ring = None


def ask(times: int, *, hangs: bool) -> tuple[list[str], Timer]:
    """Send Ctrl-C so often to what ends by itself, or hangs until the timer rings."""
    timer, said = Timer(), []

    async def run() -> None:
        stop = asyncio.Event()
        ending = Ending(stop, lambda: said.append("left"), timer.start)
        with ending.listen():
            for _ in range(times):
                signal.raise_signal(signal.SIGINT)
            await stop.wait()
            said.append("asked")
            if hangs and timer.ring is not None:
                timer.ring()

    before = signal.getsignal(signal.SIGINT)
    asyncio.run(run())
    assert signal.getsignal(signal.SIGINT) is before
    return said, timer


def test_a_capture_is_asked_first_and_nothing_is_left_running() -> None:
    said, timer = ask(1, hangs=False)
    assert (said, timer.ring) == (["asked"], None)


def test_a_second_request_ends_it_at_once() -> None:
    said, _ = ask(2, hangs=False)
    assert said == ["left", "asked"]


def test_one_that_does_not_end_is_ended() -> None:
    said, timer = ask(1, hangs=True)
    assert (said, timer.seconds) == (["asked", "left"], LONGEST_END)


HANGS = """
import sys, threading
from chinwag.cli import ending
from chinwag.cli.main import main
from chinwag.workflows import capture_chat

def hang(*_, **__):
    print("hanging", flush=True)
    threading.Event().wait()

ending.LONGEST_END = float(sys.argv.pop(1))
capture_chat._take_in = hang
main()
"""


@pytest.mark.parametrize(
    ("longest", "requests"), [(1e6, (signal.SIGINT, signal.SIGTERM)), (0.0, (signal.SIGINT,))]
)
def test_a_capture_that_hangs_while_it_ends_is_ended_and_loses_nothing(
    tmp_path: Path, longest: float, requests: tuple[int, ...]
) -> None:
    root, posts = tmp_path / "snug", tmp_path / "copied.txt"
    posts.write_text("Ana\n@ana@shelf.example\nA1: maps #SnugChat\n2026-03-05T19:10:00Z\n")
    given = ["capture", "#SnugChat", "--paste", str(posts), "--into", str(root)]
    command = [sys.executable, "-c", textwrap.dedent(HANGS), str(longest), *given]
    # whoever started the tests may ignore Ctrl-C
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heed
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        while run.stdout.readline() != "hanging\n":
            assert run.poll() is None
        for number in requests:  # two of one kind could be taken for one
            run.send_signal(number)
        said = " ".join(run.stderr.read().split())
    assert run.returncode == 130
    assert f"`chinwag recap --into {root}` makes the rest." in said
    recap = [sys.executable, "-m", "chinwag.cli", "recap", "--into", str(root)]
    subprocess.run(recap, check=True, capture_output=True)
    assert [post.text for post in ChatFolder.open(root).read_posts()] == ["A1: maps #SnugChat"]
