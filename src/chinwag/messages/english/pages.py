"""The sentences of pages by key, with named places."""

from __future__ import annotations

TEXTS = {
    # the head of the page
    "page_title": "{title} · {series}",
    "skip": "Skip to the questions",
    "span": "{date}, {start} to {end}",
    "span_hours": "{start} to {end}",
    "span_over": "{date}, {start}, to {end_date}, {end}",
    "utc": "UTC",
    "in_short": "In short",
    "wrote": "In {minutes}, {people} wrote {posts} under {tag}.",
    "wrote_around": "{people} wrote {posts} under {tag}, {inside} of them in {minutes}.",
    "wrote_no_window": "{people} wrote {posts} under {tag}.",
    "on_questions": "They answered {questions}.",
    "no_questions_numbered": (
        "No numbered questions were found in this chat, so its posts are grouped by time and "
        "topic, in {parts}."
    ),
    "no_questions": "No questions were found in this chat.",
    "moderated": "{names} asked the questions.",
    "passed_on": "Their posts were passed on in {reposts}.",
    "shared_links": "They shared {links}.",
    "nothing_said": "Nobody wrote a post in this chat.",
    "how_quotes_work": (
        "Every point below is a quotation, word for word. Open it to read the posts behind it."
    ),
    "how_points_work": (
        "The points below are quotations, word for word. {but} Open a point to read the posts "
        "behind it."
    ),
    # the chart
    "chart": "The hour",
    "chart_title": "Posts over time",
    "chart_desc": (
        "Bars show how many posts were written in every {bin}; the busiest stretch is {peak}, "
        "with {most}. {marks}"
    ),
    "chart_marks": "Dashed lines mark where each question was asked: {list}.",
    "chart_mark": "{label} at {time}",
    "chart_caption": "Posts in every {bin}, {zone}.",
    "chart_caption_marks": "Posts in every {bin}, {zone}. Dashed lines: a question was asked.",
    "chart_before": "{posts} came before what is drawn.",
    "chart_after": "{posts} came after.",
    "chart_one_minute": "minute",
    "chart_table": "The same as a table",
    "chart_time": "From",
    "chart_posts": "Posts",
    "chart_asked": "Asked",
    # contents
    "contents": "Contents",
    "contents_counts": "{posts}, {people}",
    # questions
    "label": "Q{number}",
    "label_part": "Q{number} part {part}",
    "label_spoken": "Question {number}",
    "label_spoken_part": "Question {number} part {part}",
    "label_group": "Part {number}",
    "label_spoken_group": "Part {number}",
    "label_short": "Q{number}",
    "label_short_part": "Q{number}.{part}",
    "label_short_group": "Part {number}",
    "label_inside": "Q{number}",
    "label_inside_part": "Q{number} part {part}",
    "label_inside_group": "part {number}",
    "asked_by": "Asked by {who} at {time}",
    "first_answered": "First answered at {time}; no post that asks it was found.",
    "no_wording": "(The wording of this question is not in the archive.)",
    "asked_again": "{asked}, and again at {times}",
    "group_from": "From {time}",
    "not_asked": "It stood on the agenda; no post that asks it was found.",
    "shared_head": "What several people said",
    "single_head": "Single ideas",
    "points_head": "What was said",
    "nothing_on_question": "Nothing was said on this question in the posts that we have.",
    "reply": "{who} answers",
    "worded_machine": "worded by a language model",
    "worded_person": "worded by the host",
    "name_hidden": "Name hidden",
    "edited_by_hosts": "The hosts have edited this write-up (edition {number}).",
    "edited_by_hosts_on": "The hosts have edited this write-up (edition {number}, {date}).",
    "picture_open": "Picture: {words}",
    "no_bullets": "No point was drawn from these posts; all of them are below.",
    "themes_head": "What came up most",
    "md_theme": "“{phrase}”",
    "links_head": "Links shared",
    "link_by_start": "shared by",
    "left_out": "Other posts on this question: {posts}",
    "quoted_from_start": "in the words of",
    "quote": "“{text}”",
    "question_archive": "Read all of it in order",
    # posts
    "answers_person": "answers {who}",
    "answers_post": "answers {who}: {words}",
    "read_on": "Read it on {site}",
    "no_permalink": "Its address is not known",
    "in_archive": "In the archive",
    "profile": "Profile",
    "warning": "Content warning: {warning}",
    "warning_show": "show the post",
    "spam": "This post was taken for spam",
    "picture": "Picture",
    "video": "Film",
    "audio": "Sound",
    "media": "Attachment",
    "described": "{kind}: {words}",
    "not_described": "{kind}, not described by its author",
    "edited": "Edited at {time}.",
    "edited_unknown": "Edited.",
    "versions": "What it said before",
    "version_since": "since {time}",
    "reposted": "Reposted {times}",
    "quotes_post": "Quotes a post by {who}.",
    "passes_on": "Passes on a post that is not in the archive. These are another author’s words:",
    "deleted": "This post was deleted by its author.",
    "text_lost": (
        "The words of this post are lost: the source repeats another post’s in their place, so "
        "they are not shown."
    ),
    "text_lost_short": "The words of this post are lost.",
    "no_words": "A post without words.",
    "seen": "Read from {places}",
    "seen_file": "{address}",
    "seen_line": "{address}, line {lines}",
    "seen_lines": "{address}, lines {lines}",
    "placed": "Under {label}: {reason} ({percent}% sure)",
    "placed_person": "Put under {label} by a person: {reason}",
    "placed_nowhere": "Under no question: {reason}",
    "placed_not": "Not placed",
    # people
    "people": "People who took part",
    "people_note": "By the number of their posts. Open a name to find them.",
    "moderator": "asked the questions",
    "reposters_only": "{people} only passed posts on and are not named.",
    # inside the sentences of notes
    "under_a_minute": "less than a minute",
    "named_by": "“{word}” ({people})",
    # missing
    "missing": "What is missing, and why",
    "missing_nothing": "Nothing is known to be missing from the files that were read.",
    "gap_posts_start": "The posts:",
    # placing
    "how_placed": "How posts found their question",
    "placed_share": "{placed} of {posts} found a question.",
    "placed_by": "{method}: {posts}",
    "placed_rest": "Every post in the archive says why it stands where it does.",
    "method_label": "By the number that its author wrote (A3)",
    "method_reply": "By the post that it answers",
    "method_time": "By when it was written",
    "method_words": "By its words",
    "method_meaning": "By its meaning",
    "method_sequence": "By the posts before and after it",
    "method_question": "Because it asks the question",
    "method_model": "By a language model",
    "method_person": "By a person",
    "method_other": "By “{method}”",
    # removal
    "removal": "To have something taken out",
    "removal_ask": (
        "Any author may have their posts taken out, without giving a reason. Write to {host} and "
        "say which posts: their addresses, or your name on the site where you wrote them, are "
        "enough."
    ),
    "removal_then": (
        "The host then takes the posts out of this page and of the files beside it, and publishes "
        "them anew. Deleting a post where you wrote it does not change this page by itself, since "
        "the page never asks that site again."
    ),
    "host_moderators": "{names}, who asked the questions, or the people who run {tag}",
    "host_nobody": "the people who run {tag}",
    # making
    "made": "How this page was made",
    "made_by": (
        "Chinwag {version} made it from files. {points} Posts are shown as they were written."
    ),
    "made_quoted": (
        "No language model was used: each point is a sentence or more of its author’s posts, and "
        "each was checked letter for letter against them; “[…]” stands where words between were "
        "left out."
    ),
    "made_worded": (
        "Each point that is a quotation was checked letter for letter against its author’s posts; "
        "“[…]” stands where words between were left out. {but}"
    ),
    "made_files": "It was made from {files}.",
    "made_capture": "what was captured live from the networks ({rows})",
    "made_file": "{name} ({format}, {rows})",
    "notes": "Notes",
    "files": "Files that come with it",
    "file_print": "the write-up on a few sheets, to print or to save as a PDF",
    "file_epub": "the write-up as a book for readers and phones",
    "file_markdown": "the write-up as text for a blog",
    "file_json": "the whole story for programs",
    "file_posts": "every post with its question and the reason, as a table",
    "file_bullets": "every point with its posts, as a table",
    # archive
    "archive": "The whole archive",
    "archive_note": "Every post, by question and then in the order in which it was written.",
    "archive_print_start": "Printing leaves it out, unless you come from this address:",
    "archive_unplaced": "Under no question",
    "archive_asks": "asks the question",
    "archive_times": "The same posts in the order of time",
    "back_to_points": "Back to the points",
    # the write-up as Markdown
    "md_post": "post",
    "md_credits": "With thanks to",
    "md_made": "Every point is quoted word for word from the posts that it links to.",
    "md_made_worded": (
        "Points in quotation marks are word for word from the posts that they link to."
    ),
    "md_made_edited": (
        "Edited by the hosts. Points in quotation marks are word for word from the posts that they "
        "link to."
    ),
    "md_reply": "{who} answers: {quote}",
    "md_links": "Links shared",
    # the write-up on a blog
    "article_archive": "Every post of the chat, by question and by time",
    "article_archive_zip": "Every post of the chat, as a zip: unpack it and open index.html",
}
