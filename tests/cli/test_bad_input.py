"""Bad input, one by one: a clear sentence, the right status, and nothing lost."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import Result
from tests.cli.snug_chat import CHAT, write_csv

from chinwag.messages import open_catalogue
from chinwag.model import Post
from chinwag.stores.folder import FORMAT, ChatFolder

Chinwag = Callable[..., Result]


def said(result: Result) -> str:
    """Give all that was said, with its lines joined."""
    return re.sub(r"\s+", " ", result.output)


def assert_refused(result: Result, into: Path, *sentences: str) -> None:
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    for sentence in sentences:
        assert sentence in said(result)
    assert not into.exists()


def test_a_file_that_is_not_there(tmp_path: Path, chinwag: Chinwag) -> None:
    result = chinwag("recap", tmp_path / "gone.csv", "--into", tmp_path / "chat")
    assert_refused(result, tmp_path / "chat", "gone.csv")


@pytest.mark.parametrize("address", ["https://x.example/ana", "http://x.example/feed.csv"])
def test_an_address_in_the_place_of_a_file(address: str, tmp_path: Path, chinwag: Chinwag) -> None:
    result = chinwag("recap", address, "--into", tmp_path / "chat")
    assert_refused(result, tmp_path / "chat", f"{address} is an address, not a file.", "Save what")


@pytest.mark.parametrize("start", ["<!DOCTYPE html>\n", "", '<?xml version="1.0"?>\n'])
def test_a_saved_web_page_is_called_one(start: str, tmp_path: Path, chinwag: Chinwag) -> None:
    page = tmp_path / "story.html"
    page.write_text(f"{start}<html><body><p>Q1: What do you read?</p></body></html>\n")
    result = chinwag("recap", page, "--into", tmp_path / "chat")
    assert_refused(result, tmp_path / "chat", "story.html is a web page", "copy the posts")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_saved_mail_is_called_one(end: str, tmp_path: Path, chinwag: Chinwag) -> None:
    head = ["From: Ro <ro@shelf.example>", "Subject: the chat", " of last night"]
    mail = [*head, "Date: Wed, 14 Oct 2026 09:12:00 +0100", "", "Here is the chat as I saved it."]
    (tmp_path / "chat.eml").write_bytes(end.join(mail).encode())
    result = chinwag("recap", tmp_path / "chat.eml", "--into", tmp_path / "chat")
    assert_refused(result, tmp_path / "chat", "chat.eml is an e-mail.", "Save the file attached")


def test_a_day_alone_is_no_time_and_what_to_do_is_said(tmp_path: Path, chinwag: Chinwag) -> None:
    pasted = "Ana Lind\n@ana\n·\nOct 13\nA1: games, and puzzles #inkchat\n2\n1\n5\n"
    (tmp_path / "pasted.txt").write_text(pasted * 3)
    result = chinwag("recap", tmp_path / "pasted.txt", "--into", tmp_path / "chat")
    told = ("shows 'Oct 13', which is no time: paste its address below it", "Put that right in")
    assert_refused(result, tmp_path / "chat", *told)


def test_an_empty_file(tmp_path: Path, chinwag: Chinwag) -> None:
    (tmp_path / "empty.csv").touch()
    result = chinwag("recap", tmp_path / "empty.csv", "--into", tmp_path / "chat")
    assert_refused(result, tmp_path / "chat", "empty")


def test_a_file_with_a_heading_and_no_rows(tmp_path: Path, chinwag: Chinwag) -> None:
    path = write_csv(tmp_path / "head.csv", [])
    result = chinwag("recap", path, "--into", tmp_path / "chat")
    assert_refused(result, tmp_path / "chat", "no post")


def test_a_folder_in_place_of_a_file(tmp_path: Path, chinwag: Chinwag) -> None:
    result = chinwag("recap", tmp_path, "--into", tmp_path / "chat")
    assert_refused(result, tmp_path / "chat", "folder")


def test_a_binary(tmp_path: Path, chinwag: Chinwag) -> None:
    (tmp_path / "cat.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    result = chinwag("recap", tmp_path / "cat.csv", "--into", tmp_path / "chat")
    assert_refused(result, tmp_path / "chat", "PNG")


def test_a_zip_bomb(tmp_path: Path, chinwag: Chinwag) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("tweets.js", b"0" * 200_000_000)
    result = chinwag("recap", tmp_path / "bomb.zip", "--into", tmp_path / "chat")
    assert_refused(result, tmp_path / "chat", "bomb.zip")


def test_text_that_is_no_export(tmp_path: Path, chinwag: Chinwag) -> None:
    (tmp_path / "poem.txt").write_text("The shelves are deep\nand dark and quiet.\n")
    result = chinwag("recap", tmp_path / "poem.txt", "--into", tmp_path / "chat")
    assert_refused(result, tmp_path / "chat", "poem.txt", "chinwag formats")


def test_a_wrong_encoding_is_read_as_it_was_meant(tmp_path: Path, chinwag: Chinwag) -> None:
    path = write_csv(tmp_path / "snug.csv", CHAT)
    text = path.read_text().replace("Nurses coming off", "Nurses – café regulars – coming off")
    path.write_bytes(text.encode("cp1252"))
    result = chinwag("recap", path, "--into", tmp_path / "chat")
    assert result.exit_code == 0, result.output
    texts = {post.id: post.text for post in ChatFolder.open(tmp_path / "chat").read_posts()}
    assert texts["5"] == "A1 Nurses – café regulars – coming off a night shift, mostly #snugchat"


def test_no_hashtag_at_all(tmp_path: Path, chinwag: Chinwag) -> None:
    rows = [(number, who, when, text.replace(" #snugchat", "")) for number, who, when, text in CHAT]
    rows[0] = (*rows[0][:3], "Welcome! Please say who you are.")
    path = write_csv(tmp_path / "snug.csv", rows)
    result = chinwag("recap", path, "--into", tmp_path / "chat")
    assert result.exit_code == 0, result.output
    assert "hashtag" in said(result)
    assert len(ChatFolder.open(tmp_path / "chat").read_posts()) == len(CHAT)


def test_two_chats_in_one_file(tmp_path: Path, chinwag: Chinwag) -> None:
    later = [(f"n{n}", who, when.replace("10-13", "10-27"), text) for n, who, when, text in CHAT]
    path = write_csv(tmp_path / "two.csv", [*CHAT, *later])
    result = chinwag("recap", path, "--into", tmp_path / "chat")
    assert result.exit_code == 0, result.output
    assert "--from" in said(result)
    days = {post.created_at.day for post in ChatFolder.open(tmp_path / "chat").read_posts()}
    assert len(days) == 1
    ends = ("--from", "2026-10-27T17:00Z", "--to", "2026-10-27T20:00Z")
    result = chinwag("recap", path, *ends, "--into", tmp_path / "other")
    assert result.exit_code == 0, result.output
    posts = ChatFolder.open(tmp_path / "other").read_posts()
    assert [post.id for post in posts] == [f"n{row[0]}" for row in CHAT]


def test_no_questions_at_all(tmp_path: Path, chinwag: Chinwag) -> None:
    talk = [
        (number, who, when, re.sub(r"[AQ]\d\S*\s", "", text)) for number, who, when, text in CHAT
    ]
    path = write_csv(tmp_path / "talk.csv", talk)
    result = chinwag("recap", path, "--into", tmp_path / "chat")
    assert result.exit_code == 0, result.output
    assert "no numbered questions" in said(result)
    folder = ChatFolder.open(tmp_path / "chat")
    assert folder.read_chat().numbered is False
    page = (folder.root / "story" / "index.html").read_text(encoding="utf-8")
    assert "No numbered questions were found in this chat" in page


def test_all_posts_by_one_person(tmp_path: Path, chinwag: Chinwag) -> None:
    alone = [(number, "ines_asks", when, text) for number, _, when, text in CHAT]
    result = chinwag("recap", write_csv(tmp_path / "a.csv", alone), "--into", tmp_path / "chat")
    assert result.exit_code == 0, result.output
    summary = ChatFolder.open(tmp_path / "chat").read_summary()
    assert {bullet.people for one in summary.questions for bullet in one.bullets} <= {1}
    assert {bullet.kind for one in summary.questions for bullet in one.bullets} <= {"single"}


def test_missing_dates_are_kept_aside_and_the_rest_goes_in(
    tmp_path: Path, chinwag: Chinwag
) -> None:
    rows = [*CHAT[:4], ("x", "eli_maps", "", "A1: no time at all #snugchat"), *CHAT[4:]]
    rows.append(("y", "eli_maps", "half past six", "A2: in words #snugchat"))
    result = chinwag("recap", write_csv(tmp_path / "a.csv", rows), "--into", tmp_path / "chat")
    assert result.exit_code == 0, result.output
    folder = ChatFolder.open(tmp_path / "chat")
    assert [post.id for post in folder.read_posts()] == [row[0] for row in CHAT]
    assert [(row.file, row.line) for row in folder.read_aside()] == [("a.csv", 6), ("a.csv", 15)]
    assert "2 rows" in said(result)


def test_a_date_far_in_the_future_does_not_drag_the_chat_along(
    tmp_path: Path, chinwag: Chinwag
) -> None:
    rows = [*CHAT, ("z", "eli_maps", "2096-01-01T00:00:00Z", "Hello from then #snugchat")]
    result = chinwag("recap", write_csv(tmp_path / "a.csv", rows), "--into", tmp_path / "chat")
    assert result.exit_code == 0, result.output
    folder = ChatFolder.open(tmp_path / "chat")
    window = folder.read_chat().window
    assert window is not None
    assert window.end.year == 2026
    ledger = folder.read_ledger()
    assert ledger.archived + ledger.outside + len(folder.read_aside()) == len(rows)


def test_one_id_with_different_texts(tmp_path: Path, chinwag: Chinwag) -> None:
    rows = [*CHAT, ("8", "cleo_reads", "2026-10-13T18:21:40Z", "A2: The last bus leaves at six!")]
    result = chinwag("recap", write_csv(tmp_path / "a.csv", rows), "--into", tmp_path / "chat")
    assert result.exit_code == 0, result.output
    folder = ChatFolder.open(tmp_path / "chat")
    posts = folder.read_posts()
    assert [post.id for post in posts] == [row[0] for row in CHAT]
    ledger = folder.read_ledger()
    notes = (*ledger.notes, *(gap.what for gap in ledger.gaps))
    told = open_catalogue().word_notes(notes)
    eighth = next(post for post in posts if post.id == "8")
    known = {eighth.text, *(version.text for version in eighth.versions)}
    assert "8" in told
    assert known >= {"A2: The last bus leaves at seven #snugchat"} or "seven" in told


def test_times_without_a_zone_ask_for_one(tmp_path: Path, chinwag: Chinwag) -> None:
    rows = [(number, who, when.rstrip("Z"), text) for number, who, when, text in CHAT]
    path = write_csv(tmp_path / "a.csv", rows)
    result = chinwag("recap", path, "--into", tmp_path / "chat")
    assert_refused(result, tmp_path / "chat", "2026-10-13T18:00:00", "--tz Europe/London")
    result = chinwag("recap", path, "--tz", "Europe/London", "--into", tmp_path / "chat")
    assert result.exit_code == 0, result.output
    first = ChatFolder.open(tmp_path / "chat").read_posts()[0]
    assert first.created_at.isoformat() == "2026-10-13T17:00:00+00:00"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--tz", "Europe/Lundun"), "There is no time zone called 'Europe/Lundun'."),
        (("--tz", "london"), "Did you mean --tz Europe/London?"),
        (("--tz", "europe/London"), "Did you mean --tz Europe/London?"),
        (("--tz", "america/new york"), "Did you mean --tz America/New_York?"),
        (("--tz", "Europe/Lundon"), "Did you mean --tz Europe/London"),
        (("--tz", "BST"), "Name a place, as in --tz Europe/London"),
        (("--from", "tea time"), "--from 'tea time' is not a date and time."),
        (("--column", "text"), "--column 'text' does not say which field stands where."),
        (("--agenda", "nowhere.txt"), "The agenda nowhere.txt cannot be read"),
        (("--format", "fax"), "There is no format called 'fax'."),
        (("--fewest", "9", "--most", "2"), "at least 9 and at most 2"),
        (
            ("--from", "2026-10-13T19:00Z", "--to", "2026-10-13T18:00Z"),
            "ends before it begins",
        ),
        (("--from", "2020-01-01T00:00Z", "--to", "2020-01-02T00:00Z"), "no post"),
    ],
)
def test_an_option_that_cannot_be_used(
    tmp_path: Path,
    chat_csv: Path,
    chinwag: Chinwag,
    options: tuple[str, ...],
    sentence: str,
) -> None:
    result = chinwag("recap", chat_csv, *options, "--into", tmp_path / "chat")
    assert_refused(result, tmp_path / "chat", sentence)


def test_an_error_as_json(tmp_path: Path, chinwag: Chinwag) -> None:
    command = [sys.executable, "-m", "chinwag.cli", "show", str(tmp_path / "none"), "--json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 3
    assert json.loads(run.stderr)["what"] == f"{tmp_path / 'none'} does not exist."


def test_a_target_that_cannot_be_written(chat_csv: Path, chinwag: Chinwag) -> None:
    result = chinwag("recap", chat_csv, "--into", "/proc/chat")
    assert result.exit_code == 3
    assert "The chat folder /proc/chat could not be written" in said(result)


def test_a_folder_of_a_newer_format(tmp_path: Path, chat_csv: Path, chinwag: Chinwag) -> None:
    chinwag("recap", chat_csv, "--into", tmp_path / "chat")
    chat = tmp_path / "chat" / "chat.toml"
    chat.write_text(chat.read_text().replace(f"format = {FORMAT}", "format = 7"))
    for command in (["recap", chat_csv, "--into"], ["place"], ["show"], ["check"]):
        result = chinwag(*command, tmp_path / "chat")
        assert result.exit_code == 3
        assert f"is of format 7; this Chinwag knows formats up to {FORMAT}." in said(result)


SLOW_DISK = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started the tests may ignore it
real = os.fsync
def tell(handle):
    print("writing", flush=True)
    sys.stdin.readline()
    real(handle)
os.fsync = tell
sys.argv = ["chinwag", "recap", sys.argv[1], "--into", sys.argv[2]]
from chinwag.cli.main import main
main()
"""


