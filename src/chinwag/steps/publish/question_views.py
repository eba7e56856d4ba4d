"""Questions and their points as a page shows them."""

from __future__ import annotations

import re

from chinwag.messages import Catalogue
from chinwag.model import Bullet, Question, Quote, SharedLink, StoryQuestion, Theme
from chinwag.steps.publish.post_views import PostViews
from chinwag.steps.publish.safe import clean_link, clean_text, drop_directions, make_anchor
from chinwag.steps.publish.view_model import (
    BulletView,
    LinkView,
    QuestionView,
    ReplyView,
    ThemeView,
)


class QuestionViews:
    """Makes the views of the questions of one story, on those of its posts."""

    def __init__(self, posts: PostViews) -> None:
        self._posts = posts
        self._hours = posts.hours
        self._words = posts.words

    def show_questions(self) -> tuple[QuestionView, ...]:
        """Return the views of all questions, in the order of the story."""
        return tuple(map(self.show_question, self._posts.story.questions))

    def show_question(self, question: StoryQuestion) -> QuestionView:
        """Return the view of one question of the story."""
        summary = question.summary
        story = self._posts.story
        bullets = [self.show_bullet(bullet) for bullet in summary.bullets]
        everything = sorted((*question.asked, *question.posts), key=lambda post: post.created_at)
        label = self._posts.name_question(summary.label)
        head, _, tail = label.partition(" ") if story.chat.numbered else (summary.label, "", "")
        return QuestionView(
            anchor=_make_question_anchor(summary.label, numbered=story.chat.numbered),
            label=label,
            head=head,
            tail=tail,
            spoken=self._posts.name_question(summary.label, "label_spoken"),
            text=drop_directions(word_question(question, self._words)),
            lang=self._tell_language(question),
            asked=self._tell_asked(question),
            lead=clean_text(self._words.word_notes(summary.lead)),
            counts=self._count_posts(summary.posts, summary.people),
            posts=summary.posts,
            shared=tuple(bullet for bullet in bullets if bullet.shared),
            single=tuple(bullet for bullet in bullets if not bullet.shared),
            themes=tuple(map(self.show_theme, summary.themes)),
            links=tuple(self.show_link(link) for link in summary.links),
            left_out=self._posts.show_posts(summary.left_out),
            archive=tuple(self._posts.show_post(post) for post in everything),
        )

    def _tell_language(self, question: StoryQuestion) -> str:
        """Return the tag of a question's wording where it was read from a post, else ""."""
        asked = question.question
        if not asked or asked.by != "posts" or not question.asked:
            return ""
        return self._posts.tell_language(question.asked[0])

    def _tell_asked(self, question: StoryQuestion) -> str:
        """Return who asked a question and when, as far as anybody knows."""
        asked = question.question
        if asked and asked.by == "time":
            return self._tell_group(asked)
        if question.asked:
            return self._tell_askers(question)
        if asked and asked.asked_at:
            return self._words.say("first_answered", time=self._hours.write_time(asked.asked_at))
        is_planned = asked is not None and asked.by == "agenda"
        return self._words.say("not_asked") if is_planned else ""

    def _tell_group(self, group: Question) -> str:
        """Return when a group of an un-numbered chat begins, "" where its name says so."""
        hour = self._hours.write_hour(group.asked_at) if group.asked_at else ""
        if hour in group.text:
            return ""
        return self._words.say("group_from", time=hour)

    def _tell_askers(self, question: StoryQuestion) -> str:
        who = self._posts.show_author(question.asked[0].author).shown
        # One question asked on two networks within a minute was asked once.
        times = dict.fromkeys(self._hours.write_time(post.created_at) for post in question.asked)
        first, *later = times
        asked = self._words.say("asked_by", who=who, time=first)
        if not later:
            return asked
        return self._words.say("asked_again", asked=asked, times=self._words.join_words(later))

    def show_bullet(self, bullet: Bullet) -> BulletView:
        """Return the view of one point."""
        quoted = self._posts.find_post(bullet.quoted)
        return BulletView(
            text=clean_text(bullet.text),
            worded=self._tell_origin(bullet),
            replies=tuple(self.show_reply(reply) for reply in bullet.replies),
            lang=self._posts.tell_language(quoted, bullet.text) if quoted else "",
            shared=bullet.kind == "shared",
            people=bullet.people,
            agreed=bullet.agreed,
            author=self._posts.show_author(bullet.author),
            posts=self._posts.show_posts(bullet.posts),
            theme=clean_text(bullet.theme),
        )

    def show_theme(self, theme: Theme) -> ThemeView:
        """Return the view of a phrase that came up."""
        posts = self._posts.show_posts(theme.posts)
        return ThemeView(phrase=clean_text(theme.phrase), people=theme.people, posts=posts)

    def show_reply(self, reply: Quote) -> ReplyView:
        """Return the view of an answer that is quoted under a point."""
        post = self._posts.find_post(reply.post)
        return ReplyView(
            text=clean_text(reply.text),
            lang=self._posts.tell_language(post, reply.text) if post else "",
            author=self._posts.show_author(reply.author),
            anchor=make_anchor(reply.post),
        )

    def show_link(self, link: SharedLink) -> LinkView:
        """Return the view of a resource that was shared."""
        shown = clean_text(link.url)
        people: dict[str, str] = {}
        for view in self._posts.show_posts(link.posts):
            people.setdefault(view.author.shown, view.anchor)
        return LinkView(shown=shown, address=clean_link(link.url), people=tuple(people.items()))

    def _tell_origin(self, bullet: Bullet) -> str:
        """Return who worded a point, "" where it is a quotation."""
        key = f"worded_{bullet.origin}"
        return self._words.say(key) if self._words.has_text(key) else ""

    def _count_posts(self, posts: int, people: int) -> str:
        if not posts:
            return ""
        return self._words.say(
            "contents_counts",
            posts=self._words.count(posts, "post"),
            people=self._words.count(people, "person"),
        )


def _make_question_anchor(label: str, *, numbered: bool) -> str:
    """Return the address of a question in a page, by its label: "q6.2"; "part2" of a group."""
    return f"{'q' if numbered else 'part'}{re.sub(r'[^0-9A-Za-z.-]', '-', label)}"


def word_question(question: StoryQuestion, words: Catalogue) -> str:
    """Return a question's wording, or a sentence that says that it is not known."""
    asked = question.question.text if question.question else ""
    return (asked or question.summary.text).strip() or words.say("no_wording")
