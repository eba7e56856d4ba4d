"""A host changes a chat by commands, sees who changed what, and takes it back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import Result
from tests.cli.snug_chat import CHAT, write_csv

from chinwag.stores.folder import ChatFolder

Chinwag = Callable[..., Result]
OTHER_DAY = [(f"9{id_}", who, f"2015-03-10{at[10:]}", said) for id_, who, at, said in CHAT]


@pytest.fixture
def snug(tmp_path: Path, chat_csv: Path, chinwag: Chinwag) -> Path:
    """Return the folder of the small chat."""
    assert chinwag("recap", chat_csv, "--into", tmp_path / "snug").exit_code == 0
    return tmp_path / "snug"


def read_words(result: Result) -> str:
    assert result.exit_code == 0, result.output
    assert max(map(len, result.output.splitlines())) <= 80
    return re.sub(r"\s+", " ", result.output).strip()


def test_every_change_is_listed_with_who_and_taken_back(snug: Path, chinwag: Chinwag) -> None:
    assert read_words(chinwag("show", snug, "--changes")) == "Nobody has changed anything."
    words = read_words(chinwag("correct", snug, "4", "--kind", "thanks", "--by", "Ines"))
    assert words.startswith("4 now belongs to no question (thanks). A person said so.")
    words = read_words(chinwag("edit", snug, "--title", "After dark", "--by", "Bo"))
    assert words == ("title: After dark (before: #snugchat, 13 October 2026). Made again: story.")
    chinwag("question", snug, "Q2", "What keeps you away?", "--by", "Ines")
    chinwag("question", snug, "1", "--take-out", "--by", "Ines")
    chinwag("moderator", snug, "@bo_stacks", "--by", "Ines")
    chinwag("moderator", snug, "ines_asks", "--not", "--by", "Ines")

    listed = read_words(chinwag("show", snug, "--changes"))
    assert [re.sub(r".* \(UTC\), ", "", one) for one in re.split(r"\. (?=\d{4}-)", listed)] == [
        "Ines: 4 belongs to no question (thanks). A person said so",
        "Bo: title: After dark (before: #snugchat, 13 October 2026)",
        "Ines: questions: Q2 What keeps you away? (before: none given)",
        "Ines: dropped questions: 1 (before: none given)",
        "Ines: moderators: bo_stacks (before: none given)",
        "Ines: not moderators: ines_asks (before: none given).",
    ]
    words = read_words(chinwag("undo", snug))
    assert words.startswith("Put back: not moderators: none given (before: ines_asks).")
    for _ in range(5):
        words = read_words(chinwag("undo", snug))
    assert words.startswith("Took back: 4 belongs to no question (thanks). A person said so.")
    assert read_words(chinwag("show", snug, "--changes")) == "Nobody has changed anything."
    refused = chinwag("undo", snug)
    assert (refused.exit_code, refused.output.count("nothing to undo")) == (2, 1)
    said = read_words(chinwag("check", snug))
    assert re.fullmatch(
        r"Looked at \d+ files, \d+ records and 6 points: all is there, .* traced\.", said
    )


def test_changes_are_listed_in_the_chat_s_own_time(snug: Path, chinwag: Chinwag) -> None:
    kiritimati = "Pacific/Kiritimati"  # 14 hours before UTC, all the year
    chinwag("edit", snug, "--tz", kiritimati)
    (edit,) = ChatFolder.open(snug).read_edits()
    assert edit.at is not None
    there = edit.at.astimezone(ZoneInfo(kiritimati))
    assert read_words(chinwag("show", snug, "--changes")).startswith(
        f"{there:%Y-%m-%d %H:%M} ({kiritimati}), "
    )


def test_what_is_only_noted_is_made_by_an_update(snug: Path, chinwag: Chinwag) -> None:
    note = "It is noted. Run `chinwag update` to make the rest again."
    assert note in read_words(chinwag("correct", snug, "4", "--question", "2", "--note-only"))
    assert note in read_words(chinwag("edit", snug, "--title", "Dark", "--note-only"))
    checked = chinwag("check", snug)
    words = re.sub(r"\s+", " ", checked.output)
    assert checked.exit_code == 3
    assert "Wrong: placements.jsonl is older than corrections.jsonl." in words
    assert "Wrong: story is older than chat.toml." in words
    assert words.endswith(f"What to do: - `chinwag update {snug}` makes again what is older. ")
    words = read_words(chinwag("update", snug))
    assert words == "Made again: placements.jsonl, summary.json and story."
    assert read_words(chinwag("update", snug)) == "Everything is up to date."
    assert "older" not in read_words(chinwag("check", snug))

    words = read_words(chinwag("remove", snug, "5", "--note-only"))
    assert words == "1 post and 0 reposts will be taken out by the next `chinwag update`."
    words = read_words(chinwag("undo", snug, "--note-only"))
    assert words == f"Took back: a removal of 1 post. {note}"


def test_a_file_is_taken_out_again(snug: Path, tmp_path: Path, chinwag: Chinwag) -> None:
    other = write_csv(tmp_path / "other.csv", OTHER_DAY)
    refused = chinwag("import", other, "--into", snug)
    assert refused.exit_code == 2
    assert re.sub(r"\s+", " ", refused.output) == (
        "Error: other.csv is of 10 March 2015, your chat of 13 October 2026: it holds nothing of"
        " your chat. Name another folder with --into. If it is of this chat after all, run it again"
        " with --anyway. Nothing in the folder was changed. "
    )
    assert chinwag("import", other, "--into", snug, "--anyway").exit_code == 0
    words = read_words(chinwag("forget-file", snug, "other.csv", "--by", "Ines"))
    assert words == (
        "Took other.csv out. #snugchat, 13 October 2026 holds 12 posts now. Made again:"
        " placements.jsonl."
    )
    listed = read_words(chinwag("show", snug, "--changes"))
    assert re.sub(r".* \(UTC\), ", "", listed) == "Ines: other.csv was taken out of the chat."
    undone = chinwag("undo", snug)
    assert (undone.exit_code, undone.output.count("gone.")) == (2, 1)


def test_who_is_the_option_else_the_setting(
    snug: Path, chinwag: Chinwag, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHINWAG_NAME", "The hosts")
    made = json.loads(chinwag("correct", snug, "4", "--question", "2", "--json").output)
    assert [one["who"] for one in made["corrections"]] == ["The hosts"]
    assert made["remade"]["left"] == []
    chinwag("remove", snug, "5", "--by", "Bo", "--note-only")
    assert [one.who for one in ChatFolder.open(snug).read_removals()] == ["Bo"]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["correct", "4"], "Give --question, --kind, or both."),
        (["correct", "4", "--kind", "rant"], "'rant' is not one of"),
        (["edit"], "There is no terminal for an editor. Give --export, or the change"),
        (["question", "3"], "Give the question's words, or --take-out."),
        (["question", "third", "Why?"], "Give the number: 3, or 9.2"),
        (["moderator", "nobody", "--not"], "Moderators are ines_asks."),
    ],
)
def test_a_mistake_says_what_to_give(
    snug: Path,
    chinwag: Chinwag,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    what: str,
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    result = chinwag(words[0], snug, *words[1:])
    assert result.exit_code == 2
    assert what in re.sub(r"\s+", " ", result.output)
