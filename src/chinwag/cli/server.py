"""A server for one story on this machine: the files of `story/`, read only, on 127.0.0.1."""

from __future__ import annotations

import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click

from chinwag.errors import FolderError, InputError
from chinwag.stores.folder import ChatFolder, layout

FILES = (
    "index.html",
    "print.html",
    "story.epub",
    "story.md",
    "story.json",
    "posts.csv",
    "bullets.csv",
)
OWN_NAMES = ("127.0.0.1", "localhost")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
    # The page brings a stricter policy of its own, by the hash of its style sheet.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class StoryHandler(SimpleHTTPRequestHandler):
    """Serves the known files of one story, and nothing else that the folder may hold."""

    timeout = 10  # seconds after which a client that sends nothing is let go
    server_version = "Chinwag"
    sys_version = ""
    extensions_map = {  # noqa: RUF012 - the base class's own form
        ".html": "text/html; charset=utf-8",
        ".md": "text/plain; charset=utf-8",  # a browser shows it, where it would save Markdown
        ".json": "application/json",
        ".csv": "text/csv; charset=utf-8",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: nobody needs to know who reads the story."""

    def end_headers(self) -> None:
        """Add the headers that keep the page on its own."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        """Serve a file of the story."""
        if self._is_allowed():
            super().do_GET()

    def do_HEAD(self) -> None:
        """Serve the headers of a file of the story."""
        if self._is_allowed():
            super().do_HEAD()

    def _is_allowed(self) -> bool:
        """Answer a request for another site or another file with a refusal."""
        if not self._names_this_machine():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return False
        name = self._find_name()
        path = Path(self.directory) / name
        if name not in FILES or path.is_symlink() or not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return False
        self.path = f"/{name}"
        return True

    def _names_this_machine(self) -> bool:
        """Return whether the request is meant for this machine.

        A web site could otherwise point its own name at 127.0.0.1 and read the story through a
        visitor's browser (DNS rebinding).
        """
        try:
            return urlsplit(f"//{self.headers.get('Host', '')}").hostname in OWN_NAMES
        except ValueError:
            return False

    def _find_name(self) -> str:
        """Return the name of the file asked for: the page's where none is named."""
        try:
            path = unquote(urlsplit(self.path).path)
        except ValueError:
            return ""
        return path.removeprefix("/") or "index.html"


class StoryServer(ThreadingHTTPServer):
    """Serves each client in a thread of its own; a client that breaks off is no news."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Report what goes wrong here, and keep quiet where a client has gone or fallen silent."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def serve_story(folder: Path, port: int) -> None:
    """Serve `story/` of a chat folder until Ctrl-C; a port that is taken is passed over.

    Raises FolderError where there is no story yet, InputError where no port can be had.
    """
    store = ChatFolder.open(folder)
    if not store.has(layout.STORY):
        raise FolderError(
            "{folder} holds no {name} yet.",
            code="not-made-yet",
            folder=folder,
            name="story",
            step="publish",
        )
    with open_server(folder / layout.STORY, port) as server:
        click.echo(tell_address(port, server.server_port))
        server.serve_forever()


def tell_address(wanted: int, port: int) -> str:
    """Return where the story is, and why it is not at the port that was wanted."""
    why = f"Port {wanted} is taken, so the next one is used. " if wanted not in (0, port) else ""
    return f"{why}The story is at http://127.0.0.1:{port}/ (Ctrl-C ends it)."


def open_server(story: Path, port: int) -> StoryServer:
    """Return a server of the files in `story`, on `port` or one of the next; 0 takes any.

    Raises InputError where none of them is free.
    """
    handler = partial(StoryHandler, directory=str(story))
    for candidate in range(port, port + 20) if port else (0,):
        try:
            return StoryServer(("127.0.0.1", candidate), handler)
        except OSError:
            continue
    raise InputError(
        "No port from {first} to {last} is free.", code="no-free-port", first=port, last=port + 19
    )
