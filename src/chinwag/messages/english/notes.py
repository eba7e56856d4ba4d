"""The sentences of notes by code; `chinwag.messages.templates` tells how a place is written.

Sentences end with a full stop. The reasons for placements are clauses without one: a page puts
them behind "Under Q3:".
"""

from __future__ import annotations

_REASONS = {
    # a post that asks, or says itself where it belongs
    "asks": "asks {question:label numbered}",
    "repeats": "repeats {question:label numbered}",
    "says-label": "says {label}",
    # what it answers
    "replies-to-question": "replies to {question:label numbered} itself",
    "replies-to-answer": "replies to an answer to {question:label numbered}",
    "speaks-to-author": "speaks to the author of an answer to {question:label numbered}",
    "continues-answer": "continues the same person's answer to {question:label numbered}",
    # when it came
    "came-after": "came {seconds:duration} after {question:label numbered} was asked",
    "came-soon-after-next": (
        "came so soon after the next question that {question:label numbered} is likelier"
    ),
    # what it says
    "shares-words": "shares words with {question:label numbered}",
    "near-in-meaning": "is nearest in meaning to what is said on {question:label numbered}",
    # what its author said around it
    "follows-own-post": "the same person's post before is on {question:label numbered}",
    "fits-own-posts": (
        "fits best between the same person's other posts, on {question:label numbered}"
    ),
    # no question
    "no-questions": "no question was found in this chat",
    "before-first-question": "said before the first question",
    "after-last-question": "said long after the last question",
    "greets": "greets or says goodbye",
    "thanks-only": "says thanks",
    "runs-the-chat": "says how the chat runs",
    "announces": "announces something",
    "like-spam": "reads like spam",
    "taken-out": "was taken out",
    "not-placed-yet": "it has only just come",
    "model-placed": "{model}, a language model, puts it under {question:label numbered}",
    "model-placed-nowhere": "{model}, a language model, puts it under no question",
    "by-a-person": "A person said so",
}

_FINDING = {
    "hashtag-none": "The files name no hashtag, so all their posts are taken for the chat's.",
    "hashtag-on-no-post": (
        "No post carries #{hashtag}; the posts of the window are taken all the same."
    ),
    "hashtag-on-one-post": "#{hashtag} stands in the one post, written by {people:one_person}.",
    "hashtag-on-posts": (
        "#{hashtag} stands in {posts} of {all_posts:post}, reposts counted, written by "
        "{people:one_person}."
    ),
    "window-given": "The window was given by a person.",
    "window-kept": "Every post has been taken out.",
    "window-as-before": (
        "It keeps all of the time that the chat had before: {start:moment} to {end:moment start} "
        "{end:zone}."
    ),
    "window-by-burst": (
        "The window was found by its burst of posts: {start:moment} to {end:moment start} "
        "{end:zone}."
    ),
    "window-by-asking-burst": (
        "The window was found by its burst of posts, {asked} of them opening with a question's "
        "number: {start:moment} to {end:moment start} {end:zone}."
    ),
    "window-whole": (
        "No hour stands out from the others, so the window takes them all: {start:moment} to "
        "{end:moment start} {end:zone}."
    ),
    "window-of-many-days": (
        "No hour stands out in {days} days: this may be no chat of an evening, but what was said "
        "under a hashtag for a while."
    ),
    "window-of-hours": (
        "All posts lie within a few hours, so the window takes them all: {start:moment} to "
        "{end:moment start} {end:zone}."
    ),
    "window-of-day": (
        "All posts lie within a day, so the window takes them all: {start:moment} to "
        "{end:moment start} {end:zone}."
    ),
    "posts-far-off": "{posts:far_post}",
    "posts-around": "{posts:post_around}",
    "bursts": "They come in {bursts:burst}.",
    "other-chats": "{chats:other_chat}",
    "stretch": "{posts:post} by {people:person}: {start:moment} to {end:moment start} {end:zone}.",
    "more-chats": "{chats:more_chat}",
}

