"""A chat folder: what is written is read back, whole or not at all."""

from __future__ import annotations

import errno
import gzip
import hashlib
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from chinwag.errors import BusyFolder, DamagedFolder, FolderError, Kept, NewerFolder
from chinwag.model import (
    AsideRow,
    Bullet,
    Chat,
    Moderator,
    Placement,
    Post,
    Question,
    QuestionSummary,
    Summary,
    Window,
    quote_note,
)
from chinwag.stores.folder import FORMAT, ChatFolder
from chinwag.stores.folder.steady import read_steadily

CHAT = Chat(
    series="#stackschat",
    hashtag="stackschat",
    title="Libraries “after dark”",
    time_zone="Europe/London",
    window=Window(
        start=datetime(2026, 10, 13, 18, tzinfo=UTC), end=datetime(2026, 10, 13, 19, tzinfo=UTC)
    ),
    moderators=(Moderator(author="ines@glam.example"),),
    questions=(
        Question(
            label="6.2",
            text="And who pays?",
            asked_at=datetime(2026, 10, 13, 18, 50, tzinfo=UTC),
            posts=("p1",),
        ),
        Question(label="7", text="Never asked", by="agenda"),
    ),
)
POSTS = (
    Post(
        id="p1",
        author="ines@glam.example",
        text="Q6 part 2:\nAnd who pays? #stackschat",
        created_at=datetime(2026, 10, 13, 18, 50, tzinfo=UTC),
        reply_to=None,
        url="https://glam.example/@ines/1",
        source="mastodon",
    ),
    Post(
        id="p2",
        author="bo",
        text="A6b: the council, <b>grudgingly</b> \u2028 …",
        created_at=datetime(2026, 10, 13, 18, 52, 3, 250000, tzinfo=UTC),
        reply_to="p1",
        url="",
        source="bluesky",
    ),
)
PLACEMENTS = (
    Placement(
        post="p1",
        question="6.2",
        reason=quote_note("asks it"),
        confidence=1.0,
        by="label",
        kind="question",
    ),
    Placement(
        post="p2", question="6.2", reason=quote_note("says A6b"), confidence=0.99, by="label"
    ),
)
SUMMARY = Summary(
    questions=(
        QuestionSummary(
            label="6.2",
            text="And who pays?",
            posts=1,
            people=1,
            bullets=(
                Bullet(
                    text="the council",
                    posts=("p2",),
                    people=1,
                    kind="single",
                    quoted="p2",
                    author="bo",
                ),
            ),
            links=(),
            left_out=(),
        ),
    ),
    unplaced=(),
)
ASIDE = (AsideRow(file="a.csv", line=7, reason=quote_note("has no time"), text="bo,,hello"),)


def write_everything(root: Path) -> ChatFolder:
    folder = ChatFolder.at(root)
    with folder.change() as change:
        change.write_chat(CHAT)
        change.write_posts(POSTS)
        change.write_aside(ASIDE)
        change.write_placements(PLACEMENTS)
        change.write_corrections(())
        change.write_summary(SUMMARY)
        change.write_story({"index.html": b"<p>one</p>", "story.md": b"one"})
    return folder


def read_tree(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def write_and_interrupt(folder: ChatFolder) -> None:
    with folder.change() as change:
        change.write_posts(())
        raise KeyboardInterrupt


def write_to_a_full_disk(folder: ChatFolder) -> None:
    with folder.change() as change, Path("/dev/full").open("wb", buffering=0) as full:
        change.write_posts(())
        full.write(b"x")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_everything(tmp_path / "chat")
    folder = ChatFolder.open(tmp_path / "chat")
    assert folder.read_chat() == CHAT
    assert folder.read_posts() == POSTS
    assert folder.read_aside() == ASIDE
    assert folder.read_placements() == PLACEMENTS
    assert folder.read_corrections() == ()
    assert folder.read_summary() == SUMMARY
    assert folder.find_damage() == ()


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    write_everything(tmp_path / "chat")
    once = read_tree(tmp_path / "chat")
    write_everything(tmp_path / "chat")
    assert read_tree(tmp_path / "chat") == once


def test_sha256sum_itself_agrees_with_the_checksums(tmp_path: Path) -> None:
    folder = write_everything(tmp_path / "chat")
    subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder.root, check=True
    )


def test_a_new_story_takes_the_files_of_the_old_one_away(tmp_path: Path) -> None:
    folder = write_everything(tmp_path / "chat")
    with folder.change() as change:
        change.write_story({"index.html": b"<p>two</p>"})
    story = {name for name in read_tree(folder.root) if name.startswith("story/")}
    assert story == {"story/index.html"}
    assert folder.find_damage() == ()


