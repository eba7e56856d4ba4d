"""A fragment as the blocks of WordPress's editor."""

from __future__ import annotations

from chinwag.blogs.wordpress.markup import write_blocks


def test_every_element_of_a_fragment_is_a_block() -> None:
    fragment = (
        "<h2>Q1: Who?</h2>\n<h3>Links</h3>\n<p>So <em>it</em> is.</p>\n"
        "<ul>\n<li>One<ul>\n<li>Under</li>\n</ul></li>\n</ul>\n<ol>\n<li>First</li>\n</ol>\n"
        '<figure><img src="https://a.example/b.png" alt="B"/></figure>\n<hr/>\n'
        "<blockquote><p>Said</p></blockquote>\n"
    )
    assert write_blocks(fragment) == (
        "<!-- wp:heading -->\n<h2>Q1: Who?</h2>\n<!-- /wp:heading -->\n"
        '<!-- wp:heading {"level":3} -->\n<h3>Links</h3>\n<!-- /wp:heading -->\n'
        "<!-- wp:paragraph -->\n<p>So <em>it</em> is.</p>\n<!-- /wp:paragraph -->\n"
        "<!-- wp:list -->\n<ul>\n<!-- wp:list-item -->\n<li>One<!-- wp:list -->\n<ul>\n"
        "<!-- wp:list-item -->\n<li>Under</li>\n<!-- /wp:list-item -->\n</ul>\n<!-- /wp:list -->"
        "</li>\n<!-- /wp:list-item -->\n</ul>\n<!-- /wp:list -->\n"
        '<!-- wp:list {"ordered":true} -->\n<ol>\n<!-- wp:list-item -->\n<li>First</li>\n'
        "<!-- /wp:list-item -->\n</ol>\n<!-- /wp:list -->\n"
        '<!-- wp:image {"sizeSlug":"large"} -->\n<figure class="wp-block-image size-large">'
        '<img src="https://a.example/b.png" alt="B"/></figure>\n<!-- /wp:image -->\n'
        '<!-- wp:separator -->\n<hr class="wp-block-separator has-alpha-channel-opacity"/>\n'
        "<!-- /wp:separator -->\n"
        '<!-- wp:quote -->\n<blockquote class="wp-block-quote"><p>Said</p></blockquote>\n'
        "<!-- /wp:quote -->\n"
    )