_AGENDA = {
    "agenda-title": "Q{label} of the agenda, “{text}”, asks nothing: is it a title?",
    "agenda-no-words": "Q{label} of the agenda, “{text}”, is a date or a link.",
    "agenda-asks-nothing": "Q{label} of the agenda, “{text}”, asks nothing, though most do.",
    "agenda-numbers-otherwise": "Q{label} of the agenda was asked as Q{number}.",
    "agenda-words-otherwise": (
        "Q{label} of the agenda, “{text}”, was asked in other words: “{said}” The agenda's stand."
    ),
    "agenda-lacks": "Q{label}, “{text}”, is not in the agenda; a host asked it.",
}

_CONFLICTS = {
    "recognised-by-address": (
        "{posts:post} of one file {posts:was} recognised in another by the address of the page."
    ),
    "recognised-by-number": (
        "{posts:post} of one file {posts:was} recognised in another by the number in the id."
    ),
    "recognised-by-content": (
        "{posts:post} of one file {posts:was} recognised in another by author, time and text."
    ),
    "differing-times": (
        "{posts:differing_time} The time told most exactly is kept, or the earlier. Is a time zone "
        "wrong? The first of them: {first:list}."
    ),
    "two-texts": (
        "Post {post} has two texts, and nothing tells which is later. Kept, the longest: "
        "“{kept}” Not kept: “{other}”"
    ),
}

_GAPS = {
    "left-out-untagged": (
        "{posts:post} of {all_posts} in this time {posts:was} left out: {posts:lacks} #{hashtag}."
    ),
    "left-out-around": (
        "{posts:post} of the hour before and the hour after this time {posts:was} left out; only "
        "{taken} {taken:was} taken. The time taken is {start:moment} to {end:moment start} "
        "{end:zone}."
    ),
    "parents-missing": "{replies:answering_reply} {posts:missing_post}.",
    "parents-not-collected": "{replies:uncollected_parent}",
    "only-tagged": (
        "The files hold only posts with #{hashtag}; what was said without it is not there."
    ),
    "originals-missing": "{posts:missing_original}",
    "only-reposts": (
        "Only the reposts were collected. The earliest repost stands for each of them and is not "
        "quoted as its author's own words."
    ),
    "quoted-missing": "{posts:quoting_post}",
    "quoted-not-collected": (
        "The quoted posts were not collected, or lie outside the chat's time."
    ),
    "texts-long": "{posts:long_text}",
    "texts-read-in-part": (
        "Of such a text the first {most} characters are read for questions, points and places; the "
        "whole is kept."
    ),
    "texts-lost": "The words of {posts:post} are lost.",
    "texts-of-others": (
        "The file carries another post's text in their place, so they are counted but never quoted "
        "or summarised."
    ),
    "posts-deleted": "{posts:deleted_post}",
    "posts-removed": "{posts:removed_post}",
    "spam-removed": "{posts:removed_spam}",
    "taken-back": (
        "What an author takes back is not shown: nothing but its place stands in the chat."
    ),
    "deletions-unmatched": "{deletions:unmatched_deletion}",
    "deleted-unseen": (
        "What was deleted before it could be collected cannot be told apart from what belongs to "
        "another time."
    ),
    "hashtag-lost": "{posts:post} had #{hashtag} once and {posts:has} it no more.",
    "hashtag-edited-away": "Taken out by an edit. What was seen with the hashtag is kept.",
    "silence": "Nobody posts for {minutes:minute} from {start:hour} {start:zone}.",
    "silence-is-long": (
        "That is long at the pace of this chat: posts may not have been collected."
    ),
    "replies-untold": "{posts:parentless_post}",
    "replies-not-recorded": (
        "No reply was found in these files; only mentions and times tell who answers whom."
    ),
    "untagged-replies-missing": (
        "Replies that were written without #{hashtag} are not in the archive."
    ),
    "collected-by-hashtag": "The files were collected by the hashtag alone.",
}

