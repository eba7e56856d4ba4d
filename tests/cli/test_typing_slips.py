"""What an editor and a shell make of what somebody typed costs nobody the evening."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from chinwag.cli.hashtag import read_hashtag
from chinwag.cli.main import COMMANDS, SECTIONS
from chinwag.cli.typing_slips import HASH_HINT, straighten_dashes

Chinwag = Callable[..., Result]


@pytest.mark.parametrize(
    "dash", ["\u2014", "\u2013", "\u2212\u2212", "\u2010\u2010", "\u2014\u2014", "-\u2013"]
)
def test_long_dashes_before_an_option_are_two_hyphens(
    dash: str, tmp_path: Path, chat_csv: Path, chinwag: Chinwag
) -> None:
    folder = tmp_path / "snug"
    result = chinwag("import", chat_csv, f"{dash}into", folder, f"{dash}title=After dark")
    assert result.exit_code == 0, result.output
    assert (folder / "posts.jsonl").is_file()
    assert 'title = "After dark"' in (folder / "chat.toml").read_text(encoding="utf-8")


def test_what_is_no_option_keeps_its_dash() -> None:
    typed = [
        "\u2014into",
        "\u2014",
        "\u2014 said Ann",
        "\u2014other",
        "-i",
        "--into",
        "a\u2014into",
    ]
    assert straighten_dashes(typed, {"--into"}) == ["--into", *typed[1:]]


@pytest.mark.parametrize(
    "typed", [("recap", "chat.csv", "--hashtag"), ("capture",), ("recap", "chat.csv")]
)
def test_where_a_bare_hash_may_have_cut_the_line_off_it_is_said(
    typed: tuple[str, ...], chinwag: Chinwag
) -> None:
    result = chinwag(*typed)
    assert result.exit_code == 2
    assert HASH_HINT in re.sub(r"\s+", " ", result.output)
    assert max(map(len, result.output.splitlines())) <= 87  # "Error: " stands before the first


def test_other_errors_of_usage_are_as_they_were(chinwag: Chinwag) -> None:
    result = chinwag("recap", "chat.csv", "--nonsense")
    assert (result.exit_code, HASH_HINT in re.sub(r"\s+", " ", result.output)) == (2, False)


@pytest.mark.parametrize(
    "typed", ["#inkchat", "\u2018#inkchat\u2019", "\u201c#inkchat\u201d", "'inkchat'", " inkchat "]
)
def test_a_hashtag_may_stand_in_any_quotes(typed: str) -> None:
    assert read_hashtag(typed) == "inkchat"


def test_help_lists_every_command_once_by_what_it_is_for(chinwag: Chinwag) -> None:
    listed = [name for names in SECTIONS.values() for name in names]
    assert sorted(listed) == sorted(COMMANDS)
    lines = chinwag("--help").output.splitlines()
    assert max(map(len, lines)) <= 80
    for name in COMMANDS:
        assert sum(line.startswith(f"  {name} ") for line in lines) == 1, name


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("recpa", "No such command 'recpa'. Did you mean `chinwag recap`?"),
        ("Publish", "No such command 'Publish'. Did you mean `chinwag publish`?"),
        ("forget", "No such command 'forget'. Did you mean `chinwag forget-file`?"),
        ("xylophone", "No such command 'xylophone'."),
    ],
)
def test_a_command_that_is_none_has_the_nearest_named(
    typed: str, said: str, chinwag: Chinwag
) -> None:
    result = chinwag(typed, "my-chat")
    assert result.exit_code == 2
    assert re.sub(r"\s+", " ", result.output).strip().endswith(f"Error: {said}")
