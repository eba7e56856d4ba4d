"""From a sheet back to an edition: every mistake is told with its line, and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from chinwag.model import (
    LEFT_OUT_MARK,
    Block,
    HeadingBlock,
    LinkBlock,
    Note,
    ParagraphBlock,
    PictureBlock,
    PointBlock,
    QuotationBlock,
    Quote,
    RuleBlock,
    is_picture,
    make_note,
)
from chinwag.steps.editing.compare import find_homes
from chinwag.steps.editing.material import Material
from chinwag.steps.editing.points import part_points, quote_post, take_point, word_point
from chinwag.steps.editing.sheet_lines import Line, list_marks, quoted_on, read_lines
from chinwag.steps.tracing import stands_in
from chinwag.text.mentions import bare_handle

_QUESTION = re.compile(r"\[Q?(?P<label>[\w.]+)\]\s*(?P<text>.*)", re.IGNORECASE)
_MORE_MARKS = re.compile(r"(?:(?<!\s)\s+)?(?:[-*+&,]\s*)?\[([^\[\]]*)\]\s*")
_BROKEN = re.compile(r"\s*+(?:[-*+>]\s*+)?[\[({]?\s*+(?P<mark>[a-z2-7]{4,}(?:-\d+)?)\s+[@+]")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


class Mistake(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a sheet: in which line, counted from 1, and a note that says what."""

    line: int
    why: Note


class ReadSheet(msgspec.Struct, frozen=True, kw_only=True):
    """What a sheet says; where there are `mistakes`, it is not to be used.

    `made_from` is the number of the edition that it was written from, None where it tells none.
    """

    blocks: tuple[Block, ...]
    hidden: tuple[str, ...]
    names: dict[str, str]
    made_from: int | None
    mistakes: tuple[Mistake, ...]


def read_sheet(sheet: str, material: Material) -> ReadSheet:
    """Return what a sheet says of this material, and every mistake in it."""
    return _SheetReader(material).read(sheet)


