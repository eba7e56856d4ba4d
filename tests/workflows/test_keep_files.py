"""Pictures of a story: kept in the folder, in every form of the story, and taken out of all."""

from __future__ import annotations

import asyncio
import base64
import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx
import msgspec
import pytest
from tests.blogs.memory_blog import MemoryBlog
from tests.workflows.pictures import describe, draw, lay_down

from chinwag.errors import InputError
from chinwag.model import Edition, GoneBlock, KeptFile, PictureBlock, make_note
from chinwag.steps.publish import render_docx, render_fragment
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.edit_blocks import note_blocks, read_blocks
from chinwag.workflows.edit_story import apply_sheet, export_sheet
from chinwag.workflows.export_story import export_story
from chinwag.workflows.keep_files import describe_file, find_again, keep_file, take_out_files
from chinwag.workflows.make_again import make_again
from chinwag.workflows.publish_chat import read_story
from chinwag.workflows.publish_to_blog import BlogWishes, publish_to_blog

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
RED = draw("red")
SHOWN = "A red [square] & more"
KEPT = describe(RED, AT, SHOWN)
GONE = KeptFile(name=KEPT.name, sha256=KEPT.sha256, at=AT, gone=LATER)
GONE_BLOCK = GoneBlock(why=make_note("edition-picture-gone"))


@pytest.fixture
def folder(snug: Path, tmp_path: Path) -> Path:
    """Give a small chat whose story opens with a picture."""
    keep_file(snug, lay_down(RED, tmp_path), KEPT)
    show(snug, KEPT.name)
    make_again(snug)
    return snug


def show(into: Path, name: str) -> Edition | None:
    """Let the story open with a picture."""
    before = read_blocks(into).edition
    picture = PictureBlock(address=name, description=SHOWN)
    edition = msgspec.structs.replace(
        before, blocks=(picture, *before.blocks), before=before.number
    )
    return note_blocks(into, edition, at=AT, who="Ana").edition


def apply(into: Path, sheet: str) -> Edition | None:
    """Return the edition that a sheet makes, None where it changes nothing."""
    return apply_sheet(into, sheet, at=LATER).edition


def test_a_picture_is_kept_once_and_listed(folder: Path, tmp_path: Path) -> None:
    keep_file(folder, lay_down(RED, tmp_path), KEPT)
    keep_file(folder, lay_down(RED, tmp_path), msgspec.structs.replace(KEPT, at=LATER))
    kept = ChatFolder.open(folder)
    assert kept.read_kept_files() == (KEPT,)
    assert kept.find_kept_file(KEPT.name).read_bytes() == RED
    assert check_folder(folder).faults == ()


def test_every_form_of_the_story_shows_it_with_its_words(folder: Path) -> None:
    story = read_story(ChatFolder.open(folder))
    held = f"data:image/png;base64,{base64.b64encode(RED).decode()}"
    img = f'<figure><img src="{held}" alt="A red [square] &amp; more"/></figure>'
    assert img in render_fragment(story)
    assert img in (folder / "story" / "print.html").read_text()
    page = (folder / "story" / "index.html").read_text()
    assert f'<img src="{held}" alt="A red [square] &amp; more">' in page
    marked = (folder / "story" / "story.md").read_text()
    assert f"![A red \\[square\\] & more]({KEPT.name})" in marked.replace("\\&", "&")
    assert (folder / "story" / KEPT.name).read_bytes() == RED
    packed = zipfile.ZipFile(io.BytesIO(export_story(folder, "zip")))
    assert packed.read(KEPT.name) == RED


def test_a_book_and_a_word_file_hold_it(folder: Path) -> None:
    book = zipfile.ZipFile(folder / "story" / "story.epub")
    assert book.read(f"book/{KEPT.name}") == RED
    item = f'<item id="picture-1" href="{KEPT.name}" media-type="image/png"/>'
    assert item in book.read("book/package.opf").decode()
    assert f'<img src="{KEPT.name}"' in book.read("book/chapter-0.xhtml").decode()
    written = docx.Document(io.BytesIO(render_docx(read_story(ChatFolder.open(folder)))))
    (shape,) = written.inline_shapes
    assert shape._inline.docPr.get("descr") == SHOWN
    assert shape.width / shape.height == 2


def test_a_tall_picture_fits_on_a_page_of_a_word_file(folder: Path, tmp_path: Path) -> None:
    tall = draw("blue", size=(200, 4000))
    kept = describe(tall, AT, "A tall one")
    keep_file(folder, lay_down(tall, tmp_path), kept)
    show(folder, kept.name)
    written = docx.Document(io.BytesIO(render_docx(read_story(ChatFolder.open(folder)))))
    shape = written.inline_shapes[0]
    page = written.sections[0].page_height
    assert page is not None
    assert (shape.height * 2 <= page, round(shape.height / shape.width)) == (True, 20)


def test_a_sheet_keeps_a_picture_to_and_fro(folder: Path) -> None:
    line = f"![{SHOWN}]({KEPT.name})"
    sheet = export_sheet(folder)
    assert line in sheet.split("\n")
    assert apply(folder, sheet) is None
    described = sheet.replace(line, f"![A square]({KEPT.name})")
    edition = apply(folder, described)
    assert edition is not None
    assert edition.blocks[0] == PictureBlock(address=KEPT.name, description="A square")


