"""Capturing and announcing, run as a host runs them against a server on this machine."""

from __future__ import annotations

import asyncio
import json
import random
import re
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import Result
from tests.networks.fake_mastodon import GONE, FakeMastodon, after
from tests.networks.fake_server import Heard, answer, run_server

from chinwag.cli.describe import describe_capture
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.capture_chat import CaptureReport
from chinwag.workflows.show_folder import show_folder

Chinwag = Callable[..., Result]

TOKEN = "t0k-nobody-may-see"
HOUR = ("--from", "2026-03-05T19:00Z", "--to", "2026-03-05T20:00Z")


class PostIndex(FakeMastodon):
    """A server that also lets its host post; `out` is what it has been asked to post."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.address = self.server = ""

    def say(self, heard: Heard) -> bytes | AsyncIterator[bytes]:
        """Answer a request."""
        match heard.method, heard.path.strip("/").split("/")[2:]:
            case "GET", ["accounts", "verify_credentials"]:
                known = heard.headers.get("authorization") == f"Bearer {TOKEN}"
                return answer({"acct": "host"}) if known else answer({}, status="401 No")
            case "POST", ["statuses"] if not json.loads(heard.body)["status"]:
                may_post = heard.headers.get("authorization") == f"Bearer {TOKEN}"
                return answer({}, status="422 No" if may_post else "403 No")
            case "POST", ["statuses"]:
                self.out.append(json.loads(heard.body)["status"])
                number = 900 + len(self.out)
                url = f"https://shelf.example/@host/{number}"
                return answer({"id": str(number), "uri": url, "url": url})
            case "GET", ["instance"]:
                return GONE
        return super().say(heard)


@pytest.fixture
def shelf() -> Iterator[PostIndex]:
    """Run a server in a thread of its own, since a command has an event loop of its own."""
    shelf, ready = PostIndex(), threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve() -> None:
        async with run_server(shelf.say) as fake:
            shelf.address = fake.address
            shelf.server = fake.address.removeprefix("http://")
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    ready.wait()
    yield shelf
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.close()


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, with no settings of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHINWAG_CONFIG", str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").touch(mode=0o600)


@pytest.fixture
def token(shelf: PostIndex, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the host a token, in the settings."""
    monkeypatch.setenv("CHINWAG_MASTODON_SERVERS", shelf.address)
    monkeypatch.setenv("CHINWAG_MASTODON_TOKENS", f"{shelf.server}={TOKEN}")
    return TOKEN


