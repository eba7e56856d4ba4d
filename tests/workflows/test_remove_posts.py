"""A removal reaches every copy in the folder, and what comes later."""

from __future__ import annotations

import gzip
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import chinwag
from chinwag.errors import InputError
from chinwag.model import Removal
from chinwag.steps.collect import hash_author
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.remove_posts import RemovalReport, note_removal, remove_posts

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
SLICE = Path(__file__).parents[2] / "examples" / "formats"


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    """Give a chat from two files that saw the same posts."""
    files = [SLICE / "twarc.csv", SLICE / "tags.csv"]
    chinwag.recap_files(files, tmp_path / "chat")
    return tmp_path / "chat"


def read_everything(root: Path) -> Iterator[str]:
    """Give the text of every file of a folder, uncompressed, and of what a book or a zip holds."""
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                members = [packed.read(name) for name in packed.namelist()]
            yield from (member.decode("utf-8", "replace") for member in members)
        else:
            content = path.read_bytes()
            yield (gzip.decompress(content) if path.suffix == ".gz" else content).decode()


def test_a_post_that_is_taken_out_is_nowhere(chat: Path) -> None:
    folder = ChatFolder.open(chat)
    post = folder.read_posts()[5]
    words = post.text[10:50]
    assert sum(words in text for text in read_everything(chat)) >= 5
    report = remove_posts(chat, [post.id], at=AT)
    assert report == RemovalReport(posts=1, reposts=len(post.reposts), files=2)
    assert [words in text for text in read_everything(chat)].count(True) == 0
    tomb = next(one for one in folder.read_posts() if one.id == post.id)
    assert (tomb.deleted, tomb.text, tomb.author, tomb.url) == (True, "", "", "")
    assert check_folder(chat).faults == ()
    where = next(one for one in folder.read_placements() if one.post == post.id).question
    placed = {one.post for one in folder.read_placements() if one.question == where and where}
    asking = {id_ for question in folder.read_chat().questions for id_ in question.posts}
    authors = {one.author for one in folder.read_posts() if one.id in placed - asking}
    assert [one.people for one in folder.read_summary().questions if one.label == where] == (
        [len(authors - {""})] if where else []
    )


def test_a_second_removal_tells_the_files_that_it_wrote_anew(chat: Path) -> None:
    both = [post.id for post in ChatFolder.open(chat).read_posts()[5:7]]
    assert [remove_posts(chat, [one], at=AT).files for one in both] == [2, 2]


def test_a_removal_leaves_the_ledger_that_the_next_import_leaves(tmp_path: Path) -> None:
    chat, file = tmp_path / "chat", tmp_path / "evening.csv"
    said = [f"A{n % 3 + 1} the lamp by door {n} was left on all night again" for n in range(12)]
    said[11] = f"how true: “{said[4]}” #lampchat"
    rows = [f"{n + 1},u{n % 5},2026-10-13T18:{n:02}:00Z,{text}" for n, text in enumerate(said)]
    rows[7:7] = ["8,u9,at no time at all,A1 nobody knows when this was said"]
    rows += ["90,u8,2026-10-13T18:20:00Z,RT @u4: " + said[4], "91,,2026-10-13T18:21:00Z,A2 no"]
    file.write_text("\n".join(("id,author,created_at,text", *rows, "")), encoding="utf-8")
    chinwag.recap_files([file], chat)
    folder = ChatFolder.open(chat)
    assert [(row.line, row.text != "") for row in folder.read_aside()] == [(9, True), (16, True)]
    remove_posts(chat, ["5"], at=AT)
    ledger, aside = folder.read_ledger(), list(folder.read_aside())
    (record,) = ledger.files
    taken = {"words of a removed post taken out": 1}
    assert (record.rows, record.posts, record.aside, record.repairs) == (14, 12, 2, taken)
    assert [(row.line, row.text) for row in aside] == [(9, ""), (16, "")]
    chinwag.recap_files([], chat)
    assert (folder.read_ledger(), list(folder.read_aside())) == (ledger, aside)
    assert check_folder(chat).faults == ()


def test_what_is_out_already_can_be_taken_out_again(chat: Path) -> None:
    folder = ChatFolder.open(chat)
    placements = folder.read_placements()
    unplaced = next(one.post for one in placements if one.question is None)
    for id_ in (unplaced, next(one.post for one in placements if one.question)):
        remove_posts(chat, [id_], at=AT)
        made = (folder.read_placements(), folder.read_summary())
        assert remove_posts(chat, [id_], at=AT) == RemovalReport(posts=0, reposts=0, files=0)
        assert (folder.read_placements(), folder.read_summary()) == made
        assert check_folder(chat).faults == ()


