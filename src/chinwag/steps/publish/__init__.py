"""PUBLISH: the story as a page, as Markdown, as JSON and as CSV.

What lives here: story (what is shown, in order), chart (the hour as SVG), one file a form of
publishing, and `templates/` (Jinja2).
May import: `text`, `model`, `errors`. May not import: the other steps, stores.
Example: `page = render_html(build_story(chat, posts, placements, summary, ledger, measures))`.
"""
