"""The write-up as a piece of HTML to paste into a page: headings from h2, no style, no script.

Every paragraph, heading and item stands on a line of its own with no line end inside, since blogs
make line breaks of those. Elements are closed, so that it is XML as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec
from markupsafe import Markup

from chinwag.model import Story
from chinwag.steps.publish.blocks import Block, Heading, Item, Items, Picture, Run, Runs
from chinwag.steps.publish.pictures import FindAddress, embed_pictures, show_beside
from chinwag.steps.publish.post_views import PostViews
from chinwag.steps.publish.safe import clean_language, clean_link, clean_text
from chinwag.steps.publish.write_up import make_write_up

_REL = "nofollow noopener ugc"
_LONGEST = 32  # characters of an address as shown: a longer one is wider than a telephone
_PICTURE = Markup('<figure><img src="{}" alt="{}"/></figure>')
_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)


def render_fragment(
    story: Story,
    language: str = "en",
    *,
    find_address: FindAddress | None = None,
    views: PostViews | None = None,
) -> str:
    """Return the write-up without its title, to be pasted under one.

    Long addresses are shown cut, since the page's own style may let them run over its edge.
    `language` is a key of `messages.LANGUAGES`. Pictures are held in it, unless `find_address`
    says where they are shown from. `views` are those of the story in that language, where they have
    been made. Raises InputError where the chat's time zone is unknown.
    """
    blocks = map(_cut_addresses, make_write_up(story, language, views=views).blocks)
    return write_blocks(blocks, find_address or embed_pictures(story))


def write_blocks(blocks: Iterable[Block], find_address: FindAddress = show_beside) -> str:
    """Return blocks as HTML, each on a line, ending with a line feed."""
    return "".join(f"{_write_block(block, find_address)}\n" for block in blocks)


def escape(text: str) -> Markup:
    """Return plain text as HTML and XML."""
    return Markup.escape(clean_text(text))


def _cut_addresses(block: Block) -> Block:
    """Return a block in whose lists no address is shown at greater length than fits."""
    if not isinstance(block, Items):
        return block
    items = (
        msgspec.structs.replace(item, runs=tuple(map(_cut_address, item.runs)))
        for item in block.items
    )
    return Items(items=tuple(items))


def _cut_address(run: Run) -> Run:
    if not run.link or run.text != run.link or len(run.text) <= _LONGEST:
        return run
    shown = _SCHEME.sub("", run.text)
    shown = shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
    return msgspec.structs.replace(run, text=shown)


def _write_block(block: Block, find_address: FindAddress) -> Markup:
    if isinstance(block, Heading):
        return Markup("<h{0}>{1}</h{0}>").format(block.level, _write_runs(block.runs))
    if isinstance(block, Items):
        return _write_list(map(_write_item, block.items))
    if isinstance(block, Picture):
        return _PICTURE.format(find_address(block.name), escape(block.words))
    return _wrap("p", (_write_runs(block.runs),))


def _write_item(item: Item) -> Markup:
    words = _write_runs(item.runs)
    under = _write_list(_wrap("li", (_write_runs(runs),)) for runs in item.under)
    return _wrap("li", (words, under) if item.under else (words,))


def _write_list(items: Iterable[Markup]) -> Markup:
    return Markup("<ul>\n{}\n</ul>").format(Markup("\n").join(items))


def _write_runs(runs: Runs) -> Markup:
    return Markup("").join(map(_write_run, runs))


def _write_run(run: Run) -> Markup:
    words = escape(run.text)
    if language := clean_language(run.lang):
        words = Markup('<span lang="{}">{}</span>').format(language, words)
    if address := clean_link(run.link):
        words = Markup('<a href="{}" rel="{}">{}</a>').format(address, _REL, words)
    return _wrap(run.style, (words,)) if run.style else words


def _wrap(name: str, inside: Iterable[Markup]) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(Markup(name), Markup("").join(inside))  # noqa: S704