def test_an_author_who_wants_out_is_out_of_later_files_too(chat: Path, tmp_path: Path) -> None:
    folder = ChatFolder.open(chat)
    before = folder.read_posts()
    author = before[3].author
    theirs = [post for post in before if post.author == author]
    remove_posts(chat, [], author.upper(), at=AT)
    assert author not in {post.author for post in folder.read_posts()}
    shutil.copy(SLICE / "tweets-v2.jsonl", tmp_path / "late.jsonl")
    chinwag.recap_files([tmp_path / "late.jsonl"], chat)
    after = {post.id: post for post in folder.read_posts()}
    assert author not in {post.author for post in after.values()}
    for post in theirs:
        assert after[post.id].text == ""
        assert not any(post.text[5:40] in text for text in read_everything(chat))
    others = {
        post.id: post.text.replace(f"@{author}", "@[…]") for post in before if post.author != author
    }
    kept = {id_: after[id_].text for id_ in others}
    assert kept == others


def test_a_file_that_is_given_again_brings_nothing_back(chat: Path, tmp_path: Path) -> None:
    folder = ChatFolder.open(chat)
    post = folder.read_posts()[5]
    remove_posts(chat, [post.id], at=AT)
    before = folder.read_posts()
    files = folder.read_ledger().files
    chinwag.recap_files([SLICE / "twarc.csv", SLICE / "tags.csv"], chat)
    assert folder.read_posts() == before
    assert [file.raw for file in folder.read_ledger().files] == [file.raw for file in files]
    assert not any(post.text[10:50] in text for text in read_everything(chat))
    assert check_folder(chat).faults == ()
    later = tmp_path / "twarc.csv"
    rows = (SLICE / "twarc.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    later.write_text("".join(rows[:12]), encoding="utf-8")
    chinwag.recap_files([later], chat)
    assert {one.id for one in folder.read_posts()} == {one.id for one in before}
    assert not any(post.text[10:50] in text for text in read_everything(chat))


def test_everything_can_be_taken_out(chat: Path) -> None:
    folder = ChatFolder.open(chat)
    before = folder.read_posts()
    remove_posts(chat, [post.id for post in before], at=AT)
    after = folder.read_posts()
    assert {(post.deleted, post.text, post.author) for post in after} == {(True, "", "")}
    assert folder.read_summary().questions == ()
    everything = list(read_everything(chat))
    assert not any(post.text[10:50] in text for post in before for text in everything)
    assert check_folder(chat).faults == ()


def test_a_removal_names_nobody(chat: Path) -> None:
    posts = ChatFolder.open(chat).read_posts()
    author = posts[3].author
    theirs = [post.id for post in posts if post.author == author]
    remove_posts(chat, [], f"@{author}", who="ines", at=AT)
    removal, *passed_on = ChatFolder.open(chat).read_removals()
    assert passed_on == []
    assert removal == Removal(
        of="person", digests=removal.digests, files=removal.files, who="ines", at=AT
    )
    kept = (chat / "removed.jsonl").read_text()
    guesses = [hash_author(author), author, *theirs]
    assert [guess for guess in guesses if guess in kept] == []
    assert (chat / "removed.key").stat().st_mode & 0o777 == 0o600


def test_two_folders_keep_different_digests_of_one_person(tmp_path: Path) -> None:
    digests = []
    for name in ("one", "other"):
        chinwag.recap_files([SLICE / "twarc.csv"], tmp_path / name)
        author = ChatFolder.open(tmp_path / name).read_posts()[3].author
        note_removal(tmp_path / name, [], author, at=AT)
        digests += [set(ChatFolder.open(tmp_path / name).read_removals()[0].digests)]
    assert [len(one) > 10 for one in digests] == [True, True]
    assert digests[0] & digests[1] == set()


def test_somebody_who_is_not_there_cannot_be_taken_out(chat: Path) -> None:
    before = list(read_everything(chat))
    with pytest.raises(InputError, match="Nobody called 'nobody_here' wrote or reposted anything"):
        remove_posts(chat, [], "nobody_here", at=AT)
    assert list(read_everything(chat)) == before


def test_a_handle_without_its_server_takes_nothing_out_and_names_who_may_be_meant(
    tmp_path: Path,
) -> None:
    sample = Path(__file__).parents[2] / "examples" / "stackschat" / "mastodon-glam.json"
    chinwag.recap_files([sample], tmp_path / "chat")
    before = list(read_everything(tmp_path / "chat"))
    with pytest.raises(InputError) as refused:
        remove_posts(tmp_path / "chat", [], "Fergus", at=AT)
    whole = "fergus@glam.example"
    assert (refused.value.code, refused.value.fields["near"]) == ("author-unknown", [whole])
    assert list(read_everything(tmp_path / "chat")) == before
    assert remove_posts(tmp_path / "chat", [], whole, at=AT).posts
