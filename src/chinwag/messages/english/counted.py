"""The forms of what is counted, by noun and plural category."""

from __future__ import annotations


def _forms(one: str, other: str) -> dict[str, str]:
    return {"one": one, "other": other}


COUNTED = {
    # on pages
    "post": _forms("{n} post", "{n} posts"),
    "person": _forms("{n} person", "{n} people"),
    "more_person": _forms("{n} more person", "{n} more people"),
    "question": _forms("{n} question", "{n} questions"),
    "part": _forms("{n} part", "{n} parts"),
    "repost": _forms("{n} repost", "{n} reposts"),
    "link": _forms("{n} link", "{n} links"),
    "picture": _forms("{n} picture", "{n} pictures"),
    "minute": _forms("{n} minute", "{n} minutes"),
    "row": _forms("{n} row", "{n} rows"),
    "record": _forms("{n} record", "{n} records"),
    "agreed": _forms("{n} agreed", "{n} agreed"),
    "own_word": _forms("{n} word", "{n} words"),
    "point": _forms("{n} point", "{n} points"),
    "worded": _forms(
        "{n} of the points is not a quotation and says who worded it.",
        "{n} of the points are not quotations, and each says who worded it.",
    ),
    "time": _forms("once", "{n} times"),
    "aside": _forms(
        (
            "{n} row could not be read and is kept in the chat’s folder with its "
            "file, line and reason."
        ),
        (
            "{n} rows could not be read and are kept in the chat’s folder, each "
            "with its file, line and reason."
        ),
    ),
    "outside": _forms(
        "{n} post in the files lies outside the hours of this chat and is not shown.",
        "{n} posts in the files lie outside the hours of this chat and are not shown.",
    ),
    "lost_text": _forms(
        "{n} post came without its own words and is never quoted.",
        "{n} posts came without their own words and are never quoted.",
    ),
    "deletion": _forms(
        "{n} post was deleted by its author: only its place is kept.",
        "{n} posts were deleted by their authors: only their places are kept.",
    ),
    "left_out": _forms(
        "{n} other post on these questions stands behind none of these points.",
        "{n} other posts on these questions stand behind none of these points.",
    ),
    "merged": _forms(
        "{n} post was found more than once and is shown once.",
        "{n} posts were found more than once and are shown once.",
    ),
    "one_person": _forms("one person", "{n} people"),
    "spelt_minute": _forms("a minute", "{n} minutes"),
    # what a command did
    "chat": _forms("{n} chat", "{n} chats"),
    "group": _forms("{n} group", "{n} groups"),
    "file": _forms("{n} file", "{n} files"),
    "message": _forms("{n} message", "{n} messages"),
    "sentence": _forms("{n} sentence", "{n} sentences"),
    "honoured_deletion": _forms("{n} deletion honoured", "{n} deletions honoured"),
    "post_apart": _forms("{n} post belongs to no question.", "{n} posts belong to no question."),
    "reworded_point": _forms(
        "{n} point stands in a model's words", "{n} points stand in a model's words"
    ),
    "route": _forms("{n} route", "{n} routes"),
    "account": _forms("{n} account", "{n} accounts"),
    "announcement": _forms("{n} announcement", "{n} announcements"),
    "does": _forms("does", "do"),
    "brings": _forms("brings", "bring"),
    "fits": _forms("fits", "fit"),
    "may": _forms("may", "may"),
    "works": _forms("works", "work"),
    "only_agreeing": _forms("{n} who only agrees", "{n} who only agree"),
    "standing": _forms("{n} stands", "{n} stand"),
    "standing_post": _forms("{n} post stands", "{n} posts stand"),
    "token": _forms("{n} token", "{n} tokens"),
    "character": _forms("{n} character", "{n} characters"),
    "repeat": _forms("{n} time", "{n} times"),
    "lost_own_text": _forms("{n} post without its own text", "{n} posts without their own text"),
    "gone_post": _forms("{n} deleted post", "{n} deleted posts"),
    "waiting_post": _forms("{n} post has", "{n} posts have"),
    "fault": _forms("{n} thing is wrong.", "{n} things are wrong."),
    # inside the sentences of notes
    "answering_reply": _forms("{n} reply answers", "{n} replies answer"),
    "missing_post": _forms(
        "a post that is not in the archive", "{n} posts that are not in the archive"
    ),
    "uncollected_parent": _forms(
        "What it answers was written at another time, was deleted, or was not collected.",
        "What they answer was written at another time, was deleted, or was not collected.",
    ),
    "missing_original": _forms(
        "{n} post that was reposted is not in the archive.",
        "{n} posts that were reposted are not in the archive.",
    ),
    "quoting_post": _forms(
        "{n} post quotes posts that are not in the archive.",
        "{n} posts quote posts that are not in the archive.",
    ),
    "removed_post": _forms(
        "{n} post was taken out at its author’s wish or by the hosts.",
        "{n} posts were taken out at their authors’ wish or by the hosts.",
    ),
    "removed_spam": _forms(
        "{n} post was taken out by the hosts as spam.",
        "{n} posts were taken out by the hosts as spam.",
    ),
    "spam_post": _forms(
        "{n} post reads like spam: it is marked as such and counted nowhere else.",
        "{n} posts read like spam: they are marked as such and counted nowhere else.",
    ),
    "spam_apart": _forms("{n} post that reads like spam", "{n} posts that read like spam"),
    "taken_out": _forms("{n} post taken out", "{n} posts taken out"),
    "deleted_post": _forms("{n} post was deleted.", "{n} posts were deleted."),
    "unmatched_deletion": _forms(
        "{n} deletion in the files concerns a post of which nothing else is here.",
        "{n} deletions in the files concern posts of which nothing else is here.",
    ),
    "was": _forms("was", "were"),
    "has": _forms("has", "have"),
    "lacks": _forms("it lacks", "they lack"),
    "long_text": _forms("{n} post is very long.", "{n} posts are very long."),
    "parentless_post": _forms(
        "{n} post does not say which post it answers.",
        "{n} posts do not say which post they answer.",
    ),
    "far_post": _forms(
        "{n} post is left out: its date lies far from the others.",
        "{n} posts are left out: their dates lie far from the others.",
    ),
    "post_around": _forms(
        "{n} more post of that day is taken along, which announced it or came late.",
        "{n} more posts of that day are taken along, which announced it or came late.",
    ),
    "burst": _forms("{n} burst", "{n} bursts"),
    "other_chat": _forms(
        "The files seem to hold another chat, which is not taken.",
        "The files seem to hold {n} other chats, which are not taken.",
    ),
    "more_chat": _forms("{n} more is not listed here.", "{n} more are not listed here."),
    "differing_time": _forms(
        "{n} post has different times in different files.",
        "{n} posts have different times in different files.",
    ),
    "late_post": _forms(
        "{n} post was first seen over five minutes after writing.",
        "{n} posts were first seen over five minutes after writing.",
    ),
    "once_tagged_post": _forms(
        "{n} post was once under the hashtag, and an edit took it away; kept all the same.",
        "{n} posts were once under the hashtag, and an edit took it away; kept all the same.",
    ),
    "own_paragraph": _forms("{n} paragraph of your own", "{n} paragraphs of your own"),
    "hidden_name": _forms(
        "{n} person is not named, and nothing here leads to where they wrote.",
        "{n} people are not named, and nothing here leads to where they wrote.",
    ),
    "gone_point": _forms(
        "A point stood here. The post behind it is not in the chat any more.",
        "A point stood here. The {n} posts behind it are not in the chat any more.",
    ),
    "answered_question": _forms("{n} question was answered.", "{n} questions were answered."),
    "more_point": _forms("{n} more point is shared.", "{n} more points are shared."),
}
