"""What can be done where a blog, or an account on it, does not do what was asked."""

from __future__ import annotations

_WHO = (
    "Set wordpress_user to the name with which you sign in there, and wordpress_password to an"
    " application password (in WordPress: Users, Profile, Application Passwords), not to your own."
)

BLOGS: dict[str, str] = {
    "wordpress-not-set": (
        "Set wordpress_address, wordpress_user and wordpress_password (`chinwag settings` tells"
        " more), or CHINWAG_WORDPRESS_ADDRESS and so on in the environment."
    ),
    "wordpress-not-found": (
        "Check that wordpress_address is the address of the blog's front page. If it is, the REST"
        " interface is switched off there, often by a security plugin: ask its keeper to allow it"
        " to users who are signed in."
    ),
    "wordpress-sign-in-refused": _WHO,
    "wordpress-sign-in-unseen": (
        f"{_WHO} If they are right, the web server keeps the header with them from WordPress:"
        " ask its keeper to let the header Authorization through."
    ),
    "wordpress-may-write-nothing": (
        "Ask the blog's keeper for the role of an author or an editor, or take another user."
    ),
    "wordpress-may-not-publish": (
        "Leave out --publish, and let an editor publish the draft; or ask to be an author."
    ),
    "wordpress-may-not-write": (
        "Ask for the role of an author (for posts and files) or an editor (for new categories), or"
        " name a category that is there."
    ),
    "wordpress-forbids": "Ask the blog's keeper: a plugin or the user's role is in the way.",
    "wordpress-takes-no-file": (
        "Give the archive's address with --archive ADDRESS, or leave it out with --archive none."
    ),
    "wordpress-answer-unusable": "Check with --test that the address is that of a WordPress site.",
    "archive-invalid": "Give --archive upload, none, or an address such as https://chat.example/october.",
    "wordpress-keeps-revisions": (
        "No program can delete these from outside: ask the blog's keeper to delete the post's"
        " revisions (wp-cli or a plugin for revisions does it)."
    ),
    "blog-in-private-network": "Name it as wordpress_address in the settings of the site.",
    "secret-lost": "Connect the blog again: `sealing-keys` of the site lacks the key.",
    "blog-post-edited": (
        "Look at it there. To write over it: --anyway. To keep it, change it there alone."
    ),
    "blog-post-missing": "Publish the chat there first: chinwag publish --to wordpress.",
    "blog-post-gone": "Take it out of the blog's bin, or make it again with --anyway.",
}