def test_what_a_person_wrote_into_chat_toml_stays(tmp_path: Path) -> None:
    folder = write_everything(tmp_path / "chat")
    path = folder.root / "chat.toml"
    mine = "# The best one so far.\nvenue = 'the snug'\n" + path.read_text()
    path.write_text(mine)
    with folder.change() as change:
        change.write_chat(CHAT)
    assert path.read_text() == mine
    path.write_text(mine.replace('time_zone = "Europe/London"\n', ""))
    with folder.change() as change:
        change.write_chat(CHAT)
    assert path.read_text().startswith("# The best one so far.\nvenue = 'the snug'\n")
    assert folder.read_chat() == CHAT


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_chat_toml_may_be_saved_by_any_editor(tmp_path: Path, ends: str, mark: bytes) -> None:
    folder = write_everything(tmp_path / "chat")
    path = folder.root / "chat.toml"
    saved = mark + ("# Mine.\n" + path.read_text()).replace("\n", ends).encode()
    path.write_bytes(saved)
    assert ChatFolder.open(folder.root).read_chat() == CHAT
    with folder.change() as change:
        change.write_chat(CHAT)
    assert path.read_bytes() == saved
    with folder.change() as change:
        change.write_chat(msgspec.structs.replace(CHAT, title="Another"))
    assert path.read_bytes() == saved.replace("Libraries “after dark”".encode(), b"Another")


def test_an_exception_in_a_change_leaves_everything_as_it_was(tmp_path: Path) -> None:
    folder = write_everything(tmp_path / "chat")
    before = read_tree(folder.root)
    with pytest.raises(KeyboardInterrupt):
        write_and_interrupt(folder)
    assert read_tree(folder.root) == before


def test_an_exception_in_a_first_change_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_and_interrupt(ChatFolder.at(tmp_path / "new"))
    assert not (tmp_path / "new").exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from chinwag.stores.folder import FORMAT, ChatFolder
from chinwag.stores.folder.steady import read_steadily

left = int(sys.argv[2])

def die_at_last(event, args):
    global left
    watched = event in ("open", "os.rename", "os.remove", "os.mkdir", "shutil.rmtree")
    if watched and ".pending" in str(args[0]):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

folder = ChatFolder.open(Path(sys.argv[1]))
sys.addaudithook(die_at_last)
with folder.change() as change:
    change.write_posts(())
    change.write_placements(())
    change.write_story({"index.html": b"<p>two</p>"})
"""


def test_a_kill_at_any_moment_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    before = read_tree(write_everything(tmp_path / "old").root)
    changed = write_everything(tmp_path / "new")
    with changed.change() as change:
        change.write_posts(())
        change.write_placements(())
        change.write_story({"index.html": b"<p>two</p>"})
    after = read_tree(changed.root)
    outcomes = []
    for moment in range(200):
        root = tmp_path / f"killed-{moment}"
        write_everything(root)
        run = subprocess.run([sys.executable, "-c", KILLED, str(root), str(moment)], check=False)
        with ChatFolder.open(root).change():
            pass
        tree = read_tree(root)
        assert tree in (before, after)
        outcomes.append(tree == after)
        if run.returncode == 0:
            break
        assert run.returncode == -signal.SIGKILL
    assert outcomes[0] is False
    assert outcomes[-1] is True
    assert outcomes == sorted(outcomes)


class Watched:
    """The flushes and the moves of a change in order, by name, as the disk is told of them."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[tuple[str, str]] = []
        self._root = root
        fsync, replace = os.fsync, Path.replace

        def flush(descriptor: int) -> None:
            self._note("flush", Path(f"/proc/self/fd/{descriptor}").readlink())
            fsync(descriptor)

        def move(path: Path, target: Path) -> Path:
            self._note("move", target)
            return replace(path, target)

        monkeypatch.setattr(os, "fsync", flush)
        monkeypatch.setattr(Path, "replace", move)

    def _note(self, what: str, path: Path) -> None:
        self.seen.append((what, str(path.relative_to(self._root))))


def test_everything_is_on_the_disk_before_the_change_counts_and_before_it_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_everything(tmp_path / "chat")
    watched = Watched(folder.root, monkeypatch)
    with folder.change() as change:
        change.write_posts(POSTS)
        change.write_story({"index.html": b"<p>two</p>"})

    files = ["posts.jsonl", "story/index.html", "SHA256SUMS"]
    assert watched.seen == [
        *(("flush", f".pending/{name}") for name in files),
        ("flush", ".pending/story"),
        ("flush", ".pending/COMMIT.part"),
        ("move", ".pending/COMMIT"),
        ("flush", ".pending"),
        *(("move", name) for name in files),
        ("flush", "."),
        ("flush", "story"),
    ]


