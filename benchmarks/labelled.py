"""The labelled posts that `learn.py` learns from: kinds, grades, and sentences that were printed.

Posts of real chats lie in a `shared/data` folder beside the checkout; this repository holds their
ids alone, with what readers said of them (`kinds.csv`, `kinds_second.csv`). The sample chat and
its nine languages are invented, and are here with their truth. A labelled chat is added by adding
a file: `kinds_*.csv` here, or a table of grades in `shared/data/editors`.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from chinwag.importers import read_file
from chinwag.model import Chat, Post
from chinwag.records.contract import ReadOptions
from chinwag.steps.judging.judgements import (
    STANDS,
    TALK,
    describe_kind,
    describe_sentence,
    describe_worth,
    name_places,
    tell_post_language,
)
from chinwag.steps.judging.surroundings import Surroundings, expects_labels, surround
from chinwag.steps.kinds.kinds import asks_chat
from chinwag.steps.questions import find_questions
from chinwag.steps.reading.read_post import Readings, ReadPost, read_in_time
from chinwag.steps.reading.view import ChatView, view_chat
from chinwag.text.cleaning import clean_post
from chinwag.text.sentences import split_sentences
from chinwag.text.words import split_words
from elsewhere import ELSEWHERE, read_elsewhere
from placing import HERE, SHARED, read_chats

EXAMPLES = HERE.parent / "examples"
CHAT = Chat(series="#stackschat", hashtag="stackschat", title="Libraries after dark")
INVENTED = "invented"
MADE_UP = (
    "stackschat",
    "languages",
    INVENTED,
)  # series that nobody said: their words prove nothing
GRADED = "graded"  # where a kind is only inferred: who is worth quoting talks
GRADED_COUNTS = 1.0
ELSEWHERE_COUNTS = 0.5  # posts of other communities, some of them no hour of chat
SUPPOSED = "supposed"  # a post read as if its chat had other habits
SUPPOSED_COUNTS = 0.5
CLOSED = 900.0  # seconds since the last question where an invented post closes the chat
IN_PRINT = 0.6  # share of a sentence's words in the printed bullet, from which it was printed
_JOINED = re.compile(r"^\[\+\S+\]\s*")


class Example(NamedTuple):
    """One labelled post or sentence: its features, and what a reader said of it."""

    series: str
    chat: str
    post: str
    source: str
    language: str
    form: tuple[str, ...]
    words: tuple[str, ...]
    outcome: str
    counts: float = 1.0


class Labelled(NamedTuple):
    """Every example, by what is learned from it."""

    kind: list[Example]
    sentence: list[Example]
    worth: list[Example]


class ViewedChat(NamedTuple):
    """A chat with its questions found, as every judgement looks at it."""

    name: str
    series: str
    view: ChatView


def view_all(data: Path = SHARED) -> list[ViewedChat]:
    """Return every chat that there is here."""
    return [*view_real(data), *view_elsewhere(data), *view_invented()]


def read_labelled(chats: Sequence[ViewedChat], data: Path = SHARED) -> Labelled:
    """Return every example of some chats."""
    grades = read_grades(data)
    kinds = [*_list_kinds(chats), *_list_graded_kinds(chats, grades), *_list_invented()]
    return Labelled(
        kind=kinds,
        sentence=[one for chat in chats for one in _list_sentences(chat, grades)],
        worth=[one for chat in chats for one in _list_worth(chat, grades)],
    )


def view_real(data: Path = SHARED) -> list[ViewedChat]:
    """Return the real chats, none where they are not beside the checkout."""
    if not (data / "chats").is_dir():
        return []
    return [
        ViewedChat(real.name, real.name.split("-")[0], _view(real.chat, real.posts))
        for real in read_chats(data)
    ]


def view_elsewhere(data: Path = SHARED) -> list[ViewedChat]:
    """Return the chats of other communities of which posts are labelled."""
    return [
        ViewedChat(one.name, one.series, _view(one.chat, one.posts)) for one in read_elsewhere(data)
    ]


def view_invented() -> list[ViewedChat]:
    """Return the sample chat and its nine languages."""
    viewed = [ViewedChat("stackschat", "stackschat", _view(CHAT, read_sample()[0]))]
    for path in sorted((EXAMPLES / "languages").glob("??.jsonl")):
        posts = _read_posts(path)
        viewed.append(ViewedChat(f"languages-{path.stem}", "languages", _view(CHAT, posts)))
    return viewed


def read_sample() -> tuple[list[Post], dict[str, dict[str, str]]]:
    """Return the posts of the sample chat, and by their ids what is true of them."""
    truth = {row["post"]: row for row in _read_truth("stackschat")}
    posts: dict[str, Post] = {}
    for path in sorted((EXAMPLES / "stackschat").glob("*.json")):
        posts |= {post.id: post for post in _read_posts(path) if post.id in truth}
    return list(posts.values()), truth


def read_grades(data: Path = SHARED) -> dict[str, dict[str, dict[str, str]]]:
    """Return the editors' tables: by chat and post id, a row with its grade and printed text."""
    tables = {}
    for path in sorted((data / "editors").glob("*.tsv")):
        if not path.stem.endswith(".second"):
            with path.open(encoding="utf-8", newline="") as rows:
                lines = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
                tables[path.stem] = {row["post"]: row for row in lines}
    return tables