def test_a_picture_left_out_of_a_sheet_is_offered_again(folder: Path) -> None:
    line = f"![{SHOWN}]({KEPT.name})"
    without = "\n".join(one for one in export_sheet(folder).split("\n") if one != line)
    left = apply(folder, without)
    assert left is not None
    assert left.list_pictures() == ()
    offered = export_sheet(folder)
    assert offered.endswith(f"### Not used: pictures\n\n{line}\n")
    assert apply(folder, offered) is None


def test_a_picture_that_the_folder_does_not_keep_is_refused(folder: Path) -> None:
    other = describe(draw("green"), AT, "Green")
    with pytest.raises(InputError) as refused:
        show(folder, other.name)
    assert refused.value.code == "picture-not-kept"
    sheet = export_sheet(folder) + f"\n### Not used\n\n## End\n\n![Green]({other.name})\n"
    with pytest.raises(InputError) as mistaken:
        apply(folder, sheet)
    assert f"the folder keeps no picture {other.name}" in str(mistaken.value)


def test_what_is_taken_out_is_in_no_edition_and_no_form(folder: Path) -> None:
    before = ChatFolder.open(folder).read_edition()
    assert take_out_files(folder, [KEPT.name], at=LATER) == 1
    held = ChatFolder.open(folder)
    assert held.read_kept_files() == (GONE,)
    assert before is not None
    cleared = msgspec.structs.replace(before, blocks=(GONE_BLOCK, *before.blocks[1:]))
    assert (held.read_edition(), held.read_editions()) == (cleared, (cleared,))
    held_bytes = base64.b64encode(RED)
    for path in (path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert RED not in content, path
        assert held_bytes not in content, path
        assert b"A red" not in content, path
    make_again(folder)
    assert check_folder(folder).faults == ()
    assert take_out_files(folder, [KEPT.name], at=LATER) == 0


def test_a_picture_kept_anew_after_it_was_taken_out_stays(folder: Path, tmp_path: Path) -> None:
    take_out_files(folder, [KEPT.name], at=LATER)
    anew = msgspec.structs.replace(KEPT, at=LATER + timedelta(minutes=1))
    keep_file(folder, lay_down(RED, tmp_path), anew)
    held = ChatFolder.open(folder)
    assert held.read_kept_files() == (GONE, anew)
    assert find_again(held, [GONE]) == {}
    make_again(folder)
    assert check_folder(folder).faults == ()


def test_a_folder_of_an_earlier_day_is_known_to_hold_it(folder: Path) -> None:
    assert find_again(ChatFolder.open(folder), [GONE]) == {KEPT.name: LATER}


def test_a_file_takes_the_place_of_another_and_is_described(folder: Path, tmp_path: Path) -> None:
    slides = KeptFile(name="files/slides.pdf", sha256="", at=AT, words="Slides", who="Ana")
    content = lay_down(b"%PDF-1.7 one", tmp_path)
    digest = "9a" * 32
    keep_file(folder, content, msgspec.structs.replace(slides, sha256=digest))
    new = msgspec.structs.replace(slides, at=LATER, sha256="8b" * 32)
    keep_file(folder, lay_down(b"%PDF-1.7 two", tmp_path), new, instead=slides.name)
    describe_file(folder, slides.name, words="The slides", is_public=True)
    third = msgspec.structs.replace(new, at=LATER + timedelta(hours=1), sha256="7c" * 32)
    with pytest.raises(InputError) as refused:
        keep_file(folder, content, third)
    assert refused.value.code == "file-name-taken"
    held = ChatFolder.open(folder)
    assert held.find_kept_file(slides.name).read_bytes() == b"%PDF-1.7 two"
    assert held.read_kept_files()[1:] == (
        KeptFile(name=slides.name, sha256=digest, at=AT, gone=LATER),
        msgspec.structs.replace(new, words="The slides", is_public=True),
    )


def test_a_blog_has_the_picture_until_it_is_taken_out(folder: Path) -> None:
    blog = MemoryBlog()
    wishes = BlogWishes(archive="none")
    asyncio.run(publish_to_blog(folder, blog, lambda: AT, wishes))
    (file,) = blog.files.values()
    shown = f'<figure><img src="https://shelf.example/{file.key}.png" alt="A red [square] &amp; more"/></figure>'
    assert (file.data, file.alt, file.media_type) == (RED, SHOWN, "image/png")
    assert shown in blog.only.html
    assert check_folder(folder).notes == ()
    take_out_files(folder, [KEPT.name], at=LATER)
    asyncio.run(publish_to_blog(folder, blog, lambda: LATER))
    assert ("<img" in blog.only.html, blog.files) == (False, {})
    assert blog.earlier[blog.only.id] == []


def test_check_tells_of_a_picture_that_is_missing_or_another(folder: Path) -> None:
    path = folder / KEPT.name
    path.write_bytes(b"another")
    assert check_folder(folder).faults[:2] == (
        f"{KEPT.name} has been changed since Chinwag wrote it.",
        f"{KEPT.name} is not the file that was kept: its checksum is another.",
    )
    path.unlink()
    assert check_folder(folder).faults[:2] == (
        f"{KEPT.name} is missing.",
        f"{KEPT.name} is missing: files.jsonl lists it.",
    )
