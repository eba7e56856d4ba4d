"""What a template needs to know of each post, bullet and question, ready to be written down.

A view holds words and harmless addresses; it decides what is shown of a post, never how it looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from markupsafe import Markup

from chinwag.messages import Catalogue
from chinwag.model import (
    Bullet,
    Media,
    Placement,
    Post,
    Question,
    Quote,
    SharedLink,
    Story,
    StoryQuestion,
)
from chinwag.steps.publish.hours import Hours, write_iso
from chinwag.steps.publish.safe import (
    clean_language,
    clean_link,
    clean_text,
    drop_directions,
    find_profile,
    make_anchor,
    mark_links,
    name_site,
)
from chinwag.text.language import tell_language

_SNIPPET = 90


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """Who wrote something: the name as given, the handle with "@", the page where known."""

    name: str
    handle: str
    profile: str = ""

    @property
    def shown(self) -> str:
        """The name, or the handle where no name is known."""
        return self.name or self.handle


class Parent(msgspec.Struct, frozen=True, kw_only=True):
    """What a post answers: whose post, its first words, and its anchor where it is here."""

    shown: str
    words: str
    anchor: str


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A picture, film or sound: what it shows in words, and its address where it may be opened."""

    words: str
    address: str


class Former(msgspec.Struct, frozen=True, kw_only=True):
    """What a post said before, and since when."""

    html: Markup
    since: str


class PostView(msgspec.Struct, frozen=True, kw_only=True):
    """One post as a page shows it. `state` is "said", "deleted" or "lost"."""

    id: str
    anchor: str
    author: Author
    time: str
    iso: str
    address: str
    site: str
    state: str
    html: Markup
    lang: str
    warning: str
    parent: Parent | None
    quoted: str
    attachments: tuple[Attachment, ...]
    edited: str
    formers: tuple[Former, ...]
    reposts: int
    sightings: str
    placed: str
    label: str
    asks: bool
    spam: bool
    passes_on: bool


class ReplyView(msgspec.Struct, frozen=True, kw_only=True):
    """What answers a point and is quoted under it."""

    text: str
    lang: str
    author: Author
    anchor: str


class BulletView(msgspec.Struct, frozen=True, kw_only=True):
    """One point: its words, its credit, and the posts behind it.

    `worded` says by whom it was worded, "" where it is a quotation.
    """

    text: str
    worded: str
    replies: tuple[ReplyView, ...]
    lang: str
    shared: bool
    people: int
    author: Author
    posts: tuple[PostView, ...]


class LinkView(msgspec.Struct, frozen=True, kw_only=True):
    """A resource: its address as shown and as opened ("" where it may not be), who shared it."""

    shown: str
    address: str
    people: tuple[tuple[str, str], ...]


class QuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """One question: how it is called, who asked it when, its points and all its posts."""

    anchor: str
    label: str
    head: str
    tail: str
    spoken: str
    text: str
    lang: str
    asked: str
    lead: str
    counts: str
    posts: int
    shared: tuple[BulletView, ...]
    single: tuple[BulletView, ...]
    links: tuple[LinkView, ...]
    left_out: tuple[PostView, ...]
    archive: tuple[PostView, ...]


