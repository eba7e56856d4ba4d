"""The write-up as Markdown, ready to paste into a blog, where hostile text stays text."""

from __future__ import annotations

from chinwag.model import Story
from chinwag.steps.publish.blocks import Block, Heading, Item, Items, Picture, Run, Runs, WriteUp
from chinwag.steps.publish.markdown_marks import escape_all_marks, escape_markdown
from chinwag.steps.publish.write_up import make_write_up

_STYLES = {"strong": "**", "em": "*"}


def render_markdown(story: Story, language: str = "en", *, write_up: WriteUp | None = None) -> str:
    """Return the write-up as Markdown (CommonMark): headings, points with their posts, links.

    Its pictures lie in a folder `pictures` beside it.

    `language` is a key of `messages.LANGUAGES`, and `write_up` the story's in it, where it has been
    made. Raises InputError where the chat's time zone is unknown.
    """
    write_up = write_up or make_write_up(story, language)
    title = f"# {escape_markdown(write_up.title, starts_line=False)}"
    return "\n\n".join([title, *map(_write_block, write_up.blocks)]) + "\n"


def _write_block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_write_runs(block.runs, starts_line=False)}"
    if isinstance(block, Items):
        return "\n".join(map(_write_item, block.items))
    if isinstance(block, Picture):
        return f"![{escape_all_marks(block.words)}]({block.name})"
    return _write_runs(block.runs)


def _write_item(item: Item) -> str:
    under = [f"    - {_write_runs(runs)}" for runs in item.under]
    return "\n".join([f"- {_write_runs(item.runs)}", *under])


def _write_runs(runs: Runs, *, starts_line: bool = True) -> str:
    return "".join(
        _write_run(run, starts_line=starts_line and place == 0) for place, run in enumerate(runs)
    )


def _write_run(run: Run, *, starts_line: bool) -> str:
    if run.link and run.link == run.text:
        return f"<{run.link}>"
    if run.link:
        return f"[{escape_all_marks(run.text)}](<{run.link}>)"
    mark = _STYLES.get(run.style, "")
    text = escape_markdown(run.text, starts_line=starts_line and not mark)
    return f"{mark}{text}{mark}"
