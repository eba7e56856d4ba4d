"""A server with an OpenAI-compatible chat address on this machine, which answers as it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import msgspec


class Reply(NamedTuple):
    """What the server answers: status, body, headers. `hold` keeps it from answering at all."""

    status: int = 200
    body: bytes | str = ""
    headers: tuple[tuple[str, str], ...] = ()
    hold: bool = False


def say(content: str | None, **usage: int) -> Reply:
    """Give a chat answer as servers give it."""
    answer: dict[str, Any] = {"choices": [{"index": 0, "message": {"content": content}}]}
    if usage:
        answer["usage"] = usage
    return Reply(200, msgspec.json.encode(answer))


class ChatServer:
    """What stands at `address`; `asked` are the bodies received, `keys` the Authorization headers."""

    def __init__(self, answers: Callable[[dict[str, Any]], Reply]) -> None:
        self.answers = answers
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.address = ""
        self.released = threading.Event()


@contextmanager
def serve_chat(*answers: Reply | Callable[[dict[str, Any]], Reply]) -> Iterator[ChatServer]:
    """Serve answers in order, the last one for ever; a function is given each body."""
    waiting = list(answers)

    def choose(body: dict[str, Any]) -> Reply:
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return answer(body) if callable(answer) else answer

    chat = ChatServer(choose)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            chat.keys.append(self.headers.get("Authorization"))
            if self.path != "/v1/chat/completions":
                self._reply(Reply(404, '{"error": {"message": "no such page"}}'))
                return
            chat.asked.append(msgspec.json.decode(body))
            reply = chat.answers(chat.asked[-1])
            if reply.hold:
                chat.released.wait(30)
            else:
                self._reply(reply)

        def _reply(self, reply: Reply) -> None:
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            for name, value in (*reply.headers, ("Content-Length", str(len(body)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    chat.address = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield chat
    finally:
        chat.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
