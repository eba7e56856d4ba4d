"""PUBLISH: the story as a page, as Markdown, as JSON and as CSV.

What lives here: story (what is shown, in order), chart (the hour as SVG), one file a form of
publishing, and `templates/` (Jinja2).
May import: `text`, `model`, `errors`. May not import: the other steps, stores.
Example: `page = render_html(build_story(chat, posts, placements, summary, ledger, measures))`.
"""

from chinwag.steps.publish.data import render_bullets_csv, render_json, render_posts_csv
from chinwag.steps.publish.html import render_html
from chinwag.steps.publish.markdown import render_markdown
from chinwag.steps.publish.story import build_story

__all__ = [
    "build_story",
    "render_bullets_csv",
    "render_html",
    "render_json",
    "render_markdown",
    "render_posts_csv",
]