class Heard(logging.Handler):
    """Hears what a room logs; `event` is set from the first line on."""

    def __init__(self) -> None:
        super().__init__()
        self.event = threading.Event()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(str(record.msg))
        self.event.set()


@pytest.fixture
def heard() -> Iterator[Heard]:
    handler = Heard()
    logger = logging.getLogger("chinwag.stores")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler
    logger.setLevel(logging.NOTSET)
    logger.removeHandler(handler)


def test_whoever_finds_the_folder_busy_waits_and_then_reads_what_was_written(
    tmp_path: Path, heard: Heard
) -> None:
    folder = write_everything(tmp_path / "chat")
    read: list[tuple[Post, ...]] = []

    def write_later() -> None:
        with ChatFolder.open(folder.root).change() as change:
            read.append(folder.read_posts())
            change.write_posts(POSTS)

    other = threading.Thread(target=write_later)
    with folder.change() as change:
        other.start()
        assert heard.event.wait(10)
        change.write_posts(POSTS[:1])
    other.join()

    assert read == [POSTS[:1]]
    assert folder.read_posts() == POSTS
    assert heard.said == [
        "%s: another command is writing it, waiting",
        "%s: waited %.3f s for another command",
    ]


def test_what_is_read_steadily_is_of_one_moment(tmp_path: Path) -> None:
    folder = write_everything(tmp_path / "chat")
    others = [POSTS[:1], POSTS[1:]]

    def read_while_others_write() -> tuple[tuple[Post, ...], tuple[Placement, ...]]:
        posts = folder.read_posts()
        if others:
            with folder.change() as change:
                change.write_posts(others.pop())
                change.write_placements(PLACEMENTS[: len(others)])
        return posts, folder.read_placements()

    assert folder.read_steadily(read_while_others_write) == (POSTS[:1], ())


def test_what_is_read_steadily_waits_for_a_change_that_is_being_moved(tmp_path: Path) -> None:
    folder = write_everything(tmp_path / "chat")
    listing = folder.root / ".pending" / "COMMIT"
    with folder.change() as change:
        change.write_posts(POSTS[:1])
        listing.write_bytes(b'{"move": ["posts.jsonl"], "remove": []}')
        with pytest.raises(BusyFolder):
            read_steadily(folder.root, folder.read_posts, patience=0)
        listing.unlink()
    assert folder.read_steadily(folder.read_posts) == POSTS[:1]


OPENS = """
import logging, sys
from pathlib import Path
from chinwag.stores.folder import ChatFolder

if sys.argv[2] == "shown":
    logging.basicConfig(format="%(name)s")
ChatFolder.open(Path(sys.argv[1]))
"""


@pytest.mark.parametrize(
    ("how", "said"), [("quiet", ""), ("shown", "chinwag.stores.folder.commit\n")]
)
def test_what_is_logged_is_shown_only_where_a_program_asks(
    tmp_path: Path, how: str, said: str
) -> None:
    folder = write_everything(tmp_path / "chat")
    (folder.root / ".pending").mkdir()
    (folder.root / ".pending" / "COMMIT").write_text('{"move": [], "remove": []}')
    words = [sys.executable, "-c", OPENS, str(folder.root), how]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stderr == said


def test_a_folder_that_another_command_is_writing_is_left_alone(tmp_path: Path) -> None:
    folder = write_everything(tmp_path / "chat")
    with folder.change() as change:
        change.write_posts(())
        with (
            pytest.raises(FolderError, match="Another command is writing"),
            ChatFolder.open(folder.root).change(patience=0),
        ):
            pass
    assert folder.read_posts() == ()


def test_a_folder_of_a_newer_format_is_refused_unharmed(tmp_path: Path) -> None:
    folder = write_everything(tmp_path / "chat")
    path = folder.root / "chat.toml"
    path.write_text(path.read_text().replace(f"format = {FORMAT}", "format = 99"))
    before = read_tree(folder.root)
    with pytest.raises(NewerFolder, match="is of format 99; this Chinwag knows formats up to 2"):
        ChatFolder.open(folder.root)
    assert read_tree(folder.root) == before


