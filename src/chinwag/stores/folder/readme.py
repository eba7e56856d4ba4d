"""README.txt: the chat folder explained to whoever finds it, with no software to read it by.

It is written with the folder and kept as this version words it. One that a person has changed is
theirs, and is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chinwag.model import Chat
from chinwag.stores.folder import layout
from chinwag.stores.folder.checksums import hash_file

_TEXT = """\
WHAT THIS FOLDER IS

{title}
{hour}

A hashtag chat is a conversation in public, on a social network: for an hour or so people who share
a trade answer numbered questions, and mark what they write with a hashtag, so that others find it.
This folder is the archive of one such chat, made by a program called Chinwag. You do not need that
program: everything here is text, in UTF-8. To read the chat, open story/index.html in a browser.

What people wrote here is theirs. Some may have asked for something to be taken out: please leave
out what is left out.

HOW TO READ THE FILES

.jsonl   one JSON object a line ("name": value). Any text editor shows it.
.json    one JSON object.
.csv     a table: commas between cells, the names of the columns in the first line.
.toml    name = value, a line each, under headings in brackets.
.gz      compressed with gzip; `gunzip -k FILE` or almost any archive program opens it.
Times are in UTC: 2026-10-13T18:02:11Z is two minutes past six in the evening at Greenwich. Only the
story shows them as clocks showed them where the chat was at home (time_zone in chat.toml).
A file that is missing was never needed.

THE FILES

story/            What to read first.
  index.html      The write-up and every post, as one page. It needs no network.
  story.md        The write-up alone, as text with simple marks (Markdown). Its pictures lie
                  beside it, in pictures/.
  story.json      All that the page shows, for programs.
  posts.csv       Every post, for a spreadsheet. Where one would take a cell for a formula, a ' that
                  is not the author's stands in front of it. Letter for letter: posts.jsonl.
  bullets.csv     Every point of the write-up, for a spreadsheet.
raw/              The files from which all else was made, as they were received from the networks
                  or from other programs. Where something was taken out, they are without it.
chat.toml         What the chat was: its hashtag, its hour (window), who asked (moderators) and
                  what they asked (questions). "by" says whether a person wrote an entry ("person",
                  "agenda") or the program found it in the posts.
posts.jsonl       Every post, the earliest first: see below.
placements.jsonl  To which question each post belongs, and why: see below.
summary.json      The points of the write-up, and the posts behind each: see below.
ledger.json       What came from which file, what is missing, and why, as far as it is known.
aside.jsonl       Rows of those files that could not be read as posts, with the reason.
corrections.jsonl Where a person said that a post belongs elsewhere. That outranks the program.
edits.jsonl       What else people changed in chat.toml, and what it said before.
edition.json      The write-up as the hosts edited it, where they did: its blocks, in order.
editions.jsonl    Every edition they made, the first one first.
removed.jsonl     What was taken out. It names nobody: handles are scrambled beyond reading.
removed.key       By this number what was taken out is known again when it comes with another
                  file. Keep it, and give it to nobody: guesses could be tried with it.
outbox.jsonl      What the hosts announced on the networks by means of the program.
published.jsonl   Where the write-up was published on a blog, and what the hosts wished of it.
pictures/         The pictures that the hosts put into the write-up.
files/            Other files that they kept with the chat, such as slides or minutes.
files.jsonl       Those pictures and files: what each is, who kept it, and when.
wordings.jsonl    What a language model proposed as words for points of the write-up.
decisions.jsonl   What a language model decided as an editor: which posts make the points.
cursors.json      Up to where each network had been read when the chat was captured.
made-from.json    The SHA-256 digests of what each file was made from, to tell what is out of date.
SHA256SUMS        The SHA-256 digest of every file. `sha256sum --check SHA256SUMS` tells whether
                  any was damaged or changed.
README.txt        This text.

A POST (a line of posts.jsonl)

id           the network's own name for it
author       the handle of whoever wrote it; author_name and author_id say more of them
text         what they wrote; content_warning stood above it
created_at   when; edited_at and versions tell of later changes, and what it said before
reply_to     the id of the post that it answers, reply_to_author whose that is, thread where that
             conversation began; quote_of is the id of a post that it shows within itself
url          where it stood on the web
hashtags, mentions, links, media   what its text holds (media: pictures, "alt" describes them)
lang         the language, by its code
reposts      who passed it on unchanged, and when; repost_count how many, as the network counted;
             repost_of marks a post that itself passes on another that is not here
deleted      true where only its place is left; text_lost true where the text is not its own
source, sightings, aliases, repairs   how it came here, under which other ids, and what was mended

A PLACEMENT (a line of placements.jsonl)

post         the id of the post
question     the label of the question in chat.toml, or null for none
reason       why: a code and its parts
confidence   from 0 (a guess) to 1 (certain)
by           what decided: a number in the text (label), reply, time, words, meaning, sequence (what
             its author said before), a language model (model), or a person
kind         question, answer, reply, agreement, greeting, thanks, housekeeping, announcement, spam

A SUMMARY (summary.json)

questions    for each its label and text, how many posts by how many people, its bullets (points),
             phrases that came up (themes), links that were shared, and left_out: the ids of its
             posts that are in no point
lead         the sentence above the points: a code and its parts
unplaced     the ids of posts that belong to no question
notes        how the points were chosen, where a language model chose them
A bullet has its text, the post from which that is quoted, its author, its parts where it is of
several posts, all posts behind it, how many people say it and how many more only agreed (in the
posts agreeing), whether it is shared or single (kind), replies to it, the theme where one was
named, and origin: "quoted" (the author's own words), "machine" (a language model's), "person" (a
host's).

This folder is of format {format} of Chinwag's chat folders, which Chinwag's documents describe
field by field (docs/chat-folder-format.md).
"""


def write_readme(chat: Chat) -> bytes:
    """Return README.txt for the folder of a chat."""
    title = chat.title or chat.series
    words = _TEXT.format(title=title, hour=_word_hour(chat), format=layout.FORMAT)
    return words.encode()


def _word_hour(chat: Chat) -> str:
    """Return the chat's hashtag and hour as a line, as far as they are known."""
    hashtag = f"#{chat.hashtag}" if chat.hashtag else ""
    window = chat.window
    hour = f"{window.start:%Y-%m-%d %H:%M} to {window.end:%Y-%m-%d %H:%M} UTC" if window else ""
    return ", ".join(filter(None, (hashtag, hour)))


def is_readme_ours(root: Path, sums: Mapping[str, str]) -> bool:
    """Return whether the folder's README.txt is missing, or as a Chinwag wrote it."""
    path = root / layout.README
    return not path.exists() or sums.get(layout.README) == hash_file(path)
