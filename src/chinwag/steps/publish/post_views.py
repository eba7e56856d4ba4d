"""Posts and their authors as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chinwag.messages import Catalogue
from chinwag.model import Media, Placement, Post, Story
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
from chinwag.steps.publish.view_model import Attachment, Author, Former, Parent, PostView
from chinwag.text.language import tell_language
from chinwag.text.mentions import write_handle

_SNIPPET = 90  # characters of the post that is answered
_SEEN = ("seen_file", "seen_line", "seen_lines")
_MEDIA = {
    **dict.fromkeys(("image", "picture", "gifv", "animated_gif", "photo"), "picture"),
    "video": "video",
    "audio": "audio",
}


class PostViews:
    """Makes the views of the posts of one story; everything that they share is worked out once.

    Raises InputError where the chat's time zone is unknown.
    """

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

    def find_post(self, id_: str) -> Post | None:
        """Return the post of an id, None where the archive does not hold it."""
        return self._posts.get(id_)

    def show_posts(self, ids: Sequence[str]) -> tuple[PostView, ...]:
        """Return the views of the posts that the archive holds, in the order asked for."""
        return tuple(self.show_post(self._posts[one]) for one in ids if one in self._posts)

    def show_post(self, post: Post) -> PostView:
        """Return the view of one post."""
        if post.id not in self._views:
            self._views[post.id] = self._make_view(post)
        return self._views[post.id]

    def name_question(self, label: str, form: str = "label") -> str:
        """Return how a question is called, in a form of `Catalogue.name_question`."""
        label = drop_directions(label)
        return self.words.name_question(label, numbered=self.story.chat.numbered, form=form)

    def tell_language(self, post: Post, text: str | None = None) -> str:
        """Return the BCP 47 tag of a post, or of some words of it; "" for the page's own language.

        What the words show outweighs what the source says; where neither tells, it is "".
        """
        told = tell_language(post.text if text is None else text, post.lang)
        return "" if told == self.words.language.code else clean_language(told)

    def _make_view(self, post: Post) -> PostView:
        placement = self._placements.get(post.id)
        label = placement.question if placement else None
        state = _tell_state(post)
        return PostView(
            id=post.id,
            anchor=make_anchor(post.id),
            author=self.show_author(post.author),
            time=self.hours.write_time(post.created_at),
            iso=write_iso(post.created_at),
            address=clean_link(post.url),
            site=name_site(post.url),
            state=state,
            lang=self.tell_language(post),
            parent=self._find_parent(post),
            reposts=max(len(post.reposts), post.repost_count),
            sightings=self._tell_sightings(post),
            placed=self._tell_placement(placement),
            label=self.name_question(label) if label else "",
            asks=post.id in self._asking,
            **(self._show_words(post, placement) if state == "said" else {}),
        )

    def _show_words(self, post: Post, placement: Placement | None) -> dict[str, Any]:
        """Return the fields of a view that show what a post says."""
        return {
            "html": mark_links(post.text.strip()),
            "warning": clean_text(post.content_warning),
            "quoted": self._name_quoted(post),
            "attachments": tuple(self._show_media(one) for one in post.media),
            "edited": self._tell_edit(post),
            "formers": self._show_formers(post),
            "passes_on": bool(post.repost_of),
            "spam": placement is not None and placement.kind == "spam",
        }

    def _find_parent(self, post: Post) -> Parent | None:
        parent = self._posts.get(post.reply_to) if post.reply_to else None
        if parent:
            words = cut_words(parent.text) if _tell_state(parent) == "said" else ""
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
    return write_handle(drop_directions(handle)) if handle else "?"


def _tell_state(post: Post) -> str:
    """Return "deleted" or "lost" where a post's own words are gone, else "said"."""
    if post.deleted:
        return "deleted"
    return "lost" if post.text_lost else "said"
