"""Publishing on a blog from the command line: its options, and its results in words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from chinwag.blogs.contract import Rights
from chinwag.blogs.registry import NAMES
from chinwag.cli import options, say
from chinwag.cli.notes import WORDS, word_note
from chinwag.config import read_settings
from chinwag.errors import InputError, NetworkError
from chinwag.setup.blogs import open_blog
from chinwag.setup.clock import SystemClock
from chinwag.setup.pictures import read_picture
from chinwag.workflows.publish_to_blog import BlogReport, BlogWishes, publish_to_blog

_WISHES = [
    click.option("--to", "blog", type=click.Choice(NAMES), help="Publish it on your blog."),
    click.option("--title", help="The post's title; by default the chat's."),
    click.option("--byline", help="Whose work it is: a line over the text."),
    click.option(
        "--excerpt", help="What lists of posts show; by default your opening, or “In short”."
    ),
    click.option("--category", "categories", multiple=True, help="A category; may be repeated."),
    click.option(
        "--tag", "tags", multiple=True, help="A tag; may be repeated; by default the hashtag."
    ),
    click.option(
        "--archive",
        metavar="upload|none|ADDRESS",
        help="Where the whole archive is: a zip beside the post (the default), nowhere, or at this"
        " address.",
    ),
    click.option(
        "--picture",
        "pictures",
        type=(options.FOLDER, str),
        multiple=True,
        metavar="FILE WORDS",
        help="A picture over the text, and what it shows; may be repeated.",
    ),
    click.option("--publish", is_flag=True, help="Make the post public; else it is a draft."),
    click.option(
        "--anyway",
        is_flag=True,
        help="Write over what somebody edited there, and make a post again that somebody deleted.",
    ),
    click.option("--test", is_flag=True, help="Only test the connection to the blog."),
]
_LASTING = ("title", "byline", "excerpt", "archive")


def add_wishes(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options by which a host publishes on a blog."""
    for option in reversed(_WISHES):
        command = option(command)
    return command


def publish_on_blog(folder: Path, said: Mapping[str, Any], *, as_json: bool) -> None:
    """Publish the write-up on the blog that the options name, or test the connection to it."""
    wishes = _read_wishes(said)
    with say.follow_progress(silent=as_json) as progress:

        async def run() -> BlogReport:
            async with open_blog(read_settings(), said["blog"]) as blog:
                return await publish_to_blog(folder, blog, SystemClock().now, wishes, progress)

        report = asyncio.run(run())
    say.answer(as_json, report, describe_blog)


def test_connection(kind: str, *, as_json: bool) -> None:
    """Say whether the blog of the settings can be written to, or what stands in the way."""

    async def run() -> Rights:
        async with open_blog(read_settings(), kind) as blog:
            return await blog.test()

    say.answer(as_json, asyncio.run(run()), _describe_rights)


def edit_copies(folder: Path, published: Mapping[str, str]) -> list[BlogReport | str]:
    """Edit the post on each blog, {its name: address}, again; return what came of each.

    A sentence stands for one that could not be edited.
    """
    return [_edit_copy(folder, name, url) for name, url in published.items()]


def _edit_copy(folder: Path, name: str, url: str) -> BlogReport | str:
    kind = name.partition(" ")[0]

    async def run() -> BlogReport | None:
        async with open_blog(read_settings(), kind) as blog:
            if blog.name != name:
                return None
            return await publish_to_blog(folder, blog, SystemClock().now)

    why = f"it is not the {kind} of your settings."
    try:
        if report := asyncio.run(run()):
            return report
    except (InputError, NetworkError) as error:
        why = str(error)
    return (
        f"The copy at {url} still shows it: {why} Run `chinwag publish {folder} --to {kind}` once"
        " that is mended."
    )


def describe_copies(
    folder: Path, published: Mapping[str, str], copies: Sequence[BlogReport | str]
) -> None:
    """Print what became of the copies on blogs after a removal, or that they are still to come."""
    for copy in copies:
        if isinstance(copy, str):
            say.say(copy)
        else:
            say.say(f"The post on the blog no longer holds it: {copy.url}")
            _describe_rest(copy)
    for name, url in published.items() if not copies else ():
        kind = name.partition(" ")[0]
        say.say(
            f"Then run `chinwag publish {folder} --to {kind}`: the post at {url} still shows it."
        )


def describe_blog(report: BlogReport) -> None:
    """Print what became of the post on a blog."""
    done = "Made" if report.is_new else "Edited"
    if report.state == "publish":
        say.say(f"{done} the post; it is public: {report.url}")
    else:
        say.say(f"{done} the post; it is a {report.state}, which you can see and publish here:")
        say.say(report.edit_url)
    _describe_rest(report)


def _describe_rest(report: BlogReport) -> None:
    if report.forgotten:
        count = WORDS.write_number(report.forgotten)
        say.say(f"The blog has forgotten {count} of its earlier wordings, too.")
    for note in report.left:
        say.say(f"Still there: {word_note(note)}")


def _describe_rights(rights: Rights) -> None:
    say.say(f"The connection works, as {rights.user}.")
    able = {
        "make posts public (else they are drafts)": rights.may_publish,
        "upload the archive and pictures": rights.may_upload,
        "make new categories": rights.may_make_categories,
    }
    for what, may in able.items():
        say.say(f"{'may' if may else 'may NOT'} {what}", first="- ")


def _read_wishes(said: Mapping[str, Any]) -> BlogWishes:
    """Return what the options wish. Raises InputError for a picture that cannot be posted."""
    pictures = tuple(read_picture(path, alt) for path, alt in said["pictures"])
    return BlogWishes(
        **{name: said[name] for name in _LASTING},
        categories=said["categories"] or None,
        tags=said["tags"] or None,
        pictures=pictures or None,
        publish=said["publish"],
        anyway=said["anyway"],
    )
