"""A capture loses nothing and doubles nothing, whatever breaks, and honours what people take back."""

from __future__ import annotations

import errno
import gzip
import os
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.networks.fake_server import START
from tests.workflows.evening import NOTES, Evening

from chinwag.capture import keeper
from chinwag.capture.decisions import DecisionReader
from chinwag.capture.disk import DISK_FULL
from chinwag.capture.live_chat import LiveChat
from chinwag.capture.state import ChatState, Snapshot, build_state, write_state
from chinwag.capture.watch import CaptureEnd, ChatWatch
from chinwag.capture.writer import SharedJournal
from chinwag.errors import FolderError, InputError, NetworkError, Refused
from chinwag.model import (
    Chat,
    Deletion,
    Gap,
    Placement,
    Post,
    RawPost,
    make_worded_note,
    quote_note,
)
from chinwag.networks.contract import Notice, Received, Watch
from chinwag.records import example_notes
from chinwag.records.contract import ReadOptions
from chinwag.stores.folder import ChatFolder
from chinwag.stores.folder.captured import hold_capture
from chinwag.stores.folder.journal import list_open_journals, read_cursors
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.correct_placement import Verdict, correct_placement
from chinwag.workflows.recap_files import recap_files
from chinwag.workflows.remove_posts import RemovalReport, note_removal, remove_posts

SPAM = "Buy cheap essays now, 50% off, click https://essays.example/buy #inkchat"


class FullDisk:
    """A disk that refuses as many flushes as it is told."""

    def __init__(self) -> None:
        self._left = 0
        self._flush = os.fsync

    def refuse(self, times: int) -> None:
        self._left = times

    def fsync(self, descriptor: int) -> None:
        if self._left:
            self._left -= 1
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._flush(descriptor)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    disk = FullDisk()
    monkeypatch.setattr(os, "fsync", disk.fsync)
    return disk


def say_all() -> dict[str, str]:
    return {f"board://green/{n}": text for n, (_who, text, _under) in enumerate(NOTES, 1)}


def read_everything(root: Path) -> str:
    """Give every file of a folder, unpacked, one after the other, all of one moment."""
    while True:
        try:
            files = [path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()]
            unpacked = [gzip.decompress(one) if one[:2] == b"\x1f\x8b" else one for one in files]
        except (FileNotFoundError, EOFError):
            continue  # the capture moved a file meanwhile, or is writing one
        return "\n".join(one.decode(errors="replace") for one in unpacked)


def test_what_two_routes_saw_is_one_post_each_placed_and_accounted_for(evening: Evening) -> None:
    evening.pin_all()
    report = evening.run(evening.capture())

    folder = ChatFolder.open(evening.root)
    assert evening.read_texts() == say_all()
    posts = folder.read_posts()
    assert [[seen.route for seen in post.sightings] for post in posts] == (
        [["example:poll", "example:stream"]] * 4
    )
    assert [placement.question for placement in folder.read_placements()] == ["1"] * 4
    capture = report.ledger.capture
    assert capture is not None
    assert [(route.name, route.received, route.connections) for route in capture.routes] == [
        ("example:stream green", 4, 1),
        ("example:poll green walker", 4, 0),
    ]
    assert list_open_journals(evening.root) == ()
    assert check_folder(evening.root).faults == ()


