"""The site as an ASGI application: Django, and beside it the hub for pages that are open."""

from __future__ import annotations

from django.core.asgi import get_asgi_application

from chinwag.web.environment import name_settings
from chinwag.web.intake import Application, serve_within

name_settings()
django_application: Application = get_asgi_application()

from chinwag.web.live.hub import Hub, Receive, Scope, Send  # noqa: E402 (Django must be set up)

hub = Hub()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one connection: live streams by the hub, everything else by Django."""
    if scope["type"] == "lifespan":
        await _live_on(receive, send)
    elif _is_stream(scope):
        await hub.serve(scope, receive, send)
    else:
        await serve_within(django_application, scope, receive, send)


def _is_stream(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    parts = scope["path"].split("/")
    return len(parts) == 4 and parts[3] == "live"  # "", series, day, "live"


async def _live_on(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            hub.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