class _SheetReader:
    """Reads one sheet, line by line."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._blocks: list[Block] = []
        self._mistakes: list[Mistake] = []
        self._hidden: dict[str, None] = {}
        self._names: dict[str, str] = {}
        self._made_from: int | None = None
        self._is_aside = False  # below "Not used" and the like
        self._asides: list[Line] = []  # points among those that are not used
        self._lines: dict[str, int] = {}  # of marks and questions that were used
        self._before = "empty"  # the kind of the line before
        self._links = {block.url: block for block in material.edition.blocks
                       if isinstance(block, LinkBlock)}  # fmt: skip

    def read(self, sheet: str) -> ReadSheet:
        """Return what the sheet says."""
        marks = {*self._material.points, *self._material.post_marks.values()}
        for line in self._unwrap(read_lines(sheet, marks)):
            if line.kind != "empty":
                self._take(line)
            self._before = line.kind
        self._look_for_headings()
        return ReadSheet(
            blocks=part_points(self._blocks, self._material.posts),
            hidden=tuple(self._hidden),
            names=self._names,
            made_from=self._made_from,
            mistakes=tuple(self._mistakes),
        )

    def _unwrap(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Yield the lines, each with those to which an editor has wrapped it."""
        held: Line | None = None
        for line in lines:
            if held and (more := self._find_more(held, line)):
                held = msgspec.structs.replace(held, text=f"{held.text} {more}")
                continue
            if held:
                yield held
            held = line
        if held:
            yield held

    def _find_more(self, before: Line, line: Line) -> str:
        """Return the words of a line with which the one before it goes on, "" where it does not.

        It does where it is indented, and otherwise where the words of both are one post's.
        """
        if before.kind == "quotation":
            return quoted_on(line) or "" if line.kind == "words" else ""
        if before.kind not in ("point", "answer") or line.kind != "words":
            return ""
        if line.whole.startswith(("  ", "\t")):
            return line.text.strip()
        posts = [self._find_post(mark) for mark in list_marks(before.marks)]
        said = [self._material.posts[post].text for post in posts if post]
        words = f"{before.text} {line.text}"
        return line.text if any(stands_in(words, text) for text in said) else ""

    def _take(self, line: Line) -> None:
        take = getattr(self, f"_take_{line.kind}")
        if not self._is_aside or line.kind in ("key", "heading", "aside", "rule"):
            take(line)
        elif line.kind in ("point", "answer"):
            self._asides.append(line)
        elif line.kind == "picture" and line.address in self._material.pictures:
            pass  # it is offered there
        else:
            self._miss(line, make_note("sheet-words-unused"))

    def _look_for_headings(self) -> None:
        """Report missing headings: a question's points without one stand among those not used."""
        homes = find_homes(self._material.edition.blocks)
        for line in self._asides:
            mark = next(iter(list_marks(line.marks)), "")
            point = self._material.points.get(mark)
            home = homes.get(point.voices[0].quoted, "") if point else ""
            is_question = home in self._material.questions
            if is_question and self._lines.setdefault(f"[Q{home}]", 0) == 0:
                self._lines[f"[Q{home}]"] = line.number
                self._miss(line, make_note("sheet-heading-missing", question=home))

    def _miss(self, line: Line, why: Note) -> None:
        self._mistakes.append(Mistake(line=line.number, why=why))

    # --- what stands at the top

    def _take_key(self, line: Line) -> None:
        if line.key == "edition":
            number = line.text.strip()
            self._made_from = int(number) if number.isascii() and number.isdigit() else None
            return
        handle, equals, name = line.text.partition("=")
        known = self._find_person(line, handle)
        if line.key == "hide" and known:
            self._hidden[known] = None
        elif line.key == "name" and known:
            if not equals or not name.strip():
                self._miss(line, make_note("sheet-name-missing", handle=known))
            self._names[known] = " ".join(name.split())

    def _find_person(self, line: Line, said: str) -> str:
        handle = bare_handle(said.strip())
        if handle.casefold() in self._material.people:
            return handle
        self._miss(line, make_note("sheet-person-unknown", handle=handle))
        return ""

    # --- headings

    def _take_aside(self, _line: Line) -> None:
        self._is_aside = True

    def _take_heading(self, line: Line) -> None:
        self._is_aside = False
        found = _QUESTION.fullmatch(line.text)
        if found is None:
            level = 2 if len(line.key) < 3 else 3
            self._blocks.append(HeadingBlock(text=line.text, level=level))
            return
        label, text = found["label"], " ".join(found["text"].split())
        if label not in self._material.questions:
            known = tuple(self._material.questions)
            self._miss(line, make_note("sheet-question-unknown", question=label, known=known))
        elif self._note_use(line, f"[Q{label}]"):
            self._blocks.append(self._make_heading(label, text))

    def _make_heading(self, label: str, text: str) -> HeadingBlock:
        own = " ".join(self._material.questions[label].split())
        reworded = bool(text) and text != own
        return HeadingBlock(text=text or own, question=label, reworded=reworded)

    def _note_use(self, line: Line, name: str) -> bool:
        """Note where a mark or a question is used; a second time is a mistake."""
        first = self._lines.setdefault(name, line.number)
        if first != line.number:
            self._miss(line, make_note("sheet-used-twice", name=name, first=first))
        return first == line.number

    # --- points and quotations

    def _take_point(self, line: Line) -> None:
        brackets, segments = _split_point(line, self._is_same_point)
        marks = list(dict.fromkeys(one for part in brackets for one in list_marks(part)))
        points = [point for mark in marks if (point := self._find_point(line, mark))]
        if not marks:
            self._miss(line, make_note("sheet-mark-unknown", mark=line.marks))
        elif len(points) == len(marks):
            words = self._choose_words(points, segments)
            point = word_point(points, words, self._material.posts)
            # its answers have lines of their own, so that a line that is gone takes one along
            bare = msgspec.structs.replace(point.bullet, replies=())
            self._blocks.append(msgspec.structs.replace(point, bullet=bare))

    def _is_same_point(self, mark: str, words: str) -> bool:
        point = self._material.points.get(mark)
        return point is not None and " ".join(point.bullet.text.split()) == words

    def _choose_words(self, points: Sequence[PointBlock], segments: Sequence[str]) -> str:
        """Return the words of a line: of points that were put behind each other, the first's."""
        said = [" ".join(segment.split()) for segment in segments if segment.strip()]
        known = {" ".join(point.bullet.text.split()) for point in points}
        if len(said) > 1 and all(words in known for words in said):
            return said[0]
        return " ".join(said)

    def _find_point(self, line: Line, mark: str) -> PointBlock | None:
        """Return the point of a mark; None, and a mistake, where there is none or it is used."""
        if not self._note_use(line, mark):
            return None
        points = self._material.points
        if mark in points:
            return points[mark]
        if post := self._find_post(mark):
            voices = (voice for point in points.values() for voice in point.voices)
            joined = next((voice for voice in voices if voice.quoted == post), None)
            return take_point(
                joined or quote_post(self._material.posts[post], self._material.hashtag)
            )
        self._miss(line, make_note("sheet-mark-unknown", mark=mark))
        return None

    def _find_post(self, mark: str) -> str:
        """Return the post of a mark, also of one that was shorter in an earlier sheet; "" if none.

        Where several begin so, it is the one that the edition uses.
        """
        marks = self._material.post_marks
        near = [post for post, one in marks.items() if one.startswith(mark)]
        if len(near) > 1:
            used = {block.voices[0].quoted for block in self._material.edition.blocks
                    if isinstance(block, PointBlock)}  # fmt: skip
            near = [post for post in near if post in used]
        return near[0] if len(near) == 1 else ""

    def _take_answer(self, line: Line) -> None:
        above = self._blocks[-1] if self._blocks else None
        if not isinstance(above, PointBlock):
            self._take_point(line)
            return
        quote = self._read_quote(line)
        bullet = above.bullet
        if quote is not None and quote not in bullet.replies and quote.post not in bullet.posts:
            bullet = msgspec.structs.replace(bullet, replies=(*bullet.replies, quote))
            self._blocks[-1] = msgspec.structs.replace(above, bullet=bullet)

    def _take_quotation(self, line: Line) -> None:
        quote = self._read_quote(line)
        if quote is not None:
            self._blocks.append(QuotationBlock(quote=quote))

    def _read_quote(self, line: Line) -> Quote | None:
        marks = list_marks(line.marks)
        post = self._find_post(marks[0]) if marks else ""
        if not post:
            self._miss(line, make_note("sheet-mark-unknown", mark=" ".join(marks)))
            return None
        said = self._material.posts[post]
        text = " ".join(line.text.replace("[...]", LEFT_OUT_MARK).split())
        if not stands_in(text, said.text):
            if line.kind == "answer":
                self._miss(line, make_note("sheet-answer-changed", mark=marks[0]))
            else:
                self._miss(line, make_note("sheet-quotation-changed", mark=marks[0]))
            return None
        return Quote(post=post, author=said.author, text=text)

    # --- what the host writes

    def _take_words(self, line: Line) -> None:
        broken = _BROKEN.match(line.whole.lower())
        if broken and broken["mark"] in self._material.points:
            self._miss(line, make_note("sheet-mark-broken", mark=broken["mark"]))
        else:
            before = self._blocks[-1] if self._blocks else None
            if isinstance(before, ParagraphBlock) and self._before == "words":
                self._blocks[-1] = ParagraphBlock(text=f"{before.text}\n{line.text}")
            else:
                self._blocks.append(ParagraphBlock(text=line.text))

    def _take_rule(self, _line: Line) -> None:
        self._blocks.append(RuleBlock())

    def _take_picture(self, line: Line) -> None:
        if not line.text:
            self._miss(line, make_note("sheet-picture-undescribed"))
        elif is_picture(line.address) and line.address not in self._material.pictures:
            self._miss(line, make_note("sheet-picture-unknown", address=line.address))
        elif not is_picture(line.address) and not _WEB.fullmatch(line.address):
            self._miss(line, make_note("sheet-address-invalid", address=line.address))
        else:
            self._blocks.append(PictureBlock(address=line.address, description=line.text))

    def _take_link(self, line: Line) -> None:
        if not _WEB.fullmatch(line.address):
            self._miss(line, make_note("sheet-address-invalid", address=line.address))
            return
        before = self._links.get(line.address)
        posts = before.posts if before else ()
        self._blocks.append(LinkBlock(url=line.address, words=line.text, posts=posts))


def _split_point(
    line: Line, is_same: Callable[[str, str], bool]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the brackets with marks of a point's line, and the words before, between and behind.

    Words that `is_same` knows as those of the first mark are words, whatever brackets they hold.
    """
    first = next(iter(list_marks(line.marks)), "")
    if is_same(first, " ".join(line.text.split())):
        return (line.marks,), (line.text,)
    brackets, segments, start = [line.marks], [], 0
    for found in _MORE_MARKS.finditer(line.text):
        if "@" in found[1]:
            brackets.append(found[1])
            segments.append(line.text[start : found.start()])
            start = found.end()
    return tuple(brackets), (*segments, line.text[start:])
