"""What people say of posts is noted at once and for good; what follows is made again, once."""

from __future__ import annotations

import logging
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chinwag.errors import BusyFolder, ChinwagError, InputError, Kept
from chinwag.model import Correction, Placement, make_note, quote_note
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.correct_placement import (
    CorrectionReport,
    Verdict,
    correct_placement,
    note_correction,
)
from chinwag.workflows.make_again import Remade, make_again
from chinwag.workflows.place_chat import place_chat
from chinwag.workflows.summarise_chat import summarise_chat

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
EVERYTHING = ("placements.jsonl", "summary.json", "story")


def correct(post: str, **said: Any) -> Correction:
    """Return the correction of a post of the small chat by ines, as it is kept."""
    usual = {"question": "2", "reason": make_note("by-a-person"), "kind": "answer"}
    always: dict[str, Any] = {
        "post": post,
        "confidence": 1.0,
        "by": "person",
        "who": "ines",
        "at": AT,
    }
    return Correction(**{**usual, **said, **always})


def find_placement(folder: Path, post: str) -> Placement:
    return next(one for one in ChatFolder.open(folder).read_placements() if one.post == post)


def test_a_correction_says_who_and_when_and_keeps_the_kind_of_the_post(snug: Path) -> None:
    kinds = {one.post: one.kind for one in ChatFolder.open(snug).read_placements()}
    assert kinds["2"] == "greeting"
    report = correct_placement(snug, ["2"], Verdict(question="2"), at=AT, who="ines")

    made = (correct("2", kind="greeting"),)
    assert report == CorrectionReport(corrections=made, remade=Remade(made=EVERYTHING))
    assert ChatFolder.open(snug).read_corrections() == made
    assert find_placement(snug, "2") == made[0].as_placement()
    assert "ines" not in (snug / "placements.jsonl").read_text().replace("ines_asks", "")


@pytest.mark.parametrize(
    ("verdict", "question"),
    [
        (Verdict(kind="agreement"), "1"),
        (Verdict(kind="thanks"), None),
        (Verdict(kind="thanks", question="2"), "2"),
    ],
)
def test_a_kind_can_be_corrected_alone_or_with_the_question(
    snug: Path, verdict: Verdict, question: str | None
) -> None:
    assert find_placement(snug, "4").question == "1"
    made = correct_placement(snug, ["4"], verdict, at=AT, who="ines").corrections
    assert made == (correct("4", question=question, kind=verdict.kind),)
    assert find_placement(snug, "4") == made[0].as_placement()


def test_what_was_said_before_is_kept_and_the_latest_stands(snug: Path) -> None:
    note_correction(snug, ["4"], Verdict(question="2", because="First"), at=AT, who="ines")
    correct_placement(snug, ["4"], Verdict(kind="reply", because="Second"), at=AT, who="ines")
    latest = correct("4", kind="reply", reason=quote_note("Second"))
    assert ChatFolder.open(snug).read_corrections() == (
        correct("4", reason=quote_note("First")),
        latest,
    )
    assert find_placement(snug, "4") == latest.as_placement()


def test_a_kind_that_there_is_not_is_refused_and_nothing_is_noted(snug: Path) -> None:
    with pytest.raises(InputError, match="There is no kind of post called 'rant'"):
        note_correction(snug, ["3", "4"], Verdict(kind="rant"), at=AT)
    assert ChatFolder.open(snug).read_corrections() == ()


def test_noting_only_notes_and_the_rest_follows_whenever_it_is_made(snug: Path) -> None:
    folder = ChatFolder.open(snug)
    before = {name: (snug / name).read_bytes() for name in ("placements.jsonl", "summary.json")}
    assert folder.find_outdated() == {}
    note_correction(snug, ["4"], Verdict(question="2"), at=AT)

    assert {name: (snug / name).read_bytes() for name in before} == before
    assert folder.find_outdated() == {"placements.jsonl": ("corrections.jsonl",)}
    assert make_again(snug) == Remade(made=EVERYTHING)
    assert find_placement(snug, "4").question == "2"
    assert folder.find_outdated() == {}
    assert make_again(snug) == Remade()


def test_another_number_of_bullets_leaves_the_placements_as_they_are(snug: Path) -> None:
    summarise_chat(snug, fewest=0, most=1)
    outdated = ChatFolder.open(snug).find_outdated()
    assert outdated == {"story": ("chat.toml", "summary.json")}


def test_a_folder_without_notes_is_made_again_from_its_posts(snug: Path) -> None:
    (snug / "made-from.json").unlink()
    posts = (snug / "posts.jsonl").read_bytes()
    assert make_again(snug) == Remade(made=EVERYTHING)
    assert (snug / "posts.jsonl").read_bytes() == posts


def test_what_is_done_is_logged_without_a_word_of_a_post(
    snug: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "chinwag")
    correct_placement(snug, ["4"], Verdict(question="2"), at=AT)
    said = [re.sub(r"\d+\.\d\d s", "SECONDS", line) for line in caplog.messages]
    assert said == [f"{snug}: made {name} again in SECONDS" for name in EVERYTHING]


