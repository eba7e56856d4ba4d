"""What a capture logs is for whoever runs it: what happened, and nobody's words or name."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from tests.workflows.evening import NOTES, Evening

from chinwag.errors import NetworkError, Refused
from chinwag.networks.contract import Notice, Received, Route, Watch
from chinwag.networks.example.routes import BoardStream


class Refusing:
    """A route whose server is busy, then gone for good, and repeats what it should not."""

    name = "example:poll of @secret-handle"
    network, kind, origin = "example", "poll", "elsewhere"

    def __init__(self) -> None:
        self._failures = [
            Refused("Busy, t0k-nobody-may-see.", code="busy", status=429, wait=17.0),
            NetworkError("The way to it is lost, says @secret-handle.", code="lost"),
            NetworkError("Nobody may read here.", code="closed", is_final=True),
        ]

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        yield Received(cursor=cursor)
        raise self._failures.pop(0)


def test_it_tells_of_routes_and_clearing_and_of_no_words_handles_or_tokens(
    evening: Evening, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "chinwag")

    async def talk() -> None:
        evening.pin_all()
        await evening.until(lambda: evening.count_posts() == 4)
        evening.board.take_down(2)
        evening.clock.time += timedelta(seconds=10)
        await evening.until(
            lambda: "Cleared 1 records of the journal, and 0 other files." in caplog.messages
        )

    routes: list[Route] = [BoardStream(evening.board), Refusing()]
    evening.run(evening.capture_while(talk, routes))

    told = [
        (record.name, record.levelname, record.getMessage())
        for record in caplog.records
        if record.name in ("chinwag.capture.routes", "chinwag.capture.clearing")
    ]
    assert sorted(told) == [
        (
            "chinwag.capture.clearing",
            "INFO",
            "Cleared 1 records of the journal, and 0 other files.",
        ),
        (
            "chinwag.capture.routes",
            "ERROR",
            "example poll of elsewhere was given up (NetworkError).",
        ),
        ("chinwag.capture.routes", "INFO", "example poll of elsewhere started."),
        ("chinwag.capture.routes", "INFO", "example poll of elsewhere started."),
        ("chinwag.capture.routes", "INFO", "example poll of elsewhere started."),
        ("chinwag.capture.routes", "INFO", "example poll of elsewhere works again."),
        ("chinwag.capture.routes", "INFO", "example poll of elsewhere works again."),
        ("chinwag.capture.routes", "INFO", "example stream of green started."),
        (
            "chinwag.capture.routes",
            "WARNING",
            "example poll of elsewhere was lost (NetworkError), try again in 1.0 s.",
        ),
        (
            "chinwag.capture.routes",
            "WARNING",
            "example poll of elsewhere was refused (status 429), try again in 17.0 s.",
        ),
    ]
    everything = "\n".join(caplog.messages)
    secrets = [
        "secret-handle",
        "t0k-nobody-may-see",
        *(text for _, text, _ in NOTES),
        "host",
        "ben",
    ]
    assert [secret for secret in secrets if secret in everything] == []