class PostViews:
    """Makes the views of one story; everything that they share is worked out once."""

    def __init__(self, story: Story, words: Catalogue) -> None:
        self.story = story
        self.words = words
        self.hours = Hours(story, words)
        self._posts = {post.id: post for post in story.posts}
        self._placements = {placement.post: placement for placement in story.placements}
        self._names = _gather_names(story.posts)
        self._asking = {post.id for question in story.questions for post in question.asked}
        self._views: dict[str, PostView] = {}

    def show_author(self, handle: str) -> Author:
        """Return how an author is called, by what their posts say of them."""
        return self._names.get(handle) or Author(name="", handle=_write_handle(handle))

    def show_posts(self, ids: Sequence[str]) -> tuple[PostView, ...]:
        """Return the views of the posts that the archive holds, in the order asked for."""
        return tuple(self.show_post(self._posts[one]) for one in ids if one in self._posts)

    def show_post(self, post: Post) -> PostView:
        """Return the view of one post."""
        if post.id not in self._views:
            self._views[post.id] = self._make_view(post)
        return self._views[post.id]

    def show_questions(self) -> tuple[QuestionView, ...]:
        """Return the views of all questions."""
        return tuple(
            self._show_question(place, question)
            for place, question in enumerate(self.story.questions, start=1)
        )

    def _make_view(self, post: Post) -> PostView:
        placement = self._placements.get(post.id)
        said = not post.deleted and not post.text_lost
        return PostView(
            id=post.id,
            anchor=make_anchor(post.id),
            author=self.show_author(post.author),
            time=self.hours.write_time(post.created_at),
            iso=write_iso(post.created_at),
            address=clean_link(post.url),
            site=name_site(post.url),
            state="deleted" if post.deleted else "lost" if post.text_lost else "said",
            html=mark_links(post.text.strip()) if said else Markup(""),
            lang=self._tell_language(post),
            warning=clean_text(post.content_warning) if said else "",
            parent=self._find_parent(post),
            quoted=self._name_quoted(post) if said else "",
            attachments=tuple(self._show_media(one) for one in post.media) if said else (),
            edited=self._tell_edit(post) if said else "",
            formers=self._show_formers(post) if said else (),
            reposts=max(len(post.reposts), post.repost_count),
            sightings=self._tell_sightings(post),
            placed=self._tell_placement(placement),
            label=self.name_question(placement.question)
            if placement and placement.question
            else "",
            asks=post.id in self._asking,
            passes_on=said and bool(post.repost_of),
            spam=said and placement is not None and placement.kind == "spam",
        )

    def _tell_language(self, post: Post, text: str | None = None) -> str:
        """Return the BCP 47 tag of a post, or of some words of it; "" for the page's own language.

        What the words tell outweighs what the source says; where nobody can tell, nothing is said.
        """
        told = tell_language(post.text if text is None else text, post.lang)
        return "" if told == self.words.language.code else clean_language(told)

    def _find_parent(self, post: Post) -> Parent | None:
        parent = self._posts.get(post.reply_to) if post.reply_to else None
        if parent:
            words = "" if parent.deleted or parent.text_lost else cut_words(parent.text)
            shown = self.show_author(parent.author).shown
            return Parent(shown=shown, words=words, anchor=make_anchor(parent.id))
        if post.reply_to_author:
            shown = self.show_author(post.reply_to_author).shown
            return Parent(shown=shown, words="", anchor="")
        return None

    def _name_quoted(self, post: Post) -> str:
        quoted = self._posts.get(post.quote_of) if post.quote_of else None
        return self.show_author(quoted.author).shown if quoted else ""

    def _tell_edit(self, post: Post) -> str:
        if post.edited_at:
            return self.words.say("edited", time=self.hours.write_time(post.edited_at))
        return self.words.say("edited_unknown") if post.versions else ""

    def _show_formers(self, post: Post) -> tuple[Former, ...]:
        return tuple(
            Former(
                html=mark_links(version.text.strip()),
                since=self.hours.write_time(version.at) if version.at else "",
            )
            for version in post.versions
        )

    def _show_question(self, place: int, question: StoryQuestion) -> QuestionView:
        summary = question.summary
        numbered = self.story.chat.numbered
        asked = question.question
        bullets = [self._show_bullet(bullet) for bullet in summary.bullets]
        everything = sorted((*question.asked, *question.posts), key=lambda post: post.created_at)
        first = question.asked[0] if question.asked else None
        label = self.name_question(summary.label)
        head, _, tail = label.partition(" ") if numbered else (summary.label, "", "")
        return QuestionView(
            anchor=f"question-{place}",
            label=label,
            head=head,
            tail=tail,
            spoken=self.name_question(summary.label, "label_spoken"),
            text=drop_directions(self.word_question(question)),
            lang=self._tell_language(first) if first and asked and asked.by == "posts" else "",
            asked=self._tell_asked(question, asked),
            lead=clean_text(self.words.word_notes(summary.lead)),
            counts=self._count_posts(summary.posts, summary.people),
            posts=summary.posts,
            shared=tuple(bullet for bullet in bullets if bullet.shared),
            single=tuple(bullet for bullet in bullets if not bullet.shared),
            links=tuple(self._show_link(link) for link in summary.links),
            left_out=self.show_posts(summary.left_out),
            archive=tuple(self.show_post(post) for post in everything),
        )

    def _tell_asked(self, question: StoryQuestion, asked: Question | None) -> str:
        if asked and asked.by == "time":
            hour = self.hours.write_hour(asked.asked_at) if asked.asked_at else ""
            return self.words.say("group_from", time=hour) if hour not in asked.text else ""
        if question.asked:
            first = question.asked[0]
            who = self.show_author(first.author).shown
            # One question asked on two networks within a minute was asked once.
            time, *later = dict.fromkeys(
                self.hours.write_time(post.created_at) for post in question.asked
            )
            told = self.words.say("asked_by", who=who, time=time)
            return (
                self.words.say("asked_again", asked=told, times=self.words.join_words(later))
                if later
                else told
            )
        if asked and asked.asked_at:
            return self.words.say("first_answered", time=self.hours.write_time(asked.asked_at))
        return self.words.say("not_asked") if asked and asked.by == "agenda" else ""

    def _show_bullet(self, bullet: Bullet) -> BulletView:
        quoted = self._posts.get(bullet.quoted)
        return BulletView(
            text=clean_text(bullet.text),
            worded=self._tell_origin(bullet),
            replies=tuple(self._show_reply(reply) for reply in bullet.replies),
            lang=self._tell_language(quoted, bullet.text) if quoted else "",
            shared=bullet.kind == "shared",
            people=bullet.people,
            author=self.show_author(bullet.author),
            posts=self.show_posts(bullet.posts),
        )

    def _show_reply(self, reply: Quote) -> ReplyView:
        post = self._posts.get(reply.post)
        return ReplyView(
            text=clean_text(reply.text),
            lang=self._tell_language(post, reply.text) if post else "",
            author=self.show_author(reply.author),
            anchor=make_anchor(reply.post),
        )

    def _show_link(self, link: SharedLink) -> LinkView:
        shown = clean_text(link.url)
        people: dict[str, str] = {}
        for view in self.show_posts(link.posts):
            people.setdefault(view.author.shown, view.anchor)
        return LinkView(shown=shown, address=clean_link(link.url), people=tuple(people.items()))

    def name_question(self, label: str, form: str = "label") -> str:
        """Return how a question is called, in a form of `Catalogue.name_question`."""
        label = drop_directions(label)
        return self.words.name_question(label, numbered=self.story.chat.numbered, form=form)

    def word_question(self, question: StoryQuestion) -> str:
        """Return a question's wording, or a sentence that says that it is not known."""
        asked = question.question.text if question.question else ""
        return (asked or question.summary.text).strip() or self.words.say("no_wording")

    def _tell_placement(self, placement: Placement | None) -> str:
        """Return one sentence on where a post stands, why, and how surely."""
        if placement is None:
            return self.words.say("placed_not")
        reason = drop_directions(self.words.word_note(placement.reason)).rstrip(".")
        if placement.question is None:
            return self.words.say("placed_nowhere", reason=reason)
        label = self.name_question(placement.question)
        if placement.by == "person":
            return self.words.say("placed_person", label=label, reason=reason)
        percent = round(placement.confidence * 100)
        return self.words.say("placed", label=label, reason=reason, percent=percent)

    def _tell_origin(self, bullet: Bullet) -> str:
        """Return who worded a point, "" where it is a quotation."""
        key = f"worded_{bullet.origin}"
        return self.words.say(key) if self.words.has_text(key) else ""

    def _count_posts(self, posts: int, people: int) -> str:
        if not posts:
            return ""
        return self.words.say(
            "contents_counts",
            posts=self.words.count(posts, "post"),
            people=self.words.count(people, "person"),
        )

    def _show_media(self, media: Media) -> Attachment:
        kind = self.words.say(_MEDIA.get(media.kind, "media"))
        address = clean_link(media.url)
        alt = clean_text(media.alt)
        if not alt.strip():
            return Attachment(words=self.words.say("not_described", kind=kind), address=address)
        return Attachment(words=self.words.say("described", kind=kind, words=alt), address=address)

    def _tell_sightings(self, post: Post) -> str:
        """Return in which files, and in which lines of each, a post was seen; "" if unknown."""
        lines: dict[str, list[str]] = {}
        for seen in post.sightings:
            known = lines.setdefault(drop_directions(seen.address), [])
            known.extend([str(seen.line)] if seen.line else [])
        places = [
            self.words.say(
                _SEEN[min(len(known), 2)], address=address, lines=self.words.join_words(known)
            )
            for address, known in lines.items()
        ]
        return self.words.say("seen", places=self.words.join_words(places)) if places else ""


_SEEN = ("seen_file", "seen_line", "seen_lines")
_MEDIA = {
    **dict.fromkeys(("image", "picture", "gifv", "animated_gif", "photo"), "picture"),
    "video": "video",
    "audio": "audio",
}


def cut_words(text: str) -> str:
    """Return the first words of a text on one line, with "…" where it goes on."""
    line = drop_directions(text)
    if len(line) <= _SNIPPET:
        return line
    head = line[:_SNIPPET]
    return f"{head.rpartition(' ')[0] or head}…"


def _gather_names(posts: Sequence[Post]) -> Mapping[str, Author]:
    """Return each author as their posts name them; the latest name counts."""
    names: dict[str, Author] = {}
    for post in posts:
        before = names.get(post.author)
        name = drop_directions(post.author_name) if not post.deleted else ""
        names[post.author] = Author(
            name=name or (before.name if before else ""),
            handle=_write_handle(post.author),
            profile=find_profile(post) or (before.profile if before else ""),
        )
    return names


def _write_handle(handle: str) -> str:
    return f"@{drop_directions(handle).removeprefix('@')}" if handle else "?"
