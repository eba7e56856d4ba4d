"""The story as Markdown, ready to paste into a blog, where hostile text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chinwag.messages import Catalogue, open_catalogue
from chinwag.model import Bullet, Quote, SharedLink, Story, StoryQuestion
from chinwag.steps.publish.facts import Facts, gather_facts
from chinwag.steps.publish.post_views import PostViews
from chinwag.steps.publish.question_views import word_question
from chinwag.steps.publish.safe import clean_link, clean_text

_MARKS = re.compile(r"([\\`*_\[\]()!|~#$^=])")
# Templates of static blogs read {{ }} and {% %}; entities keep the words and stop the machine.
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;"}
_LINE_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")
_AUTOLINK = re.compile(r"(?i)\b(www)\.|\b(https?|ftp|mailto|xmpp):|@")


def render_markdown(story: Story, language: str = "en") -> str:
    """Return the write-up as Markdown (CommonMark): headings, points with their posts, links.

    `language` is a key of `messages.LANGUAGES`. Raises InputError where the chat's time zone is
    unknown.
    """
    blocks = _MarkdownWriter(story, open_catalogue(language)).write_blocks()
    return "\n\n".join(blocks) + "\n"


def escape_markdown(text: str) -> str:
    """Return a text on one line that Markdown shows as it is: no mark, tag or address acts."""
    line = " ".join(clean_text(text).split())
    line = _MARKS.sub(r"\\\1", line)
    line = re.sub("[&<>{}]", lambda found: _ENTITIES[found.group()], line)
    line = _LINE_START.sub(_escape_start, line)
    return _AUTOLINK.sub(_escape_autolink, line)


def _escape_start(found: re.Match[str]) -> str:
    if found.group(2).isdecimal():
        return f"{found.group(1)}{found.group(2)}\\"
    return f"{found.group(1)}\\{found.group(2)}"


def _escape_autolink(found: re.Match[str]) -> str:
    if found.group(1):
        return f"{found.group(1)}&#46;"
    if found.group(2):
        return f"{found.group(2)}&#58;"
    return "&#64;"


class _MarkdownWriter:
    """Writes one story, block by block."""

    def __init__(self, story: Story, words: Catalogue) -> None:
        self._story = story
        self._words = words
        self._views = PostViews(story, words)
        self._posts = {post.id: post for post in story.posts}

    def write_blocks(self) -> Iterator[str]:
        facts = gather_facts(self._story, self._views)
        yield f"# {escape_markdown(facts.title)}"
        yield f"*{escape_markdown(_write_subtitle(facts))}*"
        yield escape_markdown(" ".join(facts.in_short))
        for question in self._story.questions:
            yield from self._write_question(question)
        if facts.people:
            names = [escape_markdown(person.author.shown) for person in facts.people]
            yield f"## {self._words.say('md_credits')}"
            yield f"{self._words.join_words(names)}."
        yield f"*{self._words.say(self._choose_ending())}*"

    def _choose_ending(self) -> str:
        bullets = [bullet for one in self._story.questions for bullet in one.summary.bullets]
        is_all_quoted = all(bullet.origin == "quoted" for bullet in bullets)
        return "md_made" if is_all_quoted else "md_made_worded"

    def _write_question(self, question: StoryQuestion) -> Iterator[str]:
        summary = question.summary
        label = self._views.name_question(summary.label)
        yield f"## {label}: {escape_markdown(word_question(question, self._words))}"
        if summary.lead and summary.posts:
            yield escape_markdown(self._words.word_notes(summary.lead))
        if summary.bullets:
            yield "\n".join(self._write_bullet(bullet) for bullet in summary.bullets)
        elif not summary.posts:
            yield self._words.say("nothing_on_question")
        if summary.links:
            yield f"### {self._words.say('md_links')}"
            yield "\n".join(self._write_link(link) for link in summary.links)
        if summary.left_out:
            yield self._words.count(len(summary.left_out), "left_out")

    def _write_bullet(self, bullet: Bullet) -> str:
        point = escape_markdown(bullet.text)
        if bullet.origin == "quoted":
            point = self._words.say("quote", text=point)
        credit = "; ".join(self._list_credits(bullet))
        replies = [self._write_reply(reply) for reply in bullet.replies]
        return "\n".join([f"- {point} ({credit})", *replies])

    def _list_credits(self, bullet: Bullet) -> Iterator[str]:
        """Yield who said a point, who worded it where that is somebody else, and the sources."""
        author = escape_markdown(self._views.show_author(bullet.author).shown)
        if bullet.kind == "shared":
            author = f"**{self._words.count(bullet.people, 'person')}**, {author}"
        yield author
        if bullet.origin != "quoted":
            yield self._words.say(f"worded_{bullet.origin}")
        if sources := self._write_sources(bullet.posts):
            yield sources

    def _write_reply(self, reply: Quote) -> str:
        who = escape_markdown(self._views.show_author(reply.author).shown)
        quote = self._words.say("quote", text=escape_markdown(reply.text))
        told = self._words.say("md_reply", who=who, quote=quote)
        sources = self._write_sources((reply.post,))
        return f"    - {told} ({sources})" if sources else f"    - {told}"

    def _write_sources(self, ids: Sequence[str]) -> str:
        """Return the permalinks of the posts behind a point, the quoted one first."""
        behind = [self._posts[one] for one in ids if one in self._posts]
        addresses = [address for post in behind if (address := clean_link(post.url))]
        names = [self._words.say("md_post"), *map(str, range(2, len(addresses) + 1))]
        links = [f"[{name}](<{address}>)" for name, address in zip(names, addresses, strict=False)]
        return ", ".join(links)

    def _write_link(self, link: SharedLink) -> str:
        address = clean_link(link.url)
        shown = f"<{address}>" if address else escape_markdown(link.url)
        sharing = [self._posts[one].author for one in link.posts if one in self._posts]
        names = [escape_markdown(self._views.show_author(one).shown) for one in sharing]
        who = self._words.join_words(list(dict.fromkeys(names)))
        return f"- {shown} ({who})" if who else f"- {shown}"


def _write_subtitle(facts: Facts) -> str:
    when = f"{facts.when} ({facts.when_utc})" if facts.when_utc else facts.when
    return f"{facts.series}, {when}" if when else facts.series
