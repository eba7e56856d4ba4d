"""What a capture shows in a terminal: everything that matters, never over 80 columns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rich.console import Console

from chinwag.capture.disk import DISK_FULL
from chinwag.capture.view import CaptureView, QuestionView, RouteView
from chinwag.cli.live_view import WIDTH, draw_view, list_wrongs
from chinwag.model import Post, make_worded_note

NOW = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)
VIEW = CaptureView(
    at=NOW,
    hashtag="inkchat",
    posts=1_204,
    people=61,
    reposts=88,
    deleted=1,
    rate=14.2,
    lag=0.8,
    last=Post(
        id="1",
        author="ann@glam.example",
        text="A3: chairs \x1b[2J\nthat " + "very " * 40 + "slowly move #inkchat",
        created_at=NOW - timedelta(seconds=3),
        reply_to=None,
        url="",
        source="mastodon:stream",
    ),
    routes=(
        RouteView(name="mastodon:stream glam.example", state="running", received=700, last=NOW),
        RouteView(
            name="bluesky:jetstream a-server-with-a-very-long-name.somewhere.far-away.example",
            state="waiting",
            received=0,
            last=None,
            note=make_worded_note("The handle is missing.", code="bluesky-account-missing"),
        ),
    ),
    questions=(QuestionView(label="3", text="Which furniture? " * 12, posts=40),),
    unplaced=7,
    problem=DISK_FULL,
)


def draw() -> list[str]:
    console = Console(width=WIDTH, color_system=None)
    with console.capture() as taken:
        console.print(draw_view(VIEW))
    return taken.get().splitlines()


def test_it_never_needs_more_than_80_columns() -> None:
    assert max(map(len, draw())) <= WIDTH


def test_it_says_what_matters_and_lets_no_post_steer_the_terminal() -> None:
    drawn = "\n".join(draw())
    for words in (
        "#inkchat  19:30:00 UTC",
        "1,204 posts by 61 people, 88 reposts, 1 deletion honoured",
        "14.2 posts a minute, 0.8 s from post to disk",
        "mastodon:stream glam.example",
        "never",
        "under no question",
        "19:29:57  @ann@glam.example: A3: chairs \ufffd[2J that",
        "Ctrl-C ends the capture",
    ):
        assert words in drawn
    assert "\x1b[2J" not in drawn


def test_it_says_what_is_wrong_and_what_to_do() -> None:
    assert list_wrongs(VIEW) == [
        "The disk is full: nothing new can be kept."
        " Free some space: the capture then goes on by itself, and nothing is lost.",
        "bluesky:jetstream a-server-with-a-very-long-name.somewhere.far-away.example:"
        " The handle is missing. Set bluesky_handle and bluesky_password; make an app password at"
        " bsky.app/settings/app-passwords.",
    ]
