"""What a host is told of an announcement, account by account and by the chat's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from chinwag.cli.announced import AnnounceListener
from chinwag.model import Sent, make_worded_note
from chinwag.workflows.announce_question import AnnounceReport

NOW = datetime(2026, 6, 23, 18, 40, tzinfo=UTC)
SENT = Sent(
    key="k", account="mastodon glam.example", question="4", text="Q4", state="wanted", at=NOW
)


def listen(*, is_silent: bool = False, is_edit: bool = False) -> AnnounceListener:
    return AnnounceListener("Europe/London", lambda: NOW, is_silent=is_silent, is_edit=is_edit)


def stand(state: str, minutes: int, **said: str) -> Sent:
    at = NOW + timedelta(minutes=minutes)
    return msgspec.structs.replace(SENT, state=state, at=at, **said)


def test_a_timed_one_says_what_it_waits_for_and_what_ctrl_c_leaves(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listener = listen()
    listener.begin("Q4", ["mastodon glam.example", "bluesky host"], NOW + timedelta(minutes=5))
    listener.hear(stand("waiting", 5), is_fresh=True)
    listener.stop()
    assert capsys.readouterr().out.replace("\n", " ") == (
        "Q4 goes out at 19:45 BST. Keep this command running until then: a server that cannot keep"
        " it gets it from here. After Ctrl-C it goes out only where a server keeps it."
        " mastodon glam.example: waits there until 19:45 BST, and goes out by itself"
        " Q4 is not out on bluesky host. Run the command again for these. "
    )


def test_a_time_between_two_minutes_and_words_of_the_hosts_own_are_told_as_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listener = listen()
    at = NOW + timedelta(minutes=5, seconds=30)
    listener.begin("Ten minutes left", ["mastodon glam.example"], at)
    listener.hear(msgspec.structs.replace(SENT, state="waiting", at=at), is_fresh=True)
    assert capsys.readouterr().out.replace("\n", " ") == (
        "“Ten minutes left” goes out at 19:45:30 BST. Keep this command running until then: a"
        " server that cannot keep it gets it from here. After Ctrl-C it goes out only where a"
        " server keeps it."
        " mastodon glam.example: waits there until 19:45:30 BST, and goes out by itself "
    )


def test_what_its_server_is_late_with_is_not_told_to_wait_until_a_time_that_has_passed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listen().hear(stand("waiting", -2), is_fresh=False)
    assert capsys.readouterr().out.replace("\n", " ") == (
        "mastodon glam.example: was due at 19:38 BST and still waits there: the server has it and"
        " is late. Ask again in a minute "
    )


def test_each_account_is_told_of_once_and_what_failed_comes_last(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listener = listen()
    listener.begin("Q4", ["mastodon glam.example", "bluesky host"], None)
    out = stand("out", -24 * 60, url="https://glam.example/4")
    listener.hear(out, is_fresh=False)
    failed = {"bluesky host": make_worded_note("It cannot be reached.", code="gone")}
    wanted = msgspec.structs.replace(SENT, account="bluesky host")
    listener.describe(AnnounceReport(sent=(out, wanted), failed=failed))
    assert capsys.readouterr().out.splitlines() == [
        "mastodon glam.example: already out, since 22 June, 19:40 BST",
        "https://glam.example/4",
        "bluesky host: not done. It cannot be reached.",
        "Run the same command again: nothing goes out twice.",
    ]


def test_what_was_changed_or_taken_back_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    listener = listen()
    listener.describe(AnnounceReport(sent=(stand("deleted", 0),), fresh=(SENT.account,)))
    out = stand("out", 0, url="https://glam.example/4")
    listen(is_edit=True).describe(AnnounceReport(sent=(out,), fresh=(SENT.account,)))
    assert capsys.readouterr().out.splitlines() == [
        "mastodon glam.example: taken back",
        "mastodon glam.example: changed https://glam.example/4",
    ]
