"""The picture that goes with a link: a title set on paper, made here, without any other site."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from PIL import Image, ImageDraw, ImageFont

from chinwag.steps.publish.safe import drop_directions

SIZE = (1200, 630)
_PAPER, _INK, _SOFT, _ACCENT, _RULE = "#fbf9f4", "#23201b", "#5b5448", "#1d5a4c", "#d8d1c1"
_MARGIN = 90
_WIDTH = SIZE[0] - 2 * _MARGIN
_TITLE_SIZES = (84, 72, 62, 54, 46)
_MOST_LINES = 4
_LONGEST = 300  # characters of a title that are set
# Fonts that servers have, the one most like the page's first; Pillow's own is there always.
_FONTS = (
    *("NotoSerif-Regular.ttf", "LiberationSerif-Regular.ttf", "DejaVuSerif.ttf"),
    *("NotoSans-Regular.ttf", "DejaVuSans.ttf", "NotoSansCJK-Regular.ttc"),
)
_UNKNOWN = "\uffff"  # no font has a sign for it, so it shows what a font draws for a missing sign

Font = ImageFont.FreeTypeFont


class Card(NamedTuple):
    """What a picture says: the title, over it the series, under it the day or nothing."""

    title: str
    above: str
    below: str


@lru_cache(maxsize=64)
def draw_card(card: Card) -> bytes:
    """Return the picture as PNG, 1200 by 630 pixels.

    A text for which no font of this machine has every sign is left out, so that no row of empty
    boxes stands there; the title gives way to what stands over it.
    """
    picture = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, SIZE[0], 18), fill=_ACCENT)
    above, below = _clean(card.above), _clean(card.below)
    title = _clean(card.title)
    if _find_font(title) is None:
        title, above = above, ""
    _draw_line(draw, above, 70, _ACCENT)
    font, lines = _fit(title)
    y = 160.0
    for line in lines:
        draw.text((_MARGIN, y), line, font=font, fill=_INK)
        y += font.size * 1.15
    draw.line((_MARGIN, 520, SIZE[0] - _MARGIN, 520), fill=_RULE, width=2)
    _draw_line(draw, below, 542, _SOFT)
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def _clean(text: str) -> str:
    return drop_directions(text)[:_LONGEST]


def _draw_line(draw: ImageDraw.ImageDraw, text: str, y: float, colour: str) -> None:
    name = _find_font(text)
    if text and name is not None:
        font = _open_font(name, 34)
        (line,) = _wrap(text, font, 1)
        draw.text((_MARGIN, y), line, font=font, fill=colour)


def _fit(title: str) -> tuple[Font, Sequence[str]]:
    """Return the largest font in which the title fits, and its lines; the last may be cut."""
    name = _find_font(title) or ""
    for size in _TITLE_SIZES:
        font = _open_font(name, size)
        lines = _wrap(title, font, _MOST_LINES)
        if " ".join(lines) == title:
            break
    return font, lines


def _wrap(text: str, font: Font, most: int) -> list[str]:
    """Return a text in lines that fit the picture, words too long for one cut."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= _WIDTH:
            lines[-1] = longer
        elif len(lines) == most:
            lines[-1] = _cut(longer, font)
            break
        else:
            lines.append(_cut(word, font) if font.getlength(word) > _WIDTH else word)
    return [line for line in lines if line] or [""]


def _cut(text: str, font: Font) -> str:
    while text and font.getlength(f"{text}…") > _WIDTH:
        text = text[:-1]
    return f"{text.rstrip()}…"


@lru_cache(maxsize=256)
def _find_font(text: str) -> str | None:
    """Return the name of a font that has every sign of a text, "" for Pillow's own, else None."""
    signs = {sign for sign in text if not sign.isspace()}
    for name in (*_FONTS, ""):
        try:
            font = _open_font(name, 24)
        except OSError:
            continue
        lacking = bytes(font.getmask(_UNKNOWN))
        if all(bytes(font.getmask(sign)) != lacking for sign in signs):
            return name
    return None


@lru_cache(maxsize=64)
def _open_font(name: str, size: int) -> Font:
    """Return a font of that name. Raises OSError where this machine has none."""
    if name:
        return ImageFont.truetype(name, size)
    return cast(Font, ImageFont.load_default(size))  # Pillow's wheels bring FreeType
