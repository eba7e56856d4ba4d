"""The story as one self-contained page: no script, no request, readable from a disk."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from chinwag.messages import Catalogue, open_catalogue
from chinwag.model import Story
from chinwag.steps.publish.chart import Chart, draw_chart
from chinwag.steps.publish.facts import gather_facts
from chinwag.steps.publish.pictures import FindAddress
from chinwag.steps.publish.post_views import PostViews
from chinwag.steps.publish.question_views import QuestionViews
from chinwag.steps.publish.safe import clean_text
from chinwag.steps.publish.section_views import SectionViews
from chinwag.steps.publish.view_model import QuestionView, SectionView

_MAIN = '<main id="main">'


def render_html(
    story: Story,
    language: str = "en",
    *,
    find_address: FindAddress | None = None,
    views: PostViews | None = None,
) -> str:
    """Return the story's page: inline style, inline SVG, nothing fetched, nothing run.

    `language` is a key of `messages.LANGUAGES`. Pictures are held in the page, unless
    `find_address` says where they are shown from. `views` are those of the story in that language,
    where they have been made. Raises InputError where the chat's time zone is unknown.
    """
    words = open_catalogue(language)
    post_views = views or PostViews(story, words)
    style = _read_style()
    page = _open_templates(language).get_template("page.html.jinja")
    questions = QuestionViews(post_views).show_questions()
    sections = SectionViews(post_views, find_address).show_sections(questions)
    return page.render(
        story=story,
        language=words.language.code,
        style=Markup(style),  # noqa: S704 (our own file)
        style_hash=_hash_style(style),
        facts=gather_facts(story, post_views),
        chart=draw_chart(story, post_views.hours),
        questions=questions,
        sections=sections,
        contents=_list_contents(questions, sections),
        unplaced=tuple(post_views.show_post(post) for post in story.unplaced),
        posts=tuple(post_views.show_post(post) for post in story.posts),
    )


def _list_contents(
    questions: Sequence[QuestionView], sections: Sequence[SectionView]
) -> tuple[QuestionView, ...]:
    """Return the questions that the page shows, in its order."""
    edited = tuple(section.question for section in sections if section.question)
    return edited if sections else tuple(questions)


def render_main(
    story: Story,
    language: str = "en",
    *,
    find_address: FindAddress | None = None,
    views: PostViews | None = None,
) -> str:
    """Return what stands in the page's `<main>`, for a site to put into a page of its own.

    It has no style; its classes are those of `static/story.css`. Raises what `render_html` does.
    """
    page = render_html(story, language, find_address=find_address, views=views)
    return page.partition(_MAIN)[2].rpartition("</main>")[0]


def render_chart(chart: Chart, words: Catalogue) -> Markup:
    """Return the figure of a chart, its table with it, as the page has it."""
    template = _open_templates(words.language.code).get_template("chart.html.jinja")
    return Markup(template.make_module().draw(chart))  # type: ignore[attr-defined] # noqa: S704


@cache
def _open_templates(language: str) -> Environment:
    """Return the templates with the words of a language. Compiling them takes long: once."""
    environment = Environment(
        loader=PackageLoader("chinwag.steps.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_show,
    )
    environment.globals.update(_make_globals(open_catalogue(language)))
    return environment


def _show(value: object) -> object:
    """Make control characters of plain strings harmless; Markup went through it before."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return clean_text(value)
    return value


def _make_globals(words: Catalogue) -> Mapping[str, Callable[..., Markup]]:
    """Return the functions that a template calls: `t` for a sentence, `n` for a counted thing."""

    def say_html(key: str, **values: object) -> Markup:
        # The catalogue is our own; every value that is no Markup is escaped.
        return Markup(words.language.texts[key]).format(**values)  # noqa: S704

    def count_html(number: int, noun: str) -> Markup:
        form = Markup(words.find_form(number, noun))  # noqa: S704
        return form.format(n=words.write_number(number))

    return {"t": say_html, "n": count_html}


def _read_style() -> str:
    style = files("chinwag.steps.publish").joinpath("static/story.css").read_text("utf-8")
    return f"\n{style.strip()}\n"


def _hash_style(style: str) -> str:
    """Return the digest by which the page's own policy lets this style sheet in, and no other."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
