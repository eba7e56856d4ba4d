"""`chinwag serve` shows one story to this machine, and nothing else to anybody."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from chinwag.cli.server import FILES, HEADERS, StoryServer, open_server, tell_address

PAGE = b"<!doctype html><title>A story</title>"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """Return a folder with a story, a file that is none of it, and links that lead out."""
    (tmp_path / "chat.toml").write_text("format = 1\n")
    folder = tmp_path / "story"
    folder.mkdir()
    (folder / "index.html").write_bytes(PAGE)
    (folder / "story.md").write_text("# A story\n")
    (folder / "notes.txt").write_text("root: mine\n")
    (folder / "posts.csv").symlink_to("/etc/passwd")
    (folder / "etc").symlink_to("/etc")
    return folder


@pytest.fixture
def server(story: Path) -> Iterator[StoryServer]:
    """Run a server of the story on a free port."""
    with open_server(story, 0) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def ask(server: StoryServer, request: str) -> tuple[int, dict[str, str], bytes]:
    """Return the status, the headers in lower case and the body of the answer to a request."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=20) as client:
        client.sendall(request.encode("latin-1"))
        answer = b""
        while part := client.recv(65_536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(first.split()[1]), headers, body


def get(server: StoryServer, path: str, host: str = "Host: 127.0.0.1", method: str = "GET") -> int:
    """Return the status of the answer to a request for a path."""
    return ask(server, f"{method} {path} HTTP/1.0\r\n{host}\r\n\r\n")[0]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.1:8000", "LOCALHOST:1"])
def test_the_page_goes_to_whoever_asks_this_machine(server: StoryServer, host: str) -> None:
    status, headers, body = ask(server, f"GET / HTTP/1.0\r\nHost: {host}\r\n\r\n")
    assert (status, body) == (200, PAGE)
    assert {name: headers[name.lower()] for name in HEADERS} == {
        name: value.lower() for name, value in HEADERS.items()
    }
    assert headers["server"].strip() == "chinwag"


@pytest.mark.parametrize(
    "host",
    [
        "Host: evil.example",
        "Host: evil.example:8000",
        "Host: 169.254.169.254",
        "Host: 127.0.0.1.evil.example",
        "Host: [::1",
        "X-Forwarded-Host: 127.0.0.1",
    ],
)
def test_a_request_for_another_site_is_refused(server: StoryServer, host: str) -> None:
    assert get(server, "/", host) == 421


@pytest.mark.parametrize(
    "path",
    [
        "/notes.txt",
        "/posts.csv",  # a link that leads out of the folder
        "/etc/",
        "/etc/passwd",
        "/../chat.toml",
        "/%2e%2e/chat.toml",
        "/..\\chat.toml",
        "//etc/passwd",
        "/%00",
        "/index.html%00.txt",
        "/index.html/",
        "/.",
        "/%ff%fe",
        "/story.json",  # not made yet
    ],
)
def test_only_the_files_of_the_story_are_served(server: StoryServer, path: str) -> None:
    assert get(server, path) == 404


def test_a_folder_is_never_listed(server: StoryServer, story: Path) -> None:
    (story / "index.html").unlink()
    assert get(server, "/") == 404


@pytest.mark.parametrize("path", ["/index.html", "/?x=1", "/story.md#end"])
def test_a_file_of_the_story_has_its_own_address(server: StoryServer, path: str) -> None:
    assert get(server, path) == 200


def test_a_browser_shows_the_markdown_instead_of_saving_it(server: StoryServer) -> None:
    _, headers, body = ask(server, "GET /story.md HTTP/1.0\r\nHost: localhost\r\n\r\n")
    assert (headers["content-type"], body) == ("text/plain; charset=utf-8", b"# A story\n")


def test_what_is_served_is_what_publishing_makes(
    chinwag: Callable[..., Result], chat_csv: Path, tmp_path: Path
) -> None:
    chinwag("recap", chat_csv, "--into", tmp_path / "snug")
    made = (tmp_path / "snug" / "story").iterdir()
    assert sorted(path.name for path in made) == sorted(FILES)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_written(server: StoryServer, method: str) -> None:
    assert get(server, "/", method=method) == 501


def test_the_head_of_a_file_comes_without_its_body(server: StoryServer) -> None:
    status, headers, body = ask(server, "HEAD / HTTP/1.0\r\nHost: localhost\r\n\r\n")
    assert (status, headers["content-length"], body) == (200, str(len(PAGE)), b"")


def test_a_client_that_breaks_off_leaves_no_trace(
    server: StoryServer, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port)) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        client.sendall(b"GET / HTTP/1.0\r\nHost: localhost\r\n")
    assert get(server, "/") == 200
    assert capfd.readouterr() == ("", "")


def test_a_port_that_is_taken_is_told(server: StoryServer, story: Path) -> None:
    taken = server.server_port
    with open_server(story, taken) as other:
        assert tell_address(taken, other.server_port) == (
            f"Port {taken} is taken, so the next one is used."
            f" The story is at http://127.0.0.1:{other.server_port}/ (Ctrl-C ends it)."
        )
    assert tell_address(0, taken) == tell_address(taken, taken)
    assert "taken" not in tell_address(taken, taken)
