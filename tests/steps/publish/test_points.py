"""A point says whose words it is in, an answer stands under it, and a lead over them all."""

from __future__ import annotations

import html
import re

import msgspec

from chinwag.model import Quote, Story, Theme, make_note
from chinwag.steps.publish import render_bullets_csv, render_html, render_json, render_markdown

REPLY = Quote(post="900110", author="ruthbytes", text="Only where <nobody> *rings* first.")


def change_first_point(story: Story, origin: str = "quoted") -> Story:
    """Return the story with an answer under its first point, and a lead over it."""
    first = story.questions[0]
    point = msgspec.structs.replace(first.summary.bullets[0], origin=origin, replies=(REPLY,))
    summary = msgspec.structs.replace(
        first.summary,
        bullets=(point, *first.summary.bullets[1:]),
        lead=(make_note("answered", people=12, posts=14),),
    )
    changed = msgspec.structs.replace(first, summary=summary)
    return msgspec.structs.replace(story, questions=(changed, *story.questions[1:]))


def read_words(page: str) -> str:
    """Return the words of a page on one line."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page)).split())


def test_an_answer_stands_under_its_point_and_the_lead_above(story: Story) -> None:
    page = render_html(change_first_point(story))
    assert '<p class="gist" dir="auto">12 people answered in 14 posts.</p>' in page
    assert "Ruth Amberley answers “Only where <nobody> *rings* first.”" in read_words(page)
    text = render_markdown(change_first_point(story))
    assert "\n\n12 people answered in 14 posts.\n\n- “I walk the whole floor" in text
    assert (
        "\n    - Ruth Amberley answers: “Only where &lt;nobody> \\*rings\\* first.”"
        " ([post](<https://books.example/@" in text
    )
    row = render_bullets_csv(change_first_point(story)).splitlines()[1]
    assert row.endswith(",quoted,ruthbytes: Only where <nobody> *rings* first.,0")
    document = msgspec.json.decode(render_json(change_first_point(story)))
    assert document["questions"][0]["bullets"][0]["replies"] == [msgspec.to_builtins(REPLY)]


def agree_with_first_point(story: Story) -> Story:
    """Return the story, its first point said by one person and agreed with by three."""
    first = story.questions[0]
    point = first.summary.bullets[0]
    point = msgspec.structs.replace(
        point, people=1, kind="single", agreed=3, agreeing=point.posts[1:]
    )
    theme = Theme(phrase="whole *floor*", people=3, posts=("900106", "900107", "900108"))
    summary = msgspec.structs.replace(
        first.summary, bullets=(point, *first.summary.bullets[1:]), themes=(theme,)
    )
    changed = msgspec.structs.replace(first, summary=summary)
    return msgspec.structs.replace(story, questions=(changed, *story.questions[1:]))


def test_who_only_agrees_is_told_apart_and_a_theme_opens_its_posts(story: Story) -> None:
    agreed = agree_with_first_point(story)
    words = read_words(render_html(agreed))
    assert "Tobias Lindqvist @tobias.reads · 3 agreed 4 posts" in words
    assert "What came up most whole *floor* 3 people 3 posts Tobias Lindqvist" in words
    text = render_markdown(agreed)
    assert "(Tobias Lindqvist; 3 agreed; [post](<" in text
    assert "### What came up most\n\n- “whole \\*floor\\*” (**3 people**, [post](<" in text
    document = msgspec.json.decode(render_json(agreed))["questions"][0]
    posts = ["900106", "900107", "900108"]
    assert document["themes"] == [{"phrase": "whole *floor*", "people": 3, "posts": posts}]
    assert [document["bullets"][0][name] for name in ("people", "agreed")] == [1, 3]
    assert render_bullets_csv(agreed).splitlines()[1].endswith(",quoted,,3")


def test_a_worded_point_is_no_quotation_and_says_so(story: Story) -> None:
    quoted, worded = render_html(story), render_html(change_first_point(story, "machine"))
    assert "“I walk the whole floor before I touch a computer.”" in read_words(quoted)
    assert "“I walk the whole floor" not in read_words(worded).partition("The whole archive")[0]
    assert "worded by a language model" in read_words(worded)
    assert "No language model was used" in read_words(quoted)
    assert "No language model was used" not in read_words(worded)
    assert "1 of the points is not a quotation and says who worded it." in read_words(worded)
    text = render_markdown(change_first_point(story, "person"))
    assert "- I walk the whole floor before I touch a computer. (**4 people**, " in text
    assert "; worded by the host; " in text
