"""`--editor`: a model behind a real address chooses, and whatever it answers the write-up stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import Result
from tests.cli.test_model import answer as word_points
from tests.engines.chat_server import ChatServer, Reply, say, serve_chat

from chinwag.model import Bullet, Summary
from chinwag.stores.folder import ChatFolder

Chinwag = Callable[..., Result]

NURSES = "Night-shift nurses use our study rooms"
DOOR = "A locked front door sends people home"


def decide(body: dict[str, Any]) -> Reply:
    """Answer as an editor: the nurses with whoever says the same; the door, which comes last."""
    sent = msgspec.json.decode(body["messages"][1]["content"])
    if "points" in sent:
        return word_points(body)
    if "doubtful" in sent:
        return say('{"placed": []}', prompt_tokens=100, completion_tokens=10)
    numbers = {row["text"]: row["n"] for row in sent["posts"]}
    points: list[dict[str, Any]] = []
    if NURSES in numbers:
        same = [n for text, n in numbers.items() if text.startswith("Nurses")]
        points = [
            {"post": numbers[NURSES], "text": NURSES, "same": same, "theme": "night shift"},
            {"post": numbers[NURSES], "text": "Everybody loves the library", "same": []},
        ]
    elif DOOR in numbers:
        points = [{"post": numbers[DOOR], "text": DOOR, "same": [], "theme": ""}]
    text = msgspec.json.encode({"points": points, "moved": []}).decode()
    return say(text, prompt_tokens=400, completion_tokens=100)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ChatServer]:
    """Give a server that decides, set as the one to ask, with prices."""
    with serve_chat(decide) as server:
        monkeypatch.setenv("CHINWAG_CONFIG", "")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        monkeypatch.setenv("CHINWAG_MODEL_ADDRESS", server.address)
        monkeypatch.setenv("CHINWAG_MODEL_PRICE_IN", "10")
        monkeypatch.setenv("CHINWAG_MODEL_PRICE_OUT", "50")
        yield server


def read_points(folder: Path) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    summary: Summary = ChatFolder.open(folder).read_summary()
    return {
        one.label: [(bullet.text, bullet.posts) for bullet in one.bullets]
        for one in summary.questions
    }


CHOSEN = {"1": [(NURSES, ("4", "5"))], "2": [(DOOR, ("10",))]}


def test_an_editor_chooses_and_the_command_says_what_it_took_and_dropped(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, server: ChatServer
) -> None:
    folder = tmp_path / "chat"
    result = chinwag("recap", chat_csv, "--into", folder, "--editor", "small")
    assert result.exit_code == 0, result.output
    assert "without names, to small at " + server.address in result.stderr
    assert "at most about" in result.stderr
    said = " ".join(result.stdout.split())
    assert "2 points on 2 questions" in said
    assert "Dropped 1: it names a post a second time." in said
    assert read_points(folder) == CHOSEN
    page = (folder / "story" / "index.html").read_text("utf-8")
    assert '<b class="theme" dir="auto">night shift</b>' in page
    assert "small, a language model, chose the points of 2 questions" in page
    assert "1 of the decisions of small did not hold, and was dropped." in page
    assert "**night shift**: “Night-shift nurses" in (folder / "story" / "story.md").read_text(
        "utf-8"
    )
    assert chinwag("check", folder).exit_code == 0


def test_it_is_not_asked_twice_and_what_it_chose_stays(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, server: ChatServer
) -> None:
    folder = tmp_path / "chat"
    chinwag("recap", chat_csv, "--into", folder, "--editor", "small")
    asked = len(server.asked)
    again = chinwag("summarise", folder, "--editor", "small")
    assert "There was nothing to ask" in again.stdout
    for words in (
        ("summarise", folder),
        ("place", folder),
        ("update", folder, "--editor", "small"),
    ):
        assert chinwag(*words).exit_code == 0
    assert (len(server.asked), read_points(folder)) == (asked, CHOSEN)


def test_a_run_that_was_cut_off_goes_on_where_it_was(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, server: ChatServer
) -> None:
    folder = tmp_path / "chat"
    server.answers = lambda body: (
        decide(body) if len(server.asked) == 1 else Reply(401, "no more today")
    )
    first = chinwag("recap", chat_csv, "--into", folder, "--editor", "small")
    assert (first.exit_code, len(server.asked)) == (5, 2)
    server.asked.clear()
    server.answers = decide
    assert chinwag("update", folder, "--editor", "small").exit_code == 0
    whole = [body["messages"][1]["content"] for body in server.asked]
    assert (len(whole), len(set(whole)), read_points(folder)) == (
        len(set(whole)),
        len(whole),
        CHOSEN,
    )
    again = chinwag("summarise", folder, "--editor", "small")
    assert "There was nothing to ask" in again.stdout


def test_one_model_may_choose_and_another_word(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, server: ChatServer
) -> None:
    folder = tmp_path / "chat"
    result = chinwag("recap", chat_csv, "--into", folder, "--editor", "small", "--model", "wordy")
    assert result.exit_code == 0, result.output
    bullets: list[Bullet] = [
        one
        for question in ChatFolder.open(folder).read_summary().questions
        for one in question.bullets
    ]
    assert [(one.text, one.origin) for one in bullets] == [
        ("The study rooms are used by night-shift nurses.", "machine"), (DOOR, "quoted"),
    ]  # fmt: skip
    assert {body["model"] for body in server.asked} == {"small", "wordy"}


def test_own_choice_puts_the_built_in_points_back(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, server: ChatServer
) -> None:
    plain, folder = tmp_path / "plain", tmp_path / "chat"
    chinwag("recap", chat_csv, "--into", plain)
    chinwag("recap", chat_csv, "--into", folder, "--editor", "small")
    assert read_points(folder) != read_points(plain)
    assert chinwag("summarise", folder, "--own-choice").exit_code == 0
    assert read_points(folder) == read_points(plain)
    assert not (folder / "decisions.jsonl").exists()


def test_what_is_removed_goes_from_the_decisions(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, server: ChatServer
) -> None:
    folder = tmp_path / "chat"
    chinwag("recap", chat_csv, "--into", folder, "--editor", "small")
    assert NURSES in (folder / "decisions.jsonl").read_text("utf-8")
    assert chinwag("remove", folder, "4").exit_code == 0
    left = [
        path
        for path in folder.rglob("*")
        if path.is_file() and NURSES.encode() in path.read_bytes()
    ]
    assert left == []
    assert chinwag("check", folder).exit_code == 0


HOSTILE = [
    Reply(200, "<html>"),
    Reply(200, "[" * 100_000),
    Reply(500, "down"),
    say("Sure! The points are: everybody loves us."),
    say('{"points": ' + "[" * 50_000),
    say('{"points": [' + '{"post": 1e400, "text": 7, "same": {}},' * 50_000 + "]}"),
    say('{"points": [{"post": 1, "text": "Nobody likes this", "same": [1, 2, 3]}], "moved": 3}'),
    say('{"moved": {"1": "99", "2": [], "3": "", "x": "1"}, "points": "all"}'),
    say("\u202e\u200b\x00"),
]


@pytest.mark.parametrize("reply", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_a_server_answers_nothing_of_it_is_printed(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, server: ChatServer, reply: Reply,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("chinwag.engines.language_model.FIRST_WAIT", 0.0)
    plain, folder = tmp_path / "plain", tmp_path / "chat"
    chinwag("recap", chat_csv, "--into", plain)
    server.answers = lambda _: reply
    result = chinwag("recap", chat_csv, "--into", folder, "--editor", "small")
    assert result.exit_code in (0, 5), result.output
    texts = {text for points in read_points(folder).values() for text, _ in points}
    assert texts == {text for points in read_points(plain).values() for text, _ in points}
    assert chinwag("check", folder).exit_code == 0


def test_nothing_is_sent_above_the_limit_unless_agreed(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, server: ChatServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("CHINWAG_MODEL_LIMIT_TOKENS", "10")
    folder = tmp_path / "chat"
    chinwag("recap", chat_csv, "--into", folder)
    before = read_points(folder)
    result = chinwag("summarise", folder, "--editor", "small")
    assert (result.exit_code, server.asked, read_points(folder)) == (0, [], before)
    assert chinwag("summarise", folder, "--editor", "small", "--yes").exit_code == 0
    assert read_points(folder) == CHOSEN


def test_two_contrary_wishes_are_refused(chinwag: Chinwag, tmp_path: Path) -> None:
    result = chinwag("summarise", tmp_path, "--editor", "small", "--own-choice")
    assert (result.exit_code, "not both" in result.stderr) == (2, True)
