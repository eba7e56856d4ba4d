"""The story as one self-contained page: no script, no request, readable from a disk."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from chinwag.model import Story
from chinwag.steps.publish.chart import draw_chart
from chinwag.steps.publish.english import COUNTED, LANGUAGE, TEXT, choose_form, write_number
from chinwag.steps.publish.facts import gather_facts
from chinwag.steps.publish.safe import clean_text
from chinwag.steps.publish.views import PostViews


def render_html(story: Story) -> str:
    """Give the story's page: inline style, inline SVG, nothing fetched, nothing run.

    Raises InputError where the chat's time zone is unknown.
    """
    shower = PostViews(story)
    style = _read_style()
    page = _open_templates().get_template("page.html.jinja")
    questions = shower.show_questions()
    return page.render(
        story=story,
        language=LANGUAGE,
        style=Markup(style),  # noqa: S704 (our own file)
        style_hash=_hash_style(style),
        facts=gather_facts(story, shower),
        chart=draw_chart(story, shower.hours),
        questions=questions,
        unplaced=tuple(shower.show_post(post) for post in story.unplaced),
        posts=tuple(shower.show_post(post) for post in story.posts),
    )


def _open_templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("chinwag.steps.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_show,
    )
    words: Mapping[str, Callable[..., Markup]] = {"t": say_html, "n": count_html}
    environment.globals.update(words)
    return environment


def _show(value: object) -> object:
    """Make control characters of plain strings harmless; Markup went through it before."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return clean_text(value)
    return value


def say_html(key: str, **values: object) -> Markup:
    """Give a sentence of the catalogue as HTML; every value that is not Markup is escaped."""
    return Markup(TEXT[key]).format(**values)  # noqa: S704 (our own words)


def count_html(number: int, noun: str) -> Markup:
    """Give a number with its noun as HTML."""
    return Markup(COUNTED[noun][choose_form(number)]).format(n=write_number(number))  # noqa: S704


def _read_style() -> str:
    style = files("chinwag.steps.publish").joinpath("templates/style.css").read_text("utf-8")
    return f"\n{style.strip()}\n"


def _hash_style(style: str) -> str:
    """Give the digest by which the page's own policy lets this style sheet in, and no other."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