@pytest.mark.parametrize(("blow", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_an_interrupted_run_leaves_nothing_half_written(
    tmp_path: Path, chat_csv: Path, chinwag: Chinwag, blow: signal.Signals, status: int
) -> None:
    into = tmp_path / "chat"
    command = [sys.executable, "-c", SLOW_DISK, str(chat_csv), str(into)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"writing\n"
        os.kill(run.pid, blow)
        run.communicate()
        assert run.returncode == status
    result = chinwag("recap", chat_csv, "--into", into)
    assert result.exit_code == 0, result.output
    assert chinwag("check", into).exit_code == 0
    assert [post.id for post in ChatFolder.open(into).read_posts()] == [row[0] for row in CHAT]


def test_a_post_cannot_steer_the_terminal(tmp_path: Path, chinwag: Chinwag) -> None:
    rows = [
        *CHAT,
        ("13", "mal", "2026-10-13T18:30:00Z", "A2: \x1b]0;owned\x07\x1b[2J gone #snugchat"),
    ]
    chinwag("recap", write_csv(tmp_path / "a.csv", rows), "--into", tmp_path / "chat")
    result = chinwag("show", tmp_path / "chat", "--post", "13")
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    assert "gone" in result.output


def test_posts_of_the_folder_read_back_as_a_file(
    tmp_path: Path, chat_csv: Path, chinwag: Chinwag
) -> None:
    chinwag("recap", chat_csv, "--into", tmp_path / "one")
    result = chinwag("recap", tmp_path / "one" / "posts.jsonl", "--into", tmp_path / "two")
    assert result.exit_code == 0, result.output

    def read(name: str) -> list[Post]:
        posts = ChatFolder.open(tmp_path / name).read_posts()
        return [msgspec.structs.replace(post, sightings=(), source="") for post in posts]

    assert read("two") == read("one")
