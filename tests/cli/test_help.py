"""The help of every command: whole sentences, in 80 columns."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from chinwag.cli.main import COMMANDS, main
from chinwag.cli.options import examples

COMMAND_LINES = [[name] for name in COMMANDS] + [
    ["admin", name] for name in ("add", "check", "reindex", "owner-code")
]


@pytest.mark.parametrize("words", COMMAND_LINES, ids=" ".join)
def test_help_fits_into_80_columns_and_cuts_no_sentence(words: list[str]) -> None:
    result = CliRunner().invoke(main, [*words, "--help"], terminal_width=80)
    assert (result.exit_code, result.exception) == (0, None)
    assert max(map(len, result.output.splitlines())) <= 80
    assert "..." not in result.output.partition("Commands:")[2]


def test_a_long_example_goes_on_as_a_shell_reads_it() -> None:
    @click.command(epilog=examples("chinwag do", f"chinwag do --one {'x' * 40} --two {'y' * 20}"))
    def do() -> None:
        """Do something."""

    assert CliRunner().invoke(do, ["--help"]).output.splitlines()[-4:] == [
        "  Examples:",
        "    chinwag do",
        f"    chinwag do --one {'x' * 40} \\",
        f"        --two {'y' * 20}",
    ]
