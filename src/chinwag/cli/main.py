"""The `chinwag` command: its commands, and how an error is said."""

from __future__ import annotations

import atexit
import gc
import sys
from importlib import import_module
from typing import Any

import click

from chinwag.cli.say import say_error, wrap
from chinwag.cli.stopped import word_stopping
from chinwag.cli.typing_slips import find_hint, straighten_dashes
from chinwag.errors import ChinwagError
from chinwag.version import __version__

SECTIONS = {
    "Write up a chat": ("recap", "edit", "publish", "serve"),
    "Around the hour": ("rehearse", "capture", "announce"),
    "Put it right": (
        "correct",
        "question",
        "moderator",
        "remove",
        "forget-file",
        "undo",
    ),
    "Look at it": ("show", "check", "formats", "settings"),
    "Part by part": ("import", "place", "summarise", "update"),
    "Look after a site": ("backup", "restore", "admin"),
}
COMMANDS = {
    "recap": "archive.recap",
    "import": "bring_in.import_command",
    "formats": "bring_in.formats",
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
    "backup": "backup.backup",
    "restore": "backup.restore",
    "admin": "admin.admin",
}

EPILOG = """\b
What you may look for:
  join files of one chat      chinwag recap MORE-FILES --into DIR
  a file with many chats      chinwag recap FILE --each --into DIR
  drop, merge, reword points,
  an introduction, hide names chinwag edit DIR
  export for a blog, to print chinwag publish DIR --as docx (html, epub, zip)
  a table of people, of posts chinwag show DIR --people; DIR/story/posts.csv
  list my chats               each is a folder: ls
Each command has examples: chinwag recap --help
"""
# When a command ends, its memory goes as a whole: Python need not look for circles in it first.
atexit.register(gc.freeze)


class Commands(click.Group):
    """A group whose commands print a ChinwagError in words and end with its exit status.

    A command is loaded when it is called, so that reading a file does not wait for network code.
    """

    def list_commands(self, _context: click.Context) -> list[str]:
        """Return the names of the commands, sorted."""
        return sorted(COMMANDS)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by what they are for."""
        for title, names in SECTIONS.items():
            commands = [(name, self.get_command(context, name)) for name in names]
            with formatter.section(title):
                formatter.write_dl(
                    [(name, _say_briefly(command)) for name, command in commands if command]
                )

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Load the command of that name; None where there is none."""
        if name not in COMMANDS:
            return None
        module, _, function = COMMANDS[name].partition(".")
        command: click.Command = getattr(import_module(f"chinwag.cli.{module}"), function)
        return command

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named, and its words, with dashes as they were meant."""
        name, command, words = super().resolve_command(context, args)
        options = {one for given in command.params for one in given.opts} if command else set()
        return name, command, straighten_dashes(words, options)

    def invoke(self, context: click.Context) -> Any:
        """Run the command, and turn an error that a person can act on into words and a status."""
        try:
            return super().invoke(context)
        except click.UsageError as error:
            if hint := find_hint(error.format_message(), COMMANDS):
                said = wrap(f"{error.format_message()} {hint}")
                raise click.UsageError(said, error.ctx) from error
            raise
        except ChinwagError as error:
            say_error(error, as_json="--json" in sys.argv)
            sys.exit(error.exit_status)
        except KeyboardInterrupt:
            click.echo(f"\n{wrap(word_stopping(context))}", err=True)
            sys.exit(130)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)


def _say_briefly(command: click.Command) -> str:
    """Return the first sentence of a command's help."""
    return (command.help or "").partition("\n\n")[0].replace("\n", " ")


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog=EPILOG,
)
@click.version_option(__version__, prog_name="chinwag")
def main() -> None:
    """Run hashtag chats: archive every post, place it, draft the write-up.

    Begin with `chinwag recap FILE... --into DIR`: it does the whole job. The other commands do its
    parts, and may be run as often as you like.
    """
