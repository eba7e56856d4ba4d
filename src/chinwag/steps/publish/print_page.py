"""The write-up as a page to print: a few sheets, without the archive.

A browser prints it, or saves it as a PDF.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from markupsafe import Markup

from chinwag.model import Story
from chinwag.steps.publish.blocks import WriteUp
from chinwag.steps.publish.fragment import escape, write_blocks
from chinwag.steps.publish.pictures import embed_pictures
from chinwag.steps.publish.write_up import make_write_up

_PAGE = Markup("""\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}</main>
</body>
</html>
""")


def render_print(story: Story, language: str = "en", *, write_up: WriteUp | None = None) -> str:
    """Return the write-up as a page of its own with a style for paper, and nothing fetched or run.

    `language` is a key of `messages.LANGUAGES`, and `write_up` the story's in it, where it has been
    made. Raises InputError where the chat's time zone is unknown.
    """
    write_up = write_up or make_write_up(story, language)
    body = write_blocks(write_up.blocks, embed_pictures(story))
    style = files("chinwag.steps.publish").joinpath("templates/print.css").read_text("utf-8")
    return _PAGE.format(
        language=write_up.language,
        digest=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        title=escape(write_up.title),
        style=Markup(style),  # noqa: S704 (our own file)
        body=Markup(body),  # noqa: S704 (escaped there)
    )