def read_kinds() -> Iterator[tuple[str, str, str, str]]:
    """Yield every kind that a reader gave: chat, post, kind, and the file that says it."""
    for path in sorted(HERE.glob("kinds*.csv")):
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                yield row["chat"], row["id"], row["kind"], path.stem
    for folder in MADE_UP[:2]:
        for row in _read_truth(folder):
            chat = f"languages-{row['language']}" if "language" in row else folder
            yield chat, row["post"], row["kind"], folder


def _view(chat: Chat, posts: Sequence[Post]) -> ChatView:
    readings = Readings()
    found = find_questions(chat, posts, readings=readings)
    return view_chat(found, read_in_time(posts, readings))


def _read_posts(path: Path) -> list[Post]:
    return [record for record in read_file(path, ReadOptions()) if isinstance(record, Post)]


def _read_truth(folder: str) -> list[dict[str, str]]:
    lines = (EXAMPLES / folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _list_kinds(chats: Sequence[ViewedChat]) -> Iterator[Example]:
    by_name = {chat.name: chat for chat in chats}
    for name, post, kind, source in read_kinds():
        chat = by_name.get(name)
        if chat is not None and post in chat.view.places and kind != "question":
            counts = ELSEWHERE_COUNTS if chat.series in ELSEWHERE else 1.0
            yield from _describe_kind(chat, chat.view.places[post], kind, source, counts)


def _list_graded_kinds(
    chats: Sequence[ViewedChat], grades: dict[str, dict[str, dict[str, str]]]
) -> Iterator[Example]:
    """Yield the posts worth quoting whose kind nobody told: they are part of the talk."""
    told = {(chat, post) for chat, post, _, _ in read_kinds()}
    for chat in chats:
        for post, row in grades.get(chat.name, {}).items():
            if row["grade"] != "0" and (chat.name, post) not in told and post in chat.view.places:
                at = chat.view.places[post]
                yield from _describe_kind(chat, at, "answer", GRADED, GRADED_COUNTS)


def _list_invented() -> Iterator[Example]:
    """Yield invented posts: strangers who sell, and plain answers that look like chatter.

    Real chats hold few of some. Each is a line of `kinds_invented.tsv`: its kind, its text and what
    is known of its surroundings. Who speaks to everybody bears the chat's tag.
    """
    lines = (HERE / "kinds_invented.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        kind, text, amid = line.split("\t")
        post = Post(
            id=f"invented-{number}",
            author=f"somebody{number}",
            text=text if amid.startswith("@") else f"{text} #{INVENTED}",
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
            reply_to=None,
            url="",
            source=INVENTED,
        )
        form, words = describe_kind(ReadPost(post), _surround_invented(amid.split(","), number))
        outcome = TALK if kind in ("answer", "reply") else kind
        yield Example(INVENTED, INVENTED, post.id, INVENTED, "", tuple(form), words, outcome)


def _surround_invented(amid: Sequence[str], number: int) -> Surroundings:
    """Return the surroundings that a line of `kinds_invented.tsv` names."""
    to = next((one[1:] for one in amid if one.startswith("@")), "")
    early, closing = "early" in amid, "closing" in amid
    numbered = "numberless" not in amid
    waited = CLOSED if closing else 60.0 * (1 + number % 8)
    return Surroundings(
        first="first" in amid,
        early=early,
        closing=closing,
        host="host" in amid,
        to=to,
        waited=None if early or not numbered else waited,
        numbered=numbered,
    )


def _describe_kind(
    chat: ViewedChat, at: int, kind: str, source: str, counts: float
) -> Iterator[Example]:
    read = chat.view.reads[at]
    if asks_chat(chat.view, at) or read.is_silent:
        return
    form, words = describe_kind(read, surround(chat.view, at))
    yield Example(
        chat.series,
        chat.name,
        read.id,
        source,
        tell_post_language(read),
        tuple(form),
        words,
        TALK if kind in ("answer", "reply") else kind,
        counts,
    )


def _list_worth(
    chat: ViewedChat, grades: dict[str, dict[str, dict[str, str]]]
) -> Iterator[Example]:
    view = chat.view
    replies = Counter(parent for parent in view.parent if parent >= 0)
    expected = view.numbered and expects_labels(view.reads)
    for post, row in grades.get(chat.name, {}).items():
        at = view.places.get(post, -1)
        if at < 0 or view.reads[at].is_silent or asks_chat(view, at):
            continue
        read = view.reads[at]
        passed_on = len(read.post.reposts) or read.post.repost_count
        # The same post in a chat where nobody numbers answers is worth as much.
        for labels in (True, False) if expected else (False,):
            around = surround(view, at, labels_expected=labels)
            form, words = describe_worth([read], around, replies[at], passed_on)
            yield Example(
                chat.series,
                chat.name,
                post,
                SUPPOSED if labels != expected else "",
                tell_post_language(read),
                tuple(form),
                tuple(words),
                row["grade"],
                SUPPOSED_COUNTS if labels != expected else 1.0,
            )


def _list_sentences(
    chat: ViewedChat, grades: dict[str, dict[str, dict[str, str]]]
) -> Iterator[Example]:
    """Yield the sentences of which an editor told whether they may stand in print.

    Those of a struck post may not, those of a post that must be in may where the printed bullet
    has them, and a good post of one sentence is one that may.
    """
    for post, row in grades.get(chat.name, {}).items():
        at = chat.view.places.get(post, -1)
        if at < 0 or chat.view.reads[at].is_silent:
            continue
        read = chat.view.reads[at]
        sentences = split_sentences(clean_post(read.text, chat.series))
        printed = set(split_words(_JOINED.sub("", row["text"] or "")))
        language = tell_post_language(read)
        for place, sentence in zip(name_places(len(sentences)), sentences, strict=True):
            stands = _was_printed(row["grade"], sentence, printed, len(sentences))
            if stands is not None:
                form, words = describe_sentence(sentence, place)
                outcome = STANDS if stands else "falls"
                yield Example(
                    chat.series,
                    chat.name,
                    post,
                    row["grade"],
                    language,
                    tuple(form),
                    tuple(words),
                    outcome,
                )


def _was_printed(grade: str, sentence: str, printed: set[str], number: int) -> bool | None:
    """Return whether an editor printed a sentence, None where that is not told."""
    if grade == "0":
        return False
    if grade == "3" and printed:
        words = split_words(sentence)
        return bool(words) and sum(word in printed for word in words) >= IN_PRINT * len(words)
    return True if grade in "23" and number == 1 else None
