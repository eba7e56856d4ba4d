"""The write-up as a blog's article: pictures over it, the archive and whose work it is under it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from markupsafe import Markup

from chinwag.blogs.contract import Article, File
from chinwag.messages import open_catalogue
from chinwag.model import PictureBlock, Publication, Story, find_picture_type
from chinwag.steps.publish import make_write_up, render_fragment

_PICTURE = Markup('<figure><img src="{}" alt="{}"/></figure>\n')
_LINK = Markup('<p><a href="{}">{}</a></p>\n')


def make_article(story: Story, wanted: Publication) -> Article:
    """Return the article, with the files that are on the blog already."""
    write_up, words = make_write_up(story), open_catalogue("en")
    uploads = {upload.key: upload for upload in wanted.uploads}
    parts = [
        _PICTURE.format(uploads[key].url, uploads[key].alt)
        for key in wanted.pictures
        if key in uploads
    ]
    if wanted.byline:
        parts.append(Markup("<p><em>{}</em></p>\n").format(wanted.byline))
    shown = _find_shown(story, wanted)
    fragment = render_fragment(story, find_address=lambda name: shown.get(name, ""))
    parts.append(Markup(fragment))  # noqa: S704 (escaped there)
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


def name_shown(story: Story, wanted: Publication) -> Iterator[File]:
    """Yield the pictures within the story as the files that the blog is to have."""
    described = _list_described(story)
    for name, content in story.pictures.items():
        yield File(
            key=make_upload_key(wanted, content),
            ending=f".{name.rpartition('.')[2]}",
            media_type=find_picture_type(name),
            data=content,
            title=described[name],
            alt=described[name],
        )


def make_upload_key(wanted: Publication, data: bytes) -> str:
    """Return the key of a file: of its content, and of the post, so that no two posts share it."""
    return hashlib.sha256(wanted.slug.encode() + b"\0" + data).hexdigest()[:16]


def _find_shown(story: Story, wanted: Publication) -> dict[str, str]:
    """Return the blog's address of each picture within the story that is there, by its name."""
    addresses = {upload.key: upload.url for upload in wanted.uploads}
    keys = {name: make_upload_key(wanted, data) for name, data in story.pictures.items()}
    return {name: addresses[key] for name, key in keys.items() if key in addresses}


def _list_described(story: Story) -> dict[str, str]:
    """Return what each picture within the story shows, by its name."""
    sections = story.edition.sections if story.edition else ()
    blocks = (block for section in sections for block in section.blocks)
    pictures = [block for block in blocks if isinstance(block, PictureBlock)]
    return {block.address: block.description for block in reversed(pictures)}
