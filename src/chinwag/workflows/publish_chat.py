"""Publish a chat folder's story: the page, and the files that come with it."""

from __future__ import annotations

from pathlib import Path

from chinwag.steps.measure import measure_chat
from chinwag.steps.publish import (
    build_story,
    render_bullets_csv,
    render_html,
    render_json,
    render_markdown,
    render_posts_csv,
)
from chinwag.steps.tracing import check_summary
from chinwag.stores.folder import ChatFolder
from chinwag.version import __version__


def publish_chat(into: Path) -> Path:
    """Make `story/` of the folder; give the path of its page.

    Raises FolderError where the chat has not been summarised yet, TraceError where a bullet does
    not stand in its posts: a story is never published on a summary that has lost its sources.
    """
    folder = ChatFolder.open(into)
    posts, placements = folder.read_posts(), folder.read_placements()
    summary = folder.read_summary()
    check_summary(summary, posts)
    measures = measure_chat(posts, placements)
    story = build_story(
        folder.read_chat(),
        posts,
        placements,
        summary,
        folder.read_ledger(),
        measures,
        made_with=__version__,
    )
    with folder.change() as change:
        change.write_story(
            {
                "index.html": render_html(story).encode(),
                "story.md": render_markdown(story).encode(),
                "story.json": render_json(story),
                "posts.csv": render_posts_csv(story).encode(),
                "bullets.csv": render_bullets_csv(story).encode(),
            }
        )
    return folder.find_story()
