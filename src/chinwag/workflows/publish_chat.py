"""Publish a chat folder's story: the page, and the files that come with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from chinwag.messages import open_catalogue
from chinwag.model import Chat, Edition, Ledger, Placement, Post, Story, StoryEdition, Summary
from chinwag.steps.editing import (
    check_edition,
    find_edition,
    keep_edition,
    reword_questions,
    show_edition,
    summarise_edition,
)
from chinwag.steps.measure import measure_chat
from chinwag.steps.publish import (
    PostViews,
    build_story,
    hide_names,
    list_hidden_ids,
    make_write_up,
    render_bullets_csv,
    render_epub,
    render_html,
    render_json,
    render_markdown,
    render_posts_csv,
    render_print,
)
from chinwag.steps.tracing import check_summary
from chinwag.stores.folder import Change, ChatFolder, layout
from chinwag.version import __version__
from chinwag.workflows.make_of_reading import Digests, make_of_reading

_SOURCES = (
    layout.CHAT,
    layout.POSTS,
    layout.PLACEMENTS,
    layout.SUMMARY,
    layout.LEDGER,
    layout.EDITION,
)

_FOR_EXCEL = "utf-8-sig"  # without a byte order mark Excel takes a table for one in ANSI


class StoryInputs(NamedTuple):
    """What a story is made of."""

    chat: Chat
    posts: tuple[Post, ...]
    placements: tuple[Placement, ...]
    summary: Summary
    ledger: Ledger
    edition: Edition | None
    pictures: Mapping[str, bytes] = {}


class KnownStory(NamedTuple):
    """A story, and by the id that a hidden person's post has in it the one that the folder knows.

    For whoever changes the folder by what the story shows.
    """

    story: Story
    own_ids: Mapping[str, str]


def publish_chat(into: Path) -> Path:
    """Make `story/` of the folder; return the path of its page.

    Where the hosts have edited the story, it is their edition, true to the posts of now. Raises
    FolderError where the chat has not been summarised yet, TraceError where a point does not stand
    in its posts: a story is never published on a summary or an edition that has lost its sources.
    """
    folder = ChatFolder.open(into)
    make_of_reading(folder, _SOURCES, lambda: read_inputs(folder), _make_files, _write)
    return folder.find_story()


def read_story(folder: ChatFolder, edition: int | None = None) -> Story:
    """Return the story as the folder has it at one moment, in the edition of this number.

    Without a number, or with one that the folder does not keep, that is the edition that stands,
    or the draft. Raises what `publish_chat` does.
    """
    return read_known_story(folder, edition).story


def read_known_story(folder: ChatFolder, edition: int | None = None) -> KnownStory:
    """Return a story as `read_story` does, with the ids of the posts of people whom it hides."""
    given = folder.read_steadily(lambda: (read_inputs(folder), folder.read_editions()))
    inputs, editions = given
    chosen = find_edition(editions, edition) or inputs.edition
    pictures = folder.read_pictures(chosen)
    return hide_people(
        _make_named_story(inputs._replace(edition=chosen, pictures=pictures)), chosen
    )


def hide_people(story: Story, edition: Edition | None) -> KnownStory:
    """Return a story without the people whom an edition hides, others called as it calls them."""
    ids = list_hidden_ids(story.posts, edition.hidden if edition else ())
    return KnownStory(_hide(story, edition), {hidden: own for own, hidden in ids.items()})


def render_files(story: Story) -> dict[str, bytes]:
    """Return the files of `story/` by their names, the page first."""
    views = PostViews(story, open_catalogue())
    write_up = make_write_up(story, views=views)
    return {
        "index.html": render_html(story, views=views).encode(),
        "print.html": render_print(story, write_up=write_up).encode(),
        "story.epub": render_epub(story, write_up=write_up),
        "story.md": render_markdown(story, write_up=write_up).encode(),
        "story.json": render_json(story),
        "posts.csv": render_posts_csv(story).encode(_FOR_EXCEL),
        "bullets.csv": render_bullets_csv(story).encode(_FOR_EXCEL),
        **story.pictures,
    }


def read_inputs(folder: ChatFolder) -> StoryInputs:
    """Return what the story is made of, as the folder has it."""
    edition = folder.read_edition()
    return StoryInputs(
        folder.read_chat(),
        folder.read_posts(),
        folder.read_placements(),
        folder.read_summary(),
        folder.read_ledger(),
        edition,
        folder.read_pictures(edition),
    )


def _make_files(given: StoryInputs) -> dict[str, bytes]:
    return render_files(make_story(given))


def make_story(given: StoryInputs) -> Story:
    """Return the story of a folder as it is published: edited, and without hidden names."""
    return _hide(_make_named_story(given), given.edition)


def _hide(story: Story, edition: Edition | None) -> Story:
    return hide_names(story, edition.hidden, edition.names) if edition else story


def _make_named_story(given: StoryInputs) -> Story:
    """Return the story as the hosts edited it, with everybody's name."""
    chat = msgspec.structs.replace(given.chat, dropped_questions=(), not_moderators=())
    edition = given.edition and keep_edition(given.edition, given.posts)
    if edition is None:
        check_summary(given.summary, given.posts)
        return _build(given, chat, given.summary, None)
    check_edition(edition, given.posts)
    summary = summarise_edition(edition, given.summary)
    story = _build(given, reword_questions(chat, edition), summary, show_edition(edition))
    names = [name for name in edition.list_pictures() if name in given.pictures]
    shown = {name: given.pictures[name] for name in names}
    return msgspec.structs.replace(story, pictures=shown)


def _build(given: StoryInputs, chat: Chat, summary: Summary, edition: StoryEdition | None) -> Story:
    return build_story(
        chat,
        given.posts,
        given.placements,
        summary,
        given.ledger,
        measure_chat(given.posts, given.placements, given.chat),
        made_with=__version__,
        edition=edition,
    )


def _write(change: Change, files: dict[str, bytes], _read: Digests) -> None:
    change.write_story(files)
    change.note_made(layout.STORY)
