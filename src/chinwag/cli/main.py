"""The `chinwag` command: its commands, and how an error is said."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Any

import click

from chinwag.cli import announce, archive, capture, look, story
from chinwag.cli.say import say_error
from chinwag.errors import ChinwagError


class Commands(click.Group):
    """A group whose commands say a ChinwagError in words and end with its exit status."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; turn what a person can act on into words and an exit status."""
        try:
            return super().invoke(context)
        except ChinwagError as error:
            say_error(error, as_json="--json" in sys.argv)
            sys.exit(error.exit_status)
        except KeyboardInterrupt:
            click.echo(
                "\nStopped. What was finished is kept, and nothing is half written.", err=True
            )
            sys.exit(130)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("chinwag"), prog_name="chinwag")
def main() -> None:
    """Run hashtag chats: archive every post, place it, draft the write-up.

    Begin with `chinwag recap FILE... --into DIR`: it does the whole job. The other commands do its
    parts, and may be run as often as you like.
    """


for command in (
    archive.recap,
    archive.import_command,
    archive.formats,
    capture.capture,
    announce.announce,
    story.place,
    story.summarise,
    story.publish,
    story.correct,
    story.remove,
    look.show,
    look.check,
    look.settings,
    look.serve,
):
    main.add_command(command)
