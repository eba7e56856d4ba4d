"""The page: what stands on it, and that hostile text stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest

from chinwag.model import Gap, Media, Story, Version, make_note, quote_note
from chinwag.steps.publish import render_html, render_main

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><script>x</script>",
    "{{ 7 * 7 }} {% raw %} {x!r}",
    "<!-- -->]]>",
    "&lt;b&gt; &amp;amp;",
    "\u202edesrever\u2066",
    "\x00\x1b[31mred",
    "z\u0338\u0322\u0321" * 200,
    "x" * 5000,
    "javascript:alert(1)",
)
_NAMES = (
    "html head meta title style body a header p bdi h1 time span main section h2 div figure svg "
    "desc line rect text figcaption details summary table caption thead tr th tbody td nav ol li "
    "ul h3 q b article i"
)
ELEMENTS = frozenset(_NAMES.split())
VOID = frozenset(("meta", "line", "rect"))


class Reader(HTMLParser):
    """Reads a page strictly: every element is closed in order, and is one that the page may use."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.langs: set[str] = set()
        self.words: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS, tag
        held = dict(attrs)
        self.attributes |= set(held)
        self.ids += [held["id"] or ""] if "id" in held else []
        self.links += [held["href"] or ""] if "href" in held else []
        self.langs |= {held["lang"] or ""} if "lang" in held else set()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID, (tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, (tag, self.getpos())

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def poison(story: Story, text: str) -> Story:
    """Put a text everywhere where somebody else's words can stand."""
    posts = tuple(
        msgspec.structs.replace(
            post,
            text=text,
            author_name=text,
            lang=text,
            url=text,
            content_warning=text if place % 2 else "",
            media=(Media(url=text, alt=text, kind=text),),
            versions=(Version(text=text, at=None),),
            reply_to_author=text,
        )
        for place, post in enumerate(story.posts)
    )
    chat = msgspec.structs.replace(story.chat, title=text, series=text, hashtag=text, contact=text)
    placements = tuple(
        msgspec.structs.replace(one, reason=quote_note(text)) for one in story.placements
    )
    known = {post.id: post for post in posts}
    questions = tuple(
        msgspec.structs.replace(
            one,
            summary=msgspec.structs.replace(
                one.summary,
                text=text,
                lead=(make_note("most-say", people=2, quote=text),),
                bullets=tuple(
                    msgspec.structs.replace(bullet, text=text) for bullet in one.summary.bullets
                ),
                links=tuple(msgspec.structs.replace(link, url=text) for link in one.summary.links),
            ),
            question=one.question and msgspec.structs.replace(one.question, text=text),
            asked=tuple(known[post.id] for post in one.asked),
            posts=tuple(known[post.id] for post in one.posts),
        )
        for one in story.questions
    )
    ledger = msgspec.structs.replace(
        story.ledger,
        notes=(quote_note(text), make_note("two-texts", post=text, kept=text, other=text)),
        gaps=(Gap(what=quote_note(text), why=make_note("only-tagged", hashtag=text)),),
    )
    return msgspec.structs.replace(
        story, posts=posts, chat=chat, placements=placements, questions=questions, ledger=ledger
    )


@pytest.fixture(scope="module")
def page(story: Story) -> str:
    return render_html(story)


def find(page: str, start: str, end: str) -> str:
    """Return a fragment of the page with its white space made plain."""
    begin = page.index(start)
    return " ".join(page[begin : page.index(end, begin) + len(end)].split())


def test_the_page_is_well_formed_and_every_anchor_is_there_once(page: str, story: Story) -> None:
    reader = read(page)
    assert len(reader.ids) == len(set(reader.ids))
    assert {link[1:] for link in reader.links if link.startswith("#")} <= set(reader.ids)
    assert {f"post-{post.id}" for post in story.posts} <= set(reader.ids)


def test_nothing_is_fetched_and_nothing_is_run(page: str) -> None:
    assert re.findall(r"<(?:script|img|link|iframe|object|embed|base|form)\b", page) == []
    assert re.findall(r"@import|url\(|\bsrc=|\bon\w+=|style=\"", page) == []
    assert "default-src 'none'; style-src 'sha256-" in page


def test_links_out_are_web_addresses_with_a_rel(page: str) -> None:
    outward = re.findall(
        r'<a href="(?!#|\w+\.(?:html|epub|md|json|csv)")([^"]*)"( rel="[^"]*")?', page
    )
    assert outward
    assert {rel for _, rel in outward} == {' rel="nofollow noopener ugc"'}
    assert all(address.startswith("https://") for address, _ in outward)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(story: Story, page: str, text: str) -> None:
    poisoned = read(render_html(poison(story, text)))
    assert poisoned.attributes <= read(page).attributes
    assert all(
        link.startswith(("#", "print.", "story.", "posts.", "bullets.")) for link in poisoned.links
    )
    assert poisoned.langs == {"en"}


def test_a_point_opens_the_posts_behind_it(page: str) -> None:
    assert find(page, "<li><details><summary><q", "</details></li>").startswith(
        '<li><details><summary><q class="point" dir="auto">“I walk the whole floor before I touch '
        'a computer.”</q> <span class="credit"><b>4 people</b> <span class="quoted">in the words '
        'of <bdi>Tobias Lindqvist</bdi></span> <span class="more">4 posts</span></span></summary> '
        '<div class="behind"> <article class="post"> <p class="by"><bdi class="name">Tobias '
        'Lindqvist</bdi> <bdi class="handle">@tobias.reads</bdi> <time '
        'datetime="2024-05-14T19:06:00Z">20:06</time></p> <div class="words" dir="auto">A1: I walk '
        "the whole floor before I touch a computer. You learn what yesterday was like. "
        '#quietpages</div> <p class="source"><a '
        'href="https://books.example/@tobias.reads/900106" rel="nofollow noopener ugc">Read it on '
        'books.example</a> · <a href="#post-900106">In the archive</a> · Read from '
        "quietpages.json, line 7</p>"
    )


def test_the_archive_says_why_a_post_stands_where_it_does(page: str) -> None:
    assert find(page, '<article class="post" id="post-900124"', "</article>") == (
        '<article class="post" id="post-900124"> <p class="by"><bdi class="name">The Quiet '
        'Floor</bdi> <bdi class="handle">@quietfloor</bdi> <time '
        'datetime="2024-05-14T19:21:00Z">20:21</time></p> <div class="words" dir="auto">We tried '
        "name badges and it went badly; people like to be unknown.</div> "
        '<p class="source"><a href="https://books.example/@quietfloor/900124" rel="nofollow '
        'noopener ugc">Read it on books.example</a> · Under Q2: written while Q2 was open, and '
        "worded like its answers (62% sure) · Read from quietpages.json, line 25</p> </article>"
    )


def test_a_deleted_post_leaves_its_place_alone(page: str) -> None:
    fragment = find(page, '<article class="post" id="post-900122"', "</article>")
    assert '<p class="gone">This post was deleted by its author.</p>' in fragment
    assert "books.example" not in fragment


def test_a_question_asked_twice_within_a_minute_was_asked_once(story: Story) -> None:
    def ask_again(post_id: str) -> str:
        first = story.questions[0]
        again = next(post for post in story.posts if post.id == post_id)
        asked = msgspec.structs.replace(first, asked=(*first.asked, again))
        page = render_html(msgspec.structs.replace(story, questions=(asked,)))
        return find(page, '<p class="asked">', "</p>")

    assert ask_again("900105") == (
        '<p class="asked">Asked by Maren Oakes at 20:05 · 9 posts, 9 people</p>'
    )
    assert ask_again("900114") == (
        '<p class="asked">Asked by Maren Oakes at 20:05, and again at 20:15 · 9 posts, 9 people</p>'
    )


def test_words_that_were_only_passed_on_are_not_given_to_whoever_did(story: Story) -> None:
    posts = tuple(
        msgspec.structs.replace(post, repost_of="?") if post.id == "900100" else post
        for post in story.posts
    )
    page = render_html(
        msgspec.structs.replace(story, posts=posts, unplaced=(posts[0], *story.unplaced[1:]))
    )
    assert (
        '<p class="context">Passes on a post that is not in the archive. These are another '
        'author’s words:</p> <div class="words" dir="auto">Tonight at 8'
    ) in find(page, '<article class="post" id="post-900100"', "</article>")


def test_a_lost_text_is_never_shown(page: str) -> None:
    assert "This was copied from another post" not in page
    assert "The words of this post are lost" in page


def test_warnings_edits_pictures_and_answers_are_told(page: str) -> None:
    assert "Content warning: being shouted at <span" in page
    assert "Edited at 20:09." in page
    assert "A1 Honestly? I check the self-service machine." in page
    assert "Picture: A low pine shelf beside an open door" in page
    assert "Picture, not described by its author" in page
    assert '<a href="#post-900110">answers Ruth Amberley: A1 Honestly?' in page
    assert "Reposted 3 times" in page


def test_other_languages_are_marked(page: str) -> None:
    assert read(page).langs == {"en", "pt"}
    assert '<q class="point" dir="auto" lang="pt">“Abro as janelas' in page


def test_the_head_says_when_in_both_zones(page: str) -> None:
    assert find(page, '<p class="when">', "</p>") == (
        '<p class="when"><time datetime="2024-05-14T19:00:00+00:00">Tuesday 14 May 2024, 20:00 to '
        '21:00 BST</time><span class="utc">19:00 to 20:00 UTC</span></p>'
    )
    assert find(page, '<p class="short">', "</p>") == (
        '<p class="short">13 people wrote 42 posts under #quietpages, 40 of them in 60 '
        "minutes. They answered 4 questions. They shared 2 links. Their posts were passed on in 4 reposts. Maren Oakes "
        "asked the questions.</p>"
    )


def test_a_chat_over_midnight_shows_dates(story: Story) -> None:
    chat = msgspec.structs.replace(story.chat, time_zone="Asia/Karachi")
    page = render_html(msgspec.structs.replace(story, chat=chat))
    assert "Wednesday 15 May 2024, 00:00 to 01:00 PKT" in page
    chat = msgspec.structs.replace(story.chat, time_zone="Europe/Moscow")
    window = story.chat.window
    assert window
    window = msgspec.structs.replace(window, end=story.posts[-1].created_at)
    page = render_html(
        msgspec.structs.replace(story, chat=msgspec.structs.replace(chat, window=window))
    )
    assert "Tuesday 14 May 2024, 22:00, to Thursday 16 May 2024, 05:00 MSK" in page
    assert ">14 May, 22:06</time>" in page


def test_an_unnumbered_chat_says_so(story: Story) -> None:
    chat = msgspec.structs.replace(story.chat, numbered=False)
    page = render_html(msgspec.structs.replace(story, chat=chat))
    assert (
        "No numbered questions were found in this chat, so its posts are grouped by time and "
        "topic, in 5 parts."
    ) in page
    assert "Part 1" in page
    assert "Q1 " not in find(page, "<nav", "</nav>")


def test_removal_names_the_contact_the_moderators_or_the_tag(story: Story, page: str) -> None:
    def say_removal(**changes: Any) -> str:
        chat = msgspec.structs.replace(story.chat, **changes)
        return find(render_html(msgspec.structs.replace(story, chat=chat)), 'id="removal"', "</p>")

    assert "Write to @maren_shelves, who asked the questions, or the people who run" in page
    assert "Write to the people who run #quietpages and say" in say_removal(moderators=())
    assert (
        'Write to <a href="mailto:hosts@books.example">hosts@books.example</a> and say'
    ) in say_removal(contact="hosts@books.example")
    assert "Write to javascript:alert(1) and say" in say_removal(contact="javascript:alert(1)")


def test_what_is_missing_is_told_in_whole_sentences(page: str) -> None:
    assert find(page, 'id="missing"', "</ul>").endswith(
        "<p>1 row could not be read and is kept in the chat’s folder with its file, line and "
        "reason. 1 post came without its own words and is never quoted. 1 post was deleted by its "
        "author: only its place is kept.</p> <ul> <li>One post answers a post that is not in the "
        "file. The file holds only posts with the hashtag. The posts: <a "
        'href="#post-900103"><bdi>Tobias Lindqvist</bdi>, 20:02</a></li> </ul>'
    )


def test_a_chat_in_which_nobody_spoke_says_so(story: Story) -> None:
    measures = msgspec.structs.replace(
        story.measures, posts=0, people=0, by_person={}, by_method={}, placed=0
    )
    empty = msgspec.structs.replace(
        story, posts=(), questions=(), unplaced=(), placements=(), measures=measures
    )
    page = render_html(empty)
    read(page)
    assert "Nobody wrote a post in this chat." in page


def test_the_main_part_is_the_pages_own(story: Story) -> None:
    page, main = render_html(story), render_main(story)
    before, _, after = page.partition(main)
    assert before.endswith('<main id="main">')
    assert after.startswith("</main>")
    assert main.count("<h2") > len(story.questions)
    assert "<style" not in main
