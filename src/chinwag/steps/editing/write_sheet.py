"""The sheet: an edition as one Markdown file that a host edits in any editor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chinwag.messages import open_catalogue
from chinwag.model import (
    Block,
    GoneBlock,
    HeadingBlock,
    LinkBlock,
    ParagraphBlock,
    PictureBlock,
    PointBlock,
    QuotationBlock,
    Quote,
)
from chinwag.steps.editing.material import Material
from chinwag.text.mentions import bare_handle

EXPLAINED = """\
<!-- A point: - [mark @who +how many more say it] words. Delete its line to leave it out; move it,
under another question too; put two marks on one line, - [k3f2 m7aa] words, to join. Change words:
they are told as yours, but stay a quotation while they stand in the post, with […] for gaps. Write
paragraphs and ### headings between points; move points up from "Not used" (best first). At the top,
hide: @handle keeps a name out of pages and files; name: @handle = Name shows another. -->"""
_NO_BRACKETS = str.maketrans("[]", "()")
NOT_USED = "Not used"
NEW = "New since edition"


def write_sheet(material: Material) -> str:
    """Return the sheet of the material's edition, with what is new and what is not used."""
    return "\n".join(_SheetWriter(material).write()) + "\n"


class _SheetWriter:
    """Writes one sheet, line by line."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._edition = material.edition

    def write(self) -> Iterator[str]:
        yield from EXPLAINED.split("\n")
        yield ""
        yield f"edition: {self._edition.number}"
        yield from (f"hide: @{handle}" for handle in self._edition.hidden)
        yield from (f"name: @{handle} = {name}" for handle, name in self._edition.names.items())
        question = ""
        before: Block | None = None
        for block in self._edition.blocks:
            if isinstance(block, HeadingBlock) and block.level == 2:
                yield from self._write_beside(question)
                question = block.question
            yield from self._write_gap(before, block)
            yield from self._write_block(block)
            before = block
        yield from self._write_beside(question)
        yield from self._write_rest()
        yield from self._write_pictures()

    def _write_gap(self, before: Block | None, block: Block) -> Iterator[str]:
        """Yield an empty line, but none between two points or two links."""
        is_list = isinstance(block, PointBlock | LinkBlock) and type(before) is type(block)
        if not is_list:
            yield ""

    def _write_block(self, block: Block) -> Iterator[str]:
        match block:
            case HeadingBlock():
                yield self._write_heading(block)
            case ParagraphBlock():
                yield from block.text.split("\n")
            case PointBlock():
                yield from self._write_point(block)
            case QuotationBlock():
                yield f"> [{self._name_quote(block.quote)}] {_write_line(block.quote.text)}"
            case PictureBlock():
                yield _write_picture(block.address, block.description)
            case LinkBlock():
                yield f"- <{block.url}> {block.words}".rstrip()
            case GoneBlock():
                yield f"<!-- {_write_line(open_catalogue().word_note(block.why))} -->"
            case _:
                yield "---"

    def _write_heading(self, block: HeadingBlock) -> str:
        if not block.question:
            return f"{'#' * block.level} {block.text}"
        known = self._material.questions.get(block.question)
        text = block.text if block.reworded or known is None else known
        return f"## [Q{block.question}] {_write_line(text)}".rstrip()

    def _write_point(self, point: PointBlock) -> Iterator[str]:
        bullet = point.bullet
        mark = self._material.marks[point]
        heard = bullet.people + bullet.agreed
        more = f" +{heard - 1}" if heard > 1 else ""
        yield f"- [{mark} {_write_handle(bullet.author)}{more}] {_write_line(bullet.text)}"
        for reply in bullet.replies:
            yield f"  - [{self._name_quote(reply)}] {_write_line(reply.text)}"

    def _name_quote(self, quote: Quote) -> str:
        return f"{self._material.post_marks[quote.post]} {_write_handle(quote.author)}"

    def _write_beside(self, question: str) -> Iterator[str]:
        """Yield what a question has beside its points."""
        if not question:
            return
        new = self._material.offers.get(question, ())
        unused = self._material.unused.get(question, ())
        yield from self._write_list(f"### {NEW} {self._edition.number}", new)
        yield from self._write_list(f"### {NOT_USED}", unused)

    def _write_rest(self) -> Iterator[str]:
        """Yield what belongs to questions that the edition leaves out."""
        blocks = self._edition.blocks
        shown = {block.question for block in blocks if isinstance(block, HeadingBlock)}
        for label, text in self._material.questions.items():
            new = self._material.offers.get(label, ())
            unused = self._material.unused.get(label, ())
            if label in shown:
                continue
            title = f"Q{label} {_write_line(text)}".rstrip()
            yield from self._write_list(f"### {NEW} {self._edition.number}: {title}", new)
            yield from self._write_list(f"### {NOT_USED}: {title}", unused)

    def _write_pictures(self) -> Iterator[str]:
        """Yield the pictures of the folder that the edition leaves out."""
        shown = self._edition.list_pictures()
        left = [one for one in self._material.pictures.items() if one[0] not in shown]
        if left:
            yield from ("", f"### {NOT_USED}: pictures", "")
        yield from (_write_picture(name, words) for name, words in left)

    def _write_list(self, heading: str, points: Iterable[PointBlock]) -> Iterator[str]:
        listed = tuple(points)
        if listed:
            yield from ("", heading, "")
        for point in listed:
            yield from self._write_point(point)


def _write_line(text: str) -> str:
    return " ".join(text.split())


def _write_picture(address: str, words: str) -> str:
    return f"![{_write_line(words).replace('](', '] (')}]({address})"


def _write_handle(handle: str) -> str:
    """Return a handle for the reader's eye: brackets in it would end those of the mark."""
    return "@" + (bare_handle(handle).translate(_NO_BRACKETS) or "?")
