"""A fragment as the blocks of WordPress's editor, so that a host can go on working on it there.

A fragment is Chinwag's own HTML: elements without attributes but links, languages and pictures, and
no line end inside a paragraph. Without blocks WordPress would make paragraphs of it by guessing.
"""

from __future__ import annotations

import re

_HEADING = re.compile(r"<h([2-6])>.*?</h\1>", re.DOTALL)
_TOP = re.compile(
    r"<h([2-6])>.*?</h\1>|<p>.*?</p>|<figure>.*?</figure>|<blockquote>.*?</blockquote>|<hr ?/>"
    r"|<ul>|<ol>|</ul>|</ol>|<li>|</li>",
    re.DOTALL,
)
_OPENED = {
    "<ul>": "<!-- wp:list -->\n<ul>",
    "<ol>": '<!-- wp:list {"ordered":true} -->\n<ol>',
    "<li>": "<!-- wp:list-item -->\n<li>",
}
_CLOSED = {
    "</ul>": "</ul>\n<!-- /wp:list -->",
    "</ol>": "</ol>\n<!-- /wp:list -->",
    "</li>": "</li>\n<!-- /wp:list-item -->",
}


def write_blocks(fragment: str) -> str:
    """Return a fragment with the comments that tell WordPress's editor its blocks."""
    return _TOP.sub(lambda found: _write_block(found.group()), fragment)


def _write_block(html: str) -> str:
    if html in _OPENED:
        return _OPENED[html]
    if html in _CLOSED:
        return _CLOSED[html]
    if heading := _HEADING.fullmatch(html):
        level = int(heading[1])
        about = "" if level == 2 else f' {{"level":{level}}}'
        return f"<!-- wp:heading{about} -->\n{html}\n<!-- /wp:heading -->"
    if html.startswith("<p>"):
        return f"<!-- wp:paragraph -->\n{html}\n<!-- /wp:paragraph -->"
    if html.startswith("<figure>"):
        shown = html.replace("<figure>", '<figure class="wp-block-image size-large">', 1)
        return f'<!-- wp:image {{"sizeSlug":"large"}} -->\n{shown}\n<!-- /wp:image -->'
    if html.startswith("<hr"):
        return (
            "<!-- wp:separator -->\n"
            '<hr class="wp-block-separator has-alpha-channel-opacity"/>\n<!-- /wp:separator -->'
        )
    shown = html.replace("<blockquote>", '<blockquote class="wp-block-quote">', 1)
    return f"<!-- wp:quote -->\n{shown}\n<!-- /wp:quote -->"
