"""Sentences for what an action would not do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chinwag.web.chats.actions.declined import Declined


def tell_declined(declined: Declined) -> str:
    """Return why nothing was done, and what to do."""
    sentences = {
        "invitation-used": _("This invitation has been used. Ask for another."),
        "last-owner": _("A series needs an owner. Make somebody else one first."),
        "captured-already": _("This chat is being captured already."),
        "no-post": _("Choose a post first."),
        "question-unknown": _("This chat has no such question any more."),
        "taken-back-already": _("It has been taken back already."),
        "corrected-since": _("One of these posts was corrected again since. Take that back first."),
        "decided-already": _("Somebody has decided about these files already."),
        "chat-cancelled": _("This chat is cancelled."),
        "chat-not-planned": _("Only a chat that is still to come can be cancelled."),
    }
    return sentences[declined.code]
