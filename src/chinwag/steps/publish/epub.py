"""The write-up as an EPUB 3.3 book (https://www.w3.org/TR/epub-33/), a chapter a question."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from chinwag.messages import Catalogue, open_catalogue
from chinwag.model import Story, find_picture_type
from chinwag.steps.publish.blocks import Block, Heading, WriteUp, read_runs
from chinwag.steps.publish.fragment import escape, write_blocks
from chinwag.steps.publish.hours import find_span, write_iso
from chinwag.steps.publish.write_up import make_write_up
from chinwag.steps.publish.zipped import zip_files

_NAMESPACE = uuid.UUID("6f4c9f0e-7a5b-5f0c-9d0e-3c1f2b7d8a41")  # drawn once, for these books
_BEFORE_ALL_CHATS = "2000-01-01T00:00:00Z"
_CONTAINER = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" \
media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_PAGE = Markup("""\
<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
lang="{language}" xml:lang="{language}">
<head><title>{title}</title></head>
<body>
{body}</body>
</html>
""")
_PACKAGE = Markup("""\
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" \
xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{id}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
<dc:creator>{series}</dc:creator>
<dc:description>{excerpt}</dc:description>
<meta property="dcterms:modified">{modified}</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
{visual}<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>
<item id="contents" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>
{items}</manifest>
<spine>
{spine}</spine>
</package>
""")


_VISUAL = Markup("""\
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
""")


class _Chapter(NamedTuple):
    name: str  # of its file
    title: str
    page: str


def render_epub(story: Story, language: str = "en", *, write_up: WriteUp | None = None) -> bytes:
    """Return the write-up as a book, the same bytes for the same story.

    `language` is a key of `messages.LANGUAGES`, and `write_up` the story's in it, where it has been
    made. Raises InputError where the chat's time zone is unknown.
    """
    write_up, words = write_up or make_write_up(story, language), open_catalogue(language)
    chapters = tuple(_write_chapters(write_up))
    pages = {f"book/{one.name}": one.page.encode() for one in chapters}
    files = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "book/package.opf": _write_package(story, write_up, chapters).encode(),
        "book/contents.xhtml": _write_contents(write_up, chapters, words).encode(),
        **pages,
        **{f"book/{name}": content for name, content in story.pictures.items()},
    }
    return zip_files(files, stored="mimetype")


def _write_chapters(write_up: WriteUp) -> Iterable[_Chapter]:
    """Yield the opening under the title, then a chapter for each heading of level 2."""
    title, blocks, number = write_up.title, list[Block](), 0
    head = Markup("<h1>{}</h1>\n").format(escape(title))
    for block in write_up.blocks:
        if isinstance(block, Heading) and block.level == 2:
            yield _write_chapter(write_up, number, title, head + _mark_up(blocks))
            title, blocks, head = read_runs(block.runs), [], Markup("")
            number += 1
        blocks.append(block)
    yield _write_chapter(write_up, number, title, head + _mark_up(blocks))


def _write_chapter(write_up: WriteUp, number: int, title: str, body: Markup) -> _Chapter:
    return _Chapter(f"chapter-{number}.xhtml", title, _write_page(write_up, title, body))


def _mark_up(blocks: Sequence[Block]) -> Markup:
    return Markup(write_blocks(blocks))  # noqa: S704 (escaped there)


def _write_page(write_up: WriteUp, title: str, body: Markup) -> str:
    return _PAGE.format(language=write_up.language, title=escape(title), body=body)


def _write_contents(write_up: WriteUp, chapters: Sequence[_Chapter], words: Catalogue) -> str:
    entry = Markup('<li><a href="{}">{}</a></li>\n')
    entries = Markup("").join(entry.format(one.name, escape(one.title)) for one in chapters)
    title = words.say("contents")
    body = Markup('<nav epub:type="toc">\n<h1>{}</h1>\n<ol>\n{}</ol>\n</nav>\n')
    return _write_page(write_up, title, body.format(title, entries))


def _write_package(story: Story, write_up: WriteUp, chapters: Sequence[_Chapter]) -> str:
    start, end = find_span(story)
    ids = [one.name.removesuffix(".xhtml") for one in chapters]
    item = Markup('<item id="{0}" href="{0}.xhtml" media-type="application/xhtml+xml"/>\n')
    place = Markup('<itemref idref="{}"/>\n')
    items = [*map(item.format, ids), *_list_pictures(story.pictures)]
    named = f"{story.chat.hashtag.casefold()} {write_iso(start) if start else ''}"
    return _PACKAGE.format(
        language=write_up.language,
        id=uuid.uuid5(_NAMESPACE, named),
        title=escape(write_up.title),
        series=escape(story.chat.series or f"#{story.chat.hashtag}"),
        excerpt=escape(write_up.excerpt),
        modified=write_iso(end) if end else _BEFORE_ALL_CHATS,
        visual=_VISUAL if story.pictures else Markup(""),
        items=Markup("").join(items),
        spine=Markup("").join(map(place.format, ids)),
    )


def _list_pictures(pictures: Mapping[str, bytes]) -> Iterable[Markup]:
    item = Markup('<item id="picture-{}" href="{}" media-type="{}"/>\n')
    for number, name in enumerate(pictures, start=1):
        yield item.format(number, name, find_picture_type(name))
