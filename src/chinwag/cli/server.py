"""A server for one story on this machine: files of `story/`, read only, on 127.0.0.1."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from chinwag.errors import FolderError, InputError
from chinwag.stores.folder import ChatFolder, layout


class StoryHandler(SimpleHTTPRequestHandler):
    """Serves the files of one folder without a word for every request."""

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: who reads the story is nobody's business."""

    def end_headers(self) -> None:
        """Say with every answer that the page is what it says it is, and is not to be kept."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


def serve_story(folder: Path, port: int) -> None:
    """Serve `story/` of a chat folder until Ctrl-C; a port that is taken is passed over.

    Raises FolderError where there is no story yet, InputError where no port can be had.
    """
    store = ChatFolder.open(folder)
    if not store.has(layout.STORY):
        raise FolderError(
            f"{folder} holds no story yet.", todo=f"Run `chinwag publish {folder}` first."
        )
    handler = partial(StoryHandler, directory=str(folder / layout.STORY))
    with _listen(port, handler) as server:
        click.echo(f"The story is at http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it).")
        server.serve_forever()


def _listen(port: int, handler: partial[StoryHandler]) -> ThreadingHTTPServer:
    for candidate in range(port, port + 20) if port else (0,):
        try:
            return ThreadingHTTPServer(("127.0.0.1", candidate), handler)
        except OSError:
            continue
    raise InputError(
        f"No port from {port} to {port + 19} is free.", todo="Choose another with --port."
    )
