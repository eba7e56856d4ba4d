"""The Markdown: ready to paste, and hostile text stays text."""

from __future__ import annotations

import html
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from chinwag.model import Story
from chinwag.steps.publish import render_markdown
from chinwag.steps.publish.markdown_marks import escape_markdown

HOSTILE = [
    "# not a heading",
    "- no item\n- none",
    "1. no list",
    "![x](https://x.example/track.png)",
    "[click](javascript:alert(1))",
    "<script>alert(1)</script>",
    "<https://x.example>",
    "`code` **bold** __bold__ ~~gone~~ | a | b |",
    "\\*already\\* &amp; &#42;",
    "> no quotation",
    "{{ site.secret }} {% include x %}",
    "www.x.example https://x.example me@x.example",
    "===\n---\n***",
    "```\nfence",
    "    indented",
    "[ref]: https://x.example",
    "Setext\n===",
    "+ plus",
    "$x$ ^y^",
]


def read_plain(markdown: str) -> str:
    """Render strictly, allow paragraphs alone, and give the words back."""
    page = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(markdown)
    page = re.sub(
        r'<a href="(https?://[^"<]*)">\1</a>', r"\1", page
    )  # addresses link to themselves
    assert re.fullmatch(r"<p>[^<]*</p>\n", page), page
    return html.unescape(page[3:-5])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    assert read_plain(escape_markdown(text)) == " ".join(text.split())


@given(st.text(alphabet=st.sampled_from("ab1 -+*_`#[]()<>!&\\~|{}.:=@/\n\"'"), min_size=1))
def test_any_mixture_of_marks_is_shown_as_it_is(text: str) -> None:
    line = " ".join(text.split())
    if line:
        assert read_plain(escape_markdown(text)) == line


def test_templates_of_blogs_find_nothing_to_run() -> None:
    escaped = escape_markdown("{{ a }} {% b %} {{{ c }}} {{< d >}} {# e #}")
    assert not re.search(r"\{[{%#]", escaped)


@pytest.mark.parametrize(
    "text",
    [
        "#critlib (remember: AT&T, R&D) costs $80, not $90! ~20 people; C#",
        "@some_body asks [sic] for 5 * 3 < 20 > 1 {braces} | pipes ^ up [\u2026] snake_case_names",
        "3.5 people + 2 - 1 = 4.5; \\o/ 100% \u201cso\u201d 'so' a/b a:b; me@x.example www.x.example",
    ],
)
def test_marks_that_do_nothing_stay_as_people_wrote_them(text: str) -> None:
    escaped = escape_markdown(f"So: {text}")
    assert escaped == f"So: {text}"
    assert read_plain(escaped) == escaped


def test_an_address_in_a_text_links_to_itself() -> None:
    escaped = escape_markdown(
        "See https://x.example/~a_b_c?d=*e*&copy=1. It is (https://y.example)."
    )
    assert escaped == ("See <https://x.example/~a_b_c?d=*e*&copy=1>. It is (<https://y.example>).")


def test_what_stands_in_a_sample_needs_no_escapes(story: Story) -> None:
    text = render_markdown(story)
    assert re.findall(r"\\.|&#?\w+;", text) == []


def test_a_question_reads_as_heading_points_links_and_rest(story: Story) -> None:
    text = render_markdown(story)
    start = text.index("## Q2")
    assert text[start : text.index("## Q3")] == (
        "## Q2: How do you make a shy newcomer feel that the place is theirs, too?\n\n"
        "- “Give them a small job. Stamping books does more than any leaflet.” (**2 people**, "
        "Koji; [post](<https://books.example/@koji_dewey/900117>), "
        "[2](<https://books.example/@nadia_loans/900118>))\n"
        "- “Never ask “can I help you?” first. Say what you are doing, and let them join in.” "
        "(Priya at the Ward Library; [post](<https://books.example/@ward_librarian/900115>))\n"
        "- “A shelf by the door that anybody may change. No rules, no fines, no form.” "
        "(@paperboat; [post](<https://books.example/@paperboat/900116>))\n\n"
        "### Links shared\n\n"
        "- <https://guides.example/first-visits?lang=en> (Inês Carvalhal)\n\n"
    )


def test_what_was_left_out_is_said_once(story: Story) -> None:
    left_out = sum(len(question.summary.left_out) for question in story.questions)
    said = f"\n\n{left_out} other posts on these questions stand behind none of these points.\n\n"
    assert render_markdown(story).count("stand behind none") == 1
    assert said in render_markdown(story)


def test_a_hostile_title_and_author_cannot_break_out(story: Story) -> None:
    posts = tuple(
        msgspec.structs.replace(post, author_name="](javascript:x) <img src=x onerror=y>\n# hi")
        for post in story.posts
    )
    chat = msgspec.structs.replace(story.chat, title="</title><script>x\n# y")
    page = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(
        render_markdown(msgspec.structs.replace(story, posts=posts, chat=chat))
    )
    assert re.findall(r"<(?:script|img)|href=\"(?!https://)", page) == []
    assert page.count("<h1>") == 1


def test_a_row_of_marks_that_closes_nothing_is_written_in_step_with_its_length() -> None:
    assert escape_markdown("a" + "#" * 50_000) == "a" + "#" * 50_000
    assert escape_markdown("a ##") == "a \\#\\#"
    assert escape_markdown("a # b #") == "a # b \\#"
