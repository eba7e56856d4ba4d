"""The parts of a story that a door can show on pages of its own."""

from __future__ import annotations

import msgspec

from chinwag.messages import open_catalogue
from chinwag.model import Story
from chinwag.steps.publish import (
    Author,
    BulletView,
    PostViews,
    QuestionViews,
    ReplyView,
    render_html,
)

from .test_points import change_first_point


def test_the_view_of_a_point(story: Story) -> None:
    story = change_first_point(story, "machine")
    posts = PostViews(story, open_catalogue("en"))
    bullet = story.questions[0].summary.bullets[0]
    assert QuestionViews(posts).show_bullet(bullet) == BulletView(
        text="I walk the whole floor before I touch a computer.",
        worded="worded by a language model",
        replies=(
            ReplyView(
                text="Only where <nobody> *rings* first.",
                lang="",
                author=Author(
                    name="Ruth Amberley",
                    handle="@ruthbytes",
                    profile="https://books.example/@ruthbytes",
                ),
                anchor="post-900110",
            ),
        ),
        lang="",
        shared=True,
        people=4,
        agreed=0,
        author=Author(
            name="Tobias Lindqvist",
            handle="@tobias.reads",
            profile="https://books.example/@tobias.reads",
        ),
        posts=posts.show_posts(("900106", "900107", "900108", "900109")),
    )


def test_a_part_is_shown_as_the_page_shows_it(story: Story) -> None:
    questions = QuestionViews(PostViews(story, open_catalogue("en")))
    page = render_html(story)
    for question in story.questions:
        view = questions.show_question(question)
        assert f'id="{view.anchor}"' in page
        assert all(f'id="{post.anchor}"' in page for post in view.archive)


def test_lost_words_are_not_shown_above_an_answer(story: Story) -> None:
    lost = next(post for post in story.posts if post.text_lost)
    answer = msgspec.structs.replace(story.posts[-1], reply_to=lost.id)
    parent = PostViews(story, open_catalogue("en")).show_post(answer).parent
    assert parent is not None
    assert parent.words == ""


def test_a_post_whose_words_are_gone_shows_none(story: Story) -> None:
    posts = PostViews(story, open_catalogue("en"))
    shown = [posts.show_post(post) for post in story.posts if post.deleted or post.text_lost]
    assert [(view.state, view.html, view.attachments) for view in shown] == [
        ("deleted", "", ()),
        ("lost", "", ()),
    ]
