"""The write-up in every form: the same words, nothing that acts, and files that programs open."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import docx
import msgspec
import pytest
from markdown_it import MarkdownIt

from chinwag.messages import open_catalogue
from chinwag.model import (
    HeadingBlock,
    ParagraphBlock,
    Quote,
    RuleBlock,
    Section,
    SharedLink,
    Story,
    StoryEdition,
)
from chinwag.steps.publish import (
    PostViews,
    make_write_up,
    render_docx,
    render_epub,
    render_fragment,
    render_html,
    render_markdown,
    render_print,
    zip_files,
)

HOSTILE = "<script>x</script> [a](javascript:y) *b* & \x0bc \u202ed ](<e>) {{ f }} <!-- wp:g -->"
ALLOWED = {"h2", "h3", "p", "ul", "li", "a", "strong", "em", "span"}


@pytest.fixture
def hostile(story: Story) -> Story:
    """Return the story with words, names and answers that try to act."""
    first = story.questions[0]
    point = msgspec.structs.replace(
        first.summary.bullets[0],
        text=HOSTILE,
        replies=(Quote(post="900110", author="ruthbytes", text=HOSTILE),),
    )
    summary = msgspec.structs.replace(
        first.summary, bullets=(point, *first.summary.bullets[1:]), text=HOSTILE
    )
    posts = tuple(
        msgspec.structs.replace(post, author_name=HOSTILE) if post.author == "ruthbytes" else post
        for post in story.posts
    )
    return msgspec.structs.replace(
        story,
        chat=msgspec.structs.replace(story.chat, title=HOSTILE),
        questions=(msgspec.structs.replace(first, summary=summary), *story.questions[1:]),
        posts=posts,
    )


def test_the_hosts_opening_stands_first_and_in_lists_of_posts(story: Story) -> None:
    heading = HeadingBlock(text="What now?")
    sections = (
        Section(
            heading=None,
            blocks=(
                RuleBlock(),
                ParagraphBlock(text="We met *again*,\nat [night](https://night.example)."),
                ParagraphBlock(text="It was late."),
            ),
        ),
        Section(heading=heading, blocks=(ParagraphBlock(text="Tea."),)),
    )
    edited = msgspec.structs.replace(
        story, edition=StoryEdition(number=1, at=None, sections=sections)
    )
    told = ("It was late.", make_write_up(story).excerpt[:20], "What now?", "Tea.")
    for form in (render_fragment(edited), render_html(edited)):
        text = re.sub(r"<style.*?</style>|<[^>]+>", "", form, flags=re.DOTALL)
        places = [text.index(words) for words in told]
        assert places == sorted(places)
    assert make_write_up(edited).excerpt == "We met again, at night."
    without = StoryEdition(number=1, at=None, sections=sections[1:])
    bare = make_write_up(msgspec.structs.replace(story, edition=without))
    assert bare.excerpt == make_write_up(story).excerpt


class Elements(HTMLParser):
    """The elements of a piece of HTML, and the names of all attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: set[tuple[str, str]] = set()
        self.links: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes |= {(tag, name) for name, _ in attributes}
        self.links += [str(value) for name, value in attributes if name == "href"]