def test_a_record_is_converted_when_it_comes_and_at_the_end_and_not_in_between(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    converted: list[str] = []
    convert = example_notes.convert_record

    def note_and_convert(raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        converted.append(raw.route)
        return convert(raw, options)

    monkeypatch.setattr(example_notes, "convert_record", note_and_convert)
    evening.pin_all()
    evening.run(evening.capture())

    assert sorted(converted) == ["example:poll"] * 8 + ["example:stream"] * 8


def test_running_it_again_adds_what_came_meanwhile_and_doubles_nothing(evening: Evening) -> None:
    evening.pin_all()
    evening.run(evening.capture())
    evening.clock.time += timedelta(days=1)
    late = evening.board.pin("dee", "A1 a bookable one #inkchat", START + timedelta(minutes=9), 1)
    report = evening.run(evening.capture())

    assert evening.read_texts() == say_all() | {
        f"board://green/{late}": "A1 a bookable one #inkchat"
    }
    capture = report.ledger.capture
    assert capture is not None
    assert (capture.runs, capture.late) == (2, (f"board://green/{late}",))
    assert [route.received for route in capture.routes] == [5, 5]


def test_the_minutes_after_the_hour_are_kept_for_the_next_time(evening: Evening) -> None:
    def capture_for(grace: timedelta | None) -> datetime | None:
        said = ChatDetails(hashtag="inkchat", start=START, end=START + timedelta(hours=1))
        evening.run(evening.capture(details=said, ending=CaptureEnd(grace=grace, once=True)))
        folder = ChatFolder.open(evening.root)
        next_time = LiveChat(folder, DecisionReader(folder).read())
        return ChatWatch(next_time, evening.clock, CaptureEnd()).until

    given = (None, timedelta(minutes=75), None, timedelta(0), None)
    assert [capture_for(grace) for grace in given] == [
        START + timedelta(minutes=minutes) for minutes in (90, 135, 135, 60, 60)
    ]


def test_a_capture_that_is_ended_early_says_until_when_it_was_to_run(evening: Evening) -> None:
    hour = ChatDetails(hashtag="inkchat", start=START, end=START + timedelta(hours=1))

    async def end_early() -> datetime | None:
        evening.stop.set()
        return (await evening.capture(details=hour, once=False)).due

    async def fill_in() -> datetime | None:
        return (await evening.capture(details=hour)).due

    assert evening.run(end_early()) == START + timedelta(minutes=90)
    assert evening.run(fill_in()) is None


def test_what_was_taken_back_and_spam_are_no_posts_of_the_last_words(evening: Evening) -> None:
    evening.pin_all()
    evening.board.pin("ads", SPAM, START + timedelta(minutes=3))
    report = evening.run(evening.capture())
    placed = {one.post: one.kind for one in ChatFolder.open(evening.root).read_placements()}
    assert sorted(placed.values()).count("spam") == 1
    assert (report.ledger.archived, report.measures.posts, report.measures.spam) == (5, 4, 1)


def test_what_was_taken_back_is_counted_on_no_question(evening: Evening) -> None:
    evening.pin_all()
    evening.board.pin("dee", "A1 a nap #inkchat", START + timedelta(minutes=3, seconds=30), 1)

    async def talk() -> None:
        await evening.until(lambda: evening.count_posts() == 5)
        evening.board.take_down(5)
        await evening.until(lambda: evening.read_texts().get("board://green/5") == "")

    report = evening.run(evening.capture_while(talk))
    made = recap_files([], evening.root)
    assert report.measures.posts == 4
    assert [(one.label, one.posts, one.people) for one in made.summary.questions] == [("1", 3, 3)]
    assert check_folder(evening.root).faults == ()


def test_an_answer_of_a_capture_is_written_up_with_no_file(evening: Evening) -> None:
    evening.pin_all()
    evening.run(evening.capture())
    made = recap_files([], evening.root)

    assert [(question.label, question.posts) for question in made.summary.questions] == [("1", 3)]
    assert made.story.exists()


def test_a_capture_that_writes_up_makes_what_a_recap_of_the_same_posts_makes(
    evening: Evening,
) -> None:
    evening.pin_all()
    evening.run(evening.capture(writes_up=True))
    made = read_made(evening.root)
    assert sorted(made) == ["placements.jsonl", "posts.jsonl", "story/index.html", "summary.json"]
    recap_files([], evening.root)
    assert read_made(evening.root) == made


def test_a_capture_that_does_not_write_up_or_has_nothing_to_makes_no_story(
    evening: Evening,
) -> None:
    evening.run(evening.capture(writes_up=True))
    assert sorted(read_made(evening.root)) == ["placements.jsonl", "posts.jsonl"]
    evening.pin_all()
    evening.run(evening.capture())
    assert sorted(read_made(evening.root)) == ["placements.jsonl", "posts.jsonl"]


def read_made(root: Path) -> dict[str, bytes]:
    names = ("posts.jsonl", "placements.jsonl", "summary.json", "story/index.html")
    return {name: (root / name).read_bytes() for name in names if (root / name).exists()}


def test_posts_are_in_the_folder_while_it_runs_and_edits_keep_their_versions(
    evening: Evening,
) -> None:
    async def talk() -> None:
        evening.pin_all()
        await evening.until(lambda: evening.count_posts() == 4)
        evening.board.amend(2, "A1: benches #inkchat", START + timedelta(minutes=20))
        await evening.until(lambda: "A1: benches #inkchat" in evening.read_texts().values())

    evening_report = evening.run(evening.capture_while(talk))

    posts = {post.id: post for post in ChatFolder.open(evening.root).read_posts()}
    edited = posts["board://green/2"]
    assert [version.text for version in edited.versions] == [NOTES[1][1]]
    assert evening_report.ledger.capture is not None
    assert evening_report.ledger.capture.edited == (edited.id,)


def test_what_was_taken_out_does_not_come_back_when_it_is_captured_again(evening: Evening) -> None:
    evening.pin_all()
    evening.run(evening.capture())
    remove_posts(evening.root, [], "cem", at=START)
    evening.run(evening.capture())  # the board still has all of it
    recap_files([], evening.root)

    kept = [path.read_bytes() for path in evening.root.rglob("*") if path.is_file()]
    gone = (b"quiet room", b'"cem"', b"@cem")
    assert not [text for text in kept if any(words in text for words in gone)]
    assert {id_ for id_, text in evening.read_texts().items() if not text} == {"board://green/4"}


def test_a_listener_hears_what_the_folder_says(evening: Evening) -> None:
    folder = ChatFolder(evening.root)

    def is_heard() -> bool:
        heard = evening.ear.written
        if heard is None or len(heard.posts) < len(NOTES):
            return False
        return (heard.posts, heard.placements) == (folder.read_posts(), folder.read_placements())

    async def talk() -> None:
        evening.pin_all()
        await evening.until(is_heard)

    evening.run(evening.capture_while(talk))


def test_deleted_text_is_nowhere_while_it_runs_and_after(evening: Evening) -> None:
    async def talk() -> None:
        evening.pin_all()
        await evening.until(lambda: evening.count_posts() == 4)
        evening.board.amend(2, "A1: secret benches #inkchat", START + timedelta(minutes=20))
        await evening.until(lambda: "secret benches" in read_everything(evening.root))
        evening.board.take_down(2)
        await evening.until(lambda: "chairs #inkchat" not in read_everything(evening.root))
        assert list_open_journals(evening.root)
        assert "secret benches" not in read_everything(evening.root)

    report = evening.run(evening.capture_while(talk))

    assert evening.read_texts() == say_all() | {"board://green/2": ""}
    everything = read_everything(evening.root)
    assert [words in everything for words in ("chairs #inkchat", "secret benches")] == [False] * 2
    assert report.ledger.deleted == 1
    recap_files([], evening.root)
    assert evening.read_texts() == say_all() | {"board://green/2": ""}


def list_wrong(evening: Evening) -> list[str]:
    """Return what the last view says is wrong with routes."""
    view = evening.ear.view
    notes = [route.note for route in view.routes if route.is_wrong] if view else [DISK_FULL]
    return [note.code for note in notes if note]


def test_a_break_is_mended_from_where_it_was(evening: Evening) -> None:
    async def talk() -> None:
        for author, text, under in NOTES[:2]:
            evening.board.pin(author, text, START, under)
        await evening.until(lambda: len(set(evening.ear.kept)) == 2)
        evening.board.shut()
        await evening.until(lambda: any(kind == "lost" for _, kind, _ in evening.ear.notices))
        await evening.until(lambda: list_wrong(evening) == ["example-board-shut"] * 2)
        evening.board.open()
        for author, text, under in NOTES[2:]:
            evening.board.pin(author, text, START, under)
        await evening.until(lambda: len(set(evening.ear.kept)) == 4)
        await evening.until(lambda: list_wrong(evening) == [])
        assert ("example:stream green", "recovered", "It works again.") in evening.ear.notices

    report = evening.run(evening.capture_while(talk))

    assert evening.read_texts() == say_all()
    capture = report.ledger.capture
    assert capture is not None
    stream = capture.routes[0]
    assert stream.losses >= 1
    assert stream.starts == stream.losses + 1
    assert stream.notices[0].what == make_worded_note(
        "The noticeboard {board} is shut.", code="example-board-shut", board="board://green"
    )


def test_a_kill_leaves_a_torn_line_which_costs_nothing(evening: Evening) -> None:
    evening.pin_all()
    evening.run(evening.be_killed())
    (journal,) = list_open_journals(evening.root)
    with journal.open("ab") as file:
        file.write(b'{"route":"example:stream","address":"board://green","at":"2026-')
    assert check_folder(evening.root).faults == ()
    cursors = read_cursors(evening.root)
    report = evening.run(evening.capture())

    assert cursors["example:stream green"] == "4"
    assert evening.read_texts() == say_all()
    capture = report.ledger.capture
    assert capture is not None
    assert (capture.runs, capture.torn) == (2, 1)
    assert report.ledger.merged == 4
    assert [file.aside for file in report.ledger.files] == [0, 0]


def test_where_the_disk_is_full_it_waits_and_goes_on(evening: Evening, full_disk: FullDisk) -> None:
    async def talk() -> None:
        await evening.until(lambda: evening.ear.view is not None)
        full_disk.refuse(7)
        evening.pin_all()
        await evening.until(lambda: len(set(evening.ear.kept)) == 4)

    evening.run(evening.capture_while(talk))

    assert evening.read_texts() == say_all()
    said = [(kind, what) for route, kind, what in evening.ear.notices if not route]
    assert said[0] == ("full", "The disk is full: nothing new can be kept.")
    assert said[-1] == ("room", "There is room on the disk again.")


def test_where_the_disk_is_full_at_the_start_it_waits_too(
    evening: Evening, full_disk: FullDisk
) -> None:
    evening.pin_all()
    evening.run(evening.be_killed())
    full_disk.refuse(1)

    evening.run(evening.capture())

    assert evening.read_texts() == say_all()
    assert [(kind, what) for route, kind, what in evening.ear.notices if not route] == [
        ("full", "The disk is full: nothing new can be kept."),
        ("room", "There is room on the disk again."),
    ]


def test_two_captures_of_one_folder_refuse_each_other(evening: Evening) -> None:
    evening.pin_all()
    evening.run(evening.capture())
    before = read_everything(evening.root)
    with hold_capture(evening.root), pytest.raises(FolderError) as refused:
        evening.run(evening.capture())

    assert str(refused.value) == f"Another capture is running on {evening.root}."
    assert read_everything(evening.root) == before


def test_what_people_say_while_it_runs_holds(evening: Evening) -> None:
    reports: list[RemovalReport] = []

    async def talk() -> None:
        evening.pin_all()
        await evening.until(lambda: evening.find_question("board://green/3") == "1")
        verdict = Verdict(question=None, because="It is a joke")
        correct_placement(evening.root, ["board://green/3"], verdict, at=START)
        reports.append(remove_posts(evening.root, ["board://green/4"], at=START))
        await evening.until(lambda: "exams" not in read_everything(evening.root))

    evening.run(evening.capture_while(talk))

    assert reports == [RemovalReport(posts=1, reposts=0, files=0, while_captured=True)]
    assert evening.read_texts() == say_all() | {"board://green/4": ""}
    assert "exams" not in read_everything(evening.root)
    placements = {one.post: one for one in ChatFolder.open(evening.root).read_placements()}
    assert placements["board://green/3"] == Placement(
        post="board://green/3",
        question=None,
        reason=quote_note("It is a joke"),
        confidence=1.0,
        by="person",
        kind="reply",
    )


GIVEN = """id,author,text,created_at
501,ola_7,A1 the umbrella of my aunt is still there #inkchat,2026-10-13T18:05:00Z
502,pim,A1 a shelf for whoever comes #inkchat,2026-10-13T18:06:00Z
503,ola_7,"A1 the umbrella of a broken row,
"""


def read_received(root: Path) -> str:
    """Give what a folder holds of given files, and of their rows that could not be read."""
    return read_everything(root / "raw") + (root / "aside.jsonl").read_text(encoding="utf-8")


def test_a_removal_that_is_only_noted_reaches_given_files_while_it_runs(evening: Evening) -> None:
    given = evening.root.parent / "given.csv"
    given.write_text(GIVEN, encoding="utf-8")

    async def talk() -> None:
        evening.pin_all()
        await evening.until(lambda: evening.count_posts() == 6)
        assert "umbrella" in read_everything(evening.root)
        note_removal(evening.root, [], "ola_7", at=START)
        await evening.until(lambda: is_shelf_alone(read_received(evening.root)))

    def is_shelf_alone(received: str) -> bool:
        return "umbrella" not in received and "a shelf for whoever comes" in received

    recap_files([given], evening.root, ChatDetails(hashtag="inkchat"))
    evening.run(evening.capture_while(talk))
    assert "umbrella" not in read_everything(evening.root)
    assert sum(not text for text in evening.read_texts().values()) == 1
    assert check_folder(evening.root).faults == ()


def test_a_removal_is_served_before_anything_else_is_written(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    write, rewrite = keeper._build_and_write, SharedJournal.rewrite

    def write_and_ask(folder: ChatFolder, snapshot: Snapshot) -> tuple[ChatState, Chat] | None:
        done.append("written")
        evening.clock.time += timedelta(minutes=5)  # as of a chat that is very large
        written = write(folder, snapshot)
        if "asked" not in done and len(snapshot.posts) == len(NOTES):
            note_removal(evening.root, ["board://green/4"], at=START)
            done.append("asked")
        return written

    async def note_rewriting(
        journal: SharedJournal, change: Callable[[RawPost], RawPost]
    ) -> int | None:
        changed = await rewrite(journal, change)
        done.append("cleared")
        assert "exams" not in list_open_journals(evening.root)[0].read_text(encoding="utf-8")
        return changed

    async def talk() -> None:
        evening.pin_all()
        await evening.until(lambda: "cleared" in done)

    monkeypatch.setattr(keeper, "_build_and_write", write_and_ask)
    monkeypatch.setattr(SharedJournal, "rewrite", note_rewriting)
    evening.run(evening.capture_while(talk))

    assert done[done.index("asked") : done.index("asked") + 2] == ["asked", "cleared"]
    assert "exams" not in read_everything(evening.root)


def test_what_was_drawn_up_before_a_removal_is_not_written_after_it(evening: Evening) -> None:
    evening.pin_all()
    evening.run(evening.capture())
    folder = ChatFolder.open(evening.root)
    reader = DecisionReader(folder)
    state = build_state(LiveChat(folder, reader.read()).take_snapshot())
    assert write_state(folder, state) is not None

    with hold_capture(evening.root):
        remove_posts(evening.root, ["board://green/4"], at=START)
        assert write_state(folder, state) is None
        assert "exams" not in read_everything(evening.root)
        again = build_state(LiveChat(folder, reader.read()).take_snapshot())
        assert write_state(folder, again) is not None
    assert "exams" not in read_everything(evening.root)


class Failing:
    """A route whose server fails in a way that the test chooses, before it says anything."""

    network, kind, origin = "example", "poll", "elsewhere"

    def __init__(self, *failures: NetworkError) -> None:
        self.name = "example:poll elsewhere"
        self.failures = list(failures)

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        yield Received(cursor=cursor)
        if self.failures:
            raise self.failures.pop(0)
        raw = RawPost(
            route="example:poll",
            address="board://elsewhere",
            payload={
                "event": "pinned",
                "note": {"number": 1, "by": "eve", "says": "#inkchat", "at": START.isoformat()},
            },
            at=watch.now(),
        )
        yield Received(raws=(raw,))


def test_a_final_error_ends_its_route_with_a_sentence_and_the_others_go_on(
    evening: Evening,
) -> None:
    evening.pin_all()
    failing = Failing(NetworkError("Nobody may read here.", code="closed", is_final=True))
    report = evening.run(evening.capture([failing, *evening.list_routes()]))

    assert evening.read_texts() == say_all()
    capture = report.ledger.capture
    assert capture is not None
    (notice,) = capture.routes[0].notices
    assert (notice.kind, notice.what, notice.todo, notice.times) == (
        "ended",
        make_worded_note("Nobody may read here.", code="closed"),
        None,
        1,
    )
    assert capture.first is not None
    assert capture.last is not None
    assert capture.first <= notice.first == notice.last <= capture.last
    assert Gap(what=notice.what) in report.ledger.gaps


def test_it_waits_as_long_as_it_is_told_else_longer_each_time(evening: Evening) -> None:
    failing = Failing(
        Refused("Too many.", code="too-many", status=429, wait=17.0),
        *(NetworkError("Redactions away.", code="away") for _ in "abc"),
    )
    evening.run(evening.capture([failing]))

    own = [pause for pause in evening.clock.pauses if pause not in (0.5, 1.0)]
    assert own == [17.0, 2.0, 4.0]
    assert evening.clock.pauses.count(1.0) >= 1
    assert evening.read_texts() == {"board://elsewhere/1": "#inkchat"}


def test_another_hashtag_is_refused(evening: Evening) -> None:
    evening.pin_all()
    evening.run(evening.capture())
    with pytest.raises(InputError) as refused:
        evening.run(evening.capture(hashtag="otherchat"))

    assert str(refused.value) == f"{evening.root} is a chat of #inkchat, not of #otherchat."
