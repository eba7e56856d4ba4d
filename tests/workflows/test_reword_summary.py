"""A model words a chat's points: only what may stand gets in, is kept, and goes with its posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.snug_chat import CHAT, write_csv
from tests.steps.rewording.chat import FakeModel, say_for_each

import chinwag
from chinwag.errors import EngineError
from chinwag.model import Bullet
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.publish_chat import publish_chat
from chinwag.workflows.remove_posts import remove_posts
from chinwag.workflows.reword_summary import forget_rewordings, reword_summary
from chinwag.workflows.summarise_chat import summarise_chat

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)

SAID = {
    "Night-shift nurses use our study rooms": "The study rooms are used by night-shift nurses.",
    "Dark streets between the bus and the door": "There are dark streets between the bus and "
    "the door.",
    "A locked front door sends people home": "An open front door sends people home.",
}
word_by_hand = say_for_each(lambda words: SAID.get(words, "Everybody agrees with the library."))
HONEST = {text for text in SAID.values() if "open" not in text}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    into = tmp_path / "chat"
    chinwag.recap_files([write_csv(tmp_path / "snug.csv", CHAT)], into)
    return into


def always(_: object) -> bool:
    return True


def list_bullets(folder: Path) -> list[Bullet]:
    summary = ChatFolder.open(folder).read_summary()
    return [bullet for question in summary.questions for bullet in question.bullets]


def machine_texts(folder: Path) -> set[str]:
    return {bullet.text for bullet in list_bullets(folder) if bullet.origin == "machine"}


def test_sentences_that_may_stand_do_and_the_others_leave_the_own_words(folder: Path) -> None:
    before = list_bullets(folder)
    report = reword_summary(folder, FakeModel(word_by_hand), always)
    assert machine_texts(folder) == HONEST
    assert {one.text for one in list_bullets(folder) if one.origin == "quoted"} == {
        one.text for one in before if SAID.get(one.text) not in HONEST
    }
    assert [one.posts for one in list_bullets(folder)] == [one.posts for one in before]
    assert (report.asked, report.accepted, report.machine) == (True, 2, 2)
    assert report.refused == {"count": len(before) - 3, "unsupported": 1}
    assert (report.tokens_in, report.tokens_out, report.counted) == (200, 40, True)
    assert check_folder(folder).faults == ("story is older than summary.json.",)
    publish_chat(folder)
    assert check_folder(folder).faults == ()


def test_what_was_answered_is_kept_and_never_asked_again(folder: Path) -> None:
    reword_summary(folder, FakeModel(word_by_hand), always)
    again = FakeModel(word_by_hand)
    report = reword_summary(folder, again, always)
    assert (again.asked, report.asked, report.machine) == ([], False, 2)
    summarise_chat(folder)
    assert machine_texts(folder) == HONEST
    page = publish_chat(folder).read_text("utf-8")
    assert all(text in page for text in HONEST)
    assert page.count("<i>worded by a language model</i>") == 2


def test_of_a_refused_sentence_nothing_stays_in_the_folder(folder: Path) -> None:
    reword_summary(folder, FakeModel(word_by_hand), always)
    publish_chat(folder)
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not [name for name in files if b"Everybody agrees" in name]
    assert not [name for name in files if b"An open front door" in name]


def test_nothing_is_sent_without_leave(folder: Path) -> None:
    before = list_bullets(folder)
    model = FakeModel(word_by_hand)
    seen: list[int] = []

    def refuse(estimate: object) -> bool:
        seen.append(estimate.points)  # type: ignore[attr-defined]
        return False

    report = reword_summary(folder, model, refuse)
    assert (model.asked, report.asked, list_bullets(folder)) == ([], False, before)
    assert seen == [len(before)]


@pytest.mark.parametrize(
    ("is_final", "asked"), [(True, 1), (False, 2)], ids=["for good", "this time"]
)
def test_where_the_model_fails_the_own_words_stand(
    folder: Path, is_final: bool, asked: int
) -> None:
    before = list_bullets(folder)
    model = FakeModel(EngineError("The server is on fire.", code="on-fire", is_final=is_final))
    report = reword_summary(folder, model, always)
    assert len(model.asked) == asked
    assert [(one.question, str(one.error)) for one in report.failures] == [
        (str(number), "The server is on fire.") for number in range(1, asked + 1)
    ]
    assert list_bullets(folder) == before
    assert reword_summary(folder, FakeModel(word_by_hand), always).machine == 2


def test_an_answer_that_cannot_be_read_is_said_and_may_be_asked_for_again(folder: Path) -> None:
    report = reword_summary(folder, FakeModel(lambda _: "As an AI I cannot."), always)
    assert [(one.question, str(one.error)) for one in report.failures] == [
        ("1", "fake gave no sentence that could be read."),
        ("2", "fake gave no sentence that could be read."),
    ]
    assert reword_summary(folder, FakeModel(word_by_hand), always).machine == 2


@pytest.mark.parametrize("by_author", [True, False])
def test_a_removal_takes_a_machines_words_with_the_posts(folder: Path, by_author: bool) -> None:
    reword_summary(folder, FakeModel(word_by_hand), always)
    publish_chat(folder)
    take_out: Callable[[], object] = (
        (lambda: remove_posts(folder, [], "bo_stacks", at=AT))
        if by_author
        else (lambda: remove_posts(folder, ["4"], at=AT))
    )
    take_out()
    assert machine_texts(folder) == {"There are dark streets between the bus and the door."}
    texts = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not [text for text in texts if b"study rooms" in text]
    model = FakeModel(word_by_hand)
    reword_summary(folder, model, always)
    assert "nurses use our study rooms" not in str(model.asked)
    assert check_folder(folder).faults == ()


def test_the_points_get_their_own_words_back(folder: Path) -> None:
    before = list_bullets(folder)
    reword_summary(folder, FakeModel(word_by_hand), always)
    forget_rewordings(folder)
    assert list_bullets(folder) == before
    assert not (folder / "wordings.jsonl").exists()
    assert check_folder(folder).faults == ()
