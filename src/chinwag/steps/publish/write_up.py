"""The write-up of a story: its headings, points, credits and links, in order, for every form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from chinwag.messages import Catalogue, open_catalogue
from chinwag.model import (
    Bullet,
    Quote,
    Section,
    SharedLink,
    Story,
    StoryQuestion,
    Theme,
    edition,
)
from chinwag.steps.publish.blocks import (
    Block,
    Heading,
    Item,
    Items,
    Paragraph,
    Picture,
    Run,
    Runs,
    WriteUp,
    make_runs,
)
from chinwag.steps.publish.facts import Facts, gather_facts
from chinwag.steps.publish.own_words import read_own_words
from chinwag.steps.publish.post_views import PostViews
from chinwag.steps.publish.question_views import word_question
from chinwag.steps.publish.safe import clean_link, clean_text, drop_directions


def make_write_up(story: Story, language: str = "en", *, views: PostViews | None = None) -> WriteUp:
    """Return the write-up: what a reader of a blog or a document gets, without the archive.

    `language` is a key of `messages.LANGUAGES`, and `views` are those of the story in it, where
    they have been made. Raises InputError where the chat's time zone is unknown.
    """
    words = open_catalogue(language)
    return _Writer(story, words, views or PostViews(story, words)).write()


class _Writer:
    """Writes one story, block by block."""

    def __init__(self, story: Story, words: Catalogue, views: PostViews) -> None:
        self._story = story
        self._words = words
        self._views = views

    def write(self) -> WriteUp:
        facts = gather_facts(self._story, self._views)
        return WriteUp(
            title=facts.title,
            subtitle=_write_subtitle(facts),
            excerpt=self._write_excerpt() or _on_one_line(" ".join(facts.in_short)),
            language=self._words.language.code,
            blocks=tuple(self._write_blocks(facts)),
        )

    def _write_blocks(self, facts: Facts) -> Iterator[Block]:
        opening, sections = self._part_opening()
        yield Paragraph(runs=make_runs(_write_subtitle(facts), "em"))
        yield from self._write_own_blocks(opening)
        yield Paragraph(runs=make_runs(_on_one_line(" ".join(facts.in_short))))
        if self._story.edition is None:
            for question in self._story.questions:
                yield from self._write_question(question)
        else:
            yield from self._write_sections(sections)
        yield from self._tell_left_out()
        if facts.people:
            names = [person.author.shown for person in facts.people]
            yield Heading(level=2, runs=make_runs(self._words.say("md_credits")))
            yield Paragraph(runs=make_runs(f"{self._words.join_words(names)}."))
        ending = self._words.say(self._choose_ending())
        removal = self._words.say("removal_ask", host=facts.host)
        told = " ".join((ending, *facts.removed, removal))
        yield Paragraph(runs=make_runs(told, "em"))

    def _choose_ending(self) -> str:
        bullets = [bullet for one in self._story.questions for bullet in one.summary.bullets]
        is_all_quoted = all(bullet.origin == "quoted" for bullet in bullets)
        if self._story.edition is not None:
            return "md_made_edited"
        return "md_made" if is_all_quoted else "md_made_worded"

    def _write_question(self, question: StoryQuestion) -> Iterator[Block]:
        summary = question.summary
        yield self._write_heading(question)
        if summary.lead and summary.posts:
            lead = _on_one_line(self._words.word_notes(summary.lead))
            yield Paragraph(runs=make_runs(lead))
        if summary.bullets:
            yield Items(items=tuple(map(self._write_bullet, summary.bullets)))
        elif not summary.posts:
            yield Paragraph(runs=make_runs(self._words.say("nothing_on_question")))
        if summary.themes:
            yield Heading(level=3, runs=make_runs(self._words.say("themes_head")))
            yield Items(items=tuple(map(self._write_theme, summary.themes)))
        if summary.links:
            yield Heading(level=3, runs=make_runs(self._words.say("md_links")))
            yield Items(items=tuple(map(self._write_link, summary.links)))

    def _write_heading(self, question: StoryQuestion) -> Heading:
        label = self._views.name_question(question.summary.label)
        wording = drop_directions(word_question(question, self._words))
        return Heading(level=2, runs=make_runs(f"{label}: {wording}"))

    def _tell_left_out(self) -> Iterator[Paragraph]:
        """Yield, once for all questions, how many posts stand behind none of the points."""
        if left_out := sum(len(one.summary.left_out) for one in self._story.questions):
            yield Paragraph(runs=make_runs(self._words.count(left_out, "left_out")))

    def _part_opening(self) -> tuple[Sequence[edition.Block], Sequence[Section]]:
        """Return the host's opening of an edited story, and the sections behind it."""
        sections = self._story.edition.sections if self._story.edition else ()
        if sections and sections[0].heading is None:
            return sections[0].blocks, sections[1:]
        return (), sections

    def _write_excerpt(self) -> str:
        """Return the first paragraph of the host's opening as plain text, "" without one."""
        opening, _sections = self._part_opening()
        own = (block.text for block in opening if isinstance(block, edition.ParagraphBlock))
        written = (block for text in own for block in read_own_words(text))
        first = next((block for block in written if isinstance(block, Paragraph)), None)
        return _on_one_line("".join(run.text for run in first.runs)) if first else ""

    def _write_sections(self, sections: Sequence[Section]) -> Iterator[Block]:
        """Yield an edited story, section by section."""
        questions = {one.summary.label: one for one in self._story.questions}
        for section in sections:
            heading = section.heading
            question = questions.get(heading.question) if heading else None
            if question:
                yield self._write_heading(question)
            elif heading:
                yield Heading(level=2, runs=make_runs(drop_directions(heading.text)))
            yield from self._write_own_blocks(section.blocks)

    def _write_own_blocks(self, blocks: Sequence[edition.Block]) -> Iterator[Block]:
        """Yield the blocks of a section, points and links that follow each other as one list."""
        for kind, some in groupby(blocks, key=type):
            if kind is edition.PointBlock:
                points = [one.bullet for one in some if isinstance(one, edition.PointBlock)]
                yield Items(items=tuple(map(self._write_bullet, points)))
            elif kind is edition.LinkBlock:
                links = [one for one in some if isinstance(one, edition.LinkBlock)]
                yield Items(items=tuple(map(self._write_own_link, links)))
            else:
                for block in some:
                    yield from self._write_own_block(block)

    def _write_own_block(self, block: edition.Block) -> Iterator[Block]:
        match block:
            case edition.HeadingBlock():
                yield Heading(level=3, runs=make_runs(drop_directions(block.text)))
            case edition.ParagraphBlock():
                yield from read_own_words(block.text)
            case edition.QuotationBlock():
                author = self._views.show_author(block.quote.author).shown
                sources = self._write_sources((block.quote.post,))
                credit = _join("; ", filter(None, (make_runs(author), sources)))
                runs = make_runs(self._quote(block.quote.text))
                yield Paragraph(runs=(*runs, Run(text=" ("), *credit, Run(text=")")))
            case edition.PictureBlock() if block.address in self._story.pictures:
                yield Picture(name=block.address, words=_show(block.description))
            case edition.PictureBlock():
                words = self._words.say("picture_open", words=_show(block.description))
                yield Paragraph(runs=(Run(text=words, link=clean_link(block.address)),))
            case edition.GoneBlock():
                yield Paragraph(runs=make_runs(self._words.word_note(block.why), "em"))
            case edition.RuleBlock():
                yield Paragraph(runs=make_runs("⁂"))

    def _write_own_link(self, link: edition.LinkBlock) -> Item:
        item = self._write_link(SharedLink(url=link.url, posts=link.posts))
        if not link.words:
            return item
        return Item(runs=(*item.runs, Run(text=f": {_show(link.words)}")))

    def _write_bullet(self, bullet: Bullet) -> Item:
        point = Run(
            text=self._quote(bullet.text) if bullet.origin == "quoted" else _show(bullet.text),
            lang=self._tell_language(bullet.quoted, bullet.text),
        )
        credit = _join("; ", self._list_credits(bullet))
        theme = (
            (Run(text=_show(bullet.theme), style="strong"), Run(text=": ")) if bullet.theme else ()
        )
        return Item(
            runs=(*theme, point, Run(text=" ("), *credit, Run(text=")")),
            under=tuple(map(self._write_reply, bullet.replies)),
        )

    def _list_credits(self, bullet: Bullet) -> Iterator[Runs]:
        """Yield who said a point, who worded it where that is somebody else, and the sources."""
        author = Run(text=self._views.show_author(bullet.author).shown)
        if bullet.kind == "shared":
            people = Run(text=self._words.count(bullet.people, "person"), style="strong")
            yield people, Run(text=", "), author
        else:
            yield (author,)
        if bullet.agreed:
            yield make_runs(self._words.count(bullet.agreed, "agreed"))
        if bullet.origin != "quoted":
            yield make_runs(self._words.say(f"worded_{bullet.origin}"))
        if sources := self._write_sources(bullet.posts):
            yield sources

    def _write_theme(self, theme: Theme) -> Item:
        phrase = Run(text=self._words.say("md_theme", phrase=_show(theme.phrase)))
        people = make_runs(self._words.count(theme.people, "person"), "strong")
        credit = _join(", ", filter(None, (people, self._write_sources(theme.posts))))
        return Item(runs=(phrase, Run(text=" ("), *credit, Run(text=")")))

    def _write_reply(self, reply: Quote) -> Runs:
        who = self._views.show_author(reply.author).shown
        said = self._words.say("md_reply", who=who, quote=self._quote(reply.text))
        sources = self._write_sources((reply.post,))
        if not sources:
            return make_runs(said)
        return (Run(text=f"{said} ("), *sources, Run(text=")"))

    def _write_sources(self, ids: Sequence[str]) -> Runs:
        """Return the permalinks of the posts behind a point, the quoted one first."""
        behind = map(self._views.find_post, ids)
        addresses = [link for post in behind if post and (link := clean_link(post.url))]
        names = [self._words.say("md_post"), *map(str, range(2, len(addresses) + 1))]
        links = [
            (Run(text=name, link=address),) for name, address in zip(names, addresses, strict=False)
        ]
        return _join(", ", links)

    def _write_link(self, link: SharedLink) -> Item:
        address = clean_link(link.url)
        shown = Run(text=address or _show(link.url), link=address)
        sharing = filter(None, map(self._views.find_post, link.posts))
        names = dict.fromkeys(self._views.show_author(post.author).shown for post in sharing)
        who = self._words.join_words(list(names))
        return Item(runs=(shown, Run(text=f" ({who})")) if who else (shown,))

    def _tell_language(self, id_: str, text: str) -> str:
        post = self._views.find_post(id_)
        return self._views.tell_language(post, text) if post else ""

    def _quote(self, text: str) -> str:
        return self._words.say("quote", text=_show(text))


def _show(text: str) -> str:
    """Return somebody's words on one line, with nothing in them that hides or turns text."""
    return _on_one_line(clean_text(text))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _join(between: str, parts: Iterable[Runs]) -> Runs:
    """Return parts as one, with `between` between them."""
    joined: list[Run] = []
    for part in parts:
        if joined:
            joined.append(Run(text=between))
        joined.extend(part)
    return tuple(joined)


def _write_subtitle(facts: Facts) -> str:
    when = f"{facts.when} ({facts.when_utc})" if facts.when_utc else facts.when
    return f"{facts.series}, {when}" if when else facts.series
