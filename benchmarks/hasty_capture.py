"""`chinwag capture` as it is, but for one thing: on this machine's own servers it need not be slow.

Following threads it breathes for a fiftieth of a second between two requests, not for a second, so
that a benchmark with a thousand threads ends. `python hasty_capture.py TAG FOLDER SERVER [--once]`;
everything else is said by the settings.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from chinwag.capture.watch import CaptureEnd
from chinwag.cli.capture import run_capture
from chinwag.cli.listeners import JsonListener
from chinwag.config import read_settings
from chinwag.networks import bluesky, mastodon
from chinwag.networks.bluesky.jetstream import BlueskyJetstream
from chinwag.networks.bluesky.threads import BlueskyThreads
from chinwag.networks.contract import Route
from chinwag.networks.mastodon.opening import open_server
from chinwag.networks.mastodon.poll import MastodonPoll
from chinwag.networks.mastodon.stream import MastodonStream
from chinwag.networks.mastodon.threads import MastodonThreads
from chinwag.workflows.chat_details import ChatDetails

BREATH = 0.02


def main() -> None:
    tag, folder, address, *more = sys.argv[1:]
    settings = read_settings()
    server = open_server(settings.find_own(mastodon.NETWORK), address, operator="")
    own = settings.find_own(bluesky.NETWORK)
    routes: tuple[Route, ...] = (
        MastodonStream(server),
        MastodonPoll(server),
        MastodonThreads(server, breath=BREATH),
        BlueskyJetstream(own.jetstreams, app_view=own.app_view),
        BlueskyThreads(own.app_view, breath=BREATH),
    )
    ending = CaptureEnd(once="--once" in more)
    asyncio.run(run_capture(Path(folder), ChatDetails(hashtag=tag), routes, JsonListener(), ending))


if __name__ == "__main__":
    main()
