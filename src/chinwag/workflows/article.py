"""The write-up as a blog's article: pictures over it, the archive and whose work it is under it."""

from __future__ import annotations

from markupsafe import Markup

from chinwag.blogs.contract import Article
from chinwag.messages import open_catalogue
from chinwag.model import Publication, Story
from chinwag.steps.publish import make_write_up, render_fragment

_PICTURE = Markup('<figure><img src="{}" alt="{}"/></figure>\n')
_LINK = Markup('<p><a href="{}">{}</a></p>\n')


def make_article(story: Story, wanted: Publication) -> Article:
    """Return the article, with the files that are on the blog by now."""
    write_up, words = make_write_up(story), open_catalogue("en")
    uploads = {upload.key: upload for upload in wanted.uploads}
    parts = [
        _PICTURE.format(uploads[key].url, uploads[key].alt)
        for key in wanted.pictures
        if key in uploads
    ]
    if wanted.byline:
        parts.append(Markup("<p><em>{}</em></p>\n").format(wanted.byline))
    parts.append(Markup(render_fragment(story)))  # noqa: S704 (escaped there)
    if wanted.archive not in ("none", "upload"):
        parts.append(_LINK.format(wanted.archive, words.say("article_archive")))
    elif wanted.archived in uploads:
        parts.append(_LINK.format(uploads[wanted.archived].url, words.say("article_archive_zip")))
    return Article(
        slug=wanted.slug,
        title=wanted.title or write_up.title,
        html=str(Markup("").join(parts)),
        excerpt=wanted.excerpt or write_up.excerpt,
        categories=wanted.categories,
        tags=wanted.tags,
    )