def test_a_folder_with_other_things_in_it_is_refused_unharmed(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(FolderError, match=r"holds files, but no chat\.toml"):
        ChatFolder.at(tmp_path)
    assert read_tree(tmp_path) == {"thesis.docx": b"years of work"}


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "chat").write_text("a file")
    with pytest.raises(FolderError, match="is a file"):
        ChatFolder.at(tmp_path / "chat")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"format = {FORMAT}\nseries = ", "is not valid TOML"),
        ("series = 'x'\n", "says format = None"),
        (f"format = {FORMAT}\nseries = 'x'\n", "does not describe a chat"),
        (
            f"format = {FORMAT}\nseries = 'x'\nhashtag = ''\ntitle = 'x'\ntime_zone = 'Europe/Lundun'\n",
            "does not describe a chat: .*Europe/Lundun",
        ),
    ],
)
def test_a_broken_chat_toml_is_named(tmp_path: Path, text: str, said: str) -> None:
    folder = write_everything(tmp_path / "chat")
    (folder.root / "chat.toml").write_text(text)
    with pytest.raises(DamagedFolder, match=said):
        ChatFolder.open(folder.root).read_chat()


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    folder = write_everything(tmp_path / "chat")
    path = folder.root / "posts.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DamagedFolder, match=r"posts\.jsonl cannot be read: line 2 says"):
        folder.read_posts()
    assert folder.find_damage() == ("posts.jsonl has been changed since Chinwag wrote it.",)


def test_a_file_that_is_not_there_yet_says_which_command_makes_it(tmp_path: Path) -> None:
    folder = ChatFolder.at(tmp_path / "chat")
    with folder.change() as change:
        change.write_chat(CHAT)
    with pytest.raises(FolderError, match=r"holds no posts\.jsonl yet\.") as caught:
        folder.read_posts()
    assert caught.value.fields["step"] == "import"


@pytest.mark.skipif(os.geteuid() == 0, reason="The administrator may write anywhere.")
def test_a_read_only_place_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with (
        pytest.raises(FolderError, match="could not be written: Permission denied"),
        ChatFolder.at(tmp_path / "chat").change(),
    ):
        pass
    tmp_path.chmod(0o700)


def test_a_full_disk_is_said_and_changes_nothing(tmp_path: Path) -> None:
    folder = write_everything(tmp_path / "chat")
    before = read_tree(folder.root)
    with pytest.raises(FolderError, match="could not be written: No space left") as caught:
        write_to_a_full_disk(folder)
    assert (caught.value.fields["errno"], caught.value.kept) == ("ENOSPC", Kept.UNCHANGED)
    assert read_tree(folder.root) == before


def test_a_failure_after_the_change_counts_says_so_and_the_next_opening_finishes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_everything(tmp_path / "chat")
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target.name == "posts.jsonl":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FolderError) as failure:
        write_posts(folder, POSTS[:1])
    monkeypatch.undo()

    assert failure.value.kept == Kept.WRITTEN
    assert ChatFolder.open(folder.root).read_posts() == POSTS[:1]
    assert folder.find_damage() == ()


def write_posts(folder: ChatFolder, posts: tuple[Post, ...]) -> None:
    with folder.change() as change:
        change.write_posts(posts)


def test_raw_files_are_kept_as_received_and_never_doubled(tmp_path: Path) -> None:
    received = tmp_path / "chat week.csv"
    received.write_bytes(b"a,b\r\n1,2\r\n" * 100)
    folder = write_everything(tmp_path / "chat")
    with folder.change() as change:
        first = change.keep_raw(received)
        again = change.keep_raw(received)
    with folder.change() as change:
        later = change.keep_raw(received)
        received.write_bytes(b"another\n")
        other = change.keep_raw(received)
    assert first == again == later
    assert first.raw == "raw/chat week.csv.gz"
    assert first.sha256 == hashlib.sha256(b"a,b\r\n1,2\r\n" * 100).hexdigest()
    assert other.raw == "raw/2-chat week.csv.gz"
    assert gzip.decompress((folder.root / first.raw).read_bytes()) == b"a,b\r\n1,2\r\n" * 100
    assert gzip.decompress((folder.root / other.raw).read_bytes()) == b"another\n"


def test_a_compressed_file_is_kept_as_it_is(tmp_path: Path) -> None:
    received = tmp_path / "chat.json.gz"
    received.write_bytes(gzip.compress(b"{}"))
    folder = write_everything(tmp_path / "chat")
    with folder.change() as change:
        kept = change.keep_raw(received)
    assert kept.raw == "raw/chat.json.gz"
    assert (folder.root / kept.raw).read_bytes() == received.read_bytes()
