"""The sections of an edited story as a page shows them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from chinwag.model import (
    Block,
    GoneBlock,
    HeadingBlock,
    LinkBlock,
    ParagraphBlock,
    PictureBlock,
    PointBlock,
    QuotationBlock,
    Section,
    SharedLink,
    is_picture,
)
from chinwag.steps.publish.own_words import render_own_words
from chinwag.steps.publish.pictures import FindAddress, embed_pictures
from chinwag.steps.publish.post_views import PostViews
from chinwag.steps.publish.question_views import QuestionViews
from chinwag.steps.publish.safe import clean_link, clean_text, drop_directions
from chinwag.steps.publish.view_model import BlockView, LinkView, QuestionView, SectionView


class SectionViews:
    """Makes the views of the sections of one edited story, on those of its posts.

    Its pictures are held in them, unless `find_address` says where they are shown from.
    """

    def __init__(self, posts: PostViews, find_address: FindAddress | None = None) -> None:
        self._posts = posts
        self._find_address = find_address or embed_pictures(posts.story)
        self._views = QuestionViews(posts)

    def show_sections(self, questions: Sequence[QuestionView]) -> tuple[SectionView, ...]:
        """Return the views of all sections; () where nobody has edited the story."""
        edition = self._posts.story.edition
        if edition is None:
            return ()
        labels = [question.summary.label for question in self._posts.story.questions]
        by_label = dict(zip(labels, questions, strict=True))
        return tuple(
            self._show_section(section, number, by_label)
            for number, section in enumerate(edition.sections, start=1)
        )

    def _show_section(
        self, section: Section, number: int, questions: dict[str, QuestionView]
    ) -> SectionView:
        heading = section.heading
        question = questions.get(heading.question) if heading and heading.question else None
        return SectionView(
            question=question,
            heading=drop_directions(heading.text) if heading and question is None else "",
            anchor=question.anchor if question else f"part-{number}",
            blocks=self.show_blocks(section.blocks),
        )

    def show_blocks(self, blocks: Sequence[Block]) -> tuple[BlockView, ...]:
        """Return the views of blocks, points and links in a row as one."""
        views: list[BlockView] = []
        for block in blocks:
            view = self._show_block(block)
            before = views[-1] if views else None
            if before and view.kind == before.kind == "points":
                views[-1] = BlockView(kind="points", points=(*before.points, *view.points))
            elif before and view.kind == before.kind == "links":
                views[-1] = BlockView(kind="links", links=(*before.links, *view.links))
            else:
                views.append(view)
        return tuple(views)

    def _show_block(self, block: Block) -> BlockView:
        match block:
            case PointBlock():
                return BlockView(kind="points", points=(self._views.show_bullet(block.bullet),))
            case LinkBlock():
                return BlockView(kind="links", links=(self._show_link(block),))
            case QuotationBlock():
                return BlockView(kind="quotation", quotation=self._views.show_reply(block.quote))
            case PictureBlock():
                return self._show_picture(block)
            case ParagraphBlock():
                return BlockView(kind="paragraph", html=render_own_words(block.text))
            case HeadingBlock():
                return BlockView(kind="heading", html=_write_html(block.text))
            case GoneBlock():
                words = self._posts.words.word_note(block.why)
                return BlockView(kind="gone", html=_write_html(words))
        return BlockView(kind="rule")

    def _show_picture(self, block: PictureBlock) -> BlockView:
        return BlockView(
            kind="picture",
            html=_write_html(block.description),
            address=clean_link(block.address),
            shown=self._find_address(block.address) if is_picture(block.address) else "",
        )

    def _show_link(self, link: LinkBlock) -> LinkView:
        shown = self._views.show_link(SharedLink(url=link.url, posts=link.posts))
        return LinkView(
            shown=shown.shown,
            address=shown.address,
            people=shown.people,
            words=clean_text(link.words),
        )


def _write_html(text: str) -> Markup:
    return escape(clean_text(text))
