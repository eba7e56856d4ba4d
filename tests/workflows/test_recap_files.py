"""The main job on the sample chat: from files to a story, twice, corrected, added to, checked."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

import chinwag
from chinwag.errors import BusyFolder, InputError, Kept, NoTimeZone
from chinwag.model import LEFT_OUT_MARK, quote_note
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.correct_placement import Verdict, correct_placement
from chinwag.workflows.find_post import find_post
from chinwag.workflows.import_files import import_files
from chinwag.workflows.place_chat import place_chat

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "examples" / "stackschat"
FILES = sorted(SAMPLE.glob("*.json"))
TRUTH = {
    row["post"]: row
    for row in map(json.loads, (SAMPLE / "truth.jsonl").read_text(encoding="utf-8").splitlines())
}

# Its author deleted it before any of the files was saved: only a deletion tells of it.
DELETED_UNSEEN = "at://did:plc:eyalrjbno4phvxtiggrldjeh/app.bsky.feed.post/3mxroocjcz26h"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the sample chat, made once; copy it before you change it."""
    folder = tmp_path_factory.mktemp("sample") / "chat"
    chinwag.recap_files(FILES, folder, ChatDetails(time_zone="Europe/London"))
    return folder


def read_tree(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def test_every_post_of_the_sample_is_archived_once(sample: Path) -> None:
    folder = ChatFolder.open(sample)
    ids = Counter(post.id for post in folder.read_posts())
    assert ids == Counter(set(TRUTH) - {DELETED_UNSEEN})
    ledger = folder.read_ledger()
    assert (ledger.archived, ledger.outside, ledger.deleted) == (357, 0, 1)
    aside = [(row.file, row.line, row.reason.code) for row in folder.read_aside()]
    assert aside == [("mastodon-social.json", 175, "not-public")]


def test_every_post_has_one_placement_with_a_reason(sample: Path) -> None:
    folder = ChatFolder.open(sample)
    placements = folder.read_placements()
    assert [one.post for one in placements] == [post.id for post in folder.read_posts()]
    labels = {question.label for question in folder.read_chat().questions}
    assert {one.question for one in placements} - {None} == labels
    assert labels == {"1", "2", "3", "4", "5", "6", "6.2", "7", "8"}
    assert [one for one in placements if not one.reason or not 0 <= one.confidence <= 1] == []


def test_bullets_stand_letter_for_letter_and_never_on_what_is_gone(sample: Path) -> None:
    folder = ChatFolder.open(sample)
    posts = {post.id: post for post in folder.read_posts()}
    bullets = [bullet for one in folder.read_summary().questions for bullet in one.bullets]
    assert len(bullets) > 20
    for bullet in bullets:
        said = " ".join(posts[bullet.quoted].text.split())
        assert all(words in said for words in bullet.text.split(f" {LEFT_OUT_MARK} "))
        assert bullet.quoted == bullet.posts[0]
        authors = {posts[id_].author for id_ in bullet.posts}
        assert bullet.people + bullet.agreed == len(authors)
        assert not any(posts[id_].deleted or posts[id_].text_lost for id_ in bullet.posts)


def test_every_post_is_somewhere_in_the_summary(sample: Path) -> None:
    folder = ChatFolder.open(sample)
    summary = folder.read_summary()
    asking = {id_ for question in folder.read_chat().questions for id_ in question.posts}
    behind = {id_ for one in summary.questions for bullet in one.bullets for id_ in bullet.posts}
    bullets = [bullet for one in summary.questions for bullet in one.bullets]
    behind |= {reply.post for bullet in bullets for reply in bullet.replies}
    left_out = {id_ for one in summary.questions for id_ in one.left_out}
    unplaced = set(summary.unplaced)
    everything = {post.id for post in folder.read_posts()}
    assert behind | left_out | asking | unplaced == everything
    assert not behind & left_out
    assert not (behind | left_out) & unplaced


def test_spam_greetings_and_thanks_are_no_bullets(sample: Path) -> None:
    summary = ChatFolder.open(sample).read_summary()
    quoted = [bullet.quoted for one in summary.questions for bullet in one.bullets]
    kinds = Counter(TRUTH[id_]["kind"] for id_ in quoted)
    assert set(kinds) <= {"answer", "reply"}, kinds


def test_running_it_again_changes_not_a_byte(sample: Path, tmp_path: Path) -> None:
    shutil.copytree(sample, tmp_path / "chat")
    before = read_tree(tmp_path / "chat")
    chinwag.recap_files(FILES, tmp_path / "chat", ChatDetails(time_zone="Europe/London"))
    assert read_tree(tmp_path / "chat") == before


def test_the_order_of_the_files_changes_nothing_that_is_said(sample: Path, tmp_path: Path) -> None:
    turned = FILES[::-1]
    chinwag.recap_files(turned, tmp_path / "chat", ChatDetails(time_zone="Europe/London"))
    one, other = ChatFolder.open(sample), ChatFolder.open(tmp_path / "chat")
    assert other.read_summary() == one.read_summary()
    assert other.read_placements() == one.read_placements()


def test_files_that_come_later_join_the_chat(sample: Path, tmp_path: Path) -> None:
    into = tmp_path / "chat"
    chinwag.recap_files(FILES[:2], into, ChatDetails(time_zone="Europe/London"))
    fewer = len(ChatFolder.open(into).read_posts())
    made = chinwag.recap_files(FILES[2:], into)
    whole = ChatFolder.open(sample)
    assert fewer < len(whole.read_posts())
    assert [file.name for file in made.imported.ledger.files] == [file.name for file in FILES]
    assert {post.id: post.text for post in ChatFolder.open(into).read_posts()} == {
        post.id: post.text for post in whole.read_posts()
    }


def test_an_agenda_gives_the_wording_and_the_posts_the_times(tmp_path: Path) -> None:
    agenda = chinwag.read_agenda(
        "1. Who is on the step? #StacksChat\n2. Who has the evening?\n9. Never asked?"
    )
    made = chinwag.recap_files(FILES, tmp_path / "chat", ChatDetails(agenda=agenda))
    first, second, *_, last = made.chat.questions
    assert (first.label, first.text, first.by) == ("1", "Who is on the step?", "agenda")
    assert first.asked_at == datetime(2026, 10, 13, 18, 5, 0, 418000, tzinfo=UTC)
    assert (second.label, second.text) == ("2", "Who has the evening?")
    assert (last.label, last.text, last.asked_at) == ("9", "Never asked?", None)
    again, _ = place_chat(tmp_path / "chat")
    assert again.questions == made.chat.questions


def test_a_correction_outranks_the_machine_for_good(sample: Path, tmp_path: Path) -> None:
    into = tmp_path / "chat"
    shutil.copytree(sample, into)
    bullet = ChatFolder.open(into).read_summary().questions[0].bullets[0]
    correct_placement(
        into, [bullet.quoted], Verdict(question="7", because="It is about money"), at=AT
    )
    chinwag.recap_files(FILES, into)
    folder = ChatFolder.open(into)
    standing = next(one for one in folder.read_placements() if one.post == bullet.quoted)
    assert (standing.question, standing.by, standing.confidence) == ("7", "person", 1.0)
    assert standing.reason == quote_note("It is about money")
    quoted = {one.quoted for one in folder.read_summary().questions[0].bullets}
    assert bullet.quoted not in quoted
    assert check_folder(into).faults == ()
    correct_placement(into, [bullet.quoted], Verdict(question=None), at=AT)
    assert bullet.quoted in ChatFolder.open(into).read_summary().unplaced


def test_a_post_is_named_by_the_end_of_its_address(sample: Path) -> None:
    posts = ChatFolder.open(sample).read_posts()
    assert find_post(posts, posts[5].id[-12:]) == posts[5]
    assert find_post(posts, posts[5].url) == posts[5]
    with pytest.raises(InputError, match="No post of this chat is called 'nobody'"):
        find_post(posts, "nobody")
    with pytest.raises(InputError, match=r"\d+ posts end in"):
        find_post(posts, posts[5].id[-1:])


def test_a_correction_to_a_question_that_is_not_there_is_refused(sample: Path) -> None:
    post = ChatFolder.open(sample).read_posts()[5]
    before = read_tree(sample)
    with pytest.raises(InputError, match=r"This chat has no question 42\.") as refused:
        correct_placement(sample, [post.id], Verdict(question="42"), at=AT)
    assert refused.value.fields["known"] == [
        question.label for question in ChatFolder.open(sample).read_chat().questions
    ]
    assert read_tree(sample) == before


def test_a_check_names_what_was_tampered_with(sample: Path, tmp_path: Path) -> None:
    into = tmp_path / "chat"
    shutil.copytree(sample, into)
    assert check_folder(into).faults == ()
    summary = into / "summary.json"
    text = ChatFolder.open(into).read_summary().questions[0].bullets[0].text
    forged = summary.read_text(encoding="utf-8").replace(
        json.dumps(text, ensure_ascii=False), '"I agree"', 1
    )
    summary.write_text(forged, encoding="utf-8")
    (into / "raw" / "bluesky-feed.json.gz").unlink()
    faults = check_folder(into).faults
    assert "raw/bluesky-feed.json.gz is missing." in faults
    assert "summary.json has been changed since Chinwag wrote it." in faults
    assert any("I agree" in fault for fault in faults)


def test_an_import_leaves_the_folder_whole_when_it_fails(sample: Path, tmp_path: Path) -> None:
    into = tmp_path / "chat"
    shutil.copytree(sample, into)
    before = read_tree(into)
    noise = tmp_path / "noise.csv"
    noise.write_text("id,author,text,created_at\n1,bo,hello,2026-10-13 18:00\n")
    with pytest.raises(NoTimeZone, match="'2026-10-13 18:00' states no time zone"):
        import_files([noise], into, ChatDetails())
    assert read_tree(into) == before


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    def listen(doing: str, done: int, total: int) -> None:
        told.append((doing, done, total))

    chinwag.recap_files(FILES[:1], tmp_path / "chat", progress=listen)
    doing = list(dict.fromkeys(what for what, _, _ in told))
    assert doing == [
        "Keeping the files as received",
        f"Reading {FILES[0].name}",
        "Placing the posts",
        "Summarising the questions",
        "Publishing the story",
    ]
    assert [(done, total) for what, done, total in told][-1] == (3, 3)


def test_the_library_works_as_the_readme_shows(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code = readme.split("```python\n", 1)[1].split("```", 1)[0]
    chat = (ROOT / "examples" / "formats" / "tags.csv").read_bytes()
    (tmp_path / "chat.csv").write_bytes(chat)
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    assert (tmp_path / "my-chat" / "story" / "index.html").is_file()
    assert run.stdout.splitlines()[0].startswith(("1 ", "2 "))


def test_a_failure_after_the_import_says_that_the_files_are_archived(tmp_path: Path) -> None:
    def fail(doing: str, done: int, total: int) -> None:
        if doing == "Placing the posts":
            raise BusyFolder("It is busy.", code="folder-busy", kept=Kept.UNCHANGED)

    with pytest.raises(BusyFolder) as failure:
        chinwag.recap_files(FILES, tmp_path / "chat", progress=fail)
    assert failure.value.kept == Kept.ARCHIVED
    assert len(ChatFolder.open(tmp_path / "chat").read_posts()) > 300
