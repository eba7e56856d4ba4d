"""The write-up as a file for word processors (DOCX), with real headings, lists and links."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from chinwag.errors import InputError
from chinwag.model import Story
from chinwag.steps.publish.blocks import Block, Heading, Items, Picture, Run, Runs
from chinwag.steps.publish.safe import clean_link, clean_text
from chinwag.steps.publish.write_up import make_write_up
from chinwag.steps.publish.zipped import zip_files

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_TALLEST = 0.5  # of a page's height that a picture may take
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def can_render_docx() -> bool:
    """Return whether python-docx, an extra, is installed."""
    return find_spec("docx") is not None


def render_docx(story: Story, language: str = "en") -> bytes:
    """Return the write-up as a DOCX file, the same bytes for the same story.

    `language` is a key of `messages.LANGUAGES`. Raises InputError where the chat's time zone is
    unknown, and where python-docx is not installed.
    """
    if not can_render_docx():
        raise InputError("python-docx is not installed.", code="docx-not-installed")
    import docx  # noqa: PLC0415 (an extra)

    write_up = make_write_up(story, language)
    document = docx.Document()
    about = document.core_properties
    about.title, about.author, about.language = write_up.title, "", write_up.language
    about.comments, about.created, about.modified = "", _NO_TIME, _NO_TIME
    document.add_heading(clean_text(write_up.title), level=0)
    for block in write_up.blocks:
        _add_block(document, block, story.pictures)
    written = io.BytesIO()
    document.save(written)
    return _settle(written)


def _settle(written: io.BytesIO) -> bytes:
    """Return the file without the time at which it was made."""
    with zipfile.ZipFile(written) as archive:
        return zip_files({name: archive.read(name) for name in archive.namelist()})


def _add_block(document: Document, block: Block, pictures: Mapping[str, bytes]) -> None:
    if isinstance(block, Heading):
        _add_runs(document.add_heading(level=block.level), block.runs)
    elif isinstance(block, Items):
        for item in block.items:
            _add_runs(document.add_paragraph(style="List Bullet"), item.runs)
            for runs in item.under:
                _add_runs(document.add_paragraph(style="List Bullet 2"), runs)
    elif isinstance(block, Picture):
        _add_picture(document, pictures[block.name], clean_text(block.words))
    else:
        _add_runs(document.add_paragraph(), block.runs)


def _add_picture(document: Document, content: bytes, words: str) -> None:
    """Add a picture with what it shows: no wider than the text, and on one page with some of it."""
    from docx.shared import Length  # noqa: PLC0415 (an extra)

    shape = document.add_picture(io.BytesIO(content))
    section = document.sections[0]
    page, tall = section.page_width or 0, section.page_height or 0
    room = page - (section.left_margin or 0) - (section.right_margin or 0)
    scale = min(1, room / shape.width, tall * _TALLEST / shape.height)
    shape.width, shape.height = (Length(round(one * scale)) for one in (shape.width, shape.height))
    shape._inline.docPr.set("descr", words)


def _add_runs(paragraph: Paragraph, runs: Runs) -> None:
    for run in runs:
        address = clean_link(run.link)
        if address:
            _add_link(paragraph, address, run)
        else:
            added = paragraph.add_run(clean_text(run.text))
            added.bold, added.italic = run.style == "strong" or None, run.style == "em" or None


def _add_link(paragraph: Paragraph, address: str, run: Run) -> None:
    """Add a link: python-docx reads them and has no call that writes one."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import RGBColor  # noqa: PLC0415

    link = OxmlElement("w:hyperlink")
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), target)
    added = paragraph.add_run(clean_text(run.text))
    added.underline, added.font.color.rgb = True, RGBColor(0x1F, 0x4E, 0x79)
    paragraph._p.append(link)
    link.append(added._r)