def read_html(text: str) -> str:
    """Return the words of a piece of HTML on one line."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", text)).split())


def read_closely(text: str) -> str:
    """Return the words of HTML without any space, which forms set differently."""
    return re.sub(r"\s", "", html.unescape(re.sub("<[^>]*>", "", text)))


def read_markdown(story: Story) -> str:
    page = MarkdownIt("commonmark").render(render_markdown(story))
    return read_closely(page.partition("</h1>")[2])


def read_docx(story: Story) -> str:
    document = docx.Document(io.BytesIO(render_docx(story)))
    return re.sub(r"\s", "", "".join(one.text for one in document.paragraphs[1:]))


def read_epub(story: Story) -> str:
    with zipfile.ZipFile(io.BytesIO(render_epub(story))) as book:
        names = [name for name in book.namelist() if "chapter" in name]
        bodies = [book.read(name).decode().partition("<body>")[2] for name in names]
    return read_closely("".join(bodies).partition("</h1>")[2])


def read_print(story: Story) -> str:
    return read_closely(render_print(story).partition("</h1>")[2])


@pytest.mark.parametrize("read", [read_markdown, read_docx, read_epub, read_print])
@pytest.mark.parametrize("which", ["story", "hostile"])
def test_every_form_says_the_same(
    read: Callable[[Story], str], which: str, request: pytest.FixtureRequest
) -> None:
    story = request.getfixturevalue(which)
    whole = re.sub(r'(<a href="([^"]*)" [^>]*>)[^<]*…</a>', r"\1\2</a>", render_fragment(story))
    assert read(story) == read_closely(whole)


def test_a_fragment_has_headings_from_h2_and_nothing_that_styles_or_runs(hostile: Story) -> None:
    elements = Elements(render_fragment(hostile))
    assert set(elements.names) <= ALLOWED
    assert elements.names.count("h2") == len(hostile.questions) + 1
    assert elements.attributes <= {("a", "href"), ("a", "rel"), ("span", "lang")}
    assert [link for link in elements.links if not link.startswith("https://")] == []
    words = read_html(render_fragment(hostile))
    assert "“<script>x</script> [a](javascript:y) *b* & \ufffdc \u202ed ](<e>) {{ f }}" in words


def test_a_long_address_is_shown_cut_and_opens_whole(story: Story) -> None:
    address = "https://guides.example/first-visits/and-what-comes-after-them/once-more"
    first = story.questions[0]
    summary = msgspec.structs.replace(
        first.summary, links=(SharedLink(url=address, posts=("900110",)),)
    )
    changed = msgspec.structs.replace(first, summary=summary)
    story = msgspec.structs.replace(story, questions=(changed, *story.questions[1:]))
    shown = '">guides.example/first-visits/and…</a>'
    assert f'<a href="{address}" rel="nofollow noopener ugc{shown}' in render_fragment(story)
    assert f">{address}</a>" in render_print(story)


def test_no_line_ends_inside_a_paragraph_or_an_item(story: Story) -> None:
    lines = render_fragment(story).splitlines()
    assert [line for line in lines if not re.match(r"<(p|h2|h3|li)>|</?ul>|<li>.*<ul>$", line)] == [
        line for line in lines if line == "</ul></li>"
    ]


def test_a_book_is_put_together_as_readers_want_it(hostile: Story) -> None:
    book = zipfile.ZipFile(io.BytesIO(render_epub(hostile)))
    first = book.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
    assert book.read("mimetype") == b"application/epub+zip"
    container = parse(book, "META-INF/container.xml")
    (root,) = [one.get("full-path") for one in container.iter() if one.get("full-path")]
    package = parse(book, str(root))
    items = {one.get("id"): one for one in find(package, "item")}
    held = {f"book/{one.get('href')}" for one in items.values()}
    assert held == set(book.namelist()) - {"mimetype", "META-INF/container.xml", root}
    assert {one.get("media-type") for one in items.values()} == {"application/xhtml+xml"}
    spine = [str(items[one.get("idref")].get("href")) for one in find(package, "itemref")]
    assert len(spine) == len(hostile.questions) + 2
    (navigation,) = [one for one in items.values() if one.get("properties") == "nav"]
    contents = parse(book, f"book/{navigation.get('href')}")
    assert [one.get("href") for one in find(contents, "a")] == spine
    for name in spine:
        assert find(parse(book, f"book/{name}"), "title")[0].text
    for name in ("identifier", "title", "language"):
        assert find(package, name)[0].text
    assert package.get("unique-identifier") == find(package, "identifier")[0].get("id")
    (modified,) = [one for one in find(package, "meta") if "modified" in str(one.get("property"))]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(modified.text))


def parse(book: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(book.read(name))  # noqa: S314 (our own)


def find(element: ElementTree.Element, name: str) -> list[Any]:
    return [one for one in element.iter() if one.tag.rpartition("}")[2] == name]


def test_a_word_file_has_real_headings_lists_and_links(story: Story) -> None:
    document = docx.Document(io.BytesIO(render_docx(story)))
    styles = [str(one.style.name) for one in document.paragraphs if one.style is not None]
    assert styles[0] == "Title"
    assert styles.count("Heading 2") == len(story.questions) + 1
    bullets = sum(
        len(one.summary.bullets)
        + len(one.summary.links)
        + sum(len(b.replies) for b in one.summary.bullets)
        for one in story.questions
    )
    assert sum(style.startswith("List Bullet") for style in styles) == bullets
    links = [link.url for one in document.paragraphs for link in one.hyperlinks]
    assert links == [link for link in Elements(render_fragment(story)).links if link]
    assert document.core_properties.title == story.chat.title


@pytest.mark.parametrize("render", [render_epub, render_docx])
def test_the_same_story_gives_the_same_bytes(
    render: Callable[[Story], bytes], story: Story
) -> None:
    assert render(story) == render(story)


def test_a_zip_holds_its_files_in_order() -> None:
    packed = zip_files({"index.html": b"<p>", "b.csv": b"x"})
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert [(one.filename, archive.read(one)) for one in archive.infolist()] == [
            ("index.html", b"<p>"),
            ("b.csv", b"x"),
        ]


def test_a_page_to_print_fetches_and_runs_nothing(hostile: Story) -> None:
    page = render_print(hostile)
    elements = Elements(page.partition("<body>")[2])
    assert set(elements.names) <= ALLOWED | {"h1", "main"}
    assert re.findall(r"(?:src|@import|url\()[^\n]*", page.partition("<style>")[2]) == []
    assert len(page) < len(render_html(hostile)) / 2


def test_a_write_up_says_how_to_have_something_taken_out(story: Story) -> None:
    last = make_write_up(story).blocks[-1]
    assert "may have their posts taken out" in str(last)


def test_forms_of_shared_views_are_those_that_each_makes_for_itself(story: Story) -> None:
    views = PostViews(story, open_catalogue())
    write_up = make_write_up(story, views=views)
    shared = (
        render_print(story, write_up=write_up),
        render_epub(story, write_up=write_up),
        render_markdown(story, write_up=write_up),
        render_html(story, views=views),
    )
    assert shared == (
        render_print(story),
        render_epub(story),
        render_markdown(story),
        render_html(story),
    )