def test_ten_corrections_noted_while_one_is_made_cost_one_more_making(
    snug: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = ["4", "5", "6", "8", "9", "10", "11", "4", "5", "6"]
    made: list[tuple[str, int]] = []

    def note_more(doing: str, done: int, total: int) -> None:
        made.append((doing, done))
        while doing == "Summarising the questions" and others:
            note_correction(snug, [others.pop()], Verdict(question="2"), at=AT)

    note_correction(snug, ["4"], Verdict(question="1"), at=AT)
    remade = make_again(snug, note_more)

    assert others == []
    assert remade == Remade(made=("placements.jsonl", "summary.json", *EVERYTHING))
    assert {find_placement(snug, post).question for post in ("4", "5", "6", "8")} == {"2"}
    assert [doing for doing, done in made if done].count("Placing the posts") == 2


def test_a_correction_during_the_placing_is_seen_to_be_missing(snug: Path) -> None:
    def note_one() -> None:
        note_correction(snug, ["4"], Verdict(question="2"), at=AT)

    place_chat(snug, encoder=note_one)
    assert find_placement(snug, "4").question == "1"
    assert "placements.jsonl" in ChatFolder.open(snug).find_outdated()
    make_again(snug)
    assert find_placement(snug, "4").question == "2"


def test_an_edit_of_the_chat_during_the_placing_is_not_lost(snug: Path) -> None:
    titles = ["One", "Two", "Three"]

    def edit() -> None:
        folder = ChatFolder.open(snug)
        if len(titles) > 1:
            with folder.change() as change:
                chat = msgspec.structs.replace(folder.read_chat(), title=titles.pop())
                change.write_chat(chat)

    place_chat(snug, encoder=edit)
    assert ChatFolder.open(snug).read_chat().title == "Two"


def test_whoever_finds_another_making_it_is_told_so_and_keeps_the_correction(snug: Path) -> None:
    with ChatFolder.open(snug).hold_rebuild() as is_mine:
        assert is_mine
        note_correction(snug, ["4"], Verdict(question="2"), at=AT)
        assert make_again(snug, patience=0) == Remade(left=("placements.jsonl",), by_other=True)
    assert not (snug / ".rebuild").exists()
    assert make_again(snug) == Remade(made=EVERYTHING)


def test_where_making_again_fails_the_error_says_what_is_kept(snug: Path) -> None:
    def fail(doing: str, done: int, total: int) -> None:
        if doing == "Summarising the questions":
            raise BusyFolder("Another command is at it.", code="busy", kept=Kept.UNCHANGED)

    with pytest.raises(ChinwagError) as failure:
        correct_placement(snug, ["4"], Verdict(question="2"), at=AT, progress=fail)
    assert failure.value.kept == Kept.NOTED
    assert find_placement(snug, "4").question == "2"


CORRECTS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from chinwag.workflows.correct_placement import Verdict, correct_placement

print("ready", flush=True)
for line in sys.stdin:
    post, question = line.split()
    verdict = Verdict(question=question)
    made = correct_placement(Path(sys.argv[1]), [post], verdict, at=datetime.now(UTC), who=post)
    print(*(one.post for one in made.corrections), *made.remade.left, flush=True)
"""


def test_two_processes_correct_at_the_same_instant_and_both_are_kept_and_told_so(
    snug: Path,
) -> None:
    pair = [
        subprocess.Popen(
            [sys.executable, "-c", CORRECTS, str(snug)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [talk(one) for one in pair]
    for question in ("2", "1", "2", "1", "2"):
        for one, post in zip(pair, ("4", "9"), strict=True):
            talk(one, f"{post} {question}")
        told += [talk(one) for one in pair]
        assert {find_placement(snug, post).question for post in ("4", "9")} == {question}
        assert ChatFolder.open(snug).find_outdated() == {}
    assert [one.communicate()[0] for one in pair] == ["", ""]

    assert told == ["ready", "ready", *["4", "9"] * 5]
    noted = [(one.who, one.question) for one in ChatFolder.open(snug).read_corrections()]
    assert [one for one in noted if one[0] == "4"] == [("4", q) for q in "21212"]
    assert [one for one in noted if one[0] == "9"] == [("9", q) for q in "21212"]


def talk(process: subprocess.Popen[str], say: str = "") -> str:
    """Say a line to a process, or hear one from it."""
    assert process.stdin is not None
    assert process.stdout is not None
    if say:
        process.stdin.write(f"{say}\n")
        process.stdin.flush()
        return ""
    return process.stdout.readline().strip()


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from chinwag.workflows.correct_placement import Verdict, correct_placement

def die(doing, done, total):
    if (doing, done) == (sys.argv[2], int(sys.argv[3])):
        os.kill(os.getpid(), signal.SIGKILL)

verdict = Verdict(question="2")
correct_placement(Path(sys.argv[1]), ["4"], verdict, at=datetime.now(UTC), progress=die)
"""


@pytest.mark.parametrize("done", [0, 1])
@pytest.mark.parametrize(
    "doing", ["Placing the posts", "Summarising the questions", "Publishing the story"]
)
def test_after_a_kill_between_two_steps_the_rest_is_made_by_whoever_comes_next(
    snug: Path, doing: str, done: int
) -> None:
    run = subprocess.run([sys.executable, "-c", KILLED, str(snug), doing, str(done)], check=False)
    assert run.returncode == -signal.SIGKILL
    assert (snug / ".rebuild").exists()
    make_again(snug)
    assert find_placement(snug, "4").question == "2"
    assert ChatFolder.open(snug).find_outdated() == {}
    assert not (snug / ".rebuild").exists()
