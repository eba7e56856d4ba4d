"""What can be done where a network, or an account on it, does not do what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chinwag.cli.remedies.extras import word_install

_DESCRIPTION = "Say with --alt what it shows, for those who cannot see it."
_SHORTEN = "Shorten it, or give it in parts."
_OR_ELSEWHERE = (
    "Give it a token of an account on {host} (the setting mastodon_tokens), or read another server,"
    " on which those who take part are followed."
)


def _word_types(fields: Mapping[str, Any]) -> str:
    return f"It takes {', '.join(fields['known'])}."


NETWORKS: dict[str, str | Callable[[Mapping[str, Any]], str]] = {
    # A server, or the way to it: a capture tries again by itself, so there is often nothing to do.
    "server-not-reached": "",
    "server-stopped-answering": "",
    "server-refused": "",
    "server-refused-without-reason": "",
    "answer-too-slow": "",
    "answer-too-large": "",
    "answer-unreadable": "",
    "answer-not-unpacked": "",
    "line-too-long": "",
    "event-too-long": "",
    "redirect-into-private-network": "Check its address: it sends whoever asks astray.",
    "server-moved-inside": "If it has moved, or this machine has, end Chinwag and start it again.",
    "connection-broke": "",
    "server-in-private-network": "Give a server that everybody can reach.",
    "redirects-without-end": "",
    "server-sends-elsewhere": "If that is where it is now, give that address.",
    "login-user-invalid": "Give the name with which that person signs in there.",
    "rate-limit-reached": "",
    "search-without-end": "",
    # An address or a token that cannot be used.
    "address-invalid": "Correct it, or leave it out.",
    "server-invalid": "Give its name, such as mastodon.example.",
    "token-invalid": "Copy it again, whole and without line ends.",
    "token-unencrypted": "Give the server's address with https.",
    # What a host announces.
    "announcement-empty": "Give it a text.",
    "announcement-without-hashtag": (
        "Write it into the text, or nobody who follows it will see the post."
    ),
    "announcement-waits": "Take it back with --delete, and announce it again.",
    "announcement-gone": "Take it back here, too, with --delete, and announce it again.",
    "announcement-in-the-past": "Give a later --at, or none: then it goes out at once.",
    "picture-unreadable": "Check the name.",
    "not-a-picture": "Give a PNG, JPEG or WebP file.",
    "picture-without-description": _DESCRIPTION,
    # Bluesky
    "bluesky-account-missing": (
        "Set bluesky_handle and bluesky_password; make an app password at"
        " bsky.app/settings/app-passwords."
    ),
    "bluesky-sign-in-refused": (
        "Check bluesky_handle and bluesky_password; the password is an app password."
    ),
    "bluesky-session-missing": "",
    "bluesky-follows-replies": "",
    "bluesky-replies-hidden": "",
    "bluesky-searches": "",
    "jetstream-reads": "",
    "jetstream-reach": "",
    "jetstream-other-start": "",
    "firehose-reads": "",
    "firehose-starts-now": "",
    "bluesky-text-too-long": _SHORTEN,
    "bluesky-picture-type": _word_types,
    "bluesky-picture-too-large": "Make it smaller.",
    "bluesky-post-gone": "",
    "bluesky-post-of-another": "A host can change and take back only the account's own posts.",
    "bluesky-parent-missing": "",
    "bluesky-stream-silent": "",
    "bluesky-stream-closed": "",
    "bluesky-stream-closed-with-reason": "",
    "bluesky-stream-refused": "",
    "jetstream-ended": "",
    "jetstream-not-unpacked": "",
    "firehose-ended": "",
    "libipld-not-installed": lambda _fields: (
        f"Run `{word_install('firehose')}`, or read Jetstream instead."
    ),
    # Mastodon
    "mastodon-token-missing": (
        "Make one there, with the scopes read and write, and give it as a setting"
        " (mastodon_tokens: {host}=TOKEN)."
    ),
    "mastodon-reads": "",
    "mastodon-listens": "",
    "mastodon-follows-replies": "",
    "mastodon-replies-closed": "Give it a token of an account on {host}.",
    "mastodon-stream-closed": "Make a new token there, with the scope read.",
    "mastodon-stream-lags": "",
    "mastodon-tag-closed": _OR_ELSEWHERE,
    "mastodon-tag-half-closed": _OR_ELSEWHERE,
    "mastodon-tag-closed-to-token": "Make a new token, with the scope read.",
    "mastodon-text-too-long": _SHORTEN,
    "mastodon-description-too-long": "Shorten it.",
    "mastodon-picture-type": _word_types,
    "mastodon-picture-too-large": "Make it smaller.",
    "mastodon-picture-unfinished": "",
    "mastodon-post-unknown": "Announce on the server on which that post was written.",
    "mastodon-answer-no-post": "",
    "mastodon-answer-no-list": "",
    "mastodon-stream-silent": "",
    "mastodon-stream-ended": "",
    "mastodon-stream-refused": "",
    "mastodon-stream-broke": "",
    "mastodon-token-may-not-post": (
        "Make a new token there, with the scope write beside read, and give it as a setting"
        " (mastodon_tokens: {host}=TOKEN)."
    ),
    "mastodon-token-refused": (
        "Make a new token there, with the scopes read and write, and give it as a setting"
        " (mastodon_tokens: {host}=TOKEN)."
    ),
    # Others
    "feed-address-invalid": "Give it whole, such as https://mastodon.example/tags/inkchat.rss",
    "feed-unreadable": "",
    "feed-shows-last-posts": "Read the server itself, if it lets you.",
    "paste-not-found": "",
    "paste-unreadable": (
        "Copy each post's address below it; or, where it shows its time, read the file with"
        " `chinwag import FILE --tz Europe/London`."
    ),
    "feed-of-other-kind": "",
    "x-token-missing": "Give your own app's, as the setting x_token.",
    "x-answer-no-page": "",
    "x-searches": "",
    "x-searches-at-price": "",
    "x-reach": "Import a file that somebody saved then.",
    "x-limit-reached": "Raise the setting x_limit, and capture again, if you want to pay for more.",
    "example-reads": "",
    "example-note-too-long": _SHORTEN,
    "example-note-of-another": "",
    "example-note-gone": "",
    "example-board-shut": "",
}
