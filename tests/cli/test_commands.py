"""Every command as its user runs it: in words at 80 columns, and as JSON."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest
from click.testing import Result
from tests.cli.snug_chat import CHAT

from chinwag.cli.describe import describe_posts
from chinwag.importers import list_formats
from chinwag.workflows.show_folder import show_question

Chinwag = Callable[..., Result]


@pytest.fixture
def snug(tmp_path: Path, chat_csv: Path, chinwag: Chinwag) -> Path:
    """Give the folder of the small chat."""
    assert chinwag("recap", chat_csv, "--into", tmp_path / "snug").exit_code == 0
    return tmp_path / "snug"


def read_words(result: Result) -> str:
    assert result.exit_code == 0, result.output
    assert max(map(len, result.output.splitlines())) <= 80
    return re.sub(r"\s+", " ", result.output)


def test_recap_says_what_came_in_and_where_it_went(
    tmp_path: Path, chat_csv: Path, chinwag: Chinwag, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = read_words(chinwag("recap", chat_csv.name, "--into", "snug"))
    assert words.startswith(
        "Read snug.csv (generic-csv, 12 rows). Archived 12 posts by 5 people, "
        "13 October 2026 from 18:00 to 18:58 (UTC)."
    )
    assert "Found 2 questions, asked by @ines_asks." in words
    assert words.endswith(
        "The story is at snug/story/index.html (open it in a browser). Times are in UTC, since nobody"
        " gave the chat's time zone: give it with `chinwag edit snug --tz Europe/London`. "
    )
    assert (tmp_path / "snug" / "story" / "index.html").is_file()


def test_what_leaves_most_of_an_hour_out_is_warned_of_in_the_last_lines(
    tmp_path: Path, chat_csv: Path, chinwag: Chinwag, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hour = ("--from", "2026-10-13T18:20Z", "--to", "2026-10-13T18:23Z", "--tz", "UTC")
    words = read_words(chinwag("recap", chat_csv.name, "--into", "snug", *hour))
    warning = (
        "7 posts of the hour before and the hour after this time were left out; only 4 were taken."
        " The time taken is 2026-10-13 18:20 to 18:23 UTC."
    )
    assert words.endswith(
        f"Please look: {warning} If they belong to the chat, give its time: --from"
        " 2026-10-13T17:20Z --to 2026-10-13T19:23Z "
    )
    assert words.count(warning) == 1
    assert warning in (tmp_path / "snug" / "story" / "index.html").read_text(encoding="utf-8")


def test_the_parts_make_what_recap_makes(
    tmp_path: Path, snug: Path, chat_csv: Path, chinwag: Chinwag
) -> None:
    parts = tmp_path / "parts"
    assert "Archived 12 posts" in read_words(chinwag("import", chat_csv, "--into", parts))
    assert "Placed" in read_words(chinwag("place", parts))
    assert "Bullets" in read_words(chinwag("summarise", parts))
    assert "index.html" in chinwag("publish", parts).output
    for name in ("posts.jsonl", "placements.jsonl", "summary.json", "story/index.html"):
        assert (parts / name).read_bytes() == (snug / name).read_bytes()


def test_a_part_out_of_turn_says_what_comes_first(
    tmp_path: Path, chat_csv: Path, chinwag: Chinwag
) -> None:
    chinwag("import", chat_csv, "--into", tmp_path / "snug")
    result = chinwag("summarise", tmp_path / "snug")
    assert result.exit_code == 3
    said = re.sub(r"\s+", " ", result.output)
    assert f"Run `chinwag place {tmp_path / 'snug'}` first." in said


def test_show_lists_the_posts_of_a_question_with_the_reasons(snug: Path, chinwag: Chinwag) -> None:
    words = read_words(chinwag("show", snug, "--question", "Q2"))
    assert "A2: The last bus leaves at seven #snugchat -> Q2 (answer): says A2;" in words
    assert words.rstrip().endswith("posts in all.")
    whole = read_words(chinwag("show", snug))
    assert whole.startswith("#snugchat, 13 October 2026: 12 posts by 5 people")


def test_people_are_a_table_of_who_wrote_how_much_on_what(snug: Path, chinwag: Chinwag) -> None:
    lines = chinwag("show", snug, "--people").output.splitlines()
    assert [line.split() for line in lines] == [
        ["Person", "Posts", "On", "questions"],
        ["@ines_asks", "4", "2", "Q1", "Q2"],
        ["@bo_stacks", "3", "2", "Q1", "Q2"],
        ["@cleo_reads", "2", "2", "Q1", "Q2"],
        ["@dev_shelves", "2", "2", "Q1", "Q2"],
        ["@eli_maps", "1", "1", "Q1"],
        ["5", "people", "in", "all."],
    ]


def test_what_the_story_does_not_count_is_listed_and_said(
    snug: Path, chinwag: Chinwag, capsys: pytest.CaptureFixture[str]
) -> None:
    placed = show_question(snug, "1")
    gone = msgspec.structs.replace(placed[1].post, deleted=True, author="", text="", url="")
    placed = (placed[0], msgspec.structs.replace(placed[1], post=gone), *placed[2:])
    describe_posts(placed, "Europe/London")
    lines = capsys.readouterr().out.splitlines()
    assert f"{gone.id}  2026-10-13 19:06 (Europe/London)" in lines
    assert lines[-1] == "5 posts in all; the story counts 4 (1 deleted)."


def test_correct_moves_a_post_for_good(snug: Path, chinwag: Chinwag) -> None:
    words = read_words(chinwag("correct", snug, "11", "--question", "2", "--because", "It fits"))
    assert "11 now belongs to Q2 (answer). The reason given: “It fits”" in words
    chinwag("place", snug)
    words = read_words(chinwag("show", snug, "--post", "11"))
    assert "-> Q2 (answer): It fits; confidence 1.00, by person." in words
    assert chinwag("check", snug).exit_code == 0


def test_check_ends_with_status_3_where_something_is_wrong(snug: Path, chinwag: Chinwag) -> None:
    assert "all is there, unchanged" in read_words(chinwag("check", snug))
    (snug / "posts.jsonl").write_bytes((snug / "posts.jsonl").read_bytes() + b"\n")
    result = chinwag("check", snug)
    assert result.exit_code == 3
    assert "Wrong: posts.jsonl has been changed since Chinwag wrote it." in result.output
    assert re.sub(r"\s+", " ", result.output).endswith(
        f"What to do: - `chinwag recap --into {snug}` makes everything again from the files as "
        "received. What people corrected stands. "
    )
    assert chinwag("recap", "--into", snug).exit_code == 0
    assert chinwag("check", snug).exit_code == 0


def read_todo(result: Result) -> str:
    assert result.exit_code == 3, result.output
    return re.sub(r"\s+", " ", result.output).split("What to do: ")[1].strip()


def test_check_says_what_to_do_about_a_story_that_says_something_else(
    snug: Path, chinwag: Chinwag
) -> None:
    page = snug / "story" / "story.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMy own words.\n", encoding="utf-8")
    todo = read_todo(chinwag("check", snug))
    assert todo == f"- `chinwag publish {snug}` makes the story again."
    assert chinwag("publish", snug).exit_code == 0
    assert chinwag("check", snug).exit_code == 0


def test_a_file_of_corrections_that_is_gone_may_be_let_go(snug: Path, chinwag: Chinwag) -> None:
    chinwag("correct", snug, "11", "--question", "2")
    (snug / "corrections.jsonl").unlink()
    todo = read_todo(chinwag("check", snug))
    assert todo == (
        "- Put corrections.jsonl back from a copy: people wrote what it says. Or let it be as it "
        f"is now: `chinwag check {snug} --accept`. - `chinwag recap --into {snug}` makes "
        "everything again from the files as received. What people corrected stands."
    )
    accepted = chinwag("check", snug, "--accept")
    assert accepted.output.startswith("Taken as it is now: corrections.jsonl.")
    assert read_todo(accepted) == f"- `chinwag update {snug}` makes again what is older."
    assert chinwag("update", snug).exit_code == 0
    assert chinwag("check", snug).exit_code == 0


def test_a_raw_file_that_is_gone_can_only_be_put_back(snug: Path, chinwag: Chinwag) -> None:
    raw = next((snug / "raw").iterdir())
    copy = raw.rename(snug.parent / raw.name)
    todo = read_todo(chinwag("check", snug))
    assert todo == (
        f"- Put raw/{raw.name} back from a copy of this folder: nothing else in it holds what that "
        "file held."
    )
    copy.rename(raw)
    assert chinwag("check", snug).exit_code == 0


@pytest.mark.parametrize("sums", [None, "nonsense"])
def test_checksums_that_are_gone_are_written_anew_when_asked(
    snug: Path, chinwag: Chinwag, sums: str | None
) -> None:
    before = (snug / "SHA256SUMS").read_text()
    (snug / "SHA256SUMS").unlink()
    if sums:
        (snug / "SHA256SUMS").write_text(sums)
    assert read_todo(chinwag("check", snug)).startswith(
        f"- Put SHA256SUMS back from a copy. Or take every file as it is now: `chinwag check {snug}"
    )
    assert chinwag("check", snug, "--accept").exit_code == 0
    assert (snug / "SHA256SUMS").read_text() == before


@pytest.mark.parametrize(
    "words",
    [
        ["place"],
        ["summarise"],
        ["publish"],
        ["show"],
        ["show", "--question", "1"],
        ["show", "--aside"],
        ["check"],
    ],
)
def test_every_command_speaks_json(snug: Path, chinwag: Chinwag, words: list[str]) -> None:
    result = chinwag(words[0], snug, *words[1:], "--json")
    assert result.exit_code == 0
    json.loads(result.output)


def test_the_json_of_a_recap_holds_everything(
    tmp_path: Path, chat_csv: Path, chinwag: Chinwag
) -> None:
    made = json.loads(chinwag("recap", chat_csv, "--into", tmp_path / "a", "--json").output)
    assert made["imported"]["ledger"]["archived"] == len(CHAT)
    assert [question["label"] for question in made["summary"]["questions"]] == ["1", "2"]
    assert len(made["placements"]) == len(CHAT)
    assert Path(made["story"]).name == "index.html"


def test_formats_lists_every_importer(chinwag: Chinwag) -> None:
    listed = json.loads(chinwag("formats", "--json").output)
    assert [one["name"] for one in listed] == [one.name for one in list_formats()]
    words = read_words(chinwag("formats"))
    assert all(one.title in words for one in list_formats())


def test_serve_gives_the_story_to_this_machine(snug: Path) -> None:
    command = [sys.executable, "-m", "chinwag.cli", "serve", str(snug), "--port", "0"]
    # Whoever started the tests may ignore Ctrl-C; the command must not inherit that.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=heed) as run:
        assert run.stdout is not None
        address = re.findall(r"http://127\.0\.0\.1:\d+/", run.stdout.readline())[0]
        with urllib.request.urlopen(address) as answer:
            page = answer.read()
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        run.send_signal(signal.SIGINT)
    assert page == (snug / "story" / "index.html").read_bytes()


def test_a_progress_bar_shows_on_a_terminal(tmp_path: Path, chat_csv: Path) -> None:
    screen, side = pty.openpty()
    command = ["chinwag", "recap", str(chat_csv), "--into", str(tmp_path / "snug")]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        stdout=subprocess.DEVNULL,
        stderr=side,
        env=environment,
    ) as run:
        os.close(side)
        shown = b""
        while select.select([screen], [], [], 30)[0]:
            try:
                shown += os.read(screen, 65536)
            except OSError:  # the other side has been closed
                break
        assert run.wait() == 0
    os.close(screen)
    assert b"Reading snug.csv" in shown
    assert b"Placing the posts" in shown


def test_times_are_in_the_zone_of_the_chat(
    tmp_path: Path, chat_csv: Path, chinwag: Chinwag, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tokyo = Path("tokyo")
    words = read_words(chinwag("recap", chat_csv, "--tz", "Asia/Tokyo", "--into", tokyo))
    assert "14 October 2026 from 03:00 to 03:58 (Asia/Tokyo)." in words
    assert "2026-10-14 03:00 to 03:58 (Asia/Tokyo)." in words
    assert "UTC" not in words
    assert "2026-10-14 03:24 (Asia/Tokyo)" in read_words(chinwag("show", tokyo, "--post", "11"))
    page = (tokyo / "story" / "index.html").read_text(encoding="utf-8")
    assert "2026-10-14 03:00 to 03:58 (Asia/Tokyo)." in page


def test_the_words_of_an_announcement_are_shown_before_any_account_is_set(
    snug: Path, chinwag: Chinwag, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert read_words(chinwag("announce", snug, "Q1", "--dry-run")) == (
        "No account is set yet; the words are: Q1: Who uses the library after dark? #snugchat "
    )
    dry = ("announce", snug, "Q1", "--dry-run", "--at")
    timed = chinwag(*dry, "2099-01-02T03:04")
    assert read_words(timed).startswith("It would go out at 02 January, 03:04 UTC. No account")
    late = chinwag(*dry, "2026-10-13T03:04")
    assert (late.exit_code, "is past: nothing can go out then" in late.output) == (2, True)
    assert chinwag("announce", snug, "Q1").exit_code == 2
