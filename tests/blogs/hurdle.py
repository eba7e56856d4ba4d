"""A server that passes requests on to another, and fails where a test wants it to."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import urlsplit

Rule = Callable[[str, str], bool]  # of a request's method and path: whether it is meant
_OWN = ("transfer-encoding", "connection", "content-length", "date", "server")


class Hurdle:
    """Stands before a server from `with Hurdle(address) as hurdle:` to its end, at `hurdle.address`.

    `refuse` names the requests that are answered with 500 and never passed on, `lose` those that
    are passed on and answered with 500 all the same. At a request that `hold` names it waits, once,
    until `go` is set; `held` is set as soon as it does. `drops_header` keeps who asks to itself.
    """

    def __init__(self, address: str) -> None:
        self.refuse: Rule = lambda _method, _path: False
        self.lose: Rule = lambda _method, _path: False
        self.hold: Rule = lambda _method, _path: False
        self.held, self.go = threading.Event(), threading.Event()
        self.drops_header = False
        self.passed: list[tuple[str, str]] = []
        self._behind = urlsplit(address).netloc
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _make_handler(self))
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Hurdle:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.go.set()
        self._server.shutdown()
        self._server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer a request: pass it on, unless it is to fail."""
        method, path = handler.command, handler.path
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        if self.hold(method, path) and not self.held.is_set():
            self.held.set()
            self.go.wait(timeout=120)
            return
        if self.refuse(method, path):
            _say(handler, 500, {}, b"")
            return
        status, headers, said = self._pass_on(handler, body)
        self.passed.append((method, path))
        if self.lose(method, path):
            status, headers, said = 500, {}, b""
        _say(handler, status, headers, said)

    def _pass_on(
        self, handler: BaseHTTPRequestHandler, body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        dropped = {"host", "connection", *(["authorization"] if self.drops_header else [])}
        headers = {
            name: value for name, value in handler.headers.items() if name.lower() not in dropped
        }
        onward = http.client.HTTPConnection(self._behind, timeout=120)
        try:
            onward.request(handler.command, handler.path, body or None, headers)
            got = onward.getresponse()
            kept = {name: value for name, value in got.getheaders() if name.lower() not in _OWN}
            return got.status, kept, got.read()
        finally:
            onward.close()


def _say(
    handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], said: bytes
) -> None:
    try:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(said)))
        handler.end_headers()
        handler.wfile.write(said)
    except OSError:
        handler.close_connection = True  # whoever asked has gone


def _make_handler(hurdle: Hurdle) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            hurdle.answer(self)

        do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815

        def log_message(self, format: str, *values: object) -> None:
            """Say nothing."""

    return Handler
