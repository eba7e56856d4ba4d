"""PUBLISH: the story as a page, as Markdown, as JSON and as CSV, or part by part.

What lives here: `story` (what is shown, in order), the view model of a page (`view_model`, made by
`post_views` and `question_views`, with `facts` and `chart` around it), the write-up of a reader who
wants no archive (`write_up`, in the nouns of `blocks`), one file a form of publishing, and
`templates/` (Jinja2). A door that shows parts of a story on pages of its own takes
the views and their words: they are as safe as the page.
May import: `messages`, `text`, `model`, `errors`. May not import: the other steps, stores.
Example: `QuestionViews(PostViews(story, open_catalogue("en"))).show_questions()`.
"""

from chinwag.steps.publish.chart import Chart, choose_top, draw_chart
from chinwag.steps.publish.data import render_bullets_csv, render_json, render_posts_csv
from chinwag.steps.publish.epub import render_epub
from chinwag.steps.publish.facts import Facts, gather_facts
from chinwag.steps.publish.fragment import render_fragment
from chinwag.steps.publish.hidden_names import find_names, hide_names, list_hidden_ids
from chinwag.steps.publish.hours import Hours
from chinwag.steps.publish.html import render_chart, render_html, render_main
from chinwag.steps.publish.markdown import render_markdown
from chinwag.steps.publish.post_views import PostViews
from chinwag.steps.publish.print_page import render_print
from chinwag.steps.publish.question_views import QuestionViews
from chinwag.steps.publish.safe import clean_link
from chinwag.steps.publish.section_views import SectionViews
from chinwag.steps.publish.story import build_story
from chinwag.steps.publish.view_model import (
    Author,
    BlockView,
    BulletView,
    LinkView,
    PostView,
    QuestionView,
    ReplyView,
    SectionView,
)
from chinwag.steps.publish.word_file import can_render_docx, render_docx
from chinwag.steps.publish.write_up import make_write_up
from chinwag.steps.publish.zipped import zip_files

__all__ = [
    "Author",
    "BlockView",
    "BulletView",
    "Chart",
    "Facts",
    "Hours",
    "LinkView",
    "PostView",
    "PostViews",
    "QuestionView",
    "QuestionViews",
    "ReplyView",
    "SectionView",
    "SectionViews",
    "build_story",
    "can_render_docx",
    "choose_top",
    "clean_link",
    "draw_chart",
    "find_names",
    "gather_facts",
    "hide_names",
    "list_hidden_ids",
    "make_write_up",
    "render_bullets_csv",
    "render_chart",
    "render_docx",
    "render_epub",
    "render_fragment",
    "render_html",
    "render_json",
    "render_main",
    "render_markdown",
    "render_posts_csv",
    "render_print",
    "zip_files",
]