@pytest.fixture
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let luck have it that no time passes between two tries."""
    monkeypatch.setattr(random, "random", lambda: 0.0)


def talk(shelf: PostIndex) -> None:
    shelf.post("Q1: What do you read? #InkChat", after(60), author="host")
    shelf.post("A1: Maps of rivers and of roads #InkChat", after(120), author="ana")
    shelf.post("A1: The backs of seed packets #InkChat", after(180), author="bo")


def capture(chinwag: Chinwag, *words: object) -> Result:
    return chinwag("capture", "#InkChat", "--into", "ink", *HOUR, "--once", *words)


def said(result: Result) -> str:
    """Give all that was said, with its lines joined."""
    assert "Traceback" not in result.output
    assert not isinstance(result.exception, Exception), result.exception
    return re.sub(r"\s+", " ", result.output)


def list_texts() -> list[str]:
    return [post.text for post in ChatFolder.open(Path("ink")).read_posts()]


def assert_nowhere(secret: str, *results: Result) -> None:
    assert not any(secret in result.output for result in results)
    for path in Path("ink").rglob("*"):
        assert path.is_dir() or secret.encode() not in path.read_bytes()


ALL = [
    "Q1: What do you read? #InkChat",
    "A1: Maps of rivers and of roads #InkChat",
    "A1: The backs of seed packets #InkChat",
]


def test_a_capture_fills_a_folder_and_closes_in_words(shelf: PostIndex, chinwag: Chinwag) -> None:
    talk(shelf)
    result = capture(chinwag, "--mastodon", shelf.address)
    assert result.exit_code == 0, result.output
    assert list_texts() == ALL
    closing = result.output[result.output.index("Kept 3 records") :]
    assert max(map(len, closing.splitlines())) <= 80
    assert closing.startswith("Kept 3 records; ink holds 3 posts.\n")
    assert closing.endswith("\nWrite it up with `chinwag recap --into ink`.\n")


def test_the_last_words_of_one_that_was_ended_early_say_how_it_goes_on(
    shelf: PostIndex, chinwag: Chinwag, capsys: pytest.CaptureFixture[str]
) -> None:
    talk(shelf)
    capture(chinwag, "--mastodon", shelf.address)
    view = show_folder(Path("ink"))
    report = CaptureReport(
        folder=Path("ink"),
        chat=msgspec.structs.replace(view.chat, time_zone="Europe/Berlin"),
        ledger=view.ledger,
        measures=view.measures,
        kept=3,
        due=datetime(2026, 11, 27, 8, 38, tzinfo=UTC),
    )
    describe_capture(report)
    assert capsys.readouterr().out.endswith(
        "\nIt was to follow the chat until 27 November, 09:38 CET. To go on, run `chinwag\n"
        "capture --into ink` again.\n"
        "Write it up with `chinwag recap --into ink`.\n"
    )


def test_running_it_again_adds_what_is_new_and_nothing_twice(
    shelf: PostIndex, chinwag: Chinwag
) -> None:
    talk(shelf)
    capture(chinwag, "--mastodon", shelf.address)
    again = capture(chinwag, "--mastodon", shelf.address)
    assert again.exit_code == 0, again.output
    assert "Kept 0 records; ink holds 3 posts." in again.output
    shelf.post("A1: Bus tickets #InkChat", after(240), author="cy")
    assert (
        "Kept 1 record; ink holds 4 posts." in capture(chinwag, "--mastodon", shelf.address).output
    )
    assert list_texts() == [*ALL, "A1: Bus tickets #InkChat"]


def test_recap_makes_the_story_of_what_was_captured(shelf: PostIndex, chinwag: Chinwag) -> None:
    talk(shelf)
    capture(chinwag, "--mastodon", shelf.address)
    result = chinwag("recap", "--into", "ink")
    assert result.exit_code == 0, result.output
    assert "The story is at ink/story/index.html" in said(result)
    assert "seed packets" in Path("ink/story/index.html").read_text(encoding="utf-8")


def test_as_json_each_line_is_an_event_and_the_report_comes_last(
    shelf: PostIndex, chinwag: Chinwag
) -> None:
    talk(shelf)
    result = capture(chinwag, "--mastodon", shelf.address, "--json")
    assert result.exit_code == 0, result.output
    *events, told = map(json.loads, result.output.splitlines())
    assert {event["event"] for event in events} >= {"kept", "notice"}
    assert told["event"] == "report"
    assert (told["folder"], told["kept"], told["ledger"]["archived"]) == ("ink", 3, 3)
    assert told["failed"] == {}


def test_a_server_that_is_not_there_keeps_what_there_is(
    shelf: PostIndex, chinwag: Chinwag, no_wait: None
) -> None:
    talk(shelf)
    capture(chinwag, "--mastodon", shelf.address)
    with socket.socket() as taken:  # a port at which nobody listens
        taken.bind(("127.0.0.1", 0))
        gone = f"127.0.0.1:{taken.getsockname()[1]}"
        result = capture(chinwag, "--mastodon", f"http://{gone}", "--mastodon", shelf.address)
    assert result.exit_code == 6, result.output
    assert "Kept 0 records; ink holds 3 posts." in result.output
    assert (
        f"- mastodon:poll {gone} was given up: {gone} cannot be reached: nothing answers at that"
        " address. What came is kept; run the command again." in said(result)
    )
    assert list_texts() == ALL


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        (
            ("#ink chat",),
            "Error: '#ink chat' is not a hashtag.\n"
            "Write it in quotes, of letters and digits alone: chinwag capture '#mychat'.\n",
        ),
        (
            ("#",),
            "Error: '#' is not a hashtag.\n"
            "Write it in quotes, of letters and digits alone: chinwag capture '#mychat'.\n",
        ),
        (
            (),
            "Error: No hashtag was given.\n"
            "Name it, in quotes: chinwag capture '#mychat'. Without quotes a shell takes what\n"
            "follows a # for a comment.\n",
        ),
        (
            ("#InkChat", "--from", "tea time"),
            "Error: --from 'tea time' is not a date and time.\n"
            "Write it as --from 2026-10-13T19:00 (with --tz), or 2026-10-13T18:00Z.\n",
        ),
        (
            ("#InkChat", "--from", "2026-03-05T20:00Z", "--to", "2026-03-05T19:00Z"),
            "Error: The chat ends before it begins: from 2026-03-05 20:00:00+00:00 to\n"
            "2026-03-05 19:00:00+00:00.\n"
            "Correct --from or --to.\n",
        ),
        (
            ("#InkChat", "--mastodon", "not a server"),
            "Error: 'not a server' is not the address of a server.\n"
            "Give its name, such as mastodon.example.\n",
        ),
        (
            ("#InkChat", "--paste", "nowhere.txt"),
            "Error: The file nowhere.txt cannot be read: No such file or directory.\n"
            "Save what you copied as a text file.\n",
        ),
        (
            ("#InkChat", "--x"),
            "Error: There is no token for X.\nGive your own app's, as the setting x_token.\n",
        ),
    ],
)
def test_what_cannot_be_captured_is_refused_before_anything_is_made(
    chinwag: Chinwag, words: tuple[str, ...], sentences: str
) -> None:
    source = () if {"--mastodon", "--paste", "--x"} & set(words) else ("--mastodon", "127.0.0.1:1")
    result = chinwag("capture", *words, *source, "--into", "ink", "--once")
    assert (result.exit_code, result.output) == (2, sentences)
    assert not Path("ink").exists()


def test_a_grace_below_nothing_is_refused(chinwag: Chinwag) -> None:
    result = capture(chinwag, "--grace", "-3")
    assert result.exit_code == 2
    assert "-3.0 is not in the range x>=0.0" in said(result)


def begin(chinwag: Chinwag, shelf: PostIndex) -> None:
    """Make the folder of a chat that has an agenda, of which nothing has been said."""
    Path("agenda.txt").write_text("Q1: What do you read?\n")
    result = capture(chinwag, "--agenda", "agenda.txt", "--mastodon", shelf.address)
    assert result.exit_code == 0, result.output
    assert "Write it up" not in result.output


def test_a_rehearsal_says_what_would_go_out_and_posts_nothing(
    shelf: PostIndex, chinwag: Chinwag, token: str
) -> None:
    begin(chinwag, shelf)
    result = chinwag("announce", "ink", "Q1", "--dry-run")
    assert result.exit_code == 0, result.output
    assert f"mastodon {shelf.server}:" in result.output
    assert "Q1: What do you read? #InkChat" in said(result)
    assert shelf.out == []
    assert_nowhere(token, result)


def test_the_same_announcement_goes_out_once(
    shelf: PostIndex, chinwag: Chinwag, token: str
) -> None:
    begin(chinwag, shelf)
    first, second = (chinwag("announce", "ink", "Q1") for _ in range(2))
    where = "https://shelf.example/@host/901"
    assert (first.exit_code, said(first)) == (0, f"mastodon {shelf.server}: out {where} ")
    assert second.exit_code == 0
    assert re.fullmatch(
        f"mastodon {shelf.server}: already out, since [0-9]{{2}}:[0-9]{{2}} UTC {where} ",
        said(second),
    )
    assert shelf.out == ["Q1: What do you read? #InkChat"]
    assert_nowhere(token, first, second)


def test_a_time_without_a_zone_is_the_chat_s(
    shelf: PostIndex, chinwag: Chinwag, token: str
) -> None:
    begin(chinwag, shelf)
    toml = Path("ink/chat.toml")
    toml.write_text(toml.read_text().replace('time_zone = "UTC"', 'time_zone = "Asia/Tokyo"'))
    result = chinwag("announce", "ink", "Q1", "--at", "2026-03-05T19:45")
    assert said(result) == (
        "Error: 2026-03-05 19:45 JST is past: nothing can go out then. Give a later --at, or none:"
        " then it goes out at once. "
    )
    assert shelf.out == []


def test_a_rehearsal_of_the_evening_tries_all_and_posts_nothing(
    shelf: PostIndex, chinwag: Chinwag, token: str
) -> None:
    begin(chinwag, shelf)
    before = sorted(Path("ink").rglob("*"))
    result = chinwag("rehearse", "--into", "ink", "--mastodon", shelf.address)
    told = said(result)
    assert "1 of 1 account may post. 1 of 1 announcement fits." in told
    assert (shelf.out, sorted(Path("ink").rglob("*"))) == ([], before)
    assert_nowhere(token, result)


def test_a_rehearsal_says_which_token_will_not_do(
    shelf: PostIndex, chinwag: Chinwag, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHINWAG_MASTODON_TOKENS", f"{shelf.server}=another-{token}")
    result = chinwag("rehearse", "#InkChat", "--mastodon", shelf.address)
    assert result.exit_code == 6
    assert said(result).startswith("Not all of it works yet. ")
    assert f"0 of 1 account may post. - mastodon {shelf.server}: {shelf.server} does" in said(
        result
    )
    assert chinwag("rehearse").exit_code == 2


def test_a_token_is_in_no_error_either(
    shelf: PostIndex, chinwag: Chinwag, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(chinwag, shelf)
    monkeypatch.setenv("CHINWAG_MASTODON_TOKENS", f"{shelf.server}=another-{token}")
    refused = chinwag("announce", "ink", "Q1")
    assert refused.exit_code == 6
    assert shelf.server in said(refused)
    monkeypatch.setenv("CHINWAG_MASTODON_TOKENS", f"http://shelf.example={token}")
    open_ = capture(chinwag, "--mastodon", "http://shelf.example")
    assert (open_.exit_code, open_.output) == (
        2,
        "Error: A token for http://shelf.example would travel unencrypted.\n"
        "Give the server's address with https.\n",
    )
    assert shelf.out == []
    assert_nowhere(token, refused, open_)


def test_without_an_account_it_says_how_to_get_one(shelf: PostIndex, chinwag: Chinwag) -> None:
    begin(chinwag, shelf)
    result = chinwag("announce", "ink", "Q1")
    assert (result.exit_code, result.output) == (
        2,
        "Error: There is no account to post with.\n"
        "Make an access token on your Mastodon server, with the scopes read and write,\n"
        "and give it as a setting (mastodon_tokens: SERVER=TOKEN); or set bluesky_handle\n"
        "and bluesky_password. `chinwag settings` lists what is set.\n",
    )
    result = chinwag("announce", "ink", "Q1", "--mastodon", "glam.example")
    assert (result.exit_code, result.output) == (
        2,
        "Error: There is no token for glam.example.\n"
        "Make one there, with the scopes read and write, and give it as a setting\n"
        "(mastodon_tokens: glam.example=TOKEN).\n",
    )


def test_a_question_that_the_chat_does_not_have(
    shelf: PostIndex, chinwag: Chinwag, token: str
) -> None:
    begin(chinwag, shelf)
    result = chinwag("announce", "ink", "Q7")
    assert (result.exit_code, result.output) == (
        2,
        "Error: This chat has no words for a question 7.\nIt has 1.\n",
    )
    assert (shelf.out, token in result.output) == ([], False)
