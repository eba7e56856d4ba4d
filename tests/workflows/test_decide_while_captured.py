"""What people decide while a capture runs reaches the placer as such: it does not begin anew."""

from __future__ import annotations

import asyncio
import logging
import sys
from datetime import timedelta

import msgspec
import pytest
from tests.networks.fake_server import START
from tests.workflows.evening import Evening

from chinwag.capture.decisions import DecisionReader, Decisions
from chinwag.capture.state import ChatState, write_state
from chinwag.errors import DamagedFolder
from chinwag.model import Chat, Moderator, Placement, Question, Sent, Window, make_note, quote_note
from chinwag.networks.example.routes import BoardPoll
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.edit_chat import note_edit
from chinwag.workflows.remove_posts import remove_posts

JOKE = "board://green/3"


class Log:
    """What the captures log; the placing begins anew once, and no more."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO, "chinwag.capture")
        self._caplog = caplog

    def list_placing(self) -> list[str]:
        return [
            record.getMessage()
            for record in self._caplog.records
            if record.name == "chinwag.capture.placing"
        ]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Log:
    return Log(caplog)


async def talk_until_placed(evening: Evening) -> None:
    await evening.until(lambda: evening.ear.view is not None)
    evening.pin_all()
    await evening.until(lambda: evening.find_question(JOKE) == "1")


async def run_command(*words: str) -> None:
    """Run a command of Chinwag in a process of its own."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "chinwag.cli", *words)
    assert await process.wait() == 0


def count_in_view(evening: Evening) -> tuple[int, int]:
    """Return how many answers the view shows under Q1, and how many posts under no question."""
    view = evening.ear.view
    assert view is not None
    return sum(question.answers for question in view.questions), view.unplaced


def change_chat(evening: Evening, old: str, new: str) -> None:
    """Change chat.toml as a person does, in an editor."""
    path = evening.root / "chat.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_correction_from_another_process_is_in_the_folder_and_in_the_view(
    evening: Evening, log: Log
) -> None:
    async def talk() -> None:
        await talk_until_placed(evening)
        await evening.until(lambda: count_in_view(evening) == (3, 0))
        begun = log.list_placing()
        await run_command("correct", str(evening.root), JOKE, "--question", "none")
        await evening.until(lambda: count_in_view(evening) == (2, 1))
        assert log.list_placing() == [*begun, "Followed 1 corrections, undid 0."]
        (placed,) = (
            one for one in ChatFolder.open(evening.root).read_placements() if one.post == JOKE
        )
        assert placed == Placement(
            post=JOKE,
            question=None,
            reason=make_note("by-a-person"),
            confidence=1.0,
            by="person",
            kind="reply",
        )

    evening.run(evening.capture_while(talk))


def test_a_correction_that_is_undone_lets_the_machine_decide_again(
    evening: Evening, log: Log
) -> None:
    async def talk() -> None:
        await talk_until_placed(evening)
        folder = ChatFolder.open(evening.root)
        (before,) = (one for one in folder.read_placements() if one.post == JOKE)
        begun = log.list_placing()
        with folder.change() as change:
            change.write_corrections([msgspec.structs.replace(before, question=None, by="person")])
        await evening.until(lambda: evening.find_question(JOKE) is None)
        with folder.change() as change:
            change.write_corrections([])
        await evening.until(lambda: evening.find_question(JOKE) == "1")
        assert log.list_placing() == [
            *begun,
            "Followed 1 corrections, undid 0.",
            "Followed 0 corrections, undid 1.",
        ]
        assert before in folder.read_placements()

    evening.run(evening.capture_while(talk))


def test_a_question_reworded_by_hand_and_a_moderator_named_are_followed(
    evening: Evening, log: Log
) -> None:
    async def talk() -> None:
        await talk_until_placed(evening)
        begun = log.list_placing()
        change_chat(
            evening,
            'text = "What would you do with one empty room?"',
            'text = "What is an empty room for?"\nby = "person"',
        )
        await evening.until(
            lambda: (
                [one.text for one in evening.ear.view.questions] == ["What is an empty room for?"]
                if evening.ear.view
                else False
            )
        )
        change_chat(evening, 'by = "posts"', 'by = "person"')
        await evening.until(lambda: len(log.list_placing()) == len(begun) + 2)
        assert (
            log.list_placing()[len(begun) :]
            == ["Followed a change of the chat's questions, moderators or window."] * 2
        )

    report = evening.run(evening.capture_while(talk))

    assert [(question.label, question.text) for question in report.chat.questions] == [
        ("1", "What is an empty room for?")
    ]
    assert report.chat.moderators == (Moderator(author="host", by="person"),)


def test_a_removal_takes_the_post_out_and_the_others_stay_where_they_are(
    evening: Evening, log: Log
) -> None:
    async def talk() -> None:
        await talk_until_placed(evening)
        begun = log.list_placing()
        remove_posts(evening.root, [JOKE], at=START)
        await evening.until(lambda: evening.read_texts()[JOKE] == "")
        assert log.list_placing() == begun

    evening.run(evening.capture_while(talk))


