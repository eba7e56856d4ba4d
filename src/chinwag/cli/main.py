"""The `chinwag` command: its commands, and how an error is said."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from chinwag.cli.say import say_error, wrap
from chinwag.cli.stopped import word_stopping
from chinwag.errors import ChinwagError
from chinwag.version import __version__

COMMANDS = {
    "recap": "archive.recap",
    "import": "archive.import_command",
    "formats": "archive.formats",
    "capture": "capture.capture",
    "announce": "announce.announce",
    "rehearse": "rehearse.rehearse",
    "place": "story.place",
    "summarise": "story.summarise",
    "publish": "publish.publish",
    "correct": "correct.correct",
    "remove": "correct.remove",
    "forget-file": "forget.forget_file",
    "undo": "correct.undo",
    "update": "correct.update",
    "edit": "edit.edit",
    "question": "edit.question",
    "moderator": "edit.moderator",
    "show": "look.show",
    "check": "look.check",
    "settings": "look.settings",
    "serve": "serve.serve",
}


class Commands(click.Group):
    """A group whose commands print a ChinwagError in words and end with its exit status.

    A command is loaded when it is called, so that reading a file does not wait for network code.
    """

    def list_commands(self, _context: click.Context) -> list[str]:
        """Return the names of the commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Load the command of that name; None where there is none."""
        if name not in COMMANDS:
            return None
        module, _, function = COMMANDS[name].partition(".")
        command: click.Command = getattr(import_module(f"chinwag.cli.{module}"), function)
        return command

    def invoke(self, context: click.Context) -> Any:
        """Run the command, and turn an error that a person can act on into words and a status."""
        try:
            return super().invoke(context)
        except ChinwagError as error:
            say_error(error, as_json="--json" in sys.argv)
            sys.exit(error.exit_status)
        except KeyboardInterrupt:
            click.echo(f"\n{wrap(word_stopping(context))}", err=True)
            sys.exit(130)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="chinwag")
def main() -> None:
    """Run hashtag chats: archive every post, place it, draft the write-up.

    Begin with `chinwag recap FILE... --into DIR`: it does the whole job. The other commands do its
    parts, and may be run as often as you like.
    """
