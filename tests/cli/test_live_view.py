"""What a capture shows in a terminal: what matters first, in the lines and columns there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from rich.console import Console

from chinwag.capture.disk import DISK_FULL
from chinwag.capture.routes import WORKS_AGAIN
from chinwag.capture.view import CaptureView, QuestionView, RouteView
from chinwag.cli.listeners import LineListener
from chinwag.cli.live_view import describe_clock, describe_status, draw_view
from chinwag.model import Post, make_worded_note
from chinwag.steps.attend import Unreplied

HANDLE_MISSING = (
    "The handle is missing. Set bluesky_handle and bluesky_password; make an app password at"
    " bsky.app/settings/app-passwords."
)
NOW = datetime(2026, 6, 23, 19, 30, tzinfo=UTC)


def make_post(text: str, author: str = "ann@glam.example") -> Post:
    return Post(
        id=text,
        author=author,
        text=text,
        created_at=NOW - timedelta(minutes=3),
        reply_to=None,
        url="",
        source="mastodon:stream",
    )


def make_route(name: str, **said: object) -> RouteView:
    network, _, origin = name.partition(" ")
    route = RouteView(
        name=name,
        network=network.partition(":")[0],
        origin=origin,
        state="running",
        received=700,
        last=NOW - timedelta(seconds=3),
    )
    return msgspec.structs.replace(route, **said)


def make_question(number: int, answers: int = 40) -> QuestionView:
    return QuestionView(
        label=str(number),
        text="Which furniture? " * 12,
        asked_at=NOW - timedelta(minutes=30 - number),
        answers=answers,
        people=9,
        last=NOW - timedelta(minutes=4),
    )


BROKEN = make_route(
    "bluesky:jetstream a-server-with-a-very-long-name.somewhere.far-away.example",
    state="waiting",
    last=None,
    note=make_worded_note("The handle is missing.", code="bluesky-account-missing"),
    is_wrong=True,
)
VIEW = CaptureView(
    at=NOW,
    hashtag="inkchat",
    time_zone="Europe/London",
    start=NOW - timedelta(minutes=31),
    end=NOW + timedelta(minutes=29),
    closes=NOW + timedelta(minutes=59),
    posts=1_204,
    people=61,
    reposts=88,
    deleted=1,
    rate=14.2,
    lag=0.8,
    last=make_post("A3: chairs \x1b[2J\nthat " + "very " * 40 + "slowly move #inkchat"),
    routes=tuple(make_route(f"mastodon:{kind} glam.example") for kind in ("stream", "poll")),
    questions=tuple(make_question(number) for number in range(1, 9)),
    unplaced=7,
    unreplied=41,
    in_need=tuple(
        Unreplied(
            post=make_post(f"Which room {name}?", name), asks=True, is_to_host=True, is_first=True
        )
        for name in ("ann", "ben", "cem", "dee", "eli")
    ),
)
ALL_DOWN = msgspec.structs.replace(
    VIEW,
    routes=tuple(
        make_route(
            f"mastodon:{kind} {server}.example",
            state="waiting",
            note=make_worded_note("{server} cannot be reached.", code="gone", server=server),
            is_wrong=True,
        )
        for server in ("glam", "books")
        for kind in ("stream", "poll", "threads")
    ),
    problem=DISK_FULL,
)


def draw(view: CaptureView, width: int = 80, height: int = 24) -> list[str]:
    console = Console(width=width, color_system=None)
    with console.capture() as taken:
        console.print(draw_view(view, width, height))
    return [line.rstrip() for line in taken.get().splitlines()]


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (60, 24), (60, 10), (40, 6)])
@pytest.mark.parametrize("view", [VIEW, ALL_DOWN])
def test_it_fits_every_terminal_and_begins_with_how_all_is(
    view: CaptureView, width: int, height: int
) -> None:
    lines = draw(view, width, height)
    assert len(lines) <= height
    assert max(map(len, lines)) <= width
    first = describe_status(view)[0]
    assert " ".join(lines[: 1 + len(first) // (width // 2)]).startswith(first)


def test_with_room_it_shows_everything_and_lets_no_post_steer_the_terminal() -> None:
    assert draw(msgspec.structs.replace(VIEW, questions=VIEW.questions[:1]), 100, 40) == [
        "All is well.",
        "#inkchat  20:30:00 BST, 29 min left, the capture ends at 21:29",
        "1,204 posts by 61 people, 14.2 posts a minute, 88 reposts, 1 deletion honoured, 0.8 s from post to",
        "disk",
        "Question  Answers  People  Last",
        "> Q1           40       9  4 min ago   Which furniture? Which furniture? Which furniture? Which fur…",
        "                7  under no question",
        "41 posts have no reply",
        *(
            f"  20:27  (asks you, first post) @{name}: Which room {name}?"
            for name in ("ann", "ben", "cem", "dee", "eli")
        ),
        "Last  @ann@glam.example: A3: chairs \ufffd[2J that very very very very very very very very very very ver…",
        "mastodon:stream glam.example  running       700  3 s ago",
        "mastodon:poll glam.example    running       700  3 s ago",
        "Ctrl-C ends it; run it again to fill in what is missing.",
    ]


def test_what_reads_like_spam_is_shown_apart_with_what_to_do_about_it() -> None:
    spam = make_post("Essays written for you", "essays@ads.example")
    lines = draw(msgspec.structs.replace(VIEW, spam=2, last_spam=spam, lag=None), 110, 40)
    counts = "1,204 posts by 61 people, 14.2 posts a minute, 88 reposts, 1 deletion honoured"
    assert lines[2] == f"{counts}, 2 posts that read like spam"
    assert lines[lines.index("Spam? @essays@ads.example: Essays written for you") + 1] == (
        "`chinwag remove DIR --author essays@ads.example --spam` takes it out; `correct --kind` lets it"
        " in."
    )


def test_what_is_outside_the_hour_is_told_beside_what_is_counted() -> None:
    lines = draw(msgspec.structs.replace(VIEW, outside=2, lag=None), 110, 40)
    counts = "1,204 posts by 61 people, 14.2 posts a minute, 88 reposts, 1 deletion honoured"
    assert lines[2] == f"{counts}, 2 posts outside the hour"


def test_in_a_narrow_terminal_the_clock_and_the_way_out_are_whole() -> None:
    view = msgspec.structs.replace(VIEW, hashtag="thelibrariesafterdark")
    lines = draw(view, 60, 24)
    assert lines[1:3] == [
        "#thelibrariesafterdark  20:30:00 BST, 29 min left, the",
        "capture ends at 21:29",
    ]
    assert lines[-1] == "Ctrl-C ends it; run it again to fill in what is missing."


def test_a_route_that_has_not_answered_yet_is_not_told_to_work() -> None:
    starting = msgspec.structs.replace(VIEW.routes[0], state="starting")
    lines = draw(msgspec.structs.replace(VIEW, routes=(starting, *VIEW.routes[1:])), 60, 16)
    assert lines[0] == "All is well so far; 1 route of 2 still to answer."
    assert "1 of 2 routes works, 1,400 records received" in lines


def test_in_a_small_terminal_the_routes_are_one_line_and_the_newest_questions_stay() -> None:
    lines = draw(VIEW, 60, 16)
    assert lines[0] == "All is well."
    assert "2 of 2 routes work, 1,400 records received" in lines
    labels = [line.split()[line.startswith(">")] for line in lines if " Q" in line[:3]]
    assert labels[-1] == "Q8"


def test_it_says_what_is_wrong_what_is_done_about_it_and_what_to_do() -> None:
    view = msgspec.structs.replace(VIEW, routes=(*VIEW.routes, BROKEN))
    assert describe_status(view) == [
        "1 of 3 routes does not work; what breaks is tried again by itself, and nothing is lost.",
        HANDLE_MISSING,
    ]
    failed = msgspec.structs.replace(BROKEN, state="failed")
    view = msgspec.structs.replace(VIEW, routes=(failed,), problem=DISK_FULL)
    assert describe_status(view) == [
        "The disk is full: nothing new can be kept."
        " Free some space: the capture then goes on by itself, and nothing is lost.",
        "1 of 1 route does not work and will not be tried again.",
        HANDLE_MISSING,
    ]


def test_a_limit_of_what_can_be_had_is_nothing_wrong() -> None:
    note = make_worded_note("The feed shows no replies.", code="feed-limits")
    limited = make_route("rss:feed glam.example/tags", note=note)
    view = msgspec.structs.replace(VIEW, routes=(limited,))
    assert describe_status(view) == ["All is well."]
    assert "rss:feed glam.example/tags: The feed shows no replies." in draw(view, 80, 40)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW - timedelta(hours=1), "19:30:00 BST, begins in 29 min, the capture ends at 21:29"),
        (NOW, "20:30:00 BST, 29 min left, the capture ends at 21:29"),
        (NOW + timedelta(minutes=40), "21:10:00 BST, over since 20:59, the capture ends at 21:29"),
        (
            NOW + timedelta(minutes=60),
            "21:30:00 BST, over since 20:59, the capture ends in a few minutes, after a last look at"
            " every server",
        ),
    ],
)
def test_the_clock_is_the_chat_s_and_tells_what_is_left(at: datetime, words: str) -> None:
    assert describe_clock(msgspec.structs.replace(VIEW, at=at)) == words


def test_without_an_hour_only_ctrl_c_ends_it() -> None:
    view = msgspec.structs.replace(VIEW, start=None, end=None, closes=None)
    assert describe_clock(view) == "20:30:00 BST, ends with Ctrl-C"


def test_in_lines_an_outage_is_told_once_and_so_is_its_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listener = LineListener()
    lost = make_worded_note("It cannot be reached.", code="gone")
    for _ in range(3):
        listener.hear_notice("mastodon:poll glam.example", "lost", lost)
    listener.hear_notice("mastodon:poll glam.example", "recovered", WORKS_AGAIN)
    listener.hear_notice("mastodon:poll glam.example", "lost", lost)
    listener.see(VIEW)
    listener.see(VIEW)
    assert capsys.readouterr().out.splitlines() == [
        "mastodon:poll glam.example: It cannot be reached.",
        "mastodon:poll glam.example: It works again.",
        "mastodon:poll glam.example: It cannot be reached.",
        "20:30:00 Europe/London  1,204 posts by 61 people",
    ]
