"""What went wrong with work, in a sentence, and what can be done about it in the browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from django.utils.translation import gettext as _

from chinwag.messages import open_catalogue
from chinwag.model import Note
from chinwag.web.chats.queries.posts import choose_catalogue


class Problem(NamedTuple):
    """What went wrong, and what to do, "" where there is nothing."""

    words: str
    todo: str


def tell_problem(problem: Mapping[str, Any], language: str) -> Problem | None:
    """Return the problem of a piece of work, None where there is none."""
    if not problem:
        return None
    if problem["code"] == "gave-up":
        return Problem(
            _("The site has tried five times, and was stopped each time."),
            _("Check whether the disk or the memory of its machine is full, and try again."),
        )
    if problem["code"] == "letter-refused":
        return Problem(_("The mail server would not take it."), str(problem["parts"]["said"]))
    return Problem(word_notes([problem], language), find_todo(str(problem["code"])))


def word_notes(notes: Sequence[Mapping[str, Any]], language: str, zone: str = "UTC") -> str:
    """Return notes of the library as sentences; their times are of the zone, an IANA name."""
    catalogue = open_catalogue(choose_catalogue(language)).in_zone(zone)
    return catalogue.word_notes(msgspec.convert(note, Note) for note in notes)


def find_todo(code: str) -> str:
    """Return what somebody can do on the site about what has this code, "" where nothing."""
    strange = _("If it belongs to this chat after all, tick that it is taken in all the same.")
    other_format = _("Save what it holds in another format, such as CSV, and bring that.")
    token = _("Whoever runs the site can give it a new token for that server.")
    model = _("Try again later. Whoever runs the site can check whether the model answers.")
    known = {
        "file-of-other-day": strange,
        "file-of-other-hashtag": strange,
        "file-without-chat": strange,
        "window-too-full": _("Say below when the chat began and ended."),
        "no-post-in-window": _("Change when the chat began and ended, or leave it empty."),
        "window-crossed": _("Change when the chat began and ended, or leave it empty."),
        "no-post-in-files": _("Check that it is the file you meant."),
        "no-row-readable": _("Check that it is the file you meant."),
        "files-without-posts": _("Check that it is the file you meant."),
        "day-missing": _("Say below which day the log is from."),
        "file-is-mail": _("Save the file that is attached to it, and bring that."),
        "format-unrecognised": other_format,
        "format-ambiguous": other_format,
        "columns-missing": other_format,
        "columns-misspelt": other_format,
        "names-too-few": other_format,
        "not-an-export": other_format,
        "file-empty": _("Export it again, and bring that."),
        "zip-damaged": _("Download or copy it again, and bring that."),
        "zip-encrypted": _("Unpack it, and bring the files inside."),
        "zip-bomb": _("Unpack it yourself if you trust it, and bring the file inside."),
        "capture-runs": _("Wait until the capture has ended, and try again."),
        "server-invalid": _("Give its name, such as mastodon.example."),
        "server-in-private-network": _("Give a server that everybody can reach."),
        "mastodon-replies-closed": token,
        "mastodon-stream-closed": token,
        "mastodon-tag-closed": _(
            "Read another server as well, on which those who take part are followed."
        ),
        "mastodon-tag-closed-to-token": token,
        "bluesky-sign-in-refused": _("Whoever runs the site can set the account’s password again."),
        "wordpress-not-found": _("Check that the address is right, and its REST API open."),
        "wordpress-may-write-nothing": _("Use the name of somebody who may write posts there."),
        "wordpress-sign-in-refused": _(
            "Check the name and the application password: forget the account and connect it again."
        ),
        "wordpress-sign-in-unseen": _(
            "If both are right, the web server there keeps them from WordPress: ask its keeper to"
            " let the header Authorization through."
        ),
        "blog-in-private-network": _("Whoever runs the site can name it in its settings."),
        "secret-lost": _("Forget the account, and connect it again."),
        "blog-post-edited": _("Tick that it is overwritten, if it may be."),
        "blog-post-gone": _("Tick that it is overwritten, to make it again."),
        "model-not-reached": model,
        "model-too-slow": model,
        "model-busy": model,
        "model-status": model,
        "advice-grown": _("Have it counted again, and see whether you still want it."),
        "disk-full": _("Whoever runs the site can make room: nothing that came is lost."),
    }
    return known.get(code, "")
