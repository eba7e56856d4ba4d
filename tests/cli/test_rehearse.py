"""What a host is told of a rehearsal: what works, and each thing that does not once."""

from __future__ import annotations

import pytest

from chinwag.cli.rehearse import describe_rehearsal
from chinwag.model import make_worded_note
from chinwag.workflows.rehearse_chat import Rehearsal, Trial

UNKNOWN = make_worded_note("There is no such server.", code="no-such-server")


def test_what_is_wrong_with_several_routes_is_said_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    routes = (
        Trial(name="bluesky:threads app", works=True),
        Trial(name="mastodon:poll glamr", works=False, note=UNKNOWN),
        Trial(name="mastodon:stream glam", works=False),
        Trial(name="mastodon:threads glamr", works=False, note=UNKNOWN),
    )
    account = Trial(name="mastodon glamr", works=False, note=UNKNOWN)
    describe_rehearsal(Rehearsal(routes=routes, accounts=(account,), questions=()))
    assert capsys.readouterr().out.splitlines() == [
        "Not all of it works yet.",
        "1 of 4 routes brings posts.",
        "- mastodon:poll glamr, mastodon:threads glamr: There is no such server.",
        "- mastodon:stream glam: it says nothing.",
        "0 of 1 account may post.",
        "- mastodon glamr: There is no such server.",
    ]
