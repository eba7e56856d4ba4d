"""The host's own paragraphs: Markdown to harmless HTML."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from chinwag.steps.publish.blocks import (
    Block,
    Item,
    Items,
    Paragraph,
    Run,
    Runs,
    make_runs,
)
from chinwag.steps.publish.safe import clean_text

# A paragraph holds no heading, for those are blocks of their own, and fetches no picture.
_NOT_USED = ("heading", "lheading", "image", "reference", "html_block", "html_inline")


_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(list(_NOT_USED))


def render_own_words(markdown: str) -> Markup:
    """Return a paragraph of Markdown (CommonMark) as HTML in which no tag of its own acts."""
    # Markdown-it escapes every word, and accepts no address that could run anything.
    return Markup(_MARKDOWN.render(clean_text(markdown)).strip())  # noqa: S704


def read_own_words(markdown: str) -> tuple[Block, ...]:
    """Return a paragraph of Markdown as blocks of a write-up: paragraphs and lists."""
    blocks: list[Block] = []
    items: list[Item] = []
    depth = 0
    for token in _MARKDOWN.parse(clean_text(markdown)):
        depth += token.nesting if token.type.endswith(("list_open", "list_close")) else 0
        if token.type == "inline" and depth:
            items.append(Item(runs=_read_runs(token.children or ())))
        elif token.type == "inline":
            blocks.append(Paragraph(runs=_read_runs(token.children or ())))
        elif token.type in ("fence", "code_block"):
            blocks.append(Paragraph(runs=make_runs(token.content.strip())))
        if items and not depth:
            blocks.append(Items(items=tuple(items)))
            items = []
    return tuple(blocks)


def _read_runs(tokens: Iterable[Token]) -> Runs:
    """Return the words of a paragraph with the style and the link of each stretch."""
    runs: list[Run] = []
    styles: list[str] = []
    link = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "em_open":
                styles.append(token.type.removesuffix("_open"))
            case "strong_close" | "em_close":
                styles.pop()
            case "link_open":
                link = str(token.attrGet("href") or "")
            case "link_close":
                link = ""
            case _:
                text = token.content or (" " if token.type.endswith("break") else "")
                runs.append(Run(text=text, style=styles[-1] if styles else "", link=link))
    return tuple(run for run in runs if run.text)
