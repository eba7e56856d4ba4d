"""What a post's HTML says as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinwag.text.html import PlainText, read_html

CASES = {
    "paragraphs and breaks": (
        "<p>One<br>two<br/>\nthree</p><p>four</p>",
        "One\ntwo\nthree\n\nfour",
    ),
    "entities": ("<p>&lt;b&gt; &amp;amp; caf&eacute; &#x1F4DA;</p>", "<b> &amp; café 📚"),
    "a hashtag": (
        '<p><a href="https://a.example/tags/x" class="mention hashtag" rel="tag">'
        "#<span>LibChat</span></a> now</p>",
        "#LibChat now",
    ),
    "a mention": (
        '<span class="h-card"><a href="https://a.example/@ana" class="u-url mention">'
        "@<span>ana</span></a></span> yes",
        "@ana yes",
    ),
    "a list": (
        "<p>Three:</p><ul><li>ink</li><li><p>paper</p></li></ul><p>end</p>",
        "Three:\n\n- ink\n- paper\n\nend",
    ),
    "a numbered list": ('<ol start="3"><li>c</li><li>d</li></ol>', "3. c\n4. d"),
    "a list that starts anywhere": ('<ol start="120"><li>c</li></ol>', "120. c"),
    "a list that starts with a word": ('<ol start="c"><li>c</li><li>d</li></ol>', "1. c\n2. d"),
    "a list that starts below nothing": ('<ol start="-2"><li>c</li></ol>', "1. c"),
    "a list that starts with another script's digit": ('<ol start="٣"><li>c</li></ol>', "1. c"),
    "a list that starts with no whole number": (
        '<ol start="1234567890th"><li>c</li></ol>',
        "1. c",
    ),
    "a list that starts far beyond": (f'<ol start="{"9" * 5000}"><li>c</li></ol>', "1. c"),
    "a quotation": ("<blockquote><p>a<br>b</p></blockquote><p>c</p>", "> a\n> b\n\nc"),
    "code": ("<pre><code>if x:\n    y</code></pre>", "if x:\n    y"),
    "an emoji picture": ('nice <img class="emoji" alt=":blobcat:" src="x.png">', "nice :blobcat:"),
    "doubled spaces": ("<p>a  b</p>", "a  b"),
    "what is no HTML": ("2 < 3 and I <3 you", "2 < 3 and I <3 you"),
    "a script": ("<p>a</p><script>alert(1)</script>", "a"),
    "a comment": ("a<!-- hidden -->b", "ab"),
    "a declaration": ("<![if x]>a", "<![if x]>a"),
    "an unclosed link": (
        '<a href="https://a.example/1">https://a.example/1',
        "https://a.example/1",
    ),
    "a link with no web address": ('<a href="mailto:a@b.example">write</a>', "write"),
    "a link on words": (
        '<p>see <a href="https://a.example/1">the guide</a>.</p>',
        "see the guide (https://a.example/1).",
    ),
    "a mention by its class": (
        '<a href="https://a.example/@ana" class="u-url mention">Ana Ruiz</a> yes',
        "Ana Ruiz yes",
    ),
    "a mention by its words": ('<a href="https://a.example/@ana">@ana</a> yes', "@ana yes"),
    "a hashtag by its words": ('<a href="https://a.example/t">#LibChat</a>', "#LibChat"),
    "words after a sign": (
        '<a href="https://a.example/1">#1 guide</a>',
        "#1 guide (https://a.example/1)",
    ),
    "one word": ('<a href="https://a.example/1">guide</a>', "guide (https://a.example/1)"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_html_becomes_the_text_a_reader_sees(case: str) -> None:
    html, text = CASES[case]

    assert read_html(html).text == text


def test_a_shortened_link_is_written_out_in_full() -> None:
    html = (
        '<p>Read <a href="https://www.a.example/blog/a-long-story" rel="nofollow">'
        '<span class="invisible">https://www.</span><span class="ellipsis">a.example/blog/a-lo'
        '</span><span class="invisible">ng-story</span></a>!</p>'
        '<p><a href="https://b.example/page?x=1">b.example/pa…</a></p>'
    )

    assert read_html(html) == PlainText(
        "Read https://www.a.example/blog/a-long-story!\n\nhttps://b.example/page?x=1",
        ("https://www.a.example/blog/a-long-story", "https://b.example/page?x=1"),
    )


def test_a_part_of_a_dropped_class_is_left_out_and_the_rest_stays() -> None:
    html = '<p class="quote-inline">RE: <a href="https://a.example/1">x</a><br></p><p>Yes!</p>'

    assert read_html(html, drop_classes=frozenset({"quote-inline"})) == PlainText("Yes!")
    assert read_html(html).text == "RE: x (https://a.example/1)\n\nYes!"


@given(st.text(alphabet=st.sampled_from("<>/!?[]-&;#\"'= \nabpilou1é…"), max_size=60))
def test_no_text_whatever_makes_it_stumble(html: str) -> None:
    read = read_html(html)

    assert read.text == read.text.strip()


@given(st.text())
def test_text_without_markup_stays_letter_for_letter_but_for_line_ends(text: str) -> None:
    plain = " ".join(text.split()).replace("<", "").replace("&", "")

    assert read_html(plain).text == plain.strip()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<a " * 50_000, ("<a " * 50_000).strip()),
        ("<p>yes</p>" + "<b" * 50_000, "yes\n\n" + "<b" * 50_000),
        ("<!--" * 50_000, "<!--" * 50_000),
        ("a" + " \t" * 50_000 + "b", "a" + " \t" * 50_000 + "b"),
        ("<template>" * 20_000 + "</b>" * 20_000 + "gone", ""),
        ("<ul>" * 20_000 + "<li>one" + "</ul>" * 20_000, "- one"),
    ],
)
def test_marks_repeated_without_end_are_read_in_step_with_their_number(
    html: str, text: str
) -> None:
    assert read_html(html) == PlainText(text)


def test_quotations_in_quotations_beyond_the_eighth_stand_with_the_eighth() -> None:
    read = read_html("<blockquote>a" * 2_000)
    assert read.text.endswith("\n" + "> " * 8 + "a")
    assert "> " * 9 not in read.text
