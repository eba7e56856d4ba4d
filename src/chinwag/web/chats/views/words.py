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
        "block-changed": _("Somebody changed it meanwhile. Nothing of yours was put in its place."),
        "block-gone": _("Somebody took this block out meanwhile."),
        "no-point-after": _("Only a point that is followed by another can be joined with it."),
        "one-point": _("It is one point only."),
        "no-such-point": _("This point has been taken already, or its post is gone."),
        "no-words-to-change": _("This block has no words of its own."),
        "words-missing": _("Write some words first, and an address where one belongs."),
        "person-unknown": _("Nobody in this chat has that handle."),
        "advice-asked": _("The model is being asked already."),
        "suggestion-decided": _("Somebody has decided about this suggestion already."),
        "suggestion-stale": _(
            "What it is about has changed meanwhile. Nothing was done, and the suggestion is gone."
        ),
        "suggestion-gone": _(
            "Its post has been changed or taken out. Nothing was done, and the suggestion is gone."
        ),
        "account-there": _("This blog is connected already. Forget it first."),
        "story-not-published": _("Publish the story on this site first."),
        "no-post-there": _("The story is not on that blog yet."),
        "letter-sent": _("It is sent already, or is being sent."),
        "chat-full": _("The files of a chat may have 200 MB together. Take one out first."),
        "picture-gone": _("This picture is not kept any more."),
        "chat-not-planned": _("Only a chat that is still to come can be cancelled."),
    }
    return sentences[declined.code]