def test_a_post_that_was_announced_asks_its_question_whatever_it_looks_like(
    evening: Evening, log: Log
) -> None:
    async def talk() -> None:
        await talk_until_placed(evening)
        begun = log.list_placing()
        number = evening.board.pin("host", "Now to rooms, dear all #inkchat", START)
        sent = Sent(
            key="k",
            account="example green",
            question="1",
            text="Now to rooms, dear all #inkchat",
            state="out",
            at=START,
            id=f"board://green/{number}",
        )
        folder = ChatFolder.open(evening.root)
        with folder.change() as change:
            change.write_outbox([sent])
        await evening.until(lambda: sent.id in folder.read_chat().questions[0].posts)
        assert log.list_placing() == begun

    report = evening.run(evening.capture_while(talk))
    assert "board://green/5" in report.chat.questions[0].posts


def test_a_capture_ends_by_itself_when_the_hour_is_moved_to_an_earlier_end(
    evening: Evening,
) -> None:
    def end_early(chat: Chat) -> Chat:
        window = Window(start=START, end=START + timedelta(minutes=3), by="person")
        return msgspec.structs.replace(chat, window=window)

    async def talk() -> None:
        capturing = asyncio.create_task(evening.capture([BoardPoll(evening.board)], once=False))
        evening.pin_all()
        await evening.until(lambda: evening.find_question(JOKE) == "1")
        assert not capturing.done()
        note_edit(evening.root, end_early, at=START)
        await evening.until(capturing.done)

    evening.run(talk())
    assert evening.clock.time > START + timedelta(minutes=33)


def test_a_chat_file_that_cannot_be_read_is_told_once_and_read_when_it_is_mended(
    evening: Evening,
) -> None:
    async def talk() -> None:
        await talk_until_placed(evening)
        change_chat(evening, 'title = "', "title = ")
        await evening.until(lambda: bool(list_damage(evening)))
        seen = evening.clock.time
        await evening.until(lambda: (evening.clock.time - seen).total_seconds() > 5)
        change_chat(evening, "title = ", 'title = "')
        correction = Placement(
            post=JOKE,
            question=None,
            reason=quote_note("a joke"),
            confidence=1.0,
            by="person",
            kind="reply",
        )
        with ChatFolder.open(evening.root).change() as change:
            change.write_corrections([correction])
        await evening.until(lambda: evening.find_question(JOKE) is None)

    evening.run(evening.capture_while(talk))
    (damage,) = list_damage(evening)
    assert damage.startswith(f"{evening.root / 'chat.toml'} is not valid TOML: ")


def test_a_chat_file_that_was_only_half_saved_at_one_look_is_not_told_as_damaged(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[DamagedFolder] = []
    read = DecisionReader.read_if_written

    def read_half_saved_once(reader: DecisionReader) -> Decisions | None:
        if not looks:
            looks.append(DamagedFolder("The file is empty.", code="chat-entry-invalid"))
            raise looks[0]
        return read(reader)

    async def talk() -> None:
        await talk_until_placed(evening)
        monkeypatch.setattr(DecisionReader, "read_if_written", read_half_saved_once)
        await evening.until(lambda: bool(looks))
        seen = evening.clock.time
        await evening.until(lambda: (evening.clock.time - seen).total_seconds() > 5)

    evening.run(evening.capture_while(talk))
    assert list_damage(evening) == []


def list_damage(evening: Evening) -> list[str]:
    return [what for route, kind, what in evening.ear.notices if (route, kind) == ("", "damaged")]


def test_what_somebody_wrote_into_chat_toml_meanwhile_is_not_overwritten(evening: Evening) -> None:
    evening.pin_all()
    report = evening.run(evening.capture())
    folder = ChatFolder.open(evening.root)
    chat = report.chat
    found = msgspec.structs.replace(chat, questions=(Question(label="1", text="Found anew?"),))
    state = ChatState(
        posts=folder.read_posts(),
        placements=folder.read_placements(),
        ledger=report.ledger,
        chat=found,
        written=chat,
    )
    by_hand = msgspec.structs.replace(chat, title="By hand")
    with folder.change() as change:
        change.write_chat(by_hand)

    assert _write(folder, state) == (chat, by_hand)
    assert _write(folder, state._replace(written=by_hand)) == (found, found)


def _write(folder: ChatFolder, state: ChatState) -> tuple[Chat | None, Chat]:
    """Write a state; return what is told of chat.toml, and what it says."""
    return write_state(folder, state), folder.read_chat()


@pytest.mark.parametrize(
    "name",
    [
        "chat.toml", "corrections.jsonl", "removed.jsonl", "outbox.jsonl", "wordings.jsonl",
        "decisions.jsonl", "editions.jsonl", "edition.json", "ledger.json",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_ends_no_capture(evening: Evening, name: str) -> None:
    late = "board://green/5"

    async def talk() -> None:
        await talk_until_placed(evening)
        path = evening.root / name
        before = path.read_bytes() if path.exists() else b""
        path.write_bytes(b'title = [\n{"half')
        evening.board.pin("dov", "A1 a room for mending #inkchat", START + timedelta(minutes=5), 1)
        await evening.until(lambda: late in evening.ear.kept)
        seen = evening.clock.time
        await evening.until(lambda: (evening.clock.time - seen).total_seconds() > 5)
        path.write_bytes(before) if before or name != "edition.json" else path.unlink()

    evening.run(evening.capture_while(talk))
    assert len(list_damage(evening)) <= 1
    assert evening.read_texts()[late] == "A1 a room for mending #inkchat"
