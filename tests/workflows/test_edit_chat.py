"""What a person says of the chat itself stands through later runs, and can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec
import pytest

from chinwag.errors import InputError
from chinwag.model import Chat, Edit, Moderator, Question, Window
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.edit_chat import (
    Change,
    EditReport,
    Particulars,
    drop_question,
    edit_chat,
    join_accounts,
    name_moderator,
    note_edit,
    set_particulars,
    unname_moderator,
    word_question,
)
from chinwag.workflows.import_files import import_files
from chinwag.workflows.make_again import Remade, make_again
from chinwag.workflows.place_chat import place_chat
from chinwag.workflows.remove_posts import remove_posts
from chinwag.workflows.show_folder import show_folder
from chinwag.workflows.undo import note_undo, undo

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
FROM_PLACING = ("placements.jsonl", "summary.json", "story")
FIRST, SECOND = "Who uses the library after dark?", "What keeps people away?"


def edit(folder: Path, change: Change) -> EditReport:
    return edit_chat(folder, change, at=AT, who="ines")


def read(folder: Path) -> Chat:
    return ChatFolder.open(folder).read_chat()


def list_questions(folder: Path) -> list[tuple[str, str, str]]:
    return [(one.label, one.text, one.by) for one in read(folder).questions]


def list_places(folder: Path) -> dict[str, str | None]:
    return {one.post: one.question for one in ChatFolder.open(folder).read_placements()}


def test_another_title_makes_the_story_again_and_nothing_else(snug: Path) -> None:
    before = read(snug).title
    report = edit(snug, partial(set_particulars, said=Particulars(title="After dark")))
    assert report == EditReport(
        edit=Edit(who="ines", at=AT, before={"title": before}, after={"title": "After dark"}),
        remade=Remade(made=("story",)),
    )
    assert "After dark" in (snug / "story" / "index.html").read_text()


def test_a_title_made_of_the_date_follows_the_zone_and_the_hour(snug: Path) -> None:
    edit_chat(snug, partial(set_particulars, said=Particulars(time_zone="Asia/Tokyo")), at=AT)
    assert read(snug).title == "#snugchat, 14 October 2026"
    story = (snug / "story" / "story.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in story if line.startswith("# ")] == ["# #snugchat, 14 October 2026"]
    said = Particulars(
        start=datetime(2026, 10, 12, 18, tzinfo=UTC), end=datetime(2026, 10, 13, 19, tzinfo=UTC)
    )
    edit_chat(snug, partial(set_particulars, said=said), at=AT)
    assert read(snug).title == "#snugchat, 13 October 2026"
    undo(snug)
    assert read(snug).title == "#snugchat, 13 October 2026"
    assert read(snug).time_zone == "UTC"

    edit_chat(snug, partial(set_particulars, said=Particulars(title="After dark")), at=AT)
    edit_chat(snug, partial(set_particulars, said=Particulars(time_zone="Asia/Tokyo")), at=AT)
    assert read(snug).title == "After dark"


def test_the_zone_given_with_a_later_import_moves_the_title_too(tmp_path: Path, snug: Path) -> None:
    import_files([tmp_path / "snug.csv"], snug, ChatDetails(time_zone="Asia/Tokyo"))
    assert read(snug).title == "#snugchat, 14 October 2026"


def test_what_the_chat_says_already_is_no_edit(snug: Path) -> None:
    said = Particulars(title=read(snug).title, time_zone="UTC")
    assert edit(snug, partial(set_particulars, said=said)) == EditReport(edit=None, remade=Remade())
    assert ChatFolder.open(snug).read_edits() == ()


def test_another_hour_takes_posts_out_and_in_again(snug: Path) -> None:
    everything = ChatFolder.open(snug).read_posts()
    found = read(snug).window
    said = Particulars(start=datetime(2026, 10, 13, 18, 7, tzinfo=UTC))
    report = edit(snug, partial(set_particulars, said=said))

    assert report.remade == Remade(made=("posts.jsonl", *FROM_PLACING))
    assert found is not None
    assert said.start is not None
    assert read(snug).window == Window(start=said.start, end=found.end, by="person")
    assert ChatFolder.open(snug).read_posts() == everything[4:]
    undo(snug)
    assert ChatFolder.open(snug).read_posts() == everything
    assert read(snug).window == found
    assert check_folder(snug).notes == ()


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (Particulars(time_zone="Europe/Lundun"), "Europe/Lundun"),
        (Particulars(end=datetime(2020, 1, 1, tzinfo=UTC)), "ends before it begins"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    snug: Path, said: Particulars, what: str
) -> None:
    before = (snug / "chat.toml").read_bytes()
    with pytest.raises(InputError, match=what):
        edit(snug, partial(set_particulars, said=said))
    assert (snug / "chat.toml").read_bytes() == before


def test_a_question_is_reworded_for_good_and_the_others_stay_as_they_were_found(
    snug: Path,
) -> None:
    places = list_places(snug)
    edit(snug, partial(word_question, label="1", text="  Who comes at night, and why?\n"))
    reworded = [("1", "Who comes at night, and why?", "person"), ("2", SECOND, "posts")]
    assert list_questions(snug) == reworded
    place_chat(snug)
    assert list_questions(snug) == reworded
    assert list_places(snug) == places
    assert read(snug).questions[0].posts == ("3",)
    assert undo(snug).undone.edits[0].before == {"questions": []}
    assert list_questions(snug) == [("1", FIRST, "posts"), ("2", SECOND, "posts")]


def test_a_question_is_added_and_taken_out(snug: Path) -> None:
    edit(snug, partial(word_question, label="3", text="What will you try first?"))
    assert list_questions(snug)[2] == ("3", "What will you try first?", "person")
    assert read(snug).questions[2].asked_at is None
    edit(snug, partial(drop_question, label="3"))
    edit(snug, partial(drop_question, label="2"))
    assert list_questions(snug) == [("1", FIRST, "posts")]
    assert read(snug).dropped_questions == ("3", "2")
    assert set(list_places(snug).values()) <= {"1", None}
    edit(snug, partial(word_question, label="2", text=SECOND))
    assert read(snug).dropped_questions == ("3",)
    assert list_questions(snug) == [("1", FIRST, "posts"), ("2", SECOND, "person")]


def test_an_agenda_stays_the_whole_list(snug: Path) -> None:
    agenda = (Question(label="1", text="Who is there?", by="agenda"),)
    with ChatFolder.open(snug).change() as change:
        chat = ChatFolder.open(snug).read_chat()
        change.write_chat(msgspec.structs.replace(chat, questions=agenda))
    edit(snug, partial(word_question, label="1", text="Who is there at night?"))
    assert list_questions(snug)[0] == ("1", "Who is there at night?", "agenda")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (partial(word_question, label="third", text="Why?"), "label-invalid"),
        (partial(word_question, label="3", text=" "), "question-wordless"),
        (partial(drop_question, label="9"), "question-unknown"),
        (partial(unname_moderator, author="@nobody"), "moderator-unknown"),
        (partial(name_moderator, author="@"), "handle-missing"),
        (partial(join_accounts, author="@Bo", other="bo"), "account-alone"),
    ],
)
def test_a_mistake_is_named(snug: Path, change: Change, code: str) -> None:
    with pytest.raises(InputError) as mistake:
        note_edit(snug, change, at=AT)
    assert mistake.value.code == code


def test_a_moderator_is_named_and_another_is_none(snug: Path) -> None:
    assert read(snug).moderators == (Moderator(author="ines_asks"),)
    edit(snug, partial(name_moderator, author="@bo_stacks"))
    assert Moderator(author="bo_stacks", by="person") in read(snug).moderators
    edit(snug, partial(unname_moderator, author="Ines_Asks"))
    place_chat(snug)
    assert read(snug).moderators == (Moderator(author="bo_stacks", by="person"),)
    assert [one.after for one in note_undo(snug).edits] == [
        {"moderators": ["bo_stacks"]},
        {"not_moderators": ["Ines_Asks"]},
    ]
    make_again(snug)
    assert read(snug).moderators == (Moderator(author="ines_asks"),)


def test_the_accounts_of_one_host_count_once(snug: Path) -> None:
    before = show_folder(snug).measures.people
    edit(snug, partial(join_accounts, author="@bo_stacks", other="INES_ASKS"))
    assert read(snug).one_person == (("INES_ASKS", "bo_stacks"),)
    assert Moderator(author="bo_stacks", by="person") in read(snug).moderators
    assert show_folder(snug).measures.people == before - 1
    story = msgspec.json.decode((snug / "story" / "story.json").read_bytes())
    assert (story["measures"]["people"], "one_person" in story["chat"]) == (before - 1, False)

    edit(snug, partial(join_accounts, author="bo.bsky.example", other="bo_stacks"))
    assert read(snug).one_person == (("bo_stacks", "bo.bsky.example", "INES_ASKS"),)
    edit(snug, partial(set_particulars, said=Particulars(title="After dark")))
    assert read(snug).one_person == (("bo_stacks", "bo.bsky.example", "INES_ASKS"),)
    import_files([], snug, ChatDetails())
    assert read(snug).one_person == (("bo_stacks", "bo.bsky.example", "INES_ASKS"),)

    remove_posts(snug, [], "bo_stacks", at=AT)
    assert read(snug).one_person == (("bo.bsky.example", "INES_ASKS"),)
    remove_posts(snug, [], "ines_asks", at=AT)
    assert read(snug).one_person == ()


def test_accounts_are_told_apart_again(snug: Path) -> None:
    edit(snug, partial(join_accounts, author="bo_stacks", other="ines_asks"))
    assert read(snug).one_person
    note_undo(snug)
    make_again(snug)
    assert read(snug).one_person == ()


def test_an_edit_by_hand_is_taken_in_by_an_update_and_commands_keep_it(snug: Path) -> None:
    path = snug / "chat.toml"
    path.write_text("# Ours.\n" + path.read_text().replace(FIRST, "Who?"))
    assert check_folder(snug).notes[0] == "chat.toml has been edited by hand since the last run."
    make_again(snug)
    assert check_folder(snug).notes == ()
    edit(snug, partial(set_particulars, said=Particulars(contact="hosts@chat.example")))
    assert path.read_text().startswith("# Ours.\n")
    assert read(snug).contact == "hosts@chat.example"


def test_what_was_kept_out_comes_back_when_an_import_names_it(snug: Path) -> None:
    edit(snug, partial(unname_moderator, author="ines_asks"))
    edit(snug, partial(drop_question, label="2"))
    agenda = (Question(label="2", text=SECOND, by="agenda"),)
    import_files([], snug, ChatDetails(moderators=("@Ines_Asks",), agenda=agenda))
    chat = read(snug)
    assert (chat.not_moderators, chat.dropped_questions) == ((), ())
    assert chat.moderators == (Moderator(author="Ines_Asks", by="person"),)
    assert list_questions(snug) == [("2", SECOND, "agenda")]