_CAPTURE = {
    "posts-late": "{posts:late_post}",
    "posts-untagged": "{posts:once_tagged_post}",
    "completeness-unknown": (
        "{network:capitalised}: {posts:post} with #{hashtag} {posts:was} found. How many were "
        "missed cannot be estimated."
    ),
    "one-origin": (
        "All of it came by way of one server, so that nothing tells what that server missed."
    ),
    "few-in-common": (
        "Only {posts} of them {posts:was} found in two independent ways, and an estimate needs "
        "{needed} at least."
    ),
    "nothing-missing": (
        "{network:capitalised}: {posts:post} with #{hashtag} {posts:was} found in two "
        "independent ways; nothing seems to be missing (Chapman's estimator, 95 % interval)."
    ),
    "hardly-any-missing": (
        "{network:capitalised}: {posts:post} with #{hashtag} {posts:was} found in two "
        "independent ways; probably none is missing, and hardly more than {most} (Chapman's "
        "estimator, 95 % interval)."
    ),
    "some-missing": (
        "{network:capitalised}: {posts:post} with #{hashtag} {posts:was} found in two "
        "independent ways; about {missing} may be missing, and hardly more than {most} "
        "(Chapman's estimator, 95 % interval)."
    ),
}

_LEADS = {
    "chat-silent": "Nothing was said in this chat.",
    "chat-unanswered": "{people:person} wrote {posts:post}, none of them on a question.",
    "chat-answered": "{people:person} wrote {posts:post}; {questions:answered_question}",
    "silent": "Nothing was said on this question.",
    "unanswered": "Nobody answered.",
    "answered": "{people:person} answered in {posts:post}.",
    "most-say": "{people} of them say, or agree with: “{quote}”",
    "more-shared": "{points:more_point}",
    "passed-on-most": "Passed on most ({times:time}): “{quote}”",
    "named-most": "Most often named: {words:naming}.",
    "model-chose": (
        "{model}, a language model, chose the points of {questions:question}: numbers of posts, "
        "and stretches of their words."
    ),
    "model-dropped": (
        "{dropped} of the decisions of {model} did not hold, and {dropped:was} dropped."
    ),
    "chat-said": "Among what was said: “{quote}” (@{author}).",
    "chat-said-by": "Among what was said: “{quote}” ({name}).",
    "chat-says": "{people:person} said: “{quote}”",
    "nothing-to-quote": "No post of theirs says by itself what could be quoted.",
}

_EDITING = {
    "edition-point-gone": "{posts:gone_point}",
    "edition-words-gone": (
        "The hosts wrote something here that took up a post which has been taken out since."
    ),
    "edition-picture-gone": "A picture stood here. It has been taken out.",
    "story-told": (
        "The story stands as {who} told it: {words:own_word} of theirs, and {points:point} of the "
        "posts that they showed."
    ),
    # mistakes in a sheet, each told behind its line
    "sheet-mark-unknown": "no post of this chat has the mark “{mark}”",
    "sheet-mark-broken": "the mark “{mark}” needs square brackets around it and “- ” before it",
    "sheet-used-twice": "“{name}” stands in line {first} already",
    "sheet-question-unknown": "this chat has no question {question}; it has {known:list}",
    "sheet-person-unknown": "nobody called “{handle}” took part",
    "sheet-name-missing": "the name to show for {handle} is missing: name: @{handle} = Real Name",
    "sheet-words-unused": (
        "this stands under points that are not used, where it would be lost; move it above “Not"
        " used”, or below the next question’s heading"
    ),
    "sheet-heading-missing": (
        "this point of question {question} stands among those that are not used, and the heading "
        "[Q{question}] is missing above it"
    ),
    "sheet-quotation-changed": (
        "a quotation (“> ”) stays letter for letter, and the post of “{mark}” does not say this"
    ),
    "sheet-answer-changed": (
        "an answer under a point stays letter for letter, and the post of “{mark}” does not say "
        "this"
    ),
    "sheet-picture-undescribed": "the picture is not described between its square brackets",
    "sheet-picture-unknown": "the folder keeps no picture {address}",
    "sheet-address-invalid": "“{address}” is no web address",
    "sheet-edition-other": (
        "the sheet was made from edition {made_from}, and edition {standing} stands by now"
    ),
}

NOTES = {
    "said": "{text}",  # words that somebody else chose
    **_REASONS,
    **_FINDING,
    **_AGENDA,
    **_CONFLICTS,
    **_GAPS,
    **_CAPTURE,
    **_LEADS,
    **_EDITING,
}
